"""Base classes of every command: one sentence for each error, the platform set up only when it is
needed.
"""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from yizheng.organisations.models import Organisation

SET_UP_FIRST = (
    "The database has not been set up, or is of another version. Run: yizheng manage migrate"
)


class PlatformCommand(click.Command):
    """Whatever goes wrong is told in one sentence; `--debug` shows where."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (
            click.ClickException,
            click.exceptions.Exit,
            click.Abort,
            KeyboardInterrupt,
            BrokenPipeError,
        ):
            # a pipe that was closed (yizheng check … | head) is click's to end without a word
            raise
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            raise click.ClickException(sentence_of(error)) from error


class CommandGroup(PlatformCommand, click.Group):
    """The command line: its commands in the order in which they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


class CommandFailure(click.ClickException):
    """A refusal or a failed check: its sentence on standard error, exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.format_message(), file=file, err=file is None)


def sentence_of(error: Exception) -> str:
    """A refusal speaks for itself; what nobody foresaw is named, without its traceback."""
    names = {cls.__name__ for cls in type(error).__mro__}
    if "Refusal" in names:
        return str(error)
    if names & {"OperationalError", "ProgrammingError"} and "DatabaseError" in names:
        missing = ("no such table", "does not exist", "no such column", "unable to open")
        return (
            SET_UP_FIRST
            if any(words in str(error) for words in missing)
            else f"The database refused: {error}"
        )
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return (
        f"That failed unexpectedly ({type(error).__name__}: {error}). Run it again with --debug "
        "to see where."
    )


def ready() -> None:
    """Set the platform up: settings, models, the language of this terminal."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizheng.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate("zh-hans" if _speaks_chinese() else "en")


def _speaks_chinese() -> bool:
    return (os.environ.get("LC_ALL") or os.environ.get("LANG") or "").lower().startswith("zh")


def organisation_of(code: str) -> Organisation:
    """The organisation of a code; without one, the only one there is."""
    from yizheng.organisations.models import Organisation

    codes = list(Organisation.objects.order_by("code").values_list("code", flat=True))
    if not codes:
        raise CommandFailure("There is no organisation yet. Found one: yizheng found")
    if not code and len(codes) > 1:
        raise CommandFailure(
            f"There are several organisations: name one with --organisation ({', '.join(codes)})."
        )
    if code and code not in codes:
        raise CommandFailure(f"There is no organisation “{code}”; there are: {', '.join(codes)}.")
    return Organisation.objects.get(code=code or codes[0])


def progressbar(length: int, label: str) -> Any:
    """A bar on standard error, so that what a command prints can be piped on."""
    return click.progressbar(length=max(length, 1), label=label, file=sys.stderr, show_pos=True)


organisation_option = click.option(
    "--organisation",
    "code",
    default="",
    metavar="CODE",
    help="Whose records; not needed where there is only one.",
)
