"""The organisation's own tables: terms, sectors, calendar, roles; who may keep them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from tests.signing_in import SignedIn
from tests.venues.making import venue
from tests.world import World, build
from yizheng.core import clock, tenancy
from yizheng.core.access import REGISTRY
from yizheng.core.audit import AuditEntry
from yizheng.core.refusals import BadInput, NotNow
from yizheng.organisations.models import CalendarDay, Committee, Role, RoleGrant, Session, Term
from yizheng.organisations.queries import calendar
from yizheng.organisations.services import founding, settings
from yizheng.organisations.services import roles as organisations
from yizheng.people.models import Membership, Sector
from yizheng.people.services import accounts as people

KINDS_IN_ORDER = ("sectors", "committees", "groups", "collectives", "venue-categories")
KEPT = [
    "",
    "terms/",
    "terms/add/",
    "sessions/add/",
    "sectors/",
    "committees/",
    "groups/",
    "collectives/",
    "sectors/add/",
    "calendar/",
    "units/",
    "units/add/",
    "units/import/",
    "units/export/",
    "units/import/template/",
]


@pytest.fixture
def clerk(signed_in: SignedIn) -> Client:
    return signed_in("clerk")


@pytest.mark.parametrize("path", KEPT)
def test_office_and_administrator_keep_the_tables(
    world: World, signed_in: SignedIn, path: str
) -> None:
    for who in ("clerk", "administrator"):
        assert signed_in(who).get(f"/organisation/{path}").status_code == 200


@pytest.mark.parametrize("path", [*KEPT, "roles/", "roles/add/"])
@pytest.mark.parametrize("who", ["member", "officer", "auditor"])
def test_others_are_refused_with_a_sentence(
    world: World, signed_in: SignedIn, path: str, who: str
) -> None:
    response = signed_in(who).get(f"/organisation/{path}")
    assert response.status_code == 403
    assert "您的角色没有" in response.content.decode()


def test_roles_are_the_administrators(world: World, clerk: Client) -> None:
    assert clerk.get("/organisation/roles/").status_code == 403
    assert (
        clerk.post(f"/organisation/roles/{Role.objects.first().pk}/", {"name": "x"}).status_code
        == 403
    )


def test_unknown_kind_is_not_found(world: World, clerk: Client) -> None:
    assert clerk.get("/organisation/nothing/").status_code == 404


# Terms and sessions -------------------------------------------------------------------------------


def test_session_is_added_and_refused_twice(world: World, clerk: Client) -> None:
    values = {
        "term": world.session.term_id,
        "ordinal": 4,
        "year": 2027,
        "opens_on": "2027-01-10",
        "closes_on": "2027-01-13",
        "proposals_until": "2027-01-12",
    }
    assert clerk.post("/organisation/sessions/add/", values).status_code == 302
    assert Session.objects.get(ordinal=4).year == 2027
    page = clerk.post("/organisation/sessions/add/", values)
    assert page.status_code == 422 and "本届已有这一次会议" in page.content.decode()


@pytest.mark.parametrize(
    ("closes", "until"), [("2027-01-09", "2027-01-09"), ("2027-01-13", "2027-01-14")]
)  # closes before it opens; proposals after it closed
def test_session_out_of_order_is_refused(world: World, closes: str, until: str) -> None:
    values = {
        "term": world.session.term,
        "ordinal": 4,
        "year": 2027,
        "opens_on": dt.date(2027, 1, 10),
        "closes_on": dt.date.fromisoformat(closes),
        "proposals_until": dt.date.fromisoformat(until),
    }
    with pytest.raises(BadInput):
        settings.save_session(Session(), values, by=world.actor("clerk"))


def test_term_of_another_county_is_not_found(world: World, clerk: Client) -> None:
    other = build("linshui")
    assert clerk.get(f"/organisation/terms/{other.session.term_id}/").status_code == 404
    assert clerk.get(f"/organisation/sessions/{other.session.pk}/").status_code == 404
    assert str(Term.everywhere.count()) == "2"


# Sectors and their like ---------------------------------------------------------------------------


def test_sector_is_added_renamed_and_not_doubled(world: World, clerk: Client) -> None:
    clerk.post("/organisation/sectors/add/", {"name": " 环境 资源 "})
    sector = Sector.objects.get(name="环境资源")
    clerk.post(f"/organisation/sectors/{sector.pk}/", {"name": "环境与资源"})
    assert AuditEntry.objects.get(action="sector.changed").detail == {
        "changed": {"name": ["环境资源", "环境与资源"]}
    }
    page = clerk.post("/organisation/sectors/add/", {"name": "教育"})
    assert page.status_code == 422 and "已经有了" in page.content.decode()


def test_sector_in_use_stays(world: World, clerk: Client) -> None:
    used, free = Sector.objects.get(name="教育"), Sector(name="航天")
    free.save()
    used_page = clerk.post(f"/organisation/sectors/{used.pk}/remove/", follow=True)
    assert "“教育”正在使用，不能删除，可以改名" in used_page.content.decode()
    clerk.post(f"/organisation/sectors/{free.pk}/remove/")
    assert Sector.objects.filter(name="教育").exists()
    assert not Sector.objects.filter(name="航天").exists()


def test_a_committee_stays_while_somebody_holds_a_role_over_it(world: World, clerk: Client) -> None:
    """Also when the role has ended: the record of who had it names the committee."""
    row = Committee(name="经济委员会")
    row.save()
    ended = timezone.localdate() - dt.timedelta(days=5)
    grant = founding.grant(world.accounts["third"].pk, "organiser", since=ended, place=row)
    address = f"/organisation/committees/{row.pk}/remove/"
    said = "“经济委员会”正在使用，不能删除，可以改名"
    assert said in clerk.post(address, follow=True).content.decode()
    people.end_role(grant, by=world.actor("administrator"), on=timezone.localdate())
    assert said in clerk.post(address, follow=True).content.decode()
    with pytest.raises(ProtectedError), transaction.atomic():
        Committee.objects.filter(pk=row.pk).delete()
    RoleGrant.objects.filter(pk=grant.pk).delete()
    assert "“经济委员会”已删除" in clerk.post(address, follow=True).content.decode()
    assert not Committee.objects.filter(pk=row.pk).exists()


def test_each_kind_of_named_things_has_its_own_columns(world: World, clerk: Client) -> None:
    """Members of a committee are counted and lead to the roster; a party shows its kind; a category
    of venues, what it counts as.
    """
    committee = Committee.objects.get()
    Membership.objects.filter(pk=world.members["third"].pk).update(committee=committee)
    pages = {
        kind: clerk.get(f"/organisation/{kind}/").content.decode()
        for kind in ("committees", "collectives", "venue-categories")
    }
    assert f'<a href="/people/?committee={committee.pk}">1</a>' in pages["committees"]
    assert f"committees/{committee.pk}/remove" not in pages["committees"]
    assert re.search(r'data-label="类别"[^>]*>\s*党派\s*<', pages["collectives"])
    assert re.search(r'data-label="统计归类"[^>]*>\s*委员工作室\s*<', pages["venue-categories"])
    overview = clerk.get("/organisation/").content.decode()
    order = [overview.index(f"/organisation/{kind}/") for kind in KINDS_IN_ORDER]
    assert order == sorted(order)


def test_convener_is_one_of_the_members(world: World, clerk: Client) -> None:
    sector = Sector.objects.get(name="教育")
    member = world.members["cosigner"]
    clerk.post(f"/organisation/sectors/{sector.pk}/", {"name": "教育", "convener": member.pk})
    sector.refresh_from_db()
    assert sector.convener == member
    stranger = build("linshui").members["member"]
    assert (
        clerk.post(
            f"/organisation/sectors/{sector.pk}/", {"name": "教育", "convener": stranger.pk}
        ).status_code
        == 422
    )


# Calendar -----------------------------------------------------------------------------------------


def test_own_day_off_moves_deadlines(world: World, clerk: Client) -> None:
    """Monday 2026-03-02 becomes a day off: the first working day after Sunday is Tuesday."""
    clerk.post(
        "/organisation/calendar/", {"day": "2026-03-02", "is_working_day": "no", "note": "县庆"}
    )
    assert CalendarDay.objects.get().note == "县庆"
    with tenancy.scope(world.organisation):  # the next request
        assert calendar().add_working_days(dt.date(2026, 3, 1), 1) == dt.date(2026, 3, 3)


def test_what_the_public_calendar_says_need_not_be_noted(world: World, clerk: Client) -> None:
    page = clerk.post("/organisation/calendar/", {"day": "2026-10-01", "is_working_day": "no"})
    assert page.status_code == 422 and "本来就是休息日" in page.content.decode()


def test_noted_day_can_be_taken_back(world: World, clerk: Client) -> None:
    row = settings.set_day(
        dt.date(2026, 3, 3), by=world.actor("clerk"), is_working_day=False, note=""
    )
    clerk.post(f"/organisation/calendar/{row.pk}/remove/")
    assert calendar().is_working_day(dt.date(2026, 3, 3))


def test_years_beyond_the_known_holidays_are_said(
    world: World, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = timezone.localdate().year
    monkeypatch.setattr(clock, "KNOWN_UNTIL", year)
    assert f"{year + 1} 年放假安排尚未公布" in clerk.get("/organisation/").content.decode()
    settings.set_day(
        dt.date(year + 1, 10, 1), by=world.actor("clerk"), is_working_day=False, note="国庆"
    )
    told = clerk.get("/organisation/calendar/").content.decode()
    assert f"{year + 1} 年放假安排尚未公布" in told, "one day entered is no year"


# Roles --------------------------------------------------------------------------------------------


def save(world: World, code: str, permissions: list[str], **more: object) -> Role:
    role = Role.objects.get(code=code)
    values = {"name": role.name, "needs_second_factor": role.needs_second_factor, **more}
    return organisations.save_role(
        role, by=world.actor("administrator"), permissions=permissions, **values
    )


def test_role_gets_another_permission(world: World, signed_in: SignedIn) -> None:
    role = Role.objects.get(code="reviewer")
    admin = signed_in("administrator")
    page = admin.get(f"/organisation/roles/{role.pk}/").content.decode()
    assert "reads all proposals" not in page and "accounts.manage" not in page.replace(
        'value="accounts.manage"', ""
    )
    admin.post(
        f"/organisation/roles/{role.pk}/",
        {"name": "审查人", "permissions": [*role.permissions, "people.import"]},
    )
    assert world.actor("reviewer").holds("people.import")
    assert AuditEntry.objects.get(action="role.changed").detail["added"] == ["people.import"]


def test_administrators_cannot_take_their_own_last_right(world: World, signed_in: SignedIn) -> None:
    role = Role.objects.get(code="administrator")
    page = signed_in("administrator").post(
        f"/organisation/roles/{role.pk}/", {"name": role.name, "permissions": []}
    )
    assert page.status_code == 422 and "没有人能管理账号和角色" in page.content.decode()
    assert world.actor("administrator").holds("organisations.manage")


@pytest.mark.parametrize(
    ("code", "added"), [("auditor", "accounts.manage"), ("administrator", "audit.read")]
)
def test_no_role_administers_and_audits(world: World, code: str, added: str) -> None:
    role = Role.objects.get(code=code)
    with pytest.raises(NotNow):
        save(world, code, [*role.permissions, added])


def test_change_of_a_role_may_not_join_the_duties_in_one_holder(world: World) -> None:
    people.give_role(
        world.accounts["auditor"],
        Role.objects.get(code="chairperson"),
        by=world.actor("administrator"),
        since=timezone.localdate(),
    )
    with pytest.raises(NotNow):
        save(world, "chairperson", ["organisations.manage"])


def test_unknown_permission_is_refused(world: World) -> None:
    with pytest.raises(BadInput):
        save(world, "clerk", ["proposals.nothing"])


def test_added_role_needs_no_code_from_anybody(world: World, signed_in: SignedIn) -> None:
    signed_in("administrator").post(
        "/organisation/roles/add/", {"name": "研究室", "permissions": ["people.read"]}
    )
    assert Role.objects.get(name="研究室").code == "role-1"


def test_committees_of_another_county_do_not_show(world: World, clerk: Client) -> None:
    build("linshui")
    assert Committee.everywhere.count() == 2
    assert clerk.get("/organisation/committees/").content.decode().count(">提案委员会<") == 1


@pytest.mark.parametrize(
    ("kind", "target"),
    [("sectors", "/people/?sector="), ("venue-categories", "/venues/?state=all")],
)
def test_a_count_leads_only_where_its_list_may_be_read(
    kind: str, target: str, world: World, signed_in: SignedIn
) -> None:
    venue(world)
    found = {}
    for who in ("clerk", "administrator"):
        client = signed_in(who)
        shown = client.get(f"/organisation/{kind}/").content.decode()
        found[who] = (target in shown, client.get(target.partition("=")[0]).status_code)
    assert found["administrator"] == (False, 403)
    assert found["clerk"] in ((True, 200), (False, 403))
    assert kind != "sectors" or found["clerk"] == (True, 200)


def test_rights_stand_under_the_part_they_are_about(signed_in: SignedIn) -> None:
    shown = signed_in("administrator").get("/organisation/roles/add/").content.decode()
    headings = re.findall(r'<legend class="second small mb-1">([^<]+)</legend>', shown)
    assert headings[:2] == ["提案", "社情民意"]
    assert len(headings) == len(set(headings))
    proposals = shown.split(">提案</legend>")[1].split("</fieldset>")[0]
    assert 'value="proposals.assign"' in proposals
    assert "opinions." not in proposals
    assert shown.count('name="permissions"') == len(REGISTRY)
    listed = signed_in("administrator").get("/organisation/roles/").content.decode()
    assert "审查提案并决定立案" in listed
    assert "交办提案，裁定退办和延期；" in listed or "；交办提案，裁定退办和延期" in listed
