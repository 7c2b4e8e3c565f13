"""Replies answer each suggestion; notes along the way fit what was answered."""

from __future__ import annotations

import json
from datetime import date

import pytest

from demo_county.content import ProposalText, assisting_opinion, process, proposals, refused, reply
from demo_county.content.replies import due_date
from tests.world import REGULATION

ON = date(2026, 5, 20)


@pytest.fixture(scope="module")
def texts() -> tuple[ProposalText, ...]:
    return proposals(11, {2026: 120})


def test_every_suggestion_is_answered_and_only_plans_have_dates(
    texts: tuple[ProposalText, ...],
) -> None:
    for text in texts:
        answer = reply(text, 1, ON)
        assert [item.number for item in answer.items] == [each.number for each in text.suggestions]
        for item in answer.items:
            assert (item.due is not None) == (item.outcome == "planned")
            assert item.due is None or (
                item.due > ON and f"{item.due.year}年{item.due.month}月底" in item.text
            )
            assert not set(item.text) & set("{}[]|~")
        assert answer.telephone in answer.body


def test_outcomes_can_be_given(texts: tuple[ProposalText, ...]) -> None:
    text = texts[0]
    answer = reply(text, 1, ON, outcomes=["done"] * len(text.suggestions))
    assert {item.outcome for item in answer.items} == {"done"}


def test_without_a_fair_reason_nothing_is_refused(texts: tuple[ProposalText, ...]) -> None:
    for text in texts:
        answer = reply(text, 1, ON, outcomes=["refused"] * len(text.suggestions))
        for item, suggestion in zip(answer.items, text.suggestions, strict=True):
            assert item.outcome == ("refused" if suggestion.refused else "planned")


@pytest.mark.parametrize(
    ("on", "months", "due"),
    [
        (date(2026, 5, 20), 6, date(2026, 11, 30)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 12, date(2027, 12, 31)),
    ],
)
def test_due_is_the_end_of_the_promised_month(on: date, months: int, due: date) -> None:
    assert due_date(on, months) == due


def test_first_contact_is_within_fifteen_working_days(texts: tuple[ProposalText, ...]) -> None:
    for text in texts:
        made = process.contacts(text, 1)
        assert made[0].after <= 15
        assert [each.after for each in made] == sorted(each.after for each in made)


def test_a_remark_about_refusal_is_only_made_where_something_was_refused(
    texts: tuple[ProposalText, ...],
) -> None:
    for seed, text in enumerate(texts):
        answer = reply(text, seed, ON, outcomes=["done"] * len(text.suggestions))
        said = [process.sign_off(text, seed, answer), process.office_send_back(text, seed, answer)]
        said += [
            process.comment(text, seed, grade, answer)
            for grade in ("satisfied", "basically", "unsatisfied")
        ]
        assert not any("采纳" in each or "列入计划" in each for each in said), said


def test_every_note_is_free_of_template_marks(texts: tuple[ProposalText, ...]) -> None:
    for seed, text in enumerate(texts):
        notes = [
            *(each.notes for each in process.contacts(text, seed)),
            *process.progress(text, seed, 3),
            process.hand_back(text, seed).reason,
            process.extension(text, seed).reason,
            process.urging(text, seed, 5),
            process.sign_off(text, seed),
            process.leader_send_back(text, seed),
            process.office_send_back(text, seed),
            process.finding(text, seed).text,
            process.look_back(text, seed, "kept"),
            process.look_back(text, seed, "partly"),
            process.look_back(text, seed, "missed"),
            *(assisting_opinion(text, unit, seed, ON) for unit in text.assisting),
        ]
        assert not [note for note in notes if set(note) & set("{}[]|~:")]


def test_a_hand_back_names_a_unit_of_the_proposal(texts: tuple[ProposalText, ...]) -> None:
    assert all(process.hand_back(text, 1).other_unit in text.assisting for text in texts)


def test_papers_not_to_file_come_with_reason_and_sentence() -> None:
    papers = refused(1, 2026)
    reasons = {paper.reason for paper in papers}
    assert {"empty", "private", "beyond_remit", "litigation"} <= reasons
    regulation = json.loads(REGULATION.read_text(encoding="utf-8"))
    assert reasons <= {each["code"] for each in regulation["reasons_not_filed"]}
    for paper in papers:
        assert paper.title.startswith("关于") and paper.explanation.endswith("。")
        assert not set(paper.title + paper.body + "".join(paper.suggestions)) & set("{}[]|~")
        assert paper.into_opinion == (paper.reason == "beyond_remit")
