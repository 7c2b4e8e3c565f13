"""Every deletion in the house and every change of attachments, broken at each of its statements:
audit, row and file agree.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from demo_county.visitor import Upload
from tests.activities import making
from tests.all_or_nothing import all_or_nothing, files_named, files_there
from tests.attending.addresses import places as attended_places
from tests.days import first_day
from tests.enterprises import making as enterprises_made
from tests.form_browser import Browser
from tests.learning.making import programme
from tests.library.making import rule
from tests.opinions import roads
from tests.promises.test_promises import promised
from tests.venues import making as venues
from tests.world import World, draft, platform, step
from yizheng.activities import services as activities
from yizheng.activities.models import Participant
from yizheng.attending.services import calendar_feeds
from yizheng.attending.services import invitations as attending
from yizheng.contacts import services as contacts
from yizheng.contacts.models import ContactEntry, ContactLink
from yizheng.core import audit, clock
from yizheng.core.files import Attachment, attach, remove
from yizheng.enterprises import services as enterprises
from yizheng.instructions import services as instructions
from yizheng.learning.services import save as save_programme
from yizheng.library import services as library
from yizheng.library.models import RuleDocument
from yizheng.opinions import services as opinions
from yizheng.opinions.models import Opinion
from yizheng.organisations.models import CalendarDay
from yizheng.organisations.services import settings as settings_services
from yizheng.organisations.services import units as units_kept
from yizheng.people.models import Sector
from yizheng.people.services import accounts as people
from yizheng.proposals import services as proposals
from yizheng.proposals.models import Proposal
from yizheng.regulations import services as regulations
from yizheng.regulations.models import RegulationVersion
from yizheng.venues import services as venues_kept
from yizheng.venues.models import VenueMember, WallNotice

pytestmark = pytest.mark.usefixtures("files_apart")

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
Act = Callable[[], Any]


def paper(name: str = "来函.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


def put(to: Any, world: World, who: str, purpose: str = "attachment") -> Attachment:
    return attach(io.BytesIO(PDF), "来函.pdf", to=to, by=world.actor(who), purpose=purpose)


# Deletions: each makes what is deleted, and answers the act and the action that the audit chain
# must tell ------------


def proposal_discarded(world: World) -> tuple[Act, str]:
    pk = draft(world).pk
    for _each in range(2):
        put(Proposal.objects.get(pk=pk), world, "member")
    return lambda: proposals.discard(
        Proposal.objects.get(pk=pk), by=world.actor("member")
    ), "proposal.discard"


def opinion_discarded(world: World) -> tuple[Act, str]:
    pk = roads.draft(world, cowriters=[world.members["third"]]).pk
    put(Opinion.objects.get(pk=pk), world, "member")
    return lambda: opinions.discard(
        Opinion.objects.get(pk=pk), by=world.actor("member")
    ), "opinion.discard"


def issue_discarded(world: World) -> tuple[Act, str]:
    made = opinions.compose(
        by=world.actor("editor"), opinions=[roads.at(world, "signed")], journal="社情民意"
    )
    return lambda: opinions.discard_issue(
        type(made).objects.get(pk=made.pk), by=world.actor("editor")
    ), "issue.discard"


def activity_discarded(world: World) -> tuple[Act, str]:
    made = making.activity(world)
    making.put_on_the_list(world, made, "member")
    put(made, world, "organiser", "paper")
    put(made, world, "organiser")
    return lambda: activities.discard(
        type(made).objects.get(pk=made.pk), by=world.actor("organiser")
    ), "activity.discard"


def regulation_discarded(world: World) -> tuple[Act, str]:
    pk = regulations.draft(
        "proposals", regulations.model_of("proposals"), by=world.actor("clerk")
    ).pk
    return lambda: regulations.discard(
        RegulationVersion.objects.get(pk=pk), by=world.actor("clerk")
    ), "regulation.discarded"


def contact_taken_back(world: World) -> tuple[Act, str]:
    contacts.assign(
        "members_to_places",
        [world.members["member"]],
        by=world.actor("organiser"),
        since=first_day(),
        words=["石桥村"],
    )
    contacts.note(
        ContactLink.objects.get(), by=world.actor("member"), day=clock.today(), way="visit"
    )
    return lambda: contacts.take_back(
        ContactEntry.objects.get(), by=world.actor("member")
    ), "contact.taken_back"


def _rota(world: World) -> Any:
    place, day = venues.venue(world), clock.today() + dt.timedelta(days=1)
    venues.serving(place, world, "member")
    hours = {"begins": dt.time(9), "ends": dt.time(11)}
    venues_kept.fill_rota(
        place, [world.members["member"]], [day], by=world.actor("organiser"), **hours
    )
    return place


def day_of_the_rota_struck(world: World) -> tuple[Act, str]:
    place = _rota(world)
    return lambda: venues_kept.strike_rota(
        place.rota.get(), by=world.actor("organiser")
    ), "venue.rota_struck"


def duty_at_a_venue_ended(world: World) -> tuple[Act, str]:
    _rota(world)
    today = clock.today()
    return lambda: venues_kept.end_member(
        VenueMember.objects.get(), by=world.actor("organiser"), on=today
    ), "venue.member_ended"


def venue_closed(world: World) -> tuple[Act, str]:
    place = _rota(world)
    close = lambda: venues_kept.close_venue(
        type(place).objects.get(), by=world.actor("organiser"), on=clock.today()
    )
    return close, "venue.closed"


def sector_removed(world: World) -> tuple[Act, str]:
    Sector(name="体育").save()
    return lambda: settings_services.remove_named(
        Sector.objects.get(name="体育"), by=world.actor("clerk")
    ), "sector.removed"


def day_of_the_calendar_removed(world: World) -> tuple[Act, str]:
    settings_services.set_day(
        dt.date(2031, 3, 4), by=world.actor("clerk"), is_working_day=False, note="县里放假"
    )
    return lambda: settings_services.remove_day(
        CalendarDay.objects.get(), by=world.actor("clerk")
    ), "calendar.removed"


def instruction_removed(world: World) -> tuple[Act, str]:
    made = roads.instruct(world, roads.at(world, "sent"), paper=paper())
    return lambda: instructions.remove(
        type(made).objects.get(), by=world.actor("editor")
    ), "instruction.removed"


def participant_taken_off(world: World) -> tuple[Act, str]:
    pk = attended_places(world)["silent"]
    Participant.objects.get(pk=pk).sign_ins.all().delete()
    return lambda: attending.take_off(
        Participant.objects.get(pk=pk), by=world.actor("organiser")
    ), "activity.take_off"


def unit_closed(world: World) -> tuple[Act, str]:
    unit = world.units["交通运输局"]
    tomorrow = clock.today() + dt.timedelta(days=1)
    role = world.accounts["officer"].grants.get().role
    people.give_role(world.accounts["third"], role, by=platform(world), place=unit, since=tomorrow)
    return lambda: units_kept.close_unit(
        type(unit).objects.get(pk=unit.pk), by=world.actor("clerk"), on=clock.today()
    ), "unit.closed"


def role_never_held_taken_back(world: World) -> tuple[Act, str]:
    tomorrow = clock.today() + dt.timedelta(days=1)
    role = world.accounts["chairperson"].grants.get().role
    grant = people.give_role(world.accounts["third"], role, by=platform(world), since=tomorrow)
    return lambda: people.end_role(
        type(grant).objects.get(pk=grant.pk), by=world.actor("administrator"), on=tomorrow
    ), "account.role_ended"


def member_taken_off_an_enterprise(world: World) -> tuple[Act, str]:
    made = enterprises_made.enterprise(world, members=("member", "third"))
    values = {name: getattr(made, name) for name in enterprises.FIELDS}
    save = lambda: enterprises.save(
        type(made).objects.get(), values, [world.members["third"]], by=world.actor("organiser")
    )
    return save, "enterprise.changed"


def address_of_the_calendar_revoked(world: World) -> tuple[Act, str]:
    calendar_feeds.renew(world.actor("member"))
    return lambda: calendar_feeds.revoke(world.actor("member")), "calendar.revoked"


def measured_anew(world: World) -> tuple[Act, str]:
    held = making.activity_at(world, "held")
    activities.set_measured(held, {"served": (Decimal(12), False, "")}, by=world.actor("organiser"))
    return lambda: activities.set_measured(
        held, {}, by=world.actor("organiser")
    ), "activity.measured"


DELETIONS = (
    proposal_discarded,
    opinion_discarded,
    issue_discarded,
    activity_discarded,
    regulation_discarded,
    contact_taken_back,
    day_of_the_rota_struck,
    duty_at_a_venue_ended,
    venue_closed,
    sector_removed,
    day_of_the_calendar_removed,
    instruction_removed,
    participant_taken_off,
    unit_closed,
    role_never_held_taken_back,
    member_taken_off_an_enterprise,
    address_of_the_calendar_revoked,
    measured_anew,
)


# Changes of attachments ---------------------------------------------------------------------------


def taking(obj: Any, name: str, world: World, who: str, data: Callable[[], dict[str, Any]]) -> Act:
    return lambda: obj.flow.perform(
        name, type(obj).objects.get(pk=obj.pk), by=world.actor(who), data=data()
    )


def report_with_a_paper(world: World) -> tuple[Act, str]:
    made = promised(world, "C-1", "水务局", 10)
    return taking(
        made, "report", world, "officer", lambda: {"evidence": "已完工", "paper": paper()}
    ), "file.attached"


def answer_to_a_transfer_with_a_paper(world: World) -> tuple[Act, str]:
    made = roads.transfer(world, roads.at(world, "sent"))
    return taking(
        made,
        "answer",
        world,
        "officer",
        lambda: {"answer": "已办", "result": "adopted", "paper": paper()},
    ), "file.attached"


def answer_to_an_outcome_with_a_paper(world: World) -> tuple[Act, str]:
    made = making.outcome(world, making.activity_at(world, "held"))
    step(world, made, "request_signature", "organiser")
    step(world, made, "sign", "secretary", signed_by="祁岚", number="")
    step(world, made, "send", "organiser", sent_on=clock.today())
    data = {"answer": "已研究", "adoption": "adopted", "answered_on": clock.today()}
    return taking(
        made, "answer", world, "organiser", lambda: {**data, "paper": paper()}
    ), "file.attached"


def instruction_with_a_paper(world: World) -> tuple[Act, str]:
    pk = roads.at(world, "sent").pk
    return lambda: roads.instruct(
        world, Opinion.objects.get(pk=pk), paper=paper()
    ), "instruction.instructed"


def instruction_changed_with_a_paper(world: World) -> tuple[Act, str]:
    made = roads.instruct(world, roads.at(world, "sent"))
    change = lambda: instructions.change(
        type(made).objects.get(), by=world.actor("editor"), words="请抓紧办理。", paper=paper()
    )
    return change, "instruction.changed"


def completed_for_above_with_a_file(world: World) -> tuple[Act, str]:
    sent, _city = roads.sent_up(world, roads.at(world, "signed"))
    sent.flow.perform("be_returned", sent, by=platform(world), data={"note": "请补充数据"})
    data = {"title": "关于供水", "text": "补充后的全文", "note": "补充了两村数据"}
    return taking(
        sent, "complete", world, "editor", lambda: {**data, "file": paper()}
    ), "dispatch.complete"


def sent_up_with_its_papers(world: World) -> tuple[Act, str]:
    opinion, city = roads.at(world, "signed"), roads.city_above(world)
    put(opinion, world, "member")
    return taking(
        opinion, "send_up", world, "editor", lambda: {"to": city.organisation}
    ), "opinion.send_up"


def rule_with_a_file(world: World) -> tuple[Act, str]:
    made = rule(world)
    values = {name: getattr(made, name) for name in library.FIELDS}
    save = lambda: library.save(
        RuleDocument.objects.get(), {**values, "file": paper()}, by=world.actor("organiser")
    )
    return save, "file.attached"


def notice_with_a_file(world: World) -> tuple[Act, str]:
    place = venues.venue(world)
    values = {
        "board": "news",
        "title": "值守",
        "text": "",
        "posted_on": clock.today(),
        "until": None,
    }

    def hang() -> Any:
        return venues_kept.post_notice(
            WallNotice(venue=place), {**values, "file": paper()}, by=world.actor("organiser")
        )

    return hang, "file.attached"


def programme_with_a_file(world: World) -> tuple[Act, str]:
    made = programme(world)
    values = {name: getattr(made, name) for name in ("year", "title", "about", "reading")}
    save = lambda: save_programme(
        type(made).objects.get(), {**values, "file": paper()}, by=world.actor("organiser")
    )
    return save, "file.attached"


def file_removed(world: World) -> tuple[Act, str]:
    pk = put(draft(world), world, "member").pk
    return lambda: remove(Attachment.objects.get(pk=pk), by=world.actor("member")), "file.removed"


def sending(world: World, who: str, page: str, find: dict[str, str], **typed: Any) -> Act:
    """A form of a page, sent again and again until it is taken."""
    return Browser(world, who).get(page).form(**find).fill(**typed).send


def draft_with_a_file(world: World) -> tuple[Act, str]:
    return sending(
        world,
        "member",
        "/proposals/new/",
        {"holding": "title"},
        title="关于供水的建议",
        category="社会建设",
        situation="漏损。",
        analysis="老化。",
        files=Upload("图.pdf", PDF),
    ), "file.attached"


def file_put_to_a_draft(world: World) -> tuple[Act, str]:
    pk = roads.draft(world).pk
    return sending(
        world, "member", f"/opinions/{pk}/edit/", {"holding": "title"}, files=Upload("图.pdf", PDF)
    ), "file.attached"


def paper_put_to_the_agenda(world: World) -> tuple[Act, str]:
    pk = making.activity_at(world, "invited").pk
    return sending(
        world,
        "organiser",
        f"/activities/{pk}/agenda/",
        {"holding": "files"},
        files=Upload("议程.pdf", PDF),
    ), "file.attached"


def contribution_with_a_file(world: World) -> tuple[Act, str]:
    pk = making.call_for(world).pk
    return sending(
        world,
        "third",
        f"/activities/{pk}/offer/",
        {"holding": "title"},
        kind="plenary_speech",
        title="放心水",
        text="各位委员",
        file=Upload("稿.pdf", PDF),
    ), "file.attached"


def file_of_a_draft_removed(world: World) -> tuple[Act, str]:
    made = draft(world)
    put(made, world, "member")
    return sending(
        world, "member", f"/proposals/{made.pk}/edit/", {"action": "/files/|/detach/"}
    ), "file.removed"


def draft_thrown_away_on_its_page(world: World) -> tuple[Act, str]:
    made = draft(world)
    put(made, world, "member")
    return sending(
        world, "member", f"/proposals/{made.pk}/edit/", {"action": "/discard/"}
    ), "proposal.discard"


PAGES = (
    draft_with_a_file,
    file_put_to_a_draft,
    paper_put_to_the_agenda,
    contribution_with_a_file,
    file_of_a_draft_removed,
    draft_thrown_away_on_its_page,
)
CHANGES = (
    report_with_a_paper,
    answer_to_a_transfer_with_a_paper,
    answer_to_an_outcome_with_a_paper,
    instruction_with_a_paper,
    instruction_changed_with_a_paper,
    completed_for_above_with_a_file,
    sent_up_with_its_papers,
    rule_with_a_file,
    notice_with_a_file,
    programme_with_a_file,
    file_removed,
)


@pytest.mark.parametrize("case", [*DELETIONS, *CHANGES, *PAGES], ids=lambda case: case.__name__)
def test_all_of_it_or_nothing(
    world: World, case: Callable[[World], tuple[Act, str]], django_capture_on_commit_callbacks: Any
) -> None:
    act, action = case(world)
    told = audit.AuditEntry.objects.filter(action=action).count()
    with django_capture_on_commit_callbacks(execute=True):
        statements = all_or_nothing(act)
    assert statements > 3
    assert audit.AuditEntry.objects.filter(action=action).count() == told + 1
    assert files_there() == files_named()
    assert list(audit.verify(world.organisation.pk)) == []
