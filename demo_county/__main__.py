"""The command of the demo county: `python -m demo_county`."""

from __future__ import annotations

import os
import unicodedata
from importlib import import_module
from pkgutil import iter_modules

import click

from yizheng.cli.command import CommandFailure, PlatformCommand, progressbar, ready


@click.command(
    cls=PlatformCommand,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--check",
    metavar="URL",
    default="",
    help="Walk the roads of the county through their whole life on the server at URL.",
)
@click.option(
    "--sign-ins", is_flag=True, help="Print who can sign in to the county, and with what."
)
@click.option(
    "--texts", is_flag=True, help="Read the county's texts and say what is wrong with them."
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(check: str, sign_ins: bool, texts: bool, debug: bool) -> None:
    """Fill the database with an invented county.

    A database that holds an organisation already is left as it is. Data lives where the command
    `yizheng` has it: YIZHENG_DATA, YIZHENG_DATABASE_URL.
    """
    if texts:
        _read_texts()
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "demo_county.settings")
    ready()
    if sign_ins:
        _print_sign_ins()
    elif check:
        _check(check)
    else:
        _build()


def _read_texts() -> None:
    from . import content

    for module in iter_modules(content.__path__):  # each reads its own when it is imported
        if module.name != "__main__":
            import_module(f"{content.__name__}.{module.name}")
    click.echo("All texts can be read.")


def _build() -> None:
    from django.db import transaction

    from yizheng.organisations.models import Organisation

    from . import county

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
    from .check import run

    if not run(url.rstrip("/"), click.echo):
        raise CommandFailure("The walk did not get through.")
    click.echo("All held.")


def _print_sign_ins() -> None:
    from .cast import sign_ins

    for role, username, password, what in sign_ins():
        click.echo(f"  {_padded(role, 18)}{_padded(username, 22)}{_padded(password, 20)}{what}")


def _padded(text: str, width: int) -> str:
    """Padded to columns of a terminal, in which a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(width - taken, 1)


if __name__ == "__main__":
    main(prog_name="python -m demo_county")
