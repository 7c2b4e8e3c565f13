"""Administration of accounts: opening, roles, three-person separation, passwords, sessions, who
may.
"""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests.signing_in import SignedIn, browser_for, with_second_factor
from tests.world import PASSWORD, World, build
from yizheng.core import tenancy
from yizheng.core.audit import AuditEntry
from yizheng.core.refusals import BadInput, NotAllowed, NotNow
from yizheng.organisations.models import Role, RoleGrant
from yizheng.people.models import Account, Person
from yizheng.people.queries import actor_of
from yizheng.people.services import accounts


def role(code: str) -> Role:
    return Role.objects.get(code=code)


@pytest.fixture
def admin(signed_in: SignedIn) -> Client:
    return signed_in("administrator")


def today() -> dt.date:
    return timezone.localdate()


def test_opened_account_signs_in_with_the_password_shown_once(world: World, admin: Client) -> None:
    unit = world.units["财政局"]
    response = admin.post(
        "/people/accounts/open/",
        {
            "name": "傅棠",
            "phone": "19912345678",
            "role": role("unit-officer").pk,
            "unit": unit.pk,
            "since": today(),
        },
    )
    assert response["Location"] == "/people/first-passwords/"
    page = admin.get("/people/first-passwords/").content.decode()
    password = re.search(r"<code[^>]*>([a-z]{4}-[a-z]{4}-[2-9]{6})</code>", page)
    assert password and "傅棠" in page and "19912345678" in page
    assert password[1] not in admin.get("/people/first-passwords/").content.decode()
    account = Account.objects.get(username="傅棠")
    assert account.check_password(password[1]) and account.must_change_password
    assert actor_of(account).reach("proposals.handle").at("unit") == {unit.pk}
    fresh = Client()
    signed = fresh.post("/account/sign-in/", {"login": "19912345678", "password": password[1]})
    assert (
        signed.status_code == 302 and fresh.get("/people/me/")["Location"] == "/account/password/"
    )


def test_first_password_does_not_lie_about_in_the_session(world: World, admin: Client) -> None:
    admin.post(f"/people/accounts/{world.accounts['clerk'].pk}/reset-password/")
    assert not re.search(r"[a-z]{4}-[a-z]{4}-[2-9]{6}", str(dict(admin.session)))


def test_namesakes_get_numbers(world: World) -> None:
    names = []
    for _n in range(3):
        person = Person(name="何楠")
        person.save()
        opened = accounts.open_account(
            person, by=world.actor("administrator"), role=role("reviewer")
        )
        names.append(opened.account.username)
    assert names == ["何楠", "何楠2", "何楠3"]


def test_new_password_ends_sessions(world: World, admin: Client) -> None:
    clerk = Client()
    clerk.post("/account/sign-in/", {"login": "yunxi-clerk", "password": PASSWORD})
    assert clerk.get("/people/me/").status_code == 200
    admin.post(f"/people/accounts/{world.accounts['clerk'].pk}/reset-password/")
    assert clerk.get("/people/me/").status_code == 302
    world.accounts["clerk"].refresh_from_db()
    assert not world.accounts["clerk"].check_password(PASSWORD)


def test_switched_off_account_is_out_at_once_and_can_come_back(world: World, admin: Client) -> None:
    clerk = Client()
    clerk.post("/account/sign-in/", {"login": "yunxi-clerk", "password": PASSWORD})
    pk = world.accounts["clerk"].pk
    admin.post(f"/people/accounts/{pk}/deactivate/")
    assert clerk.get("/people/me/").status_code == 302
    admin.post(f"/people/accounts/{pk}/activate/")
    assert (
        clerk.post("/account/sign-in/", {"login": "yunxi-clerk", "password": PASSWORD}).status_code
        == 302
    )
    recorded = AuditEntry.objects.filter(object_id=pk, object_type="people.account").values_list(
        "action", flat=True
    )
    assert {"account.deactivated", "account.activated"} <= set(recorded)


def test_nobody_switches_off_the_own_account(world: World, admin: Client) -> None:
    admin.post(f"/people/accounts/{world.accounts['administrator'].pk}/deactivate/")
    world.accounts["administrator"].refresh_from_db()
    assert world.accounts["administrator"].is_active


def test_second_factor_of_another_can_be_reset(world: World, admin: Client) -> None:
    with_second_factor(world.accounts["auditor"])
    pk = world.accounts["auditor"].pk
    admin.post(f"/people/accounts/{pk}/reset-second-factor/")
    assert "/set-up/" in _visit(world, "auditor", "/people/me/")["Location"]


def _visit(world: World, who: str, path: str):
    return browser_for(world.accounts[who]).get(path)


# Roles --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "code"), [("administrator", "auditor"), ("auditor", "administrator")]
)
def test_who_administers_does_not_audit(world: World, admin: Client, who: str, code: str) -> None:
    pk = world.accounts[who].pk
    page = admin.post(
        f"/people/accounts/{pk}/give-role/", {"role": role(code).pk, "since": today()}
    )
    assert page.status_code == 422
    assert "系统管理和安全审计不能由同一人担任" in page.content.decode()
    assert not RoleGrant.objects.filter(account=pk, role__code=code).exists()


def test_separation_counts_roles_that_begin_later(world: World) -> None:
    by, account = world.actor("administrator"), world.accounts["clerk"]
    accounts.give_role(account, role("auditor"), by=by, since=today() + dt.timedelta(days=30))
    with pytest.raises(NotNow):
        accounts.give_role(account, role("administrator"), by=by, since=today())


def test_separation_forgets_roles_that_have_ended(world: World) -> None:
    by, account = world.actor("administrator"), world.accounts["auditor"]
    accounts.end_role(account.grants.get(), by=by, on=today())
    accounts.give_role(account, role("administrator"), by=by, since=today())
    assert actor_of(account).holds("accounts.manage") and not actor_of(account).holds("audit.read")


def test_role_holds_from_to(world: World) -> None:
    account = world.accounts["clerk"]
    accounts.give_role(
        account,
        role("reviewer"),
        by=world.actor("administrator"),
        since=today() + dt.timedelta(days=1),
        until=today() + dt.timedelta(days=3),
    )
    held = [
        actor_of(account, on=today() + dt.timedelta(days=n)).holds("proposals.review")
        for n in range(5)
    ]
    assert held == [False, True, True, True, False]


def test_role_at_a_unit_needs_the_unit(world: World) -> None:
    with pytest.raises(BadInput):
        accounts.give_role(
            world.accounts["clerk"],
            role("unit-leader"),
            by=world.actor("administrator"),
            since=today(),
        )


def test_role_that_ends_today_does_not_hold_today(world: World, admin: Client) -> None:
    account = world.accounts["officer"]
    grant = account.grants.get()
    admin.post(f"/people/accounts/{account.pk}/roles/{grant.pk}/end/", {"on": today()})
    assert actor_of(account).grants == {}


def test_ended_role_can_be_given_again(world: World) -> None:
    account, by = world.accounts["officer"], world.actor("administrator")
    grant = account.grants.get()
    accounts.end_role(grant, by=by, on=today())
    accounts.give_role(account, grant.role, by=by, place=grant.place, since=today())
    assert actor_of(account).reach("proposals.handle").at("unit") == {grant.place_id}


def test_last_administrator_keeps_the_role(world: World, admin: Client) -> None:
    account = world.accounts["administrator"]
    grant = account.grants.get()
    page = admin.post(f"/people/accounts/{account.pk}/roles/{grant.pk}/end/", {"on": today()})
    assert "没有人能管理账号和角色" in page.content.decode()
    assert actor_of(account).holds("accounts.manage")


def test_one_of_two_administrators_may_go(world: World) -> None:
    by = world.actor("administrator")
    accounts.give_role(world.accounts["clerk"], role("administrator"), by=by, since=today())
    accounts.end_role(world.accounts["administrator"].grants.get(), by=by, on=today())
    assert not actor_of(world.accounts["administrator"]).holds("accounts.manage")


# Lists and rights ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=林澄", ["林澄"]), ("q=yunxi-third", ["唐蘅"]), ("active=no", []), ("q=", None)],
)
def test_list_of_accounts_by_filter(
    world: World, admin: Client, query: str, found: list[str] | None
) -> None:
    page = admin.get(f"/people/accounts/?{query}").content.decode()
    names = re.findall(r'case-title"><a href="/people/accounts/\d+/">([^<]+)<', page)
    assert names == found if found is not None else len(names) == 19


def test_list_of_accounts_by_role_and_unit(world: World, admin: Client) -> None:
    unit = world.units["水务局"].pk
    page = admin.get(
        f"/people/accounts/?role={role('unit-officer').pk}&unit={unit}"
    ).content.decode()
    assert re.findall(r'case-title"><a href="/people/accounts/\d+/">([^<]+)<', page) == ["何楠"]


def test_list_costs_the_same_for_one_and_for_many(
    world: World, admin: Client, django_assert_num_queries
) -> None:
    admin.get("/people/accounts/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        admin.get("/people/accounts/?q=何楠")  # at a unit: one query for all places of a kind
    with CaptureQueriesContext(connection) as many:
        admin.get("/people/accounts/?q=yunxi")
    assert len(few) == len(many)


PAGES = [
    "/people/accounts/",
    "/people/accounts/open/",
    "/people/accounts/{account}/",
    "/people/accounts/{account}/give-role/",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["clerk", "member", "officer", "auditor"])
def test_accounts_are_the_administrators(
    world: World, signed_in: SignedIn, path: str, who: str
) -> None:
    response = signed_in(who).get(path.format(account=world.accounts["officer"].pk))
    assert response.status_code == 403
    assert "开通账号、授予角色" in response.content.decode(), "the sentence says what is needed"


@pytest.mark.parametrize("path", PAGES)
def test_logged_out_is_led_to_the_sign_in(world: World, client: Client, path: str) -> None:
    response = client.get(path.format(account=world.accounts["officer"].pk))
    assert response["Location"].startswith("/account/sign-in/?next=/people/accounts/")


@pytest.mark.parametrize("path", PAGES[2:])
def test_accounts_of_another_county_are_not_found(world: World, admin: Client, path: str) -> None:
    other = build("linshui")
    assert admin.get(path.format(account=other.accounts["officer"].pk)).status_code == 404
    assert (
        admin.post(f"/people/accounts/{other.accounts['officer'].pk}/reset-password/").status_code
        == 404
    )
    assert (
        "linshui"
        not in admin.get("/people/accounts/?q=linshui").content.decode().split('id="results"')[1]
    )


def test_services_refuse_accounts_of_another_county(world: World) -> None:
    other = build("linshui")
    with pytest.raises(NotAllowed):
        accounts.set_active(other.accounts["clerk"], False, by=world.actor("administrator"))


def test_office_opens_accounts_of_members_only(world: World) -> None:
    person = Person(name="新委员")
    person.save()
    accounts.open_account(person, by=world.actor("clerk"), role=role("member"))
    stranger = Person(name="别人")
    stranger.save()
    with pytest.raises(NotAllowed):
        accounts.open_account(stranger, by=world.actor("clerk"), role=role("administrator"))
    with pytest.raises(NotAllowed):
        accounts.open_account(stranger, by=world.actor("clerk"))


# My account ---------------------------------------------------------------------------------------


def test_own_settings(world: World, signed_in: SignedIn) -> None:
    client = signed_in("clerk")
    client.post("/people/me/", {"language": "en", "elder_mode": "on", "phone": "19900001234"})
    account = Account.objects.get(pk=world.accounts["clerk"].pk)
    assert (account.language, account.elder_mode, account.phone) == ("en", True, "19900001234")
    assert "My account" in client.get("/people/me/").content.decode()


def test_phone_of_another_account_is_refused(world: World, signed_in: SignedIn) -> None:
    taken = world.accounts["member"].phone
    page = signed_in("clerk").post("/people/me/", {"language": "zh-hans", "phone": taken})
    assert page.status_code == 422 and "已用于另一个账号" in page.content.decode()


def test_own_roles_stand_in_words(world: World, signed_in: SignedIn) -> None:
    page = signed_in("officer").get("/people/me/").content.decode()
    assert "承办单位经办人" in page and "yunxi县水务局" in page
    assert "proposals.handle" not in page


def test_own_data_is_handed_out_whole_and_logged(world: World, signed_in: SignedIn) -> None:
    response = signed_in("member").get("/account/data/")
    data = response.json()
    assert data["name"] == "沈禾" and data["phone"] == world.accounts["member"].person.phone
    assert [(m["sector"], m["party"]) for m in data["memberships"]] == [("农业", "民盟")]
    assert "attachment" in response["Content-Disposition"]
    assert AuditEntry.objects.filter(action="account.own_data_taken").count() == 1


def test_tenancy_of_the_own_county_is_set(world: World, signed_in: SignedIn) -> None:
    build("linshui")
    with tenancy.scope(world.organisation):
        page = signed_in("clerk").get("/people/").content.decode()
    assert page.count("沈禾") == 1


def test_the_list_is_handed_out_as_it_is_filtered(world: World, admin: Client) -> None:
    """Without phones; that it was taken is kept."""
    officer = world.accounts["officer"]
    answer = admin.get(f"/people/accounts/export/?q={officer.username}")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    assert head == ["姓名", "登录账号", "角色", "适用范围", "状态", "上次登录"]
    assert row[:2] == [officer.person.name, officer.username]
    assert row[3:] == [str(world.units["水务局"]), "启用", None]
    entry = AuditEntry.objects.get(action="accounts.exported")
    assert entry.detail == {"count": 1}
