"""Texts checked against a county's records."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.grounds import standing
from tests.indicators.rows import handled
from tests.signing_in import browser_of
from tests.world import World, build
from yizheng.core import tenancy
from yizheng.indicators import text_checks, text_files
from yizheng.indicators.models import CheckedFile
from yizheng.indicators.text_files import UnreadableText, WordText
from yizheng.proposals.models import Contact, Evaluation, Proposal, Reply

SHARED = Path(__file__).parents[3] / "shared" / "seeds"
OF_THE_SAME_SHAPE = (
    "回顾{year}年，云溪县政协以质为先开展提案工作，全年48件提案办理实现见面率、答复率、"
    "满意率三个100%。"
)
RATES = ["proposals.met_rate", "proposals.reply_rate", "proposals.satisfaction"]


def of_proposals(world: World, text: str) -> dict[str, str]:
    """Indicator → verdict, of the figures that are about proposals."""
    checked = text_checks.check(text, world.session.year, world.actor("clerk"))
    return {
        each.mention.indicator: each.verdict for each in checked.judged if each.mention.indicator
    }


@standing
def county(world: World) -> World:
    handled(world, 48)
    return world


def test_a_text_that_is_true_agrees(county: World) -> None:
    text = OF_THE_SAME_SHAPE.format(year=county.session.year)
    assert of_proposals(county, text) == dict.fromkeys(["proposals.handled", *RATES], "agrees")


def _lose_a_proposal(world: World) -> None:
    Proposal.objects.filter(pk=Proposal.objects.first().pk).update(state="filed")


def _lose_a_contact(world: World) -> None:
    Contact.objects.first().delete()


def _lose_a_reply(world: World) -> None:
    Proposal.objects.filter(pk=Proposal.objects.first().pk).update(
        state="handling", replied_at=None
    )
    Reply.objects.last().items.all().delete()


def _lose_a_rating(world: World) -> None:
    Evaluation.objects.filter(pk=Evaluation.objects.first().pk).update(verdict="unsatisfied")


@pytest.mark.parametrize(
    "lose, differs",
    [
        (_lose_a_proposal, "proposals.handled"),
        (_lose_a_contact, "proposals.met_rate"),
        (_lose_a_reply, "proposals.reply_rate"),
        (_lose_a_rating, "proposals.satisfaction"),
    ],
)
def test_one_record_missing_makes_it_differ(county: World, lose: Any, differs: str) -> None:
    lose(county)
    verdicts = of_proposals(county, OF_THE_SAME_SHAPE.format(year=county.session.year))
    assert {code for code, verdict in verdicts.items() if verdict == "differs"} == {differs}


@pytest.mark.skipif(not SHARED.exists(), reason="the real texts are not here")
def test_document_w_agrees_with_a_county_that_did_as_it_says(db: None) -> None:
    world = build("wuqi", year=2023)
    with tenancy.scope(world.organisation):
        handled(world, 48)
        text = next(SHARED.glob("003_*.txt")).read_text(encoding="utf-8")
        four = {"proposals.handled", *RATES}
        verdicts = of_proposals(world, text)
        assert {code: verdicts[code] for code in four} == dict.fromkeys(four, "agrees")
        _lose_a_proposal(world)
        assert of_proposals(world, text)["proposals.handled"] == "differs"


@pytest.mark.parametrize(
    "text, indicator, verdict",
    [
        ("{year}年，立案提案48件，其中委员提案48件、集体提案0件。", "proposals.by_kind", "agrees"),
        ("{year}年，立案提案48件，其中社会建设类48件。", "proposals.by_category", "agrees"),
        ("{year}年办理提案48件，其中A类48件。", "proposals.by_class", "agrees"),
        ("{year}年，立案提案50件。", "proposals.filed", "differs"),
        ("{year}年，立案提案40余件。", "proposals.filed", "agrees"),
        ("{year}年，立案提案50余件。", "proposals.filed", "differs"),
        (
            "1998年，立案提案48件。",
            "proposals.filed",
            "unknown",
        ),  # nothing is recorded of that year
        ("九届三次会议以来，立案提案48件。", "proposals.filed", "agrees"),
        ("九届八次会议以来，立案提案48件。", "proposals.filed", "unknown"),
    ],
)
def test_what_is_counted_and_for_when(
    county: World, text: str, indicator: str, verdict: str
) -> None:
    assert of_proposals(county, text.format(year=county.session.year))[indicator] == verdict


def test_a_sum_that_does_not_hold(county: World) -> None:
    checked = text_checks.check("共收到提案48件，立案44件，立案率95%。", county.session.year)
    assert [finding.kind for finding in checked.findings] == ["agrees", "differs", "differs"]
    assert not all(statement.holds for statement in checked.arithmetic)
    honest = text_checks.check("共收到提案48件，立案48件，立案率95%。", county.session.year)
    assert honest.findings[2].sums


def test_a_likely_reason_is_named(county: World) -> None:
    """Two withdrawn after filing, and the text still counts them."""
    gone = Proposal.objects.order_by("pk")[:2]
    Proposal.objects.filter(pk__in=[each.pk for each in gone]).update(state="withdrawn")
    checked = text_checks.check(
        f"{county.session.year}年立案提案48件。", None, county.actor("clerk")
    )
    [finding] = checked.findings
    assert finding.replacement == "46件"
    assert all(each.case_number in finding.why for each in gone)


# Files --------------------------------------------------------------------------------------------


def word(*paragraphs: list[str]) -> bytes:
    """A Word file; each paragraph of several runs, the second bold."""
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for place, text in enumerate(runs):
            paragraph.add_run(text).bold = place == 1
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_text_of_a_word_file_with_a_table(world: World) -> None:
    document = docx.Document(io.BytesIO(word(["立", "案", "48件"])))
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "收到", "50件"
    content = io.BytesIO()
    document.save(content)
    assert text_files.text_of("a.docx", content.getvalue()) == "立案48件\n收到\t50件"


def test_replacing_keeps_the_looks(world: World) -> None:
    found = WordText(word(["立案1", "14", "件，其他"]))
    found.replace(2, 6, "112件")
    again = WordText(found.to_bytes())
    assert again.text == "立案112件，其他"
    assert [run.text for run in again.document.paragraphs[0].runs if run.bold] == [""]


def test_remarks_stand_at_their_figures(county: World) -> None:
    text = f"{county.session.year}年立案提案50件。"
    checked = text_checks.check(text, None, county.actor("clerk"))
    content = text_checks.annotated(checked, WordText(word([text[:8], text[8:]])), "林澄")
    document = docx.Document(io.BytesIO(content))
    [comment] = list(document.comments)
    assert "48件" in comment.text and comment.author == "林澄"
    assert WordText(content).text == text
    assert 'w:fill="F6E7E4"' in document.element.xml


def test_a_pasted_text_comes_back_as_word(county: World) -> None:
    text = f"第一段\n\n{county.session.year}年立案提案50件。"
    content = text_checks.annotated(text_checks.check(text, None), None, "林澄")
    assert WordText(content).text == text
    assert len(list(docx.Document(io.BytesIO(content)).comments)) == 1


@pytest.mark.parametrize(
    "name, content",
    [
        ("a.pdf", b"%PDF-1.7"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.txt", b""),
        ("a.txt", b"x" * (text_files.MAX_BYTES + 1)),
        ("a.txt", b"\x00\x01\x02\xff" * 50),
        ("a.txt", ("长" * 200_001).encode()),
    ],
)
def test_files_that_cannot_be_read_are_refused(world: World, name: str, content: bytes) -> None:
    with pytest.raises(UnreadableText):
        text_files.text_of(name, content)


def test_a_word_file_with_one_damaged_byte_is_read_or_refused() -> None:
    content = word(["立案", "48件", "。"])
    refused = 0
    for place in range(0, len(content), 97):
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        try:
            text_files.text_of("报告.docx", bytes(damaged))
        except UnreadableText:
            refused += 1
    assert refused > 10


def test_a_table_whose_cells_continue_what_never_began_is_refused() -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:vMerge {nsdecls('w')}/>"))
    content = io.BytesIO()
    document.save(content)
    with pytest.raises(UnreadableText):
        text_files.text_of("报告.docx", content.getvalue())


# Page ---------------------------------------------------------------------------------------------


def post(world: World, who: str = "clerk", **data: Any) -> Any:
    return browser_of(world, who).post(
        "/figures/check/", {"year": world.session.year, "text": "", **data}
    )


def test_the_page_colours_the_text(county: World) -> None:
    page = post(county, text="立案提案50件，办理提案48件，编报信息65条。").content.decode()
    assert 'class="mark mark-differs" id="mark-1" href="#finding-1">50件' in page
    assert (
        f'class="mark mark-agrees" id="mark-2" href="/figures/proposals.handled/?year={county.session.year}"'
        in page
    )
    assert 'class="mark mark-unknown" id="mark-3">65条' in page
    assert 'name="replace" value="4:7:48件"' in page


def test_replacing_on_the_page(county: World) -> None:
    page = post(county, text="立案提案50件。", replace="4:7:48件").content.decode()
    assert "立案提案48件。" in page and "mark-differs" not in page


@pytest.mark.parametrize("change", ["4:7:", "x", "9:3:48件", "4:700:48件", "4:7:" + "长" * 50])
def test_a_change_that_does_not_fit_is_refused(county: World, change: str) -> None:
    assert post(county, text="立案提案50件。", replace=change).status_code == 422


def test_a_word_file_is_kept_for_its_owner_alone(county: World) -> None:
    upload = SimpleUploadedFile(
        "报告.docx", word([f"{county.session.year}年立案提案", "50", "件。"])
    )
    page = post(county, file=upload).content.decode()
    kept = CheckedFile.objects.get()
    assert f'name="kept" value="{kept.pk}"' in page
    text = f"{county.session.year}年立案提案50件。"
    back = post(county, text=text, kept=kept.pk, download="1", name="报告.docx")
    runs = docx.Document(io.BytesIO(back.content)).paragraphs[0].runs
    assert any(run.bold for run in runs)  # the looks of the file handed in
    stranger = post(county, "reviewer", text=text, kept=kept.pk, download="1")
    assert not any(
        run.bold for run in docx.Document(io.BytesIO(stranger.content)).paragraphs[0].runs
    )


def test_replacing_in_a_word_file_changes_the_file(county: World) -> None:
    text = f"{county.session.year}年立案提案50件。"
    post(county, file=SimpleUploadedFile("a.docx", word([text])))
    kept = CheckedFile.objects.get()
    start = text.index("50件")
    post(county, text=text, kept=kept.pk, replace=f"{start}:{start + 3}:48件")
    kept.refresh_from_db()
    assert WordText(bytes(kept.content)).text == text.replace("50", "48")


@pytest.mark.parametrize(
    "data",
    [
        {"text": "  "},
        {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")},
        {"year": "x", "text": "立案1件"},
    ],
)
def test_what_cannot_be_checked_is_said_on_the_form(world: World, data: dict[str, Any]) -> None:
    assert post(world, **data).status_code == 422


def test_a_long_text_is_quick(county: World) -> None:
    text = "\n".join(
        f"第{n}段，全年立案提案48件，办理提案48件，立案率100%，编报社情民意信息65条。"
        for n in range(1000)
    )
    begun = time.perf_counter()
    checked = text_checks.check(text, county.session.year)
    assert len(checked.findings) == 4000
    assert time.perf_counter() - begun < 20
