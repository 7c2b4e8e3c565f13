"""A text's figures against each other. Each sum and share below was worked out by hand."""

import pytest

from yizheng.indicators.reading import read

Statement = tuple[str, str, bool]


def worked_out(text: str) -> list[Statement]:
    return sorted((each.kind, each.expression, each.holds) for each in read(text).arithmetic)


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        # 180 of 200 is 90 %; 180 and 20 are 200
        (
            "共收到提案200件，立案180件，立案率90%，不予立案20件。",
            [("rate", "180/200=90%", True), ("sum", "180+20=200", True)],
        ),
        # merged proposals beside the filed: 170 + 10 + 20 = 200
        ("共收到提案200件，立案170件，并案10件，不予立案20件。", [("sum", "170+10+20=200", True)]),
        ("共收到提案200件，立案170件，不予立案20件。", [("sum", "170+20=190≠200", False)]),
        # 150/156 = 96.15 %
        ("收到提案156件，立案150件，立案率95%。", [("rate", "150/156=96%≠95%", False)]),
        # 228/252 = 90.476 %: 90 cut off, 90.5 rounded, 90.4 cut off, never 91
        ("立案的252件提案中，已解决的228件，占90%。", [("share", "228/252=90%", True)]),
        ("立案的252件提案中，已解决的228件，占90.5%。", [("share", "228/252=90.5%", True)]),
        ("立案的252件提案中，已解决的228件，占90.4%。", [("share", "228/252=90.4%", True)]),
        (
            "立案的252件提案中，已解决的228件，占立案总数的91%。",
            [("share", "228/252=90%≠91%", False)],
        ),
        # 48 of 49 is no 100 %
        ("立案提案49件，已答复提案48件，答复率100%。", [("rate", "48/49=98%≠100%", False)]),
        # 85 + 13 satisfied of 99
        (
            "提案办理满意率99%，其中满意85件、基本满意13件、不满意1件。",
            [("rate", "98/99=99%", True)],
        ),
        ("收到提案100件，其中党派团体提案30件，委员提案70件。", [("sum", "30+70=100", True)]),
        ("收到提案100件，其中党派团体提案30件，委员提案71件。", [("sum", "30+71=101≠100", False)]),
        # a bracket explains the part before it and is no part of the total
        (
            "收到提案100件，其中党派提案30件，委员提案70件（含联名提案12件）。",
            [("sum", "30+70=100", True)],
        ),
        (
            "立案提案50件，经济建设类20件、社会建设类20件、其他11件。",
            [("sum", "20+20+11=51≠50", False)],
        ),
        ("承办建议提案517件，其中建议354件，提案163件。", [("sum", "354+163=517", True)]),
        ("承办建议提案517件，其中建议354件，提案164件。", [("sum", "354+164=518≠517", False)]),
        ("收到提案12件、建议35件，合计47件。", [("sum", "12+35=47", True)]),
        ("收到提案12件、建议35件，合计48件。", [("sum", "12+35=47≠48", False)]),
        ("委员提案98件，党派提案12件，共110件。", [("sum", "98+12=110", True)]),
        ("收到提案218件，立案190件，占提案总数的87.2%。", [("share", "190/218=87.2%", True)]),
        # 45 of 48 answers
        ("提案满意45件，基本满意3件，满意率93.75%。", [("rate", "45/48=93.75%", True)]),
        # 120 - (4 pairs + 1 three) = 120 - 4 - 2
        (
            "立案提案120件，合并处理5件（2案并1案的4件，3案并1案的1件），实际承办114件。",
            [("merge", "120-(4×1+1×2)=114", True), ("sum", "4+1=5", True)],
        ),
        (
            "立案提案120件，合并处理5件（2案并1案的4件，3案并1案的1件），实际承办115件。",
            [("merge", "120-(4×1+1×2)=114≠115", False), ("sum", "4+1=5", True)],
        ),
        # no total is named: the shares are of their own sum, 20 + 146 = 166
        (
            "收到的提案中，集体提案20件，占12%；委员提案146件，占88%。",
            [("share", "146/166=88%", True), ("share", "20/166=12%", True)],
        ),
    ],
)
def test_statements_are_worked_out(text: str, statements: list[Statement]) -> None:
    assert worked_out(text) == statements


def test_one_share_on_another_base_is_found_and_both_bases_named() -> None:
    # 20/160 = 12.5 %, 40/160 = 25 %, 8/200 = 4 % where 8/160 = 5 %
    text = (
        "收到提案200件，立案160件。按类别分，有关教育的提案20件，占12.5%；"
        "有关交通的提案8件，占4.0%；有关民生的提案40件，占25%。"
    )
    assert worked_out(text) == [
        ("share", "20/160=12.5%", True),
        ("share", "40/160=25%", True),
        ("share", "8/160=5.0%≠4.0%; 8/200=4.0%", False),
    ]


def test_a_list_that_may_be_partial_is_no_error() -> None:
    assert worked_out("立案提案100件，其中经济类40件、政治类8件。") == []
    assert worked_out("培训委员100人次，其中女委员20人次、党外委员30人次。") == []


def test_approximate_and_unreadable_figures_are_not_added_up() -> None:
    assert worked_out("收到提案200余件，立案180件，不予立案5件。") == []
    assert worked_out("收到提案2?0件，立案180件，不予立案5件。") == []


def test_a_share_of_something_else_is_not_judged() -> None:
    assert worked_out("立案提案100件。办结提案30件，占全省的2%。") == []


def test_the_place_marked_is_the_claim() -> None:
    # 20/160 = 12.5 %
    text = "收到提案200件，立案160件。经济类提案20件，占14%，其他提案140件，占87.5%。"
    wrong = next(each for each in read(text).arithmetic if not each.holds)
    assert text[wrong.start : wrong.end] == "20件，占14%"
