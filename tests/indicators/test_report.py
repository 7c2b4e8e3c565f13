"""The annual report: its words and figures, Word, freezing, and why today's figure is another."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from django.test import Client

from tests.grounds import standing
from tests.indicators.rows import handled
from tests.signing_in import browser_of
from tests.world import World, proposal_at
from yizheng.core import audit, tenancy
from yizheng.core.figures import Period
from yizheng.core.refusals import NotAllowed, NotNow, Refusal, StaleState
from yizheng.indicators import frozen_figures, queries, services
from yizheng.indicators.flow import REPORT
from yizheng.indicators.models import Report
from yizheng.proposals.flow import PROPOSAL
from yizheng.proposals.models import Proposal

OUTLINE = """一、提案概况
{year}年共收到提案{proposals.received}，立案{proposals.filed}，立案率{proposals.filing_rate}，{proposals.filed|change}。
按类别分：{proposals.filed|by category}。集体提案{proposals.filed|kind=collective}。
{proposals.filed|chart by category}
{proposals.handled|table by unit}
二、办理
满意率{proposals.satisfaction}。按结果分：{proposals.handled|share by class}。
"""


def text_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


@standing
def report(world: World) -> Report:
    handled(world, 2)
    proposal_at(world, "filed", category="经济建设")
    proposal_at(world, "review")
    draft = services.begin_report(world.organisation, world.session.year, by=world.actor("clerk"))
    return services.save_outline(
        draft, by=world.actor("clerk"), title="提案工作情况", text=OUTLINE, seen=draft.version
    )


def freeze(world: World, report: Report) -> Report:
    return REPORT.perform("freeze", report, by=world.actor("clerk"))


def words_of(report: Report) -> str:
    lines, _book, _fields = services.fill(report)
    return "\n".join(getattr(line, "text", "") for line in lines)


# 4 received: two handled, one filed, one under review
def test_the_text_with_its_figures(world: World, report: Report) -> None:
    text = words_of(report)
    assert f"{world.session.year}年共收到提案4件，立案3件，立案率75%，上年没有记录。" in text
    assert "按类别分：经济建设1件、社会建设2件。集体提案0件。" in text
    assert "满意率100%。按结果分：A类（已解决或采纳）2件，占100%。" in text


def test_the_paper(world: World, report: Report) -> None:
    content = services.report_paper(report, "https://yizheng.example")
    text = text_of(content)
    assert "共收到提案4件" in text
    assert "数字的口径与依据" in text  # the annex
    document = docx.Document(io.BytesIO(content))
    annex = document.tables[1]
    assert "3/4" in [cell.text for row in annex.rows for cell in row.cells]
    links = [part.target_ref for part in document.part.rels.values() if part.is_external]
    assert f"https://yizheng.example/figures/proposals.filed/?year={world.session.year}" in links
    assert any(rel.reltype.endswith("/chart") for rel in document.part.rels.values())


def test_the_service_writes_the_usual_outline_without_any_report(world: World) -> None:
    handled(world, 3)
    with tenancy.scope(world.organisation):
        content = services.report(world.organisation, world.session.year)
    assert "共收到提案3件，经审查立案3件，立案率100%" in text_of(content)


def test_a_year_without_a_session_is_refused(world: World) -> None:
    with pytest.raises(NotNow, match="1999"):
        services.report(world.organisation, 1999)
    with pytest.raises(NotNow, match="1999"):
        services.begin_report(world.organisation, 1999, by=world.actor("clerk"))


def test_one_draft_a_year(world: World, report: Report) -> None:
    again = services.begin_report(world.organisation, world.session.year, by=world.actor("clerk"))
    assert again.pk == report.pk


def test_who_may_write_and_freeze(world: World, report: Report) -> None:
    with pytest.raises(NotAllowed):
        REPORT.perform("freeze", report, by=world.actor("chairperson"))
    with pytest.raises(NotAllowed):
        services.begin_report(world.organisation, world.session.year, by=world.actor("member"))


def test_two_who_edit_at_once(world: World, report: Report) -> None:
    services.save_outline(
        report, by=world.actor("clerk"), title="一", text=OUTLINE, seen=report.version
    )
    with pytest.raises(StaleState):
        services.save_outline(
            report, by=world.actor("reviewer"), title="二", text=OUTLINE, seen=report.version
        )


# Frozen -------------------------------------------------------------------------------------------


def test_a_frozen_report_keeps_its_figures(world: World, report: Report) -> None:
    before = words_of(report)
    frozen = freeze(world, report)
    proposal_at(world, "filed", category="文化建设")
    assert words_of(frozen) == before
    assert queries.figure("proposals.filed", Period.of_year(world.session.year)).numerator == 4


def test_a_frozen_report_never_changes_again(world: World, report: Report) -> None:
    frozen = freeze(world, report)
    with pytest.raises(Refusal):
        services.save_outline(
            frozen, by=world.actor("clerk"), title="改", text=OUTLINE, seen=frozen.version
        )
    with pytest.raises(Refusal):
        freeze(world, frozen)
    assert browser_of(world, "clerk").get(f"/figures/reports/{frozen.pk}/edit/").status_code == 409


def test_word_of_a_frozen_report_stays_the_same_bytes(world: World, report: Report) -> None:
    frozen = freeze(world, report)
    first = services.report_paper(frozen)
    Proposal.objects.update(category="其他")
    type(world.organisation).objects.update(short_name="改名县政协")
    assert services.report_paper(Report.objects.get(pk=frozen.pk)) == first


def compared(
    world: World, report: Report, code: str, breakdown: str = "", key: str = ""
) -> frozen_figures.FrozenComparison:
    found = frozen_figures.compare(report, world.actor("clerk"))
    [one] = [
        each
        for each in found
        if (each.figure.code, each.figure.year, each.figure.breakdown, each.figure.key)
        == (code, report.year, breakdown, key)
    ]
    return one


def test_nothing_changed_since(world: World, report: Report) -> None:
    frozen = freeze(world, report)
    found = frozen_figures.compare(frozen, world.actor("clerk"))
    assert found
    assert not any(each.differs or each.changes for each in found)


def test_the_difference_is_explained_record_by_record(world: World, report: Report) -> None:
    frozen = freeze(world, report)
    gone = Proposal.objects.get(state="filed")
    PROPOSAL.perform("withdraw", gone, by=world.actor("member"), data={"note": "并入下一年"})
    new = Proposal.objects.get(state="review")
    PROPOSAL.perform("file", new, by=world.actor("reviewer"))
    difference = compared(world, frozen, "proposals.filed")
    assert (
        [stated.numerator for stated in difference.frozen]
        == [stated.numerator for stated in difference.now]
        == [3]
    )
    changes = {change.pk: change for change in difference.changes}
    assert {pk: change.how for pk, change in changes.items()} == {
        gone.pk: "dropped",
        new.pk: "added",
    }
    assert [happening.note for happening in changes[gone.pk].happened] == ["并入下一年"]
    assert [happening.who for happening in changes[new.pk].happened] == ["程默"]
    assert changes[gone.pk].url == f"/proposals/{gone.pk}/"


def test_of_a_rate_both_lists_are_compared(world: World, report: Report) -> None:
    frozen = freeze(world, report)
    proposal_at(world, "filed")
    difference = compared(world, frozen, "proposals.filing_rate")
    assert difference.differs
    assert [change.how for change in difference.changes] == ["added", "base_added"]


def test_a_record_that_moved_to_another_part(world: World, report: Report) -> None:
    frozen = freeze(world, report)
    Proposal.objects.filter(state="filed").update(category="文化建设")
    [change] = compared(world, frozen, "proposals.filed", "category").changes
    assert (change.how, change.where) == ("moved", "经济建设 → 文化建设")
    assert change.happened == []  # no step told of it


def test_a_reader_is_not_told_of_records_closed_to_them(world: World, report: Report) -> None:
    frozen = freeze(world, report)
    proposal_at(world, "submitted")
    [difference] = [
        each
        for each in frozen_figures.compare(frozen, world.actor("assigner"))
        if each.figure.code == "proposals.received" and each.figure.year == frozen.year
    ]
    assert (difference.changes, difference.hidden) == ([], 1)


# Pages --------------------------------------------------------------------------------------------


def test_the_road_in_the_browser(world: World) -> None:
    handled(world, 2)
    client = browser_of(world, "clerk")
    begun = client.post("/figures/reports/new/", {"year": world.session.year})
    report = Report.objects.get()
    assert begun.headers["Location"] == f"/figures/reports/{report.pk}/edit/"
    assert client.get(begun.headers["Location"]).status_code == 200
    wrong = _save(client, report, "立案{proposals.fled}")
    assert wrong.status_code == 422 and "proposals.filed" in wrong.content.decode()
    assert "立案{proposals.fled}" in wrong.content.decode()  # what was typed is not lost
    assert _save(client, report, OUTLINE).status_code == 302
    page = client.get(f"/figures/reports/{report.pk}/").content.decode()
    assert f'href="/figures/proposals.filed/?year={world.session.year}"' in page
    word = client.get(f"/figures/reports/{report.pk}/word/")
    assert "共收到提案2件" in text_of(word.content)
    report.refresh_from_db()
    frozen = client.post(f"/steps/report/{report.pk}/freeze/", {"seen": report.version})
    assert frozen.status_code == 302
    report.refresh_from_db()
    assert report.is_frozen
    assert client.get(f"/figures/reports/{report.pk}/").status_code == 200
    assert list(audit.verify(world.organisation.pk)) == []


def _save(client: Client, report: Report, text: str) -> Any:
    return client.post(
        f"/figures/reports/{report.pk}/edit/",
        {"title": "报告", "outline": text, "seen": report.version},
    )


def test_the_preview_shows_figures_or_what_is_wrong(world: World, report: Report) -> None:
    client = browser_of(world, "clerk")
    good = client.post(
        f"/figures/reports/{report.pk}/preview/", {"outline": "立案{proposals.filed}"}
    )
    assert "3件" in good.content.decode()
    bad = client.post(f"/figures/reports/{report.pk}/preview/", {"outline": "{nothing}"})
    assert "{nothing}" in bad.content.decode()


@pytest.mark.parametrize(
    "who, status", [("clerk", 200), ("reviewer", 200), ("chairperson", 403), ("member", 403)]
)
def test_who_may_edit(world: World, report: Report, who: str, status: int) -> None:
    assert browser_of(world, who).get(f"/figures/reports/{report.pk}/edit/").status_code == status


def test_another_countys_report_is_not_found(world: World, report: Report) -> None:
    from tests.world import build

    other = build("other")
    assert browser_of(other, "clerk").get(f"/figures/reports/{report.pk}/").status_code == 404


def test_leaving_a_step_out_of_it(world: World, report: Report) -> None:
    """The step engine's own door refuses what is not offered: the outline is saved on its page
    only.
    """
    assert browser_of(world, "clerk").post(f"/steps/report/{report.pk}/edit/").status_code == 404
