"""The report the platform writes is read by its own checker as it was meant."""

from __future__ import annotations

from yizheng.indicators.reading.reader import read

TEXT = (
    "2026年度共收到提案143件，经审查立案123件，立案率86%；未予立案9件，并入他案办理4件。\n"
    "交由53家单位办理提案117件，其中负责答复的单位28家。全程网上流转的提案占100%。"
    "确定重点提案8件。\n"
    "评价收回率94.6%，满意率97.7%。尚未答复24件。"
)


def test_sentences_of_the_usual_outline_are_understood() -> None:
    found = {mention.text: mention.indicator for mention in read(TEXT).mentions}
    assert found == {
        "143件": "proposals.received",
        "123件": "proposals.filed",
        "86%": "proposals.filing_rate",
        "9件": "proposals.not_filed",
        "4件": "proposals.merged",
        "53家": None,
        "117件": "proposals.handled",
        "28家": "proposals.lead_units",
        "100%": "proposals.online_rate",
        "8件": "proposals.key",
        "94.6%": "proposals.response_rate",
        "97.7%": "proposals.satisfaction",
        "24件": None,
    }


def test_what_is_still_under_review_is_part_of_what_was_received() -> None:
    """123 + 9 + 11 = 143: the merged four are among the filed."""
    text = (
        "2026年度共收到提案143件，经审查立案123件，立案率86%；未予立案9件，撤回或尚在审查11件，"
        "并入他案办理4件。"
    )
    outcome = next(each for each in read(text).arithmetic if each.kind == "sum")
    assert outcome.holds
