"""What leaders write instructions on and what is transferred to units: each app registers its own
kind of object.

A higher floor registers once, in its `apps.ready`:

    sources.register(Source(
        model=Outcome,                       # the kind of object
        place="outcome", # its panels: core.panels.on("outcome", actor, obj) on its page shows
          them
        label=_("outcome"),                  # how lists call the kind
        visible=rules.visible_outcomes, # actor → Q over the model; whoever sees the object sees
          what hangs on it
        may_enter=lambda actor, obj: …, # who records an instruction on this object, transfers it,
          takes the answer
        reads="activities.read", # permission with which the list of all instructions is in the
          bar
        office="activities.organise", # permission of those who transfer to units (their to-do
          list)
        handle="activities.answer", # permission, granted at a unit, of those who answer for it
        url=OUTCOME.url,                     # where the object's page is
        days=lambda: 30,                     # days a unit has to answer, by the regulation in force
        enterable=…, # optional: may_enter as a filter, where it is more than to hold the office
          and see it
        title=str, admits=…, admitted=…, # optional: its name in lists; whether an officer of a
          unit may read it (secrecy), as a filter
        closed_to=…, # optional: why it cannot be given to a unit now, or None
        recorded=…, transferred=…, answered=…,  # optional: follow-ups in the same transaction
        ends=(Ending("activity", …, …),),    # optional: with what its open transfers end
        tell=…, tell_office=…, # optional: accounts of those whose work it is, and of the office,
          to be told
        sheet="outcomes", # optional: its sheet in a year's workbook, whose rows have `names` as
          columns too
    ))

`panels` of the place then offer instructions and transfers with their buttons; lists, pages, files
and exports follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from yizheng.core import panels
from yizheng.core.access import NOTHING, Actor, Words
from yizheng.core.table import Ends

if TYPE_CHECKING:
    from .models import Instruction, Transfer


@dataclass(frozen=True)
class Ending:
    """When the parent (code of its flow) comes into one of the states, what hangs on these objects
    of it ends.
    """

    parent: str
    states: Iterable[str]
    objects: Callable[[Any], QuerySet[Any]]


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
    days: Callable[[], int]
    title: Callable[[Any], str] = str
    enterable: Callable[[Actor], Q] | None = None
    admits: Callable[[Actor, Any], bool] = lambda actor, obj: True
    admitted: Callable[[Actor], Q] = lambda actor: Q()
    closed_to: Callable[[Transfer], Words | None] = lambda transfer: None
    recorded: Callable[[Instruction, Actor], None] = lambda instruction, by: None
    transferred: Callable[[Transfer, Actor], None] = lambda transfer, by: None
    answered: Callable[[Transfer, Actor], None] = lambda transfer, by: None
    tell: Callable[[Any], Iterable[int]] = lambda obj: ()
    tell_office: Callable[[Any], Iterable[int]] = lambda obj: ()
    ends: Sequence[Ending] = ()
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
        """Filter over the objects: those on which the actor records instructions, and which they
        transfer.
        """
        if self.enterable:
            return self.enterable(actor)
        return self.visible(actor) if actor.holds(self.office) else NOTHING


_sources: dict[type[Model], Source] = {}


def register(source: Source) -> None:
    """Take the kind up; its pages show instructions and transfers as a panel of its place."""
    from .flow import TRANSFER  # it asks sources for who may

    _sources[source.model] = source
    for ending in source.ends:
        TRANSFER.ends_with(
            Ends(
                ending.parent,
                frozenset(ending.states),
                "lapse",
                children=_transfers_on(source, ending),
            )
        )
    panels.register(source.place, lambda actor, obj: _panel(source, actor, obj))


def _transfers_on(source: Source, ending: Ending) -> Callable[[Any], QuerySet[Any]]:
    from .models import Transfer

    return lambda parent: Transfer.objects.filter(
        content_type=source.kind, object_id__in=ending.objects(parent).values("pk")
    )


def _panel(source: Source, actor: Actor, obj: Any) -> panels.Panel | None:
    from .followup import panel_of  # it draws what hangs on sources

    return panel_of(source, actor, obj)


def all_sources() -> list[Source]:
    return list(_sources.values())


def of_place(place: str) -> Source | None:
    return next((source for source in _sources.values() if source.place == place), None)


def for_model(model: type[Model]) -> Source:
    return _sources[model]


def of(hanging: Instruction | Transfer) -> Source:
    """The kind of object on which an instruction or a transfer hangs."""
    model = hanging.content_type.model_class()
    if model is None or model not in _sources:
        raise LookupError(f"nothing registered for {hanging.content_type}")
    return _sources[model]


def object_of(hanging: Instruction | Transfer) -> Any:
    """The object itself; it is never gone before what hangs on it."""
    return hanging.source


def enterable(actor: Actor) -> Q:
    """Filter over instructions or transfers: those on objects that the actor keeps."""
    found = NOTHING
    for source in _sources.values():
        if (part := source.hanging_on(source.may_be_entered(actor))) != NOTHING:
            found |= part
    return found


def scope(actor: Actor, only: Callable[[Source], bool] = lambda source: True) -> Q:
    """Filter over instructions or transfers: those on objects that the actor sees."""
    found = NOTHING
    for source in _sources.values():
        if only(source) and (part := source.scope(actor)) != NOTHING:
            found |= part
    return found
