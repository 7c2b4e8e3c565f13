"""The generated page of flows: states and steps, as a diagram and the table behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .markdown import cell, table

if TYPE_CHECKING:
    from yizheng.core.flow import Birth, Edit, Ends, Flow, State, Step


def page() -> str:
    from yizheng.core.flow import FLOWS

    parts = [
        "# States and steps",
        "Every object begins, changes its state and is changed through these tables "
        "(`core/flow.py`). "
        "*Automatic* steps are taken by another step or by the platform itself, never by a button. "
        "What is told cannot be muted unless it says so. Seals: ✓ stands, ● is the one at hand.",
    ]
    for code in sorted(FLOWS):
        parts.append(_flow(FLOWS[code]))
    return "\n\n".join(parts)


def _flow(flow: Flow[Any]) -> str:
    tables = (
        (
            ("State", "", "Holds the pen", "Seals", "Looks", "Has a date", "Ends", "Groups"),
            [_state(flow, name, s) for name, s in flow.states.items()],
        ),
        (
            ("Begins", "", "In", "Who", "Only when", "Tells"),
            [_birth(flow, birth) for birth in flow.births.values()],
        ),
        (
            ("Step", "", "From", "To", "Who", "How", "Only when", "Tells"),
            [_step(flow, step) for step in flow.steps.values()],
        ),
        (
            ("Edit", "", "In", "Who", "How", "Only when", "Traced"),
            [_edit(flow, edit) for edit in flow.edits.values()],
        ),
        (("Ends with", "When that is", "By"), [_end(flow, ends) for ends in flow.ends]),
    )
    written = [table(head, rows) for head, rows in tables if rows]
    return "\n\n".join([f"## {flow.label} (`{flow.code}`)", _diagram(flow), *written])


def _diagram(flow: Flow[Any]) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state.label}" as {name}' for name, state in flow.states.items()]
    choices = [step for step in flow.steps.values() if callable(step.target)]
    lines += [f"    state {_choice(step)} <<choice>>" for step in choices]
    lines += [f"    [*] --> {birth.state}: {birth.said}" for birth in flow.births.values()]
    for step in flow.steps.values():
        lines += [
            f"    {source} --> {target}: {step.label}" for source, target in _edges(flow, step)
        ]
    lines += [f"    {name} --> [*]" for name, state in flow.states.items() if state.ends]
    return "\n".join([*lines, "```"])


def _choice(step: Step[Any]) -> str:
    return f"{step.name}_decides"


def _edges(flow: Flow[Any], step: Step[Any]) -> list[tuple[str, str]]:
    """In the order of the table of states; a step that leaves the state as it is has no edge."""
    target = _choice(step) if callable(step.target) else step.target
    return [(name, target) for name in flow.states if name in step.sources] if target else []


SEALS = {"done": "✓", "now": "●", "todo": ""}


def _state(flow: Flow[Any], name: str, state: State) -> tuple[str, ...]:
    seals = flow.seals_of(flow.model(state=name))
    return (
        str(state.label),
        f"`{name}`",
        str(state.holding or (state.holder.label if state.holder else "")),
        " ".join(f"{SEALS[seal.status]}{seal.character}" for seal in seals),
        state.tone,
        state.counted if state.due else "",
        "yes" if state.ends else "",
        ", ".join(sorted(getattr(name, "groups", ()))),
    )


def _birth(flow: Flow[Any], birth: Birth[Any]) -> tuple[str, ...]:
    who = who_words(birth.rule) if birth.rule else "follows from something else"
    guards, tells = "; ".join(map(in_words, birth.guards)), "; ".join(map(_tell, birth.tell))
    return (
        str(birth.said),
        f"`{birth.name}`",
        str(flow.states[birth.state].label),
        who,
        guards,
        tells,
    )


def _edit(flow: Flow[Any], edit: Edit[Any]) -> tuple[str, ...]:
    traced = in_words(edit.traced) if callable(edit.traced) else "yes" if edit.traced else "no"
    return (
        str(edit.said),
        f"`{edit.name}`",
        _sources(flow, edit),
        who_words(edit.rule),
        _flags(
            (not edit.touches, "other pages stay good"),
            (edit.reckons, "reckons its date anew"),
            (edit.deletes, "deletes"),
        ),
        "; ".join(map(in_words, edit.guards)),
        traced,
    )


def _sources(flow: Flow[Any], line: Step[Any] | Edit[Any]) -> str:
    return ", ".join(
        str(state.label) for name, state in flow.states.items() if name in line.sources
    )


def _end(flow: Flow[Any], ends: Ends) -> tuple[str, ...]:
    from yizheng.core.flow import FLOWS

    parent = FLOWS[ends.parent]
    when = ", ".join(
        str(state.label) for name, state in parent.states.items() if name in ends.states
    )
    return str(parent.label), when, f"`{ends.step}`"


def _main_button(flow: Flow[Any], step: Step[Any]) -> str:
    if not isinstance(step.primary, frozenset):
        return "main button"
    where = ", ".join(str(s.label) for name, s in flow.states.items() if name in step.primary)
    return f"main button while {where}"


def _step(flow: Flow[Any], step: Step[Any]) -> tuple[str, ...]:
    who = "automatic" if step.automatic else who_words(step.rule)
    tells = "; ".join(map(_tell, step.tell))
    return (
        str(step.label),
        f"`{step.name}`",
        _sources(flow, step),
        _target(flow, step),
        who,
        _flags(
            (step.primary, _main_button(flow, step)),
            (step.bulk, "many at once"),
            (step.confirm, "asks first"),
            (step.form, "by form"),
            (step.records, "once for one form"),
            (not step.touches, "other pages stay good"),
        ),
        _guards(step),
        tells,
    )


def _flags(*told: tuple[object, str]) -> str:
    return ", ".join(words for is_so, words in told if is_so)


def _target(flow: Flow[Any], step: Step[Any]) -> str:
    if callable(step.target):
        return f"decided: {in_words(step.target)}"
    return str(flow.states[step.target].label) if step.target else "stays"


def _tell(tell: Any) -> str:
    who = in_words(tell.who, "tell_")
    said = str(tell.words) if who == "<lambda>" else f"{who.removeprefix('tell ')}: {tell.words}"
    return f"{said} (may be muted)" if tell.may_mute else said


def who_words(rule: Any) -> str:
    from .docs_permissions import label_of

    return " or ".join(label_of(code) for code in rule.code.split("|"))


def _guards(step: Step[Any]) -> str:
    applies = (
        [in_words(step.applies)] if step.applies and step.applies.__name__ != "<lambda>" else []
    )
    return "; ".join(applies + [in_words(guard) for guard in step.guards])


def in_words(function: Callable[..., Any], prefix: str = "") -> str:
    """What a function of the table says of itself: how its docstring begins, else its name."""
    name = (
        getattr(function, "__name__", type(function).__name__)
        .removeprefix(prefix)
        .replace("_", " ")
        .strip()
    )
    text = (getattr(function, "__doc__", None) or "").strip()
    first = " ".join(text.split("\n\n")[0].split()).rstrip(".")
    return cell(f"{name} ({first[0].lower()}{first[1:]})") if first else name
