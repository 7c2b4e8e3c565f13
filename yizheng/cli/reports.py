"""Commands that write the annual report and check a text against the records."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .command import CommandFailure, organisation_of, organisation_option, ready

if TYPE_CHECKING:
    from yizheng.indicators.reading.verdict import MentionVerdict
    from yizheng.indicators.text_checks import TextCheck

VERDICTS = ("agrees", "differs", "unknown", "unreadable")


@click.command()
@organisation_option
@click.option(
    "--year", type=click.IntRange(1949, 2199), help="Year of the report; without it, this year."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The Word file to write.",
)
@click.option(
    "--address",
    default="",
    metavar="URL",
    help="Where the platform is reached: figures then link to it.",
)
def report(code: str, year: int | None, out: Path, address: str) -> None:
    """Write the year's report as Word.

    It is the newest report begun for that year on its page, with its outline; where none was begun,
    the usual outline.
    """
    ready()
    from django.utils import timezone, translation

    from yizheng.indicators import services

    if out.suffix.lower() != ".docx":
        raise CommandFailure("The report is a Word file: give --out a name that ends in .docx.")
    if not out.absolute().parent.is_dir():
        raise CommandFailure(f"There is no folder {out.parent}.")
    organisation = organisation_of(code)
    year = year or timezone.localdate().year
    with translation.override("zh-hans"):  # an official paper, whatever the terminal speaks
        paper = services.report(organisation, year, address.rstrip("/"))
    out.write_bytes(paper)
    click.echo(f"{out}: report of {organisation.short_name} for {year}.")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@organisation_option
@click.option(
    "--year", type=click.IntRange(1949, 2199), help="What the text does not date is of this year."
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print one JSON object for each file, on a line of its own.",
)
def check(files: tuple[Path, ...], code: str, year: int | None, as_json: bool) -> None:
    """Check every figure of texts (txt, docx) against the records.

    Exit code 1 when a figure differs from the records, when the text's own sums do not hold, or
    when a file cannot be read; figures the records know nothing of are no failure.
    """
    ready()
    from yizheng.core import tenancy
    from yizheng.core.refusals import Refusal
    from yizheng.indicators import text_checks
    from yizheng.indicators.text_files import text_of

    holding = []
    with tenancy.scope(organisation_of(code)):
        for file in files:
            try:
                checked = text_checks.check(text_of(file.name, file.read_bytes()), year)
            except (Refusal, OSError) as error:
                holding.append(False)
                click.echo(f"{file}: {getattr(error, 'strerror', error)}", err=True)
                continue
            holding.append(checked.holds)
            _print_json(file, checked) if as_json else _print(file, checked)
    if not all(holding):
        raise click.exceptions.Exit(1)


def _print_json(file: Path, checked: TextCheck) -> None:
    from yizheng.indicators.reading.verdict import to_json

    content = to_json(str(file), checked.judged, checked.arithmetic)
    click.echo(json.dumps(content, ensure_ascii=False))


def _print(file: Path, checked: TextCheck) -> None:
    counted = Counter[str](each.verdict for each in checked.judged)
    verdicts = ", ".join(
        f"{counted[verdict]} {verdict}" for verdict in VERDICTS if counted[verdict]
    )
    click.echo(f"{file}: {len(checked.judged)} figures" + (f": {verdicts}" if verdicts else ""))
    for each in checked.judged:
        if each.verdict != "unknown":
            click.echo(
                f"  {_place(checked.text, each.mention.start)}  {each.verdict:<10}  {_said(each)}"
            )
    for sum_ in checked.arithmetic:
        state = "holds" if sum_.holds else "DOES NOT"
        click.echo(
            f"  {_place(checked.text, sum_.start)}  {state:<10}  {sum_.kind}: {sum_.expression}"
        )


def _place(text: str, start: int) -> str:
    return f"line {text.count(chr(10), 0, start) + 1:>3}"


def _said(judged: MentionVerdict) -> str:
    mention, ours = judged.mention, judged.ours
    words = f"{mention.subject} {mention.text}".strip()
    return f"{words}  ({ours.title}: {_number(ours.value)}{ours.unit})" if ours else words


def _number(value: Any) -> str:
    return f"{float(value):.4g}" if value != int(value) else str(int(value))
