"""States and steps of every flow: a diagram and the table behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .docs_words import cell, table

if TYPE_CHECKING:
    from yizheng.core.flow import Flow, State, Step


def page() -> str:
    from yizheng.core.flow import FLOWS

    parts = [
        "# States and steps",
        "Every change of state of every kind of object goes through these tables (`core/flow.py`). "
        "*Automatic* steps are taken by another step or by the platform itself, never by a button.",
    ]
    for code in sorted(FLOWS):
        parts.append(_flow(FLOWS[code]))
    return "\n\n".join(parts)


def _flow(flow: Flow[Any]) -> str:
    states = table(
        ("State", "", "Holds the pen", "Has a date", "Ends"), [_state(name, s) for name, s in flow.states.items()]
    )
    head = ("Step", "", "From", "To", "Who", "Only when", "Tells")
    steps = table(head, [_step(flow, step) for step in flow.steps.values()])
    return f"## {flow.label} (`{flow.code}`)\n\n{_diagram(flow)}\n\n{states}\n\n{steps}"


def _diagram(flow: Flow[Any]) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{state.label}" as {name}' for name, state in flow.states.items()]
    choices = [step for step in flow.steps.values() if callable(step.target)]
    lines += [f"    state {_choice(step)} <<choice>>" for step in choices]
    for step in flow.steps.values():
        lines += [f"    {source} --> {target}: {step.label}" for source, target in _edges(flow, step)]
    lines += [f"    {name} --> [*]" for name, state in flow.states.items() if state.ends]
    return "\n".join([*lines, "```"])


def _choice(step: Step[Any]) -> str:
    return f"{step.name}_decides"


def _edges(flow: Flow[Any], step: Step[Any]) -> list[tuple[str, str]]:
    """In the order of the table of states; a step that leaves the state as it is has no edge."""
    target = _choice(step) if callable(step.target) else step.target
    return [(name, target) for name in flow.states if name in step.sources] if target else []


def _state(name: str, state: State) -> tuple[str, ...]:
    return (
        str(state.label),
        f"`{name}`",
        str(state.holding or (state.holder.label if state.holder else "")),
        "yes" if state.due else "",
        "yes" if state.ends else "",
    )


def _step(flow: Flow[Any], step: Step[Any]) -> tuple[str, ...]:
    who = "automatic" if step.automatic else who_words(step.rule)
    sources = ", ".join(str(state.label) for name, state in flow.states.items() if name in step.sources)
    tells = "; ".join(_tell(tell) for tell in step.tell)
    return str(step.label), f"`{step.name}`", sources, _target(flow, step), who, _guards(step), tells


def _target(flow: Flow[Any], step: Step[Any]) -> str:
    if callable(step.target):
        return f"decided: {in_words(step.target)}"
    return str(flow.states[step.target].label) if step.target else "stays"


def _tell(tell: Any) -> str:
    who = in_words(tell.who, "tell_")
    return str(tell.words) if who == "<lambda>" else f"{who.removeprefix('tell ')}: {tell.words}"


def who_words(rule: Any) -> str:
    from .docs_permissions import label_of

    return " or ".join(label_of(code) for code in rule.code.split("|"))


def _guards(step: Step[Any]) -> str:
    applies = [in_words(step.applies)] if step.applies and step.applies.__name__ != "<lambda>" else []
    return "; ".join(applies + [in_words(guard) for guard in step.guards])


def in_words(function: Callable[..., Any], prefix: str = "") -> str:
    """What a function of the table says of itself: its docstring's first line, else its name."""
    name = getattr(function, "__name__", type(function).__name__).removeprefix(prefix).replace("_", " ").strip()
    first = (getattr(function, "__doc__", None) or "").strip().split("\n")[0].rstrip(".")
    return cell(f"{name} ({first[0].lower()}{first[1:]})") if first else name
