"""Learning: whom it reached, each counted once, members and staff apart; activities at a venue and
of a group.
"""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tests.activities.making import activity_at
from tests.learning.making import programme
from tests.signing_in import SignedIn
from tests.staff.making import arrived, post
from tests.windows import as_loaded, seen_on
from tests.world import World, step
from yizheng.activities.models import Activity, Attendance, Participant
from yizheng.activities.services import record_contribution
from yizheng.core import audit, clock
from yizheng.core.figures import INDICATORS, Period
from yizheng.core.refusals import NotAllowed
from yizheng.learning import queries
from yizheng.learning.services import save as save_programme


def came(held: Activity, **who: Any) -> None:
    """Somebody was at every sitting of it."""
    participant = Participant.objects.filter(activity=held, **who).first() or Participant(
        activity=held, **who
    )
    participant.save()
    for sitting in held.sittings.all():
        if not Attendance.objects.filter(sitting=sitting, participant=participant).exists():
            Attendance(
                sitting=sitting, participant=participant, signed_at=timezone.now(), method="paper"
            ).save()


def test_coverage_counts_each_once_and_only_what_was_held(world: World) -> None:
    """Three members, two of staff.

    沈禾 came to both sessions, 邵荻 to one, 许茉 only to a meeting that is no learning, 唐蘅 to a
    class that was never held. So one member of three and one of two staff: two of five.
    """
    place = post(world, number=2)
    shao, _yu = arrived(world, place, "邵荻"), arrived(world, place, "虞蓝")
    plan = programme(world)
    first = activity_at(world, "held", form="training_class", learning=plan)
    second = activity_at(world, "held", form="lecture")
    meeting = activity_at(world, "held", form="briefing")
    coming = activity_at(world, "invited", form="training_class")
    Attendance.objects.all().delete()
    for held in (first, second):
        came(held, membership=world.members["member"])
    came(first, person=shao.person, role="staff")
    came(meeting, membership=world.members["cosigner"])
    came(coming, membership=world.members["third"])
    year = clock.today().year
    Activity.objects.update(year=year)
    found = queries.coverage(world.actor("organiser"), year)
    assert (found.members.total, found.members.reached, found.staff.total, found.staff.reached) == (
        3,
        1,
        2,
        1,
    )
    assert found.share == 0.4
    assert {str(m) for m in found.members.missing} == {"许茉", "唐蘅"} and [
        str(s) for s in found.staff.missing
    ] == ["虞蓝"]
    organiser = world.actor("organiser")
    assert queries.sessions(organiser, year).count() == 2
    assert list(queries.sessions(organiser, year, plan)) == [first]


def test_the_page_and_the_figure_count_the_same(world: World) -> None:
    """沈禾 came to a class, 许茉 to a briefing that belongs to a programme, 唐蘅 to a lecture as a
    guest by name: three of three, on the page and in the report.
    """
    plan = programme(world)
    held = {
        "member": activity_at(world, "held", form="training_class"),
        "cosigner": activity_at(world, "held", form="briefing", learning=plan),
        "third": activity_at(world, "held", form="lecture"),
    }
    Attendance.objects.all().delete()
    for who in ("member", "cosigner"):
        came(held[who], membership=world.members[who])
    came(held["third"], person=world.members["third"].person, role="guest")
    year = clock.today().year
    Activity.objects.update(year=year)
    of_members = queries.coverage(world.actor("organiser"), year).members
    figure = INDICATORS["activities.coverage"]
    assert figure.base is not None
    period = Period.of_year(year)
    assert (of_members.reached, of_members.total) == (3, 3)
    assert (figure.records(period).count(), figure.base(period).count()) == (3, 3)


def test_pages_of_learning(world: World, signed_in: SignedIn) -> None:
    plan = programme(world, year=clock.today().year)
    member, office = signed_in("member"), signed_in("organiser")
    page = member.get(f"/learning/{plan.pk}/").content.decode()
    assert (
        "《论语》选读" in page
        and 'href="https://example.org/reading"' in page
        and "未参加的委员" not in page
    )
    assert "未参加的委员" in office.get("/learning/").content.decode()
    again = {"year": plan.year, "title": plan.title}
    assert office.post("/learning/add/", again).status_code == 422
    sheet = load_workbook(io.BytesIO(office.get("/learning/export/").content)).active
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {"沈禾", "许茉", "唐蘅"}


def test_two_windows_of_a_programme_of_learning(world: World, signed_in: SignedIn) -> None:
    plan, office = programme(world), signed_in("organiser")
    old = seen_on(office.get(f"/learning/{plan.pk}/edit/"))
    values = {"year": plan.year, "title": plan.title, "about": plan.about, "reading": plan.reading}
    save_programme(
        as_loaded(plan), {**values, "about": "先存的"}, by=world.actor("organiser"), seen=old
    )
    answer = office.post(
        f"/learning/{plan.pk}/edit/", {**values, "reading": "后存的书目", "seen": old}
    )
    assert answer.status_code == 422 and "后存的书目" in answer.content.decode()
    assert as_loaded(plan).about == "先存的"
    assert audit.history(plan).last().detail["changed"]["about"][1] == "先存的"
    with pytest.raises(NotAllowed):
        save_programme(plan, values, by=world.actor("member"))


def test_a_member_counts_the_sessions_and_essays_that_are_open_to_them(world: World) -> None:
    """Of a programme two classes were held, one announced to all and one for who was invited; a
    third was struck from the record. Of the two essays one is the member's own.
    """
    plan, year = programme(world, year=clock.today().year), clock.today().year
    named = {"form": "training_class", "learning": plan}
    held = activity_at(world, "held", members=("cosigner",), **named)
    activity_at(world, "held", members=("cosigner",), is_announced=False, **named)
    struck = activity_at(world, "held", members=("member",), **named)
    step(world, struck, "annul", "secretary", note="登记有误")
    for who in ("member", "cosigner"):
        given = {"kind": "essay", "title": "读书心得", "membership": world.members[who]}
        record_contribution(held, by=world.actor("organiser"), **given)
    Activity.objects.update(year=year)
    counted = {
        who: (
            queries.programmes(actor, year).get().session_count,
            queries.sessions(actor, year).count(),
            queries.essays(actor, year, plan).count(),
            len(queries.coverage(actor, year).members.missing),
        )
        for who in ("organiser", "member", "cosigner")
        if (actor := world.actor(who))
    }
    assert counted["organiser"] == (2, 2, 2, 3)
    assert counted["member"] == (1, 1, 1, 0)
    assert counted["cosigner"] == (2, 2, 2, 0), "whoever was there reads what was said there"
