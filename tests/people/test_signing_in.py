"""Signing in and out, lock-out, first password, second factor, idle time, devices."""

from __future__ import annotations

import logging
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from tests.signing_in import SECRET, browser_of, code_now, with_second_factor
from tests.world import PASSWORD, World
from yizheng.core.audit import AuditEntry, verify
from yizheng.people.models import Account
from yizheng.proposals.models import Proposal

SIGN_IN = "/account/sign-in/"


def enter(client: Client, login: str, password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"login": login, "password": password}, **more)


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_sign_in_by_name_leads_home_and_is_in_the_audit_chain(world: World, client: Client) -> None:
    response = enter(
        client, "yunxi-clerk", HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"
    )
    assert response.status_code == 302 and response["Location"] == reverse("home")
    entry = AuditEntry.objects.get(action="account.signed_in")
    assert (entry.actor_name, entry.object_label) == ("林澄", "林澄")
    assert list(verify(world.organisation.pk)) == []


def test_sign_in_by_phone_number(world: World, client: Client) -> None:
    account = world.accounts["member"]
    assert account.phone
    assert enter(client, account.phone).status_code == 302
    assert client.session["_auth_user_id"] == str(account.pk)


def test_page_asks_for_name_or_phone_and_speaks_chinese(world: World, client: Client) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert "账号或手机号" in page
    assert "<script>" not in page and "style=" not in page


@pytest.mark.parametrize(
    ("login", "password"), [("yunxi-clerk", "wrong-password-1"), ("nobody-here", PASSWORD)]
)
def test_failure_tells_nothing_about_the_name(
    world: World, client: Client, login: str, password: str
) -> None:
    page = enter(client, login, password).content.decode()
    assert "账号或密码不对" in page
    assert "_auth_user_id" not in client.session


def test_failure_of_a_known_name_is_audited_without_an_actor(world: World, client: Client) -> None:
    enter(client, "yunxi-clerk", "wrong-password-1")
    entry = AuditEntry.objects.get(action="account.sign_in_failed")
    assert (entry.actor_id, entry.object_label) == (None, "林澄")


def test_failure_of_an_unknown_name_is_logged(
    world: World, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="yizheng.people.sign_in_audit"):
        enter(client, "nobody-here", "wrong-password-1")
    assert "'nobody-here'" in caplog.text
    assert "wrong-password-1" not in caplog.text
    assert "account.sign_in_failed" not in actions()


def test_switched_off_account_gets_the_same_sentence(world: World, client: Client) -> None:
    account = world.accounts["clerk"]
    account.is_active = False
    account.save()
    assert "账号或密码不对" in enter(client, "yunxi-clerk").content.decode()


@override_settings(AXES_ENABLED=True)
def test_five_failures_lock_the_account_by_name_and_by_phone(world: World, client: Client) -> None:
    account = world.accounts["member"]
    for login in (account.username, account.phone, account.username, account.phone):
        assert enter(client, login, "wrong-password-1").status_code == 200
    fifth = enter(client, account.username, "wrong-password-1")
    assert fifth.status_code == 429
    assert "连续五次" in fifth.content.decode() and "15 分钟" in fifth.content.decode()
    right = enter(Client(REMOTE_ADDR="10.0.0.9"), account.phone)
    assert right.status_code == 429, (
        "the right password does not open a locked account, nor another address"
    )
    assert "account.locked_out" in actions()


@override_settings(AXES_ENABLED=True)
def test_success_forgets_earlier_failures(world: World, client: Client) -> None:
    for _n in range(4):
        enter(client, "yunxi-clerk", "wrong-password-1")
    assert enter(client, "yunxi-clerk").status_code == 302
    assert enter(Client(), "yunxi-clerk", "wrong-password-1").status_code == 200


def test_first_sign_in_must_change_the_password(world: World, client: Client) -> None:
    account = world.accounts["clerk"]
    account.must_change_password = True
    account.save()
    enter(client, "yunxi-clerk")
    assert client.get(reverse("home"))["Location"] == "/account/password/"
    assert client.get("/people/")["Location"] == "/account/password/"
    changed = client.post(
        "/account/password/",
        {
            "oldpassword": PASSWORD,
            "password1": "Qingshi-1957-river",
            "password2": "Qingshi-1957-river",
        },
    )
    assert changed["Location"] == reverse("home"), "on to the work, not back to the form"
    account.refresh_from_db()
    assert account.check_password("Qingshi-1957-river") and not account.must_change_password
    assert client.get("/people/me/").status_code == 200, "this device stays signed in"
    assert "account.password_changed" in actions()


def change(client: Client, old: str, new: str) -> str:
    return client.post(
        "/account/password/", {"oldpassword": old, "password1": new, "password2": new}
    ).content.decode()


@pytest.mark.parametrize("weak", ["Ab-345678", "1234567890", "password123", "yunxi-clerk1"])
def test_weak_passwords_are_refused(world: World, weak: str) -> None:
    """Nine characters, only digits, a common one, nearly the sign-in name."""
    client = browser_of(world, "clerk")
    assert "data-refusal-summary" in change(client, PASSWORD, weak)
    world.accounts["clerk"].refresh_from_db()
    assert world.accounts["clerk"].check_password(PASSWORD)


def test_ten_characters_are_enough(world: World) -> None:
    client = browser_of(world, "clerk")
    assert change(client, PASSWORD, "Ab-3456789") == ""


def test_last_three_passwords_do_not_come_back(world: World) -> None:
    """Passwords p1 … p4 in turn: with p4 set, p2, p3 and p4 are refused, p1 may come back."""
    client = browser_of(world, "clerk")
    line = [PASSWORD, "Qingshi-1957-river", "Liuwan-1984-bridge", "Maling-2003-forest"]
    for old, new in zip(line, line[1:], strict=False):
        assert change(client, old, new) == ""
    for refused in line[1:]:
        assert "最近 3 次" in change(client, line[3], refused)
    assert change(client, line[3], PASSWORD) == ""


def test_other_devices_end_with_a_change_of_password(world: World, client: Client) -> None:
    other = Client()
    for each in (client, other):
        enter(each, "yunxi-clerk")
    change(client, PASSWORD, "Qingshi-1957-river")
    assert client.get("/people/me/").status_code == 200
    assert other.get("/people/me/").status_code == 302


# Second factor ------------------------------------------------------------------------------------


def test_role_forces_the_second_factor_to_be_set_up(world: World, client: Client) -> None:
    enter(client, "yunxi-administrator")
    assert client.get("/people/accounts/")["Location"] == "/account/second-factor/set-up/"
    page = client.get("/account/second-factor/set-up/")
    assert page.status_code == 200, "no second asking for the password right after the sign-in"
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert "<svg" not in page.content.decode()


def test_setting_up_gives_recovery_codes_once(
    world: World, client: Client, django_capture_on_commit_callbacks
) -> None:
    enter(client, "yunxi-administrator")
    secret = client.get("/account/second-factor/set-up/").context_data["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/account/second-factor/set-up/", {"code": code_now(secret)})
    assert done["Location"] == "/account/second-factor/recovery-codes/"
    codes = client.get("/account/second-factor/recovery-codes/").context_data["unused_codes"]
    assert len(codes) == 10
    again = client.get("/account/second-factor/recovery-codes/").content.decode()
    assert not any(code in again for code in codes)
    assert client.get("/people/accounts/").status_code == 200
    assert actions().count("account.second_factor_added") == 2  # authenticator and recovery codes
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored, "the key is kept encrypted"


def test_wrong_code_is_refused(world: World, client: Client) -> None:
    enter(client, "yunxi-administrator")
    client.get("/account/second-factor/set-up/")
    page = client.post("/account/second-factor/set-up/", {"code": "000000"}).content.decode()
    assert "验证码不对" in page
    assert not Authenticator.objects.exists()


def test_code_is_asked_at_sign_in(world: World, client: Client) -> None:
    with_second_factor(world.accounts["administrator"])
    assert enter(client, "yunxi-administrator")["Location"] == "/account/second-factor/code/"
    assert client.get("/people/accounts/").status_code == 302, "not signed in yet"
    assert client.post("/account/second-factor/code/", {"code": code_now()})["Location"] == reverse(
        "home"
    )
    assert client.get("/people/accounts/").status_code == 200


@override_settings(AXES_ENABLED=True)
def test_codes_cannot_be_guessed(world: World, client: Client) -> None:
    with_second_factor(world.accounts["administrator"])
    enter(client, "yunxi-administrator")
    wrong = "111111" if code_now() != "111111" else "222222"
    answers = [
        client.post("/account/second-factor/code/", {"code": wrong}).status_code for _n in range(5)
    ]
    assert answers == [200, 200, 200, 200, 429]
    assert client.post("/account/second-factor/code/", {"code": code_now()}).status_code == 429
    assert "_auth_user_id" not in client.session
    assert actions().count("account.second_factor_failed") == 5


def test_second_factor_a_role_needs_cannot_be_switched_off(world: World, client: Client) -> None:
    with_second_factor(world.accounts["administrator"])
    enter(client, "yunxi-administrator")
    client.post("/account/second-factor/code/", {"code": code_now()})
    client.post("/account/second-factor/switch-off/")
    assert Authenticator.objects.filter(user=world.accounts["administrator"]).exists()


def test_voluntary_second_factor_can_be_switched_off(
    world: World, client: Client, django_capture_on_commit_callbacks
) -> None:
    with_second_factor(world.accounts["clerk"])
    enter(client, "yunxi-clerk")
    client.post("/account/second-factor/code/", {"code": code_now(SECRET)})
    client.post("/account/second-factor/switch-off/")
    assert not Authenticator.objects.exists()
    assert "account.second_factor_removed" in actions()


# Sessions -----------------------------------------------------------------------------------------


def leave_alone(client: Client, minutes: int) -> None:
    session = client.session
    session["seen"] = int(time.time()) - minutes * 60
    session.save()


@override_settings(IDLE_MINUTES=30)
def test_session_left_alone_ends(world: World, client: Client) -> None:
    enter(client, "yunxi-clerk")
    assert client.get("/people/me/").status_code == 200
    leave_alone(client, 31)
    response = client.get("/people/?party=中共")
    assert response["Location"].startswith("/account/sign-in/?next=/people/%3Fparty")
    assert "_auth_user_id" not in client.session
    assert AuditEntry.objects.get(action="account.signed_out").detail == {"idle": True}


@override_settings(IDLE_MINUTES=30)
def test_who_was_left_alone_is_told_though_the_browser_itself_asked_first(
    world: World, client: Client
) -> None:
    """It looks for a newer service worker on its own; a bar of progress asks every second."""
    enter(client, "yunxi-clerk")
    leave_alone(client, 31)
    asked = client.get("/people/me/", headers={"Accept": "application/json"}, follow=True)
    assert asked.redirect_chain
    told = "已自动退出"
    assert told in client.get("/people/", follow=True).content.decode()
    assert told in client.get("/account/sign-in/").content.decode()
    enter(client, "yunxi-clerk")
    client.get("/people/me/")
    client.post("/account/sign-out/")
    assert told not in client.get("/account/sign-in/").content.decode()


@override_settings(IDLE_MINUTES=30)
def test_session_in_use_goes_on(world: World, client: Client) -> None:
    enter(client, "yunxi-clerk")
    leave_alone(client, 29)
    assert client.get("/people/me/").status_code == 200
    assert time.time() - client.session["seen"] < 5


@override_settings(IDLE_MINUTES=30)
def test_part_of_a_page_asked_for_after_idling_reloads_the_whole(
    world: World, client: Client
) -> None:
    enter(client, "yunxi-clerk")
    leave_alone(client, 31)
    response = client.get("/people/", HTTP_HX_REQUEST="true")
    assert response["HX-Redirect"] == "/account/sign-in/"


TYPED = "石桥村的水管漏了三年，村民每天提水。"
FORM = {
    "headers": {"Host": "testserver", "Referer": "http://testserver/proposals/new/?year=2026"},
    "data": {"title": "关于修水管的建议", "situation": TYPED, "password": "一个不能显示的词"},
}


def given_back(answer: HttpResponse) -> str:
    """The page: what was typed stands there, and the sign-in leads to where the form stood."""
    page = answer.content.decode()
    assert answer.status_code == 401 and "本次提交没有被接收" in page
    assert TYPED in page and "关于修水管的建议" in page and "一个不能显示的词" not in page
    assert "/account/sign-in/?next=/proposals/new/%3Fyear%3D2026" in page
    return page


@override_settings(IDLE_MINUTES=30)
def test_a_form_sent_after_idling_is_given_back(world: World, client: Client) -> None:
    enter(client, "yunxi-clerk")
    leave_alone(client, 31)
    given_back(client.post("/proposals/new/", **FORM))
    assert not Proposal.objects.exists() and "_auth_user_id" not in client.session


def test_a_form_sent_after_signing_out_elsewhere_is_given_back(world: World) -> None:
    """As browsers do it: the session's cookie goes with the sign-out, that of the forms stays."""
    browser = Client(enforce_csrf_checks=True)
    browser.get(SIGN_IN)
    enter(browser, "yunxi-clerk", headers={"X-CSRFToken": browser.cookies["csrftoken"].value})
    browser.post("/account/sign-out/", headers={"X-CSRFToken": browser.cookies["csrftoken"].value})
    page = given_back(browser.post("/proposals/1/steps/file/", **FORM))
    assert "/proposals/1/steps/file/" not in page, "an address that only takes forms"


def test_what_another_site_sends_is_not_shown(world: World, client: Client) -> None:
    """A browser sends none of our cookies along."""
    answer = client.post(
        "/proposals/new/", {"title": TYPED}, headers={"Referer": "http://elsewhere.example/a"}
    )
    page = answer.content.decode()
    assert answer.status_code == 401 and TYPED not in page and "elsewhere" not in page


def test_a_script_and_the_sign_out_itself_are_led_to_the_sign_in(
    world: World, client: Client
) -> None:
    kept = client.post("/proposals/1/autosave/", headers={"Accept": "application/json"})
    again = client.post("/account/sign-out/", headers={"Referer": "http://testserver/people/"})
    assert [kept["Location"], again["Location"]] == [SIGN_IN, SIGN_IN]


def test_own_devices_are_listed_and_one_can_be_signed_out(world: World, client: Client) -> None:
    phone = Client(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 15) MicroMessenger/8.0")
    enter(client, "yunxi-clerk", HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/140 Edg/140")
    enter(phone, "yunxi-clerk")
    page = client.get("/account/devices/").content.decode()
    assert "Edge · Windows" in page and "WeChat · Android" in page
    other = UserSession.objects.get(user_agent__contains="Android")
    client.post(f"/account/devices/{other.pk}/end/")
    assert phone.get("/people/me/").status_code == 302
    assert client.get("/people/me/").status_code == 200
    assert "account.session_ended" in actions()


def test_devices_of_others_are_not_found(world: World, client: Client) -> None:
    enter(Client(), "yunxi-reviewer")
    enter(client, "yunxi-clerk")
    theirs = UserSession.objects.get(user=world.accounts["reviewer"])
    assert client.post(f"/account/devices/{theirs.pk}/end/").status_code == 404
    assert Session.objects.filter(session_key=theirs.session_key).exists()


def test_all_other_devices_are_signed_out(world: World, client: Client) -> None:
    others = [Client(), Client()]
    for each in (client, *others):
        enter(each, "yunxi-clerk")
    client.post("/account/devices/")
    assert [each.get("/people/me/").status_code for each in (client, *others)] == [200, 302, 302]


def test_signing_out_is_by_post_and_audited(world: World, client: Client) -> None:
    enter(client, "yunxi-clerk")
    assert client.get("/account/sign-out/").status_code == 200
    assert client.get("/people/me/").status_code == 200
    client.post("/account/sign-out/")
    assert client.get("/people/me/").status_code == 302
    assert "account.signed_out" in actions()


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "password/set/"])
def test_pages_without_use_here_are_not_routed(world: World, path: str) -> None:
    client = browser_of(world, "clerk")
    assert client.get(f"/account/{path}").status_code == 404


def test_account_of_a_name_that_looks_like_anothers_phone_is_refused(world: World) -> None:
    from yizheng.core.refusals import BadInput
    from yizheng.people.models import Person
    from yizheng.people.services import accounts

    person = Person(name="冒名者")
    person.save()
    with pytest.raises(BadInput):
        accounts.open_account(person, by=world.actor("administrator"), username="19900000101")
    assert Account.objects.filter(person=person).count() == 0
