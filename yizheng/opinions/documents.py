"""Papers of opinions: issues as Word and PDF, lists and the yearly circular in Excel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yizheng.core import clock
from yizheng.documents import blocks
from yizheng.documents.journal import JournalPaper, JournalPiece
from yizheng.documents.pdf import to_pdf
from yizheng.documents.wording import official_date
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook
from yizheng.organisations.models import Organisation

from .enums import Adoption, OpinionLevel, Secrecy
from .flow import DISPATCH, ISSUE, OPINION
from .models import Dispatch, Issue, Opinion
from .opinion_text import NUMBERED, current_text
from .queries import UPPER_LEVELS, WriterTally, writer_names

# Words of the paper itself, which is Chinese whatever language the screens are in.
SECRECY_WORDS = {
    Secrecy.OPEN: "",
    Secrecy.INTERNAL: "内部资料　注意保存",
    Secrecy.LISTED: "内部资料　限定范围传阅　不得翻印转发",
}


def journal_of(issue: Issue) -> JournalPaper:
    """An issue as it is printed; one in the making without a number."""
    items = [item.opinion for item in issue.items.all()]
    organ = Organisation.objects.get(pk=issue.organisation_id)
    marking = max(
        (Secrecy(o.secrecy) for o in items),
        key=lambda s: list(SECRECY_WORDS).index(s),
        default=Secrecy.INTERNAL,
    )
    return JournalPaper(
        name=issue.journal,
        number=issue.number or "送审稿",
        organ=f"{organ.name}办公室",
        day=issue.issued_on or clock.today(),
        dated="" if issue.issued_on or not issue.is_imported else f"{issue.year}年",
        pieces=[_piece(opinion) for opinion in items],
        secrecy=SECRECY_WORDS[marking],
        signer="、".join(dict.fromkeys(o.signed_by_name for o in items if o.signed_by_name)),
        remark=issue.remark,
        addressees=issue.addressees,
        copies=issue.copies,
    )


def _piece(opinion: Opinion) -> JournalPiece:
    return JournalPiece(
        title=opinion.heading, byline=byline_of(opinion), content=_paragraphs(current_text(opinion))
    )


def byline_of(opinion: Opinion) -> str:
    """Everybody who wrote it, also those whose text became part of it."""
    names = [name for each in (opinion, *opinion.merged.all()) for name in _names(each)]
    return f"供稿：{'、'.join(dict.fromkeys(names))}"


def _names(opinion: Opinion) -> list[str]:
    first, *others = writer_names(opinion)
    said = (
        f"{opinion.reporter_identity}　{first}"
        if opinion.reporter_identity and not opinion.origin_organisation_id
        else first
    )
    return [said, *others]


def _paragraphs(text: str) -> list[blocks.Block]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [
        blocks.Heading(1, line, numbered=False) if line in NUMBERED else blocks.Paragraph(line)
        for line in lines
    ]


def issue_word(issue: Issue) -> bytes:
    return journal_of(issue).to_bytes()


def issue_pdf(issue: Issue) -> bytes:
    journal = journal_of(issue)
    return to_pdf(
        render_to_string(
            "opinions/paper.html",
            {"journal": journal, "day": official_date(journal.day), "titles": NUMBERED},
        )
    )


# Excel --------------------------------------------------------------------------------------------


def sheet(opinions: Iterable[Opinion]) -> bytes:
    columns = [
        SheetColumn(_("Receipt number"), 14),
        SheetColumn(_("Title"), 44),
        SheetColumn(_("Writers"), 18),
        SheetColumn(_("Kind of reporter"), 12),
        SheetColumn(_("Identity"), 18),
        SheetColumn(_("Category"), 14),
        SheetColumn(_("Urgency"), 8),
        SheetColumn(_("Handed in"), 12, "date"),
        SheetColumn(_("State"), 16),
        SheetColumn(_("Signed"), 12, "date"),
        SheetColumn(_("Issue"), 20),
        SheetColumn(_("Sent to"), 30),
        SheetColumn(_("Adopted"), 40),
        SheetColumn(_("Feedback"), 40),
    ]
    return workbook([Sheet(_("Public-opinion information"), columns, (_line(o) for o in opinions))])


def _line(opinion: Opinion) -> list[object]:
    sent: list[Dispatch] = list(opinion.dispatches.all())
    item = getattr(opinion, "issue_item", None)
    return [
        opinion.number,
        opinion.heading,
        "、".join(writer_names(opinion)),
        opinion.get_reporter_kind_display(),
        opinion.reporter_identity,
        opinion.category,
        opinion.get_urgency_display(),
        clock.day_of(opinion.submitted_at),
        str(OPINION.state_of(opinion).label),
        clock.day_of(opinion.signed_at),
        str(item.issue) if item else "",
        "、".join(d.recipient for d in sent),
        "；".join(_adopted(d) for d in sent if d.adoption),
        opinion.feedback,
    ]


def _adopted(dispatch: Dispatch) -> str:
    how = Adoption(dispatch.adoption).label
    return f"{dispatch.recipient} {how} {dispatch.adopted_in}".strip()


def tracking_sheet(dispatches: Iterable[Dispatch]) -> bytes:
    """Where everything was sent, a line each."""
    columns = [
        SheetColumn(_("Receipt number"), 14),
        SheetColumn(_("Title"), 44),
        SheetColumn(_("Level"), 8),
        SheetColumn(_("Sent to"), 16),
        SheetColumn(_("Sent on"), 12, "date"),
        SheetColumn(_("State"), 16),
        SheetColumn(_("How it was adopted"), 16),
        SheetColumn(pgettext("opinion", "Adopted in"), 24),
        SheetColumn(pgettext("opinion", "Adopted on"), 12, "date"),
    ]
    rows = (
        [
            d.opinion.number,
            d.opinion.heading,
            d.get_level_display(),
            d.recipient,
            d.sent_on or _("not recorded"),
            str(DISPATCH.state_of(d).label),
            d.get_adoption_display(),
            d.adopted_in,
            d.adopted_on or (_("not recorded") if d.adoption else None),
        ]
        for d in dispatches
    )
    return workbook([Sheet(_("Tracking record"), columns, rows)])


def issues_sheet(issues: Iterable[Issue]) -> bytes:
    """A line for each issue, with what stands in it."""
    columns = [
        SheetColumn(_("Journal"), 16),
        SheetColumn(_("Issue"), 14),
        SheetColumn(_("Issued on"), 12, "date"),
        SheetColumn(_("State"), 10),
        SheetColumn(_("Information in this issue"), 60),
        SheetColumn(_("Reported to"), 24),
        SheetColumn(_("Copies to"), 24),
    ]
    rows = (
        [
            issue.journal,
            issue.number,
            issue.issued_on or (_("not recorded") if issue.is_imported else None),
            str(ISSUE.state_of(issue).label),
            "；".join(item.opinion.heading for item in issue.items.all()),
            issue.addressees,
            issue.copies,
        ]
        for issue in issues
    )
    return workbook([Sheet(_("Issues"), columns, rows)])


def circular_columns() -> list[tuple[str, str]]:
    return [(level, kind) for level in UPPER_LEVELS for kind in Adoption.values]


def circular_sheet(tallies: Sequence[WriterTally], total: WriterTally) -> bytes:
    columns = [
        SheetColumn(_("Reporter"), 16),
        SheetColumn(_("Identity"), 20),
        SheetColumn(_("Pieces handed in"), 8, "number"),
        SheetColumn(_("Used here"), 8, "number"),
    ]
    columns += [
        SheetColumn(f"{OpinionLevel(level).label} {Adoption(kind).label}", 10, "number")
        for level, kind in circular_columns()
    ]
    columns += [
        SheetColumn(_("%(level)s: instructions") % {"level": label}, 10, "number")
        for label in OpinionLevel.labels
    ]
    columns += [SheetColumn(_("Excellent"), 8, "number")]
    rows = [_tally_line(tally) for tally in (*tallies, total)]
    return workbook([Sheet(_("Circular"), columns, rows)])


def _tally_line(tally: WriterTally) -> list[object]:
    adopted = [tally.adopted.get(key, 0) for key in circular_columns()]
    written = [tally.instructions.get(level, 0) for level in OpinionLevel.values]
    return [
        tally.name,
        str(tally.note),
        tally.written,
        tally.used,
        *adopted,
        *written,
        tally.excellent,
    ]
