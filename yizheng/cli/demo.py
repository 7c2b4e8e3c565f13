"""The invented county."""

from __future__ import annotations

import click

from .base import Failure, progressbar, ready


@click.command()
@click.option(
    "--check",
    metavar="URL",
    default="",
    help="Walk the roads of the county through their whole life on the server at URL.",
)
@click.option(
    "--sign-ins", is_flag=True, help="Print who can sign in to the county, and with what."
)
def demo(check: str, sign_ins: bool) -> None:
    """Fill the database with an invented county.

    A database that holds an organisation already is left as it is.
    """
    ready()
    if sign_ins:
        print_sign_ins()
    elif check:
        _check(check)
    else:
        _build()


def _build() -> None:
    from django.db import transaction

    from yizheng.demo import county
    from yizheng.organisations.models import Organisation

    if Organisation.objects.exists():
        click.echo("The database holds an organisation already; nothing was added.")
        return
    with transaction.atomic(), progressbar(1, "Yunxi county") as bar:

        def progress(done: int, total: int, what: str = "") -> None:
            bar.length = max(total, 1)
            bar.label = what or bar.label
            bar.update(done - bar.pos)

        county.build(progress)
    click.echo("The demo county is in the database.")


def _check(url: str) -> None:
    from yizheng.demo.check import run

    if not run(url.rstrip("/"), click.echo):
        raise Failure("The walk did not get through.")
    click.echo("All held.")


def print_sign_ins() -> None:
    from yizheng.demo.county import sign_ins

    for role, username, password, what in sign_ins():
        click.echo(f"  {_padded(role, 18)}{_padded(username, 22)}{_padded(password, 20)}{what}")


def _padded(text: str, width: int) -> str:
    """Padded to columns of a terminal, in which a Chinese character takes two."""
    import unicodedata

    taken = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(width - taken, 1)
