"""Source objects, on which other apps hang something of their own: each app registers its kinds,
the apps below say what can hang on them.

A higher floor registers once, in its `apps.ready`:

    sources.register(Source(
        model=Case,  # the kind of object
        place="case",  # the panels on its page: core.panels.on("case", actor, obj)
        label=_("case"),  # how lists call the kind
        visible=rules.visible_cases,  # actor → Q over the model: who sees the object sees what
        # hangs on it
        may_enter=lambda actor, obj: …,  # who hangs something on this object
        reads=rules.READ,  # permission with which the lists of what hangs are in the bar
        office=rules.KEEP,  # permission of those who keep these objects
        handle=rules.HANDLE,  # permission of those to whom they are given to be handled
        url=CASE.url,  # where the object's page is
        enterable=…,  # optional: may_enter as a filter, where it is more than to keep and see it
        title=str,  # optional: its name in lists
        sheet="outcomes",  # optional: its sheet in a year's workbook, whose rows have `names` as
        # columns too
    ))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from . import circumstances
from .access import NOTHING, Actor, Rule, Words
from .flow_table import Ends


class HangingRow(Protocol):
    """A row that hangs on an object of any kind."""

    content_type: Any
    source: Any


@dataclass(frozen=True)
class Ending:
    """When the parent (code of its flow) comes into one of the states, what hangs on these objects
    of it ends.
    """

    parent: str
    states: Iterable[str]
    objects: Callable[[Any], QuerySet[Any]]

    def of(self, model: type[Model], hanging: Any, step: str) -> Ends:
        """The rows of `hanging` on objects of the kind take the step."""
        kind = ContentType.objects.get_for_model
        return Ends(
            self.parent,
            frozenset(self.states),
            step,
            children=lambda parent: hanging.objects.filter(
                content_type=kind(model), object_id__in=self.objects(parent).values("pk")
            ),
        )


@dataclass(frozen=True)
class Source:
    """A kind of object; see the module's own words for what each field is."""

    model: type[Any]
    place: str
    label: Words
    visible: Callable[[Actor], Q]
    may_enter: Callable[[Actor, Any], bool]
    reads: str
    office: str
    handle: str
    url: Callable[[Any], str]
    title: Callable[[Any], str] = str
    enterable: Callable[[Actor], Q] | None = None
    sheet: str = ""
    names: tuple[str, str] = ("number", "title")

    @property
    def kind(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)

    def sees(self, actor: Actor, obj: Model) -> bool:
        return bool(self.model.objects.filter(self.visible(actor), pk=obj.pk).exists())

    def scope(self, actor: Actor) -> Q:
        """Filter over what hangs on objects of this kind: those the actor sees."""
        return self.hanging_on(self.visible(actor))

    def hanging_on(self, objects: Q) -> Q:
        """Filter over what hangs on these objects of the kind."""
        if objects == NOTHING:
            return NOTHING
        of_kind = Q(content_type=self.kind)
        return (
            of_kind & Q(object_id__in=self.model.objects.filter(objects).values("pk"))
            if objects
            else of_kind
        )

    def may_be_entered(self, actor: Actor) -> Q:
        """Filter over the objects: those on which the actor hangs something."""
        if self.enterable:
            return self.enterable(actor)
        return self.visible(actor) if actor.holds(self.office) else NOTHING


_sources: dict[type[Model], Source] = {}


def register(source: Source) -> None:
    _sources[source.model] = source


def all_sources() -> list[Source]:
    return list(_sources.values())


def of_place(place: str) -> Source | None:
    return next((source for source in _sources.values() if source.place == place), None)


def for_model(model: type[Model]) -> Source:
    return _sources[model]


def of(hanging: HangingRow) -> Source:
    """The kind of object on which something hangs."""
    model = hanging.content_type.model_class()
    if model is None or model not in _sources:
        raise LookupError(f"nothing registered for {hanging.content_type}")
    return _sources[model]


def object_of(hanging: HangingRow) -> Any:
    """The object itself; it is never gone before what hangs on it."""
    return hanging.source


def enterable(actor: Actor) -> Q:
    """Filter over what hangs: that on objects which the actor keeps."""
    found = NOTHING
    for source in _sources.values():
        if (part := source.hanging_on(source.may_be_entered(actor))) != NOTHING:
            found |= part
    return found


def scope(actor: Actor, only: Callable[[Source], bool] = lambda source: True) -> Q:
    """Filter over what hangs: that on objects which the actor sees."""
    found = NOTHING
    for source in _sources.values():
        if only(source) and (part := source.scope(actor)) != NOTHING:
            found |= part
    return found


BY_SOURCE = frozenset({circumstances.DAY, circumstances.REGULATION})
"""The apps whose objects they are may ask the regulation who reads them."""


def keeper(code: str, label: Words) -> Rule:
    """Rule: whoever hangs something on the object."""
    return Rule(
        code,
        label,
        lambda actor, hanging: of(hanging).may_enter(actor, hanging.source),
        enterable,
        BY_SOURCE,
    )


def opens_lists(actor: Actor) -> bool:
    """Whether the lists of what hangs on any kind of object are among the actor's parts."""
    return any(actor.holds(s.reads) or actor.holds_somewhere(s.handle) for s in all_sources())
