"""The program that compiles translations for the server and checks that they are complete.

`python -m yizheng.cli.translations compile` writes each catalogue's .mo beside it; `check` says
what is missing. Both take the folders of packages that build on the platform and bring words of
their own.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, cast

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser

from .command import CommandFailure
from .voice import borrowed, unlike

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUES = "**/locale/zh_Hans/LC_MESSAGES/django.po"
GROUND = "core"
"""The app on which all others stand: what it translates need not be translated again."""
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "msgid"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
METHODS = [
    ("**/locale/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
]
OPTIONS = {
    "**/templates/**.html": {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
    }
}
PLACEHOLDER = re.compile(r"%\((\w+)\)")
MessageKey = tuple[str, str]
"""Context ("" for none) and msgid."""
KnownMessages = dict[MessageKey, tuple[str, Path]]
"""Translations, and the catalogue in which each stands."""


@dataclass(frozen=True)
class TextUse:
    """A text in the source that people see."""

    key: MessageKey
    place: str


def used_in(root: Path) -> Iterator[TextUse]:
    found = extract_from_dir(root, METHODS, OPTIONS, KEYWORDS)
    for file, line, message, _comments, context in found:
        msgid = message[0] if isinstance(message, tuple) else message
        if msgid:
            yield TextUse((context or "", msgid), f"{root.name}/{file}:{line}")


def hidden_in(root: Path) -> Iterator[tuple[TextUse | None, str]]:
    """What the extraction passes over: a text asked for within an f-string, and (None) one that is
    put together first.
    """
    for path in sorted(root.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in _asking(tree):
            place = f"{path.relative_to(root.parent)}:{call.lineno}"
            if any(
                isinstance(given, ast.JoinedStr | ast.BinOp) for given in call.args[: _texts(call)]
            ):
                yield None, place
        for within in (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)):
            for call in _asking(within):
                given = [
                    one.value for one in call.args[: _texts(call)] if isinstance(one, ast.Constant)
                ]
                context = str(given.pop(0)) if "pgettext" in _name(call) and len(given) > 1 else ""
                if given:
                    yield (
                        TextUse(
                            (context, str(given[0])),
                            f"{path.relative_to(root.parent)}:{call.lineno}",
                        ),
                        "",
                    )


def _renamed_in(root: Path) -> Iterator[tuple[str, str]]:
    """Names under which a translating function is imported that the extraction does not know."""
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                for each in node.names:
                    if each.asname and each.name in KEYWORDS and each.asname not in KEYWORDS:
                        yield each.asname, f"{path.relative_to(root.parent)}:{node.lineno}"


def _asking(tree: ast.AST) -> Iterator[ast.Call]:
    return (
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) in KEYWORDS
    )


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _texts(call: ast.Call) -> int:
    """How many of the arguments are texts."""
    return len(KEYWORDS[_name(call)] or (1,))


class WrittenCatalog(Catalog):
    """A catalogue that knows which messages its file has more than once: of these only the first
    is ever read.
    """

    def __init__(self) -> None:
        super().__init__(locale="zh_Hans")
        self.doubles: list[MessageKey] = []

    def __setitem__(self, id: Any, message: Message) -> None:
        if id and self.get(id, message.context):
            self.doubles.append(key_of(message))
        super().__setitem__(id, message)


def catalogues(root: Path) -> dict[Path, WrittenCatalog]:
    return {path: _read(path) for path in sorted(root.glob(CATALOGUES))}


def _read(path: Path) -> WrittenCatalog:
    catalogue = WrittenCatalog()
    with path.open("rb") as source:
        PoFileParser(catalogue, abort_invalid=True).parse(cast(IO[Any], source))
    return catalogue


def key_of(message: Message) -> MessageKey:
    msgid = message.id[0] if isinstance(message.id, list | tuple) else message.id
    return message.context or "", str(msgid)


def text_of(message: Message) -> str:
    """All plural forms in one; empty when any of them is."""
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return "\n".join(str(form) for form in forms) if all(forms) else ""


def problems(root: Path = PACKAGE, known: KnownMessages | None = None) -> list[str]:
    """Everything that keeps the Chinese from being complete and of one voice, each
    in a sentence.

    `known` are the translations this package may use besides its own; its own are added.
    """
    known = {} if known is None else known
    found: list[str] = []
    hidden = list(hidden_in(root))
    asked: dict[MessageKey, dict[str, None]] = {}
    for used in (*used_in(root), *(used for used, _place in hidden if used)):
        asked.setdefault(used.key, {})[used.place] = None
    shared = _shared(root)
    for path, catalogue in catalogues(root).items():
        place = path.relative_to(root.parent)
        found += [f"{place}: “{msgid}” stands there twice" for _context, msgid in catalogue.doubles]
        for message in catalogue:
            if message.id:
                found += _judge(message, place, known)
                if key_of(message) in shared and place.parts[1] != GROUND:
                    found.append(f"{place}: “{key_of(message)[1]}” stands in {GROUND} already")
                if key_of(message) not in asked and not _is_of_a_library(message):
                    found.append(f"{place}: “{key_of(message)[1]}” is said nowhere any more")
    apps = {path.relative_to(root).parts[0] for path in root.glob(CATALOGUES)}
    for key, places in asked.items():
        if key not in known:
            found.append(f"{', '.join(places)}: “{key[1]}” has no Chinese translation")
            continue
        for at in places:
            app = at.split("/")[1]
            flaws = borrowed(app, known[key][0]) if app in apps else ()
            found += [f"{at}: “{key[1]}” {flaw}" for flaw in flaws]
    found += [
        f"{place}: “{name}” is a name under which texts are not looked for"
        for name, place in _renamed_in(root)
    ]
    found += [
        f"{place}: a text is put together before it is translated: translate a whole one"
        for used, place in hidden
        if not used
    ]
    return found


def _shared(root: Path) -> set[MessageKey]:
    catalogue = next((root / GROUND).glob(CATALOGUES), None)
    return {key_of(message) for message in _read(catalogue)} if catalogue else set()


def _is_of_a_library(message: Message) -> bool:
    """Said by one that has no Chinese for it, or none that people say; a comment above the message
    names the library.
    """
    return any(comment.startswith("said by ") for comment in message.user_comments)


def _judge(message: Message, place: Path, known: KnownMessages) -> Iterator[str]:
    key, text = key_of(message), text_of(message)
    if message.fuzzy:
        yield f"{place}: “{key[1]}” is marked fuzzy: settle it"
    elif text and key in known and known[key][0] != text:
        yield f"{place}: “{key[1]}” is “{text}” here and “{known[key][0]}” in {known[key][1]}"
    elif text:
        known.setdefault(key, (text, place))
        yield from (
            f"{place}: the translation of “{key[1]}” {flaw}"
            for flaw in unlike(place.parts[1], text)
        )
        if unknown := set(PLACEHOLDER.findall(text)) - _placeholders(message):
            yield (
                f"{place}: the translation of “{key[1]}” asks for %({min(unknown)})s, which "
                "nobody gives it"
            )


def _placeholders(message: Message) -> set[str]:
    ids = message.id if isinstance(message.id, list | tuple) else [message.id]
    return {name for msgid in ids for name in PLACEHOLDER.findall(str(msgid))}


def compile_all(root: Path = PACKAGE) -> int:
    """Write the .mo of every catalogue that is newer than it; answers how many.

    Beside its place first: whoever starts meanwhile reads the whole old one or the whole new one.
    """
    stale = [path for path in root.glob(CATALOGUES) if _is_newer(path, path.with_suffix(".mo"))]
    for path in stale:
        with NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as target:
            write_mo(cast(Any, target), _read(path))
        Path(target.name).chmod(0o644)
        Path(target.name).replace(path.with_suffix(".mo"))
    return len(stale)


def _is_newer(source: Path, target: Path) -> bool:
    return not target.exists() or source.stat().st_mtime > target.stat().st_mtime


@click.group()
def cli() -> None:
    """Translations of the platform."""


packages = click.argument(
    "packages",
    nargs=-1,
    metavar="[FOLDER]...",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
)


@cli.command("compile")
@packages
def compile_(packages: tuple[Path, ...]) -> None:
    """Write the compiled catalogues that the server reads; of these packages, too."""
    click.echo(f"{sum(map(compile_all, (PACKAGE, *packages)))} catalogue(s) compiled.")


@cli.command()
@packages
def check(packages: tuple[Path, ...]) -> None:
    """Every text that people see has one Chinese translation, in the voice of the house; those of
    these packages, too.

    A package may use what the platform translates, the platform nothing of a package.
    """
    known: KnownMessages = {}
    if found := [problem for root in (PACKAGE, *packages) for problem in problems(root, known)]:
        for problem in found:
            click.echo(problem)
        raise CommandFailure(f"{len(found)} problem(s) in the translations.")
    click.echo("Translations are complete.")


if __name__ == "__main__":
    cli(prog_name="python -m yizheng.cli.translations")
