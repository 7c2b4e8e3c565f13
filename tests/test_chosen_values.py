"""What a row has chosen and nobody could choose anew: whoever changes something beside it keeps it.

A line for each form: what is there and how it went off offer, who opens which page, what is typed,
and what must stand as it stood.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.activities.making import activity, activity_at, on, outcome, topic
from tests.enterprises.making import enterprise
from tests.form_browser import Browser
from tests.learning.making import programme
from tests.library.making import rule
from tests.opinions.roads import at
from tests.opinions.roads import draft as opinion_draft
from tests.venues.making import venue
from tests.world import World, assignment_of, draft, proposal_at, step, unit_step, write_reply
from yizheng.activities import services as activities
from yizheng.activities.queries import measured_of
from yizheng.core import clock
from yizheng.core.access import system
from yizheng.core.refusals import Refusal
from yizheng.library import services as library
from yizheng.opinions import services as opinions
from yizheng.organisations.models import Unit
from yizheng.people.models import Collective, Group, Membership, Sector
from yizheng.proposals.models import Reply
from yizheng.regulations import services as regulations

APPS = Path(regulations.__file__).parent.parent


@dataclass(frozen=True)
class Page:
    url: str
    holding: str
    typed: dict[str, Any]
    stands: Callable[[], Any]
    """Read anew from the row."""


def shortened(world: World, subject: str, *, days: int = 0, **lists: str) -> None:
    """A new version of the regulation, in force since then: of each list what is named `code`
    (field=code) is gone.
    """
    parameters = json.loads((APPS / subject / "regulation.json").read_text(encoding="utf-8"))
    for name, gone in lists.items():
        parameters[name] = [each for each in parameters[name] if gone not in (each, *_words(each))]
    platform, day = system(world.organisation.pk), clock.today() - dt.timedelta(days=days)
    version = regulations.draft(subject, parameters, by=platform)
    regulations.adopt(version, by=platform, meeting="主席会议", on=day, in_force_from=day)


def _words(each: Any) -> list[Any]:
    return list(each.values()) if isinstance(each, dict) else []


def closed(unit: Unit) -> None:
    unit.closed_on = clock.today()
    unit.save()


def left(member: Membership) -> None:
    member.until = clock.today() - dt.timedelta(days=1)
    member.save()


def anew(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def read(row: Any, *names: str) -> Callable[[], Any]:
    return lambda: [getattr(anew(row), name) for name in names]


def _enterprise(world: World) -> Page:
    one = enterprise(world, members=("third", "member"))
    left(world.members["third"])
    stands = lambda: set(one.people.values_list("membership", flat=True))
    return Page(reverse("enterprises:edit", args=[one.pk]), "trade", {"trade": "机械"}, stands)


def _rule(world: World) -> Page:
    old = rule(world, "旧办法", adopted_on=dt.date(2024, 1, 1), in_force_from=dt.date(2024, 1, 1))
    new = rule(world, replaces=old)
    library.repeal(old, by=world.actor("organiser"), on=clock.today(), meeting="九届常委会")
    url = reverse("library:edit", args=[new.pk])
    return Page(url, "title", {"title": "改过的标题"}, read(new, "replaces_id"))


def _named(kind: str, row: Any, *names: str) -> Page:
    url = reverse("organisations:edit_named", args=[kind, row.pk])
    return Page(url, "name", {"name": "改过的名字"}, read(row, *(f"{name}_id" for name in names)))


def _sector(world: World) -> Page:
    sector = Sector.objects.get(name="农业")
    sector.convener = world.members["third"]
    sector.save()
    left(world.members["third"])
    return _named("sectors", sector, "convener")


def _group(world: World) -> Page:
    group, gone = Group.objects.get(), world.members["third"]
    group.convener = group.branch_secretary = gone
    group.deputy_secretary = gone.person
    group.save()
    left(gone)
    return _named("groups", group, "convener", "branch_secretary", "deputy_secretary")


def _collective(world: World) -> Page:
    body = Collective.objects.get()
    body.contact = world.members["third"]
    body.save()
    left(world.members["third"])
    return _named("collectives", body, "contact")


def _activity(world: World) -> Page:
    """A draft of twenty days ago; its form and programme went with a regulation of five days."""
    place, year = venue(world), clock.today().year
    reading = programme(world, year=year - 2)
    day = clock.today() - dt.timedelta(days=20)
    made = activity(
        world,
        programme="three_walks",
        venue=place,
        learning=reading,
        units=[world.units["水务局"], world.units["教育局"]],
        starts_at=on(day, 9),
        ends_at=on(day, 11),
    )
    place.closed_on = clock.today()
    place.save()
    closed(world.units["水务局"])
    shortened(world, "activities", days=5, forms="members_forum", programmes="three_walks")
    names = read(made, "form", "programme", "venue_id", "learning_id")
    stands = lambda: [*names(), set(made.units.values_list("pk", flat=True))]
    url = reverse("activities:edit", args=[made.pk])
    return Page(url, "starts_at", {"title": "改过的标题"}, stands)


def _measured(world: World) -> Page:
    made = activity_at(world, "held")
    counts = {name: (Decimal(7), False, "") for name in ("brochures", "patients")}
    activities.set_measured(made, counts, by=world.actor("organiser"))
    shortened(world, "activities", measures="brochures")
    url = reverse("activities:measured", args=[made.pk])
    stands = lambda: made.measured.get(measure="brochures").value
    return Page(url, "value_patients", {"value_patients": "8"}, stands)


def _topic(world: World) -> Page:
    made = topic(world)
    shortened(world, "activities", forms="standing_consultation")
    url = reverse("core:step", args=["plan_item", made.pk, "amend"])
    return Page(url, "month", {"title": "改过的题目"}, read(made, "form"))


def _outcome(world: World) -> Page:
    made = outcome(world, activity_at(world, "held"), recipient="unit", unit=world.units["水务局"])
    closed(world.units["水务局"])
    shortened(world, "activities", outcomes="special_report")
    url = reverse("activities:outcome-edit", args=[made.pk])
    return Page(url, "text", {"text": "改过的正文"}, read(made, "unit_id", "kind"))


def _opinion(world: World) -> Page:
    earlier = at(world, "submitted")
    step(world, earlier, "withdraw", "member", note="已解决")
    made = opinion_draft(
        world,
        category="经济",
        follow_up_of=earlier,
        cowriters=[world.members["third"], world.members["cosigner"]],
    )
    left(world.members["third"])
    shortened(world, "opinions", categories="经济")
    names = read(made, "category", "follow_up_of_id")
    stands = lambda: [*names(), set(made.cowriters.values_list("membership", flat=True))]
    return Page(reverse("opinions:edit", args=[made.pk]), "body", {"body": "改过的正文"}, stands)


def _edition(world: World) -> Page:
    made = at(world, "editing", category="经济")
    shortened(world, "opinions", categories="经济")
    url = reverse("opinions:edition", args=[made.pk])
    return Page(url, "text", {"title": "题", "text": "改过的正文"}, read(made, "category"))


def _issue(world: World) -> Page:
    """One of its two pieces was sent and closed before it came out."""
    pieces = [at(world, "signed"), at(world, "signed", "third", title="石桥村也停水")]
    made = opinions.compose(
        by=world.actor("editor"), opinions=pieces, journal="社情民意", addressees="县委"
    )
    given = {"recipients": ["county_party"], "sent_on": clock.today()}
    step(world, pieces[0], "send", "editor", **given)
    step(world, anew(pieces[0]), "close", "editor", feedback="已办结。")
    shortened(world, "opinions", journals="社情民意")
    stands = lambda: [anew(made).journal, *made.items.values_list("opinion", flat=True)]
    url = reverse("opinions:issue-edit", args=[made.pk])
    return Page(url, "remark", {"remark": "编者按"}, stands)


def _circulation(world: World) -> Page:
    made, account = at(world, "editing"), world.accounts["signer"]
    both = [account, world.accounts["reporter"]]
    step(world, made, "mark_secrecy", "editor", secrecy="listed", accounts=both)
    account.is_active = False
    account.save()
    url = reverse("core:step", args=["opinion", made.pk, "mark_secrecy"])
    stands = lambda: set(made.circulation.values_list("account", flat=True))
    return Page(url, "accounts", {}, stands)


def _proposal(world: World) -> Page:
    made = draft(world, suggested_units=[world.units["水务局"], world.units["教育局"]])
    closed(world.units["水务局"])
    shortened(world, "proposals", categories="社会建设")
    names = read(made, "category")
    stands = lambda: [*names(), set(made.suggested_units.values_list("pk", flat=True))]
    url = reverse("proposals:edit", args=[made.pk])
    return Page(url, "situation", {"situation": "改过的情况"}, stands)


def _reply(world: World) -> Page:
    proposal = proposal_at(world, "accepted")
    write_reply(world, proposal, result_class="C", class_argument="条件还不具备")
    shortened(world, "proposals", result_classes="C")
    url = reverse("proposals:reply", args=[assignment_of(proposal).pk])
    stands = lambda: Reply.objects.get().result_class
    return Page(url, "closing", {"closing": "特此答复。"}, stands)


CASES: dict[str, tuple[str, Callable[[World], Page]]] = {
    "members of an enterprise": ("organiser", _enterprise),
    "the rule that is revised": ("organiser", _rule),
    "convener of a sector": ("clerk", _sector),
    "who answers for a group": ("clerk", _group),
    "contact of a body": ("clerk", _collective),
    "activity": ("organiser", _activity),
    "what was measured": ("organiser", _measured),
    "topic of the plan": ("organiser", _topic),
    "outcome": ("organiser", _outcome),
    "opinion": ("member", _opinion),
    "edition": ("editor", _edition),
    "issue": ("editor", _issue),
    "circulation list": ("editor", _circulation),
    "proposal": ("member", _proposal),
    "reply": ("officer", _reply),
}


@pytest.mark.parametrize("name", CASES)
def test_saving_something_else_keeps_it(world: World, files_apart: Path, name: str) -> None:
    who, make = CASES[name]
    page = make(world)
    before = page.stands()
    shown = Browser(world, who).get(page.url)
    answer = shown.form(holding=page.holding).fill(**page.typed).send()
    assert (answer.status, answer.sentence) == (302, "")
    assert page.stands() == before


def test_what_was_measured_goes_on_being_told_in_its_words(world: World) -> None:
    made = activity_at(world, "held")
    counts = {"brochures": (Decimal(7), False, "")}
    activities.set_measured(made, counts, by=world.actor("organiser"))
    shortened(world, "activities", measures="brochures")
    assert measured_of(made) == [("发放宣传资料", "7 份")]


def test_what_the_regulation_no_longer_knows_is_not_handed_in(world: World) -> None:
    """It stays where it stands, and stands in the way with a sentence at its field."""
    made = draft(world)
    told = opinion_draft(world, category="经济")
    proposal = proposal_at(world, "accepted")
    write_reply(world, proposal, result_class="C", class_argument="条件还不具备")
    shortened(world, "proposals", categories="社会建设", result_classes="C")
    shortened(world, "opinions", categories="经济")
    for act, field in (
        (lambda: step(world, made, "submit", "member"), "category"),
        (lambda: step(world, told, "submit", "member"), "category"),
        (lambda: unit_step(world, proposal, "request_sign_off", "officer"), "result_class"),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert "现行规定中没有这" in dict(refused.value.by_field)[field]
