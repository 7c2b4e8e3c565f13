"""What is written along the way: contact, progress, hand-back, extension, urging, sign-off,
evaluation, look-back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Annotated, Literal, NamedTuple

from .proposals import ProposalText
from .reading import read
from .replies import ReplyText
from .text import Scene, template

Grade = Literal["satisfied", "basically", "unsatisfied"]
GRADES: tuple[Grade, ...] = ("satisfied", "basically", "unsatisfied")
LookBack = Literal["kept", "partly", "missed"]
TalkWay = Literal["visit", "phone", "meeting", "online"]
SupervisionWay = Literal["on_site", "meeting", "inspection", "committee"]
WAYS: tuple[TalkWay, ...] = ("visit", "phone", "meeting", "online")
FORMS: tuple[SupervisionWay, ...] = ("on_site", "on_site", "meeting", "inspection", "committee")
"""As often as they are chosen."""


@dataclass(frozen=True)
class ContactText:
    """``after`` counts working days from the assignment."""

    how: TalkWay
    after: int
    notes: str


@dataclass(frozen=True)
class HandBack:
    reason: str
    other_unit: str


@dataclass(frozen=True)
class ExtensionText:
    reason: str
    days: int


@dataclass(frozen=True)
class Finding:
    form: SupervisionWay
    text: str


def _marked(entry: str) -> tuple[str, str]:
    mark, _, text = entry.partition(":")
    return (mark, text) if mark in ("done", "planned", "refused") else ("", entry)


_VARIANTS = ("两日", "一处", "六七", "七八", "一项")


def _note(*besides: str) -> Callable[[str], str]:
    """Says what is wrong with a note in which these slots may stand besides those of all notes."""
    common = ("镇", "街道", "会办", "地", "条", "科", "到期", *_VARIANTS)
    fault = template(*common, *besides)
    return lambda text: fault(_marked(text)[1])


NoteTemplate = Annotated[str, _note()]
HandBackNote = Annotated[str, _note("他")]


@dataclass(frozen=True)
class Contacts:
    visit: tuple[NoteTemplate, ...]
    phone: tuple[NoteTemplate, ...]
    meeting: tuple[NoteTemplate, ...]
    online: tuple[NoteTemplate, ...]


@dataclass(frozen=True)
class Comments:
    satisfied: tuple[NoteTemplate, ...]
    basically: tuple[NoteTemplate, ...]
    unsatisfied: tuple[NoteTemplate, ...]


@dataclass(frozen=True)
class Findings:
    on_site: tuple[NoteTemplate, ...]
    meeting: tuple[NoteTemplate, ...]
    inspection: tuple[NoteTemplate, ...]
    committee: tuple[NoteTemplate, ...]


@dataclass(frozen=True)
class LookBacks:
    kept: tuple[NoteTemplate, ...]
    partly: tuple[NoteTemplate, ...]
    missed: tuple[NoteTemplate, ...]


class ExtensionRow(NamedTuple):
    reason: NoteTemplate
    days: int


@dataclass(frozen=True)
class Notes:
    progress: tuple[NoteTemplate, ...]
    hand_back: tuple[HandBackNote, ...]
    hand_back_to_place: tuple[HandBackNote, ...]
    urgings: tuple[Annotated[str, _note("天")], ...]
    sign_offs: tuple[NoteTemplate, ...]
    leader_send_backs: tuple[NoteTemplate, ...]
    office_send_backs: tuple[NoteTemplate, ...]
    extensions: tuple[ExtensionRow, ...]
    contacts: Contacts
    comments: Comments
    findings: Findings
    look_backs: LookBacks


_NOTES = read("process.toml", Notes)


def contacts(proposal: ProposalText, seed: int) -> tuple[ContactText, ...]:
    """One to three contacts with the proposer, the first within the fifteen working days the rule
    gives.
    """
    rng = Random(f"contact {seed} {proposal.title}")
    scene, after, made = _scene(rng, proposal), rng.randint(3, 12), []
    for how in rng.sample(WAYS, rng.choice((1, 2, 2, 3))):
        made.append(ContactText(how, after, _say(scene, proposal, getattr(_NOTES.contacts, how))))
        after += rng.randint(6, 18)
    return tuple(made)


def progress(proposal: ProposalText, seed: int, count: int = 2) -> tuple[str, ...]:
    rng = Random(f"progress {seed} {proposal.title}")
    scene = _scene(rng, proposal)
    return tuple(
        _say(scene, proposal, (text,))
        for text in rng.sample(_NOTES.progress, min(count, len(_NOTES.progress)))
    )


def hand_back(proposal: ProposalText, seed: int) -> HandBack:
    """The lead names another unit: one that the proposal itself brings in."""
    rng = Random(f"hand back {seed} {proposal.title}")
    other = next((unit for unit in proposal.assisting if unit != "县财政局"), proposal.assisting[0])
    scene = _scene(rng, proposal)
    scene.values["他"] = other
    return HandBack(
        _say(
            scene,
            proposal,
            _NOTES.hand_back_to_place
            if other.endswith(("人民政府", "办事处"))
            else _NOTES.hand_back,
        ),
        other,
    )


def extension(proposal: ProposalText, seed: int) -> ExtensionText:
    rng = Random(f"extension {seed} {proposal.title}")
    reason, days = rng.choice(_NOTES.extensions)
    return ExtensionText(_say(_scene(rng, proposal), proposal, (reason,)), days)


def urging(proposal: ProposalText, seed: int, days_left: int) -> str:
    scene = _scene(Random(f"urge {seed} {proposal.title}"), proposal)
    scene.values["天"] = str(days_left)
    return _say(scene, proposal, _NOTES.urgings)


def sign_off(proposal: ProposalText, seed: int, reply: ReplyText | None = None) -> str:
    return _say(
        _scene(Random(f"sign {seed} {proposal.title}"), proposal), proposal, _NOTES.sign_offs, reply
    )


def leader_send_back(proposal: ProposalText, seed: int, reply: ReplyText | None = None) -> str:
    return _say(
        _scene(Random(f"leader back {seed} {proposal.title}"), proposal),
        proposal,
        _NOTES.leader_send_backs,
        reply,
    )


def office_send_back(proposal: ProposalText, seed: int, reply: ReplyText | None = None) -> str:
    return _say(
        _scene(Random(f"office back {seed} {proposal.title}"), proposal),
        proposal,
        _NOTES.office_send_backs,
        reply,
    )


def comment(proposal: ProposalText, seed: int, grade: Grade, reply: ReplyText | None = None) -> str:
    return _say(
        _scene(Random(f"comment {seed} {proposal.title} {grade}"), proposal),
        proposal,
        getattr(_NOTES.comments, grade),
        reply,
    )


def finding(proposal: ProposalText, seed: int) -> Finding:
    rng = Random(f"finding {seed} {proposal.title}")
    form = rng.choice(FORMS)
    return Finding(form, _say(_scene(rng, proposal), proposal, getattr(_NOTES.findings, form)))


def look_back(proposal: ProposalText, seed: int, state: LookBack) -> str:
    return _say(
        _scene(Random(f"look back {seed} {proposal.title} {state}"), proposal),
        proposal,
        getattr(_NOTES.look_backs, state),
    )


def _say(
    scene: Scene, proposal: ProposalText, pool: tuple[str, ...], reply: ReplyText | None = None
) -> str:
    """One of the pool.

    An entry marked with an outcome is only said of an item that the reply answered so.
    """
    answered = (
        {item.outcome: item for item in scene.rng.sample(reply.items, len(reply.items))}
        if reply
        else {}
    )
    offers = [(mark, text) for mark, text in map(_marked, pool) if not mark or mark in answered]
    mark, chosen = scene.rng.choice(offers)
    own = [each for each in proposal.suggestions if each.unit == proposal.lead] or list(
        proposal.suggestions
    )
    suggestion = scene.rng.choice(own)
    number, due = suggestion.number, None
    for outcome, item in answered.items():
        if outcome == mark:
            number, due = item.number, item.due
    scene.values.update(
        {
            "条": str(number),
            "科": suggestion.section,
            "到期": f"{due.year}年{due.month}月" if due else "",
        }
    )
    return scene.render(chosen)


def _scene(rng: Random, proposal: ProposalText) -> Scene:
    return Scene(
        rng,
        (
            ("镇", proposal.town),
            ("街道", proposal.street),
            ("会办", proposal.assisting[0]),
            ("地", proposal.place),
            ("两日", rng.choice(("两日", "三日"))),
            ("一处", rng.choice(("一处", "两处"))),
            ("六七", rng.choice("六七")),
            ("七八", rng.choice("七八")),
            ("一项", rng.choice(("配套经费", "后续管理", "培训", "信息公开"))),
        ),
    )
