"""The roster: list, page, changes, the end of a membership, export."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from tests.activities.making import activity_at
from tests.form_browser import Browser
from tests.signing_in import SignedIn
from tests.venues.making import serving, venue
from tests.world import World, build, draft, morning
from yizheng.activities.flow.notices import tell_called
from yizheng.activities.models import Activity
from yizheng.core import clock
from yizheng.core.audit import AuditEntry
from yizheng.core.refusals import BadInput, NotNow
from yizheng.opinions.forms.drafts import OpinionDraftForm, ReporterForm
from yizheng.organisations.services import units
from yizheng.people.models import Account, Membership, Person, Sector
from yizheng.people.named_kinds import SECTORS
from yizheng.people.queries import actor_of
from yizheng.people.services import accounts as people
from yizheng.people.services import persons, roster
from yizheng.proposals import services as proposals
from yizheng.proposals.forms.drafts import CosignerInviteForm, OnBehalfForm
from yizheng.venues import services as venues


def names(page: bytes) -> set[str]:
    return set(re.findall(r'case-title"><a href="/people/\d+/">([^<]+)<', page.decode()))


@pytest.fixture
def clerk(signed_in: SignedIn) -> Client:
    return signed_in("clerk")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"沈禾", "许茉", "唐蘅"}),
        ("q=禾", {"沈禾"}),
        ("party=民盟", {"沈禾"}),
        ("standing=yes", set()),
        ("standing=no", {"沈禾", "许茉", "唐蘅"}),
        ("state=left", set()),
        ("q=没有这个人", set()),
    ],
)
def test_filters(world: World, clerk: Client, query: str, found: set[str]) -> None:
    assert names(clerk.get(f"/people/?{query}").content) == found


def test_filter_by_sector(world: World, clerk: Client) -> None:
    sector = Sector.objects.get(name="教育")
    assert names(clerk.get(f"/people/?sector={sector.pk}").content) == {"许茉"}


def test_columns_can_be_chosen(world: World, clerk: Client) -> None:
    page = clerk.get("/people/?columns=phone&columns=sex").content.decode()
    assert 'data-label="电话"' in page and 'data-label="党派"' not in page


def test_list_costs_the_same_for_one_and_for_three(world: World, clerk: Client) -> None:
    clerk.get("/people/")
    counts = []
    for query in ("q=沈禾", "q="):
        with CaptureQueriesContext(connection) as queries:
            clerk.get(f"/people/?{query}&columns=committee&columns=term&columns=group")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_phone_is_masked_until_somebody_asks_and_that_is_kept(world: World, clerk: Client) -> None:
    member = world.members["member"]
    phone, path = member.person.phone, f"/people/{member.pk}/"
    assert len(phone) == 11
    page = clerk.get(path).content.decode()
    assert phone not in page and f"{phone[:3]}****{phone[-4:]}" in page
    assert phone in clerk.post(f"{path}phone/").content.decode()
    entry = AuditEntry.objects.get(action="member.phone_read")
    assert (entry.actor_name, entry.object_label) == ("林澄", "沈禾")
    assert phone not in str(entry.detail)


def test_members_see_each_other_without_phones(world: World, signed_in: SignedIn) -> None:
    client, other = signed_in("member"), world.members["cosigner"]
    assert names(client.get("/people/").content) == {"沈禾", "许茉", "唐蘅"}
    phone = other.person.phone
    for page in (client.get(f"/people/{other.pk}/"), client.get("/people/?columns=phone")):
        assert phone not in page.content.decode() and phone[
            -4:
        ] not in page.content.decode().replace("20", "")
    assert client.post(f"/people/{other.pk}/phone/").status_code == 403
    assert client.get("/people/export/").status_code == 403
    assert client.get(f"/people/{other.pk}/edit/").status_code == 403


def test_units_see_no_roster(world: World, signed_in: SignedIn) -> None:
    client = signed_in("officer")
    assert client.get("/people/").status_code == 403
    assert client.get(f"/people/{world.members['member'].pk}/").status_code == 403


def test_members_of_another_county_are_not_found(world: World, clerk: Client) -> None:
    other = build("linshui").members["member"]
    for path in ("", "edit/", "end/"):
        assert clerk.get(f"/people/{other.pk}/{path}").status_code == 404
    assert clerk.post(f"/people/{other.pk}/phone/").status_code == 404


def form(world: World, **values: object) -> dict[str, object]:
    return {
        "name": "白芷",
        "sex": "女",
        "phone": "19955550000",
        "party": "群众",
        "sector": Sector.objects.get(name="教育").pk,
        "term": world.session.term_id,
        "since": "2026-03-01",
        **values,
    }


def test_added_member_can_sign_in_and_propose(world: World, clerk: Client) -> None:
    response = clerk.post("/people/add/", form(world, open_account="on"))
    assert response["Location"] == "/people/first-passwords/"
    account = Account.objects.get(username="白芷")
    member = Membership.objects.get(person__name="白芷")
    assert actor_of(account).membership_ids == {member.pk}
    assert actor_of(account).holds("proposals.submit")
    assert (member.sector.name, member.since) == ("教育", dt.date(2026, 3, 1))


def test_same_person_is_not_entered_twice_in_a_term(world: World, clerk: Client) -> None:
    clerk.post("/people/add/", form(world))
    page = clerk.post("/people/add/", form(world))
    assert page.status_code == 422 and "已经是本届委员" in page.content.decode()
    assert Person.objects.filter(name="白芷").count() == 1


def test_changes_are_kept_by_field_without_values(world: World, clerk: Client) -> None:
    member = world.members["member"]
    clerk.post(
        f"/people/{member.pk}/edit/",
        form(
            world, name="沈禾", phone="19966660000", party="民盟", sex="", sector=member.sector_id
        ),
    )
    entry = AuditEntry.objects.get(action="member.changed")
    assert entry.detail == {"changed": {"phone": None}}
    assert Person.objects.get(pk=member.person_id).phone == "19966660000"


@pytest.mark.parametrize("reason", ["resigned", "revoked"])
def test_resignation_and_revocation_name_the_record(
    world: World, clerk: Client, reason: str
) -> None:
    member = world.members["member"]
    page = clerk.post(
        f"/people/{member.pk}/end/", {"reason": reason, "on": timezone.localdate(), "record": " "}
    )
    assert page.status_code == 422 and "请写明作出决定的常委会会议" in page.content.decode()
    member.refresh_from_db()
    assert member.until is None


def test_all_that_is_wrong_with_an_end_is_said_at_once(world: World, clerk: Client) -> None:
    """A resignation without its record, and before the membership began."""
    member = world.members["member"]
    early = member.since - dt.timedelta(days=1)
    page = clerk.post(f"/people/{member.pk}/end/", {"reason": "resigned", "on": early})
    words = page.content.decode()
    assert page.status_code == 422
    assert "终止日期不能更早" in words and "请写明作出决定的常委会会议" in words


@pytest.mark.parametrize("record", ["", " ", "\u3000", "\t\n"])
@pytest.mark.parametrize("reason", ["resigned", "revoked"])
def test_no_way_leads_past_the_record(world: World, reason: str, record: str) -> None:
    """The service itself refuses, whoever calls; the database refuses an empty one too."""
    member = world.members["member"]
    with pytest.raises(BadInput):
        roster.end_membership(
            member, reason=reason, on=timezone.localdate(), record=record, by=world.actor("clerk")
        )
    member.refresh_from_db()
    assert (member.until, member.end_reason) == (None, "")


def test_who_died_needs_no_record(world: World) -> None:
    roster.end_membership(
        world.members["member"],
        reason="deceased",
        on=timezone.localdate(),
        record="",
        by=world.actor("clerk"),
    )
    assert Membership.objects.get(pk=world.members["member"].pk).end_reason == "deceased"


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_a_membership_ends_on_its_first_day_at_the_earliest(
    world: World, days: int, refused: bool
) -> None:
    member = world.members["member"]
    on = member.since + dt.timedelta(days=days)
    if refused:
        with pytest.raises(BadInput):
            roster.end_membership(
                member, reason="deceased", on=on, record="", by=world.actor("clerk")
            )
    else:
        roster.end_membership(member, reason="deceased", on=on, record="", by=world.actor("clerk"))
        assert Membership.objects.get(pk=member.pk).until == on


def test_who_left_serves_at_no_venue_any_more(world: World) -> None:
    place = venue(world)
    serving(place, world, "member", "cosigner")
    days = [timezone.localdate() + dt.timedelta(days=n) for n in (0, 1)]
    pair = [world.members["member"], world.members["cosigner"]]
    venues.fill_rota(
        place,
        pair,
        days,
        by=world.actor("organiser"),
        begins=dt.time(9),
        ends=dt.time(11),
        together=True,
    )
    roster.end_membership(
        world.members["member"], reason="deceased", on=days[0], record="", by=world.actor("clerk")
    )
    assert [(str(row), row.until) for row in place.members.order_by("pk")] == [
        ("沈禾", days[0]),
        ("许茉", None),
    ]
    assert {(str(row.membership), row.day) for row in place.rota.all()} == {
        ("沈禾", days[0]),
        ("许茉", days[0]),
        ("许茉", days[1]),
    }


def test_private_values_are_told_as_changed_and_not_as_they_were(
    world: World, clerk: Client
) -> None:
    """Another phone and another employer: of the phone only that it changed."""
    member = world.members["member"]
    roster.change_member(
        member, {"phone": "19966660000", "employer": "县医院"}, by=world.actor("clerk")
    )
    assert AuditEntry.objects.get(action="member.changed").detail == {
        "changed": {"phone": None, "employer": ["", "县医院"]}
    }
    units.set_contact(
        world.units["水务局"],
        "leader",
        by=world.actor("clerk"),
        name="江越",
        post="",
        phone="19966660001",
    )
    units.set_contact(
        world.units["水务局"],
        "leader",
        by=world.actor("clerk"),
        name="江越",
        post="局长",
        phone="19966660002",
    )
    people.change_settings(world.accounts["member"], by=world.actor("member"), phone="19966660003")
    text = str([(entry.object_label, entry.detail) for entry in AuditEntry.objects.all()])
    assert "1996666000" not in text and "局长" in text


def test_who_is_known_keeps_what_is_not_said_anew(world: World, clerk: Client) -> None:
    """A person of the office becomes a member; the empty fields of the form wipe nothing."""
    Person(name="白芷", phone="19955550000", employer="县政协办公室").save()
    clerk.post("/people/add/", form(world, phone="", employer=""))
    known = Person.objects.get(name="白芷")
    assert (known.phone, known.employer, known.sex) == ("19955550000", "县政协办公室", "女")


def test_member_who_left_is_off_the_list_and_cannot_propose(world: World, clerk: Client) -> None:
    member, account = world.members["member"], world.accounts["member"]
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    clerk.post(
        f"/people/{member.pk}/end/",
        {"reason": "resigned", "on": yesterday, "record": "九届常委会第十二次会议决定"},
    )
    assert names(clerk.get("/people/").content) == {"许茉", "唐蘅"}
    assert names(clerk.get("/people/?state=left").content) == {"沈禾"}
    assert "九届常委会第十二次会议决定" in clerk.get(f"/people/{member.pk}/").content.decode()
    assert actor_of(account).membership_ids == frozenset()
    assert not actor_of(account).holds("proposals.submit")


def test_who_leaves_in_a_month_serves_until_then(world: World) -> None:
    """The last day of the third member is known already: until then they are chosen and told as
    all others. The cosigner's first day is still to come.
    """
    today, soon = clock.today(), clock.today() + dt.timedelta(days=30)
    roster.end_membership(
        world.members["third"], reason="deceased", on=soon, record="", by=world.actor("clerk")
    )
    Membership.objects.filter(pk=world.members["cosigner"].pk).update(since=soon)
    proposal = draft(world)

    def chosen() -> list[set[str]]:
        """To co-sign, to write together, by the office for whom a proposal is entered, a piece."""
        member, clerk = world.actor("member"), world.actor("clerk")
        asked = (
            (CosignerInviteForm(actor=member, proposal=proposal), "members"),
            (OpinionDraftForm(actor=member), "cowriters"),
            (OnBehalfForm(actor=clerk), "proposer"),
            (ReporterForm(actor=world.actor("editor")), "member"),
        )
        return [{str(row) for row in form.fields[name].queryset} for form, name in asked]

    def counted() -> dict[str, int]:
        return {row.name: row.members for row in SECTORS.rows() if row.members}

    announced = activity_at(world, "invited", is_announced=True)
    third = world.accounts["third"].pk
    with clock.at(morning(today)):
        assert chosen() == [{"唐蘅"}, {"唐蘅"}, {"沈禾", "唐蘅"}, {"沈禾", "唐蘅"}]
        assert third in tell_called(announced)
        assert {"沈禾", "唐蘅"} <= {person.name for person in persons.of_the_house()}
        before = counted()
    with clock.at(morning(soon + dt.timedelta(days=1))):
        assert chosen() == [{"许茉"}, {"许茉"}, {"沈禾", "许茉"}, {"沈禾", "许茉"}]
        assert third not in tell_called(announced)
        assert "唐蘅" not in {person.name for person in persons.of_the_house()}
        after = counted()
    assert sum(before.values()) == sum(after.values()) == 2 and before != after


def test_who_is_no_member_yet_is_not_named(world: World) -> None:
    """From tomorrow on a member: today neither invited to co-sign nor placed at a venue."""
    third, tomorrow = world.members["third"], clock.today() + dt.timedelta(days=1)
    Membership.objects.filter(pk=third.pk).update(since=tomorrow)
    with pytest.raises(NotNow, match="唐蘅"):
        proposals.invite(draft(world), [third], by=world.actor("member"))
    with pytest.raises(NotNow, match="唐蘅"):
        venues.add_members(venue(world), [third], by=world.actor("organiser"), since=clock.today())


def test_membership_ends_once_and_not_before_it_began(world: World) -> None:
    member, by = world.members["member"], world.actor("clerk")
    with pytest.raises(BadInput):
        roster.end_membership(
            member, reason="deceased", on=member.since - dt.timedelta(days=1), record="", by=by
        )


def test_database_wants_the_record_too(world: World) -> None:
    member = world.members["member"]
    member.until, member.end_reason = timezone.localdate(), "revoked"
    with pytest.raises(IntegrityError):
        member.save()


def test_export_holds_what_the_list_shows_and_is_logged(world: World, clerk: Client) -> None:
    response = clerk.get("/people/export/?party=民盟")
    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows] == ["姓名", "沈禾"]
    phone = rows[1][rows[0].index("电话")]
    assert "****" in phone
    assert AuditEntry.objects.get(action="members.exported").detail == {"count": 1, "phones": False}


def test_export_with_phones_is_for_who_keeps_the_roster(
    world: World, clerk: Client, signed_in: SignedIn
) -> None:
    response = clerk.get("/people/export/?phones=1&party=民盟")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert world.members["member"].person.phone in [
        cell.value for cell in list(sheet.iter_rows())[1]
    ]
    assert signed_in("reviewer").get("/people/export/?phones=1").status_code == 403


def test_whose_last_day_is_known_is_a_member_until_then(world: World) -> None:
    """Chosen as co-signer, as proposer, as second writer, as convener; named among those of the
    house, counted in the sector and told of a call, up to the last day.
    """
    member, today = world.members["third"], timezone.localdate()
    made = draft(world)
    for days, is_member in ((1, True), (0, True), (-1, False)):
        member.until = today + dt.timedelta(days=days)
        member.save()
        offered = {
            field: str(member.pk) in Browser(world, who).get(url).form(holding=field).choices(field)
            for who, url, field in (
                ("member", f"/proposals/{made.pk}/invite/", "members"),
                ("clerk", "/proposals/new/", "proposer"),
                ("member", "/opinions/new/", "cowriters"),
                ("clerk", "/organisation/sectors/add/", "convener"),
            )
        }
        assert set(offered.values()) == {is_member}, offered
        assert (member.person in persons.of_the_house()) is is_member
        sector = next(row for row in SECTORS.rows() if row.pk == member.sector_id)
        assert sector.members == int(is_member)
        called = tell_called(Activity(is_announced=True))
        assert (world.accounts["third"].pk in called) is is_member


@pytest.mark.parametrize("ticked", [True, False])
def test_a_tick_of_another_window_is_taken_over(world: World, ticked: bool) -> None:
    """Who was quicker set or cleared the tick; the page that comes back shows it as it is now."""
    member = world.members["third"]
    Membership.objects.filter(pk=member.pk).update(is_standing=not ticked)
    address = f"/people/{member.pk}/edit/"
    mine = Browser(world, "clerk").get(address).form(holding="is_standing")
    theirs = Browser(world, "clerk").get(address).form(holding="is_standing")
    theirs.values["is_standing"] = ["on"] if ticked else []
    theirs.send()
    page = mine.fill(party="民盟").send()
    assert "内容已被修改" in page.sentence
    shown = page.form(holding="is_standing")
    assert (shown.values.get("is_standing", []) == ["on"]) is ticked
    assert shown.values["party"] == ["民盟"]
