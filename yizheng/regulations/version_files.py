"""Versions of regulations as files: parameters, the subject and the schema version they were
written in.

An old file opens for ever.

A file without that envelope, bare parameters, is of schema version 1: so they were handed out
before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .models import RegulationVersion
from .problems import SENTENCES, BadParameters, Loc, Problem, line_of, place, read_json
from .services import check_parameters
from .stored_versions import FittedParameters, UnreadableVersion, carried, fitted, flaws_in, placed
from .subjects import ENVELOPE, SCHEMAS, Subject

FIRST = 1


def written(version: RegulationVersion) -> bytes:
    """What the version says, in its own schema version; one that cannot be read is handed out as it
    is kept.
    """
    subject = SCHEMAS[version.regulation.subject]
    try:
        parameters = fitted(subject, version.schema_version, version.parameters).parameters
    except UnreadableVersion:
        parameters = version.parameters
    envelope = dict(zip(ENVELOPE, (subject.code, version.schema_version, parameters), strict=True))
    return (json.dumps(envelope, ensure_ascii=False, indent=2) + "\n").encode()


@dataclass(frozen=True)
class VersionFile:
    """A file handed in: its parameters carried to today's schema version, still to be checked, and
    where each part stands.

    `unused`: what an old file says that is of no use any more.
    """

    parameters: Any
    lines: Mapping[Loc, int]
    is_old: bool = False
    unused: Sequence[tuple[str, str]] = ()


def given(code: str, content: bytes) -> VersionFile:
    """Raises BadParameters with the line for what is no file of this regulation."""
    subject = SCHEMAS[code]
    value, lines = read_json(content)
    if not isinstance(value, dict) or not value.keys() & set(ENVELOPE):
        return _carried(subject, FIRST, value, lines)
    _check_envelope(subject, value, lines)
    inner = {loc[1:]: line for loc, line in lines.items() if loc[:1] == ("parameters",)}
    return _carried(subject, value["schema_version"], value["parameters"], inner)


def checked(code: str, file: VersionFile) -> dict[str, Any]:
    return check_parameters(code, file.parameters, file.lines)


def _check_envelope(subject: Subject, value: Mapping[str, Any], lines: Mapping[Loc, int]) -> None:
    problems = [
        Problem((name,), name, str(SENTENCES["extra_forbidden"]), lines[name,])
        for name in value
        if name not in ENVELOPE
    ]
    problems += [
        Problem((name,), name, str(SENTENCES["missing"]), lines[()])
        for name in ENVELOPE
        if name not in value
    ]
    if "subject" in value and value["subject"] != subject.code:
        problems.append(
            Problem(("subject",), "", _wrong_subject(subject, value["subject"]), lines["subject",])
        )
    if "schema_version" in value and (sentence := _wrong_version(subject, value["schema_version"])):
        problems.append(Problem(("schema_version",), "", sentence, lines["schema_version",]))
    if problems:
        raise BadParameters(problems)


def _wrong_subject(subject: Subject, named: object) -> str:
    title = SCHEMAS[named].title if isinstance(named, str) and named in SCHEMAS else named
    return _("this file is of another regulation (“%(other)s”), not of “%(title)s”.") % {
        "other": title,
        "title": subject.title,
    }


def _wrong_version(subject: Subject, version: object) -> str:
    if not isinstance(version, int) or isinstance(version, bool) or version < FIRST:
        return _("schema_version must be a whole number from 1 on.")
    if version > subject.version:
        return _(
            "this file was written by a newer platform (schema version %(version)s; this "
            "one knows %(known)s). Update the platform first."
        ) % {"version": version, "known": subject.version}
    return ""


def _carried(
    subject: Subject, version: int, parameters: Any, lines: Mapping[Loc, int]
) -> VersionFile:
    """Today's are read as they are typed.

    Older ones must be whole by their own record, then they are carried to today's.
    """
    if version == subject.version or not isinstance(parameters, dict):
        return VersionFile(parameters, lines)
    try:
        own = fitted(subject, version, parameters)
        _check_whole(subject, version, own, lines)
        today = carried(subject, version, own.parameters)
    except UnreadableVersion as error:
        raise BadParameters(
            [Problem((), "", _("%(reason)s.") % {"reason": error}, line_of((), lines))]
        ) from error
    return VersionFile(today.parameters, lines, True, placed(subject.schema, today.unused))


def _check_whole(
    subject: Subject, version: int, own: FittedParameters, lines: Mapping[Loc, int]
) -> None:
    wrong = [(loc, SENTENCES["extra_forbidden"]) for loc, _value in own.unused]
    wrong += flaws_in({"fields": subject.fields_of(version) or {}}, own.parameters)
    if wrong:
        raise BadParameters(
            [
                Problem(loc, place(subject.schema, loc), str(sentence), line_of(loc, lines))
                for loc, sentence in wrong
            ]
        )
