"""Opinions walked to a state by real steps, as the standing persons take them."""

from __future__ import annotations

from typing import Any

from tests.world import World, build, step
from yizheng.core import clock
from yizheng.instructions import services as instructions
from yizheng.opinions import services
from yizheng.opinions.models import Issue, Opinion
from yizheng.transfers import services as transfers

TITLE = "关于北坡村冬季供水的反映"
TEXT = "北坡村入冬以来多次停水。\n管道埋深不足，遇冷即冻。\n建议入冬前为管道加装保温层。"

ROUTE = ("draft", "submitted", "editing", "checking", "signing", "signed", "sent")

PDF = b"%PDF-1.4\n%%EOF\n"


def draft(world: World, who: str = "member", **values: Any) -> Opinion:
    fields = {"title": TITLE, "body": TEXT, "category": "其他", **values}
    return services.create_draft(by=world.actor(who), **fields)


def at(world: World, stop: str, who: str = "member", **values: Any) -> Opinion:
    """An opinion that travelled to a stop of ROUTE."""
    opinion = draft(world, who, **values)
    walks = {
        "submitted": lambda: step(world, opinion, "submit", who),
        "editing": lambda: step(world, opinion, "take_up", "editor"),
        "checking": lambda: step(world, opinion, "finish", "editor"),
        "signing": lambda: step(world, opinion, "pass_check", "editor"),
        "signed": lambda: step(world, opinion, "sign", "signer"),
        "sent": lambda: step(
            world, opinion, "send", "editor", recipients=["county_party"], sent_on=clock.today()
        ),
    }
    for name in ROUTE[1 : ROUTE.index(stop) + 1]:
        walks[name]()
    opinion.refresh_from_db()
    return opinion


def transfer(world: World, opinion: Opinion, unit: str = "水务局") -> Any:
    opinion.refresh_from_db()
    (made,) = transfers.transfer(
        opinion, [world.units[unit]], by=world.actor("editor"), words="请研究办理"
    )
    opinion.refresh_from_db()
    return made


def answer(world: World, transfer: Any, who: str = "officer") -> None:
    step(world, transfer, "answer", who, answer="已为两处管道加装保温层。", result="adopted")
    step(world, transfer, "take", "editor")


def instruct(world: World, opinion: Opinion, who: str = "editor", **values: Any) -> Any:
    words = {
        "leader": "周县长",
        "post": "县长",
        "level": "county",
        "given_on": clock.today(),
        "words": "请水务局认真研究。",
        **values,
    }
    opinion.refresh_from_db()
    return instructions.record(opinion, by=world.actor(who), **words)


def composing(world: World, *opinions: Opinion) -> Issue:
    """An issue that is put together of these, not yet published."""
    return services.compose(by=world.actor("editor"), opinions=list(opinions), journal="社情民意")


def issue(world: World, *opinions: Opinion, recipients: tuple[str, ...] = ()) -> Any:
    """Published with these opinions, in this order."""
    made = services.compose(
        by=world.actor("editor"),
        opinions=list(opinions),
        journal="社情民意",
        addressees="县委、县政府",
    )
    return step(world, made, "publish", "editor", recipients=list(recipients))


def sent_to(world: World, opinion: Opinion, recipient: str = "county_party") -> Any:
    """The row of an opinion sent to somebody outside."""
    step(world, opinion, "send", "editor", recipients=[recipient], sent_on=clock.today())
    return opinion.dispatches.get()


def city_above(world: World) -> World:
    """A committee of the level above this one, with its own standing persons."""
    city = build("shicheng")
    city.organisation.level = "city"
    city.organisation.save()
    world.organisation.parent = city.organisation
    world.organisation.save()
    return city


def sent_up(world: World, opinion: Opinion, city: World | None = None) -> tuple[Any, World]:
    """Sent up to the committee above; the row here, and the world there."""
    city = city or city_above(world)
    opinion = Opinion.objects.get(pk=opinion.pk)
    step(world, opinion, "send_up", "editor", to=city.organisation)
    return opinion.dispatches.get(to_organisation=city.organisation), city


def above(dispatch: Any) -> Opinion:
    """The case in the inbox above; read in that committee's scope."""
    return Opinion.objects.get(pk=dispatch.received)
