"""What must be filled in is marked beforehand; what is wrong is said all at once, at the head with
a way to the field, and at the field.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse
from lxml import html

from tests.opinions import roads
from tests.signing_in import SignedIn, browser_of
from tests.staff.making import arrived, office, post
from tests.test_urls import ROWS, _ask, places  # noqa: F401 (a fixture)
from tests.venues.making import serving, venue
from tests.world import World, draft, proposal_at, speak, write_reply
from yizheng.core import clock
from yizheng.core.forms import tell
from yizheng.core.refusals import BadInput, Problems, Wrong
from yizheng.organisations.models import Role, Session, Unit
from yizheng.organisations.rules import AUDIT_READ
from yizheng.regulations import services as regulations
from yizheng.venues import services as venues


def _fields_said(page: str) -> dict[str, str]:
    """Id of the control → what the summary says, where the field says it too."""
    found = html.fromstring(page)
    links = found.xpath("//*[@data-refusal-summary]//a[starts-with(@href, '#')]")
    said = {link.get("href")[1:]: link.text_content().strip() for link in links}
    for control, text in said.items():
        (at,) = found.xpath(f"//*[@id='{control}_error']") or [None]
        assert at is not None and at.text_content().strip() in text, control
        assert found.xpath(f"//*[@id='{control}']"), f"{control} leads nowhere"
    return said


def test_days_that_do_not_fit_are_all_said_at_their_fields(
    world: World, signed_in: SignedIn
) -> None:
    session = Session.objects.get()
    typed = {
        "term": session.term_id,
        "ordinal": 4,
        "year": session.year,
        "opens_on": "2026-03-10",
        "closes_on": "2026-03-05",
        "proposals_until": "2026-03-08",
    }
    answer = signed_in("clerk").post(reverse("organisations:add_session"), typed)
    assert answer.status_code == 422
    assert _fields_said(answer.content.decode()) == {
        "id_closes_on": "闭幕日期：闭幕日期早于开幕日期。",
        "id_proposals_until": "大会提案截止：大会提案截止日期不能晚于闭幕日。",
    }


def test_two_names_that_are_taken_are_both_said(world: World, signed_in: SignedIn) -> None:
    there = Unit.objects.get(short_name="水务局")
    typed = {"name": there.name, "short_name": there.short_name, "kind": there.kind}
    answer = signed_in("clerk").post(reverse("organisations:add_unit"), typed)
    assert set(_fields_said(answer.content.decode())) == {"id_name", "id_short_name"}


def test_a_draft_that_is_opened_to_see_what_is_missing(world: World, signed_in: SignedIn) -> None:
    proposal = draft(world, category="", situation="", suggestions=[], may_publish=False)
    page = signed_in("member").get(reverse("proposals:edit", args=[proposal.pk]) + "?check")
    assert page.status_code == 200
    assert set(_fields_said(page.content.decode())) == {
        "id_category",
        "id_situation",
        "id_suggestions",
        "id_no_publication_reason",
    }


def test_a_reply_that_is_not_whole_says_of_which_suggestion(
    world: World, signed_in: SignedIn
) -> None:
    proposal = proposal_at(world, "accepted")
    speak(world, proposal)
    assignment = write_reply(world, proposal).assignment
    first, second = proposal.suggestions.all()
    typed = {
        "seen": assignment.version,
        "may_publish": "on",
        "send": "1",
        f"s{first.pk}-outcome": "planned",
        f"s{first.pk}-text": "明年更换支管",
        f"s{second.pk}-outcome": "done",
    }
    officer = signed_in("officer")
    page = officer.post(reverse("proposals:reply", args=[assignment.pk]), typed, follow=True)
    said = _fields_said(page.content.decode())
    assert "已保存，还没有送签" in page.content.decode()
    assert set(said) == {f"id_s{first.pk}-planned_for", f"id_s{second.pk}-text"}
    assert said[f"id_s{second.pk}-text"].startswith("第 2 条建议 · 答复：")


def today(days: int = 0) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def _asked(browser: Client, address: str, **typed: Any) -> set[str]:
    answer = browser.post(address, typed)
    assert answer.status_code == 422
    return set(_fields_said(answer.content.decode()))


def test_a_rota_says_all_that_is_wrong_also_where_a_day_cannot_be_read(
    world: World, signed_in: SignedIn
) -> None:
    """Every day for 300 days is more than 200; and the time ends before it begins."""
    place = venue(world)
    (served,) = serving(place, world, "member")
    typed: dict[str, Any] = {
        "members": [served.membership_id],
        "weekdays": range(7),
        "together": "no",
    }
    typed |= {"first": today(), "last": today(299), "begins": "11:00", "ends": "09:00"}
    browser, address = signed_in("organiser"), f"/venues/{place.pk}/rota/"
    assert _asked(browser, address, **typed, on_days_off="on") == {"id_ends", "id_last"}
    assert _asked(browser, address, **{**typed, "first": "?"}) == {"id_ends", "id_first"}
    tomorrow = {"first": today(1), "last": today(1), "weekdays": [today(2).weekday()]}
    assert _asked(browser, address, **typed | tomorrow) == {"id_ends", "id_weekdays"}
    assert not place.rota.exists()


def test_a_day_of_the_rota_says_the_time_and_who_does_not_serve(
    world: World, signed_in: SignedIn
) -> None:
    place, by = venue(world), world.actor("organiser")
    member, other = (place.membership for place in serving(place, world, "member", "cosigner"))
    times = {"begins": dt.time(9), "ends": dt.time(11)}
    venues.fill_rota(place, [member], [today(3)], by=by, **times)
    venues.end_member(place.members.get(membership=other), by=by, on=today(1))
    typed = {"member": other.pk, "day": today(3), "begins": "11:00", "ends": "09:00"}
    address = f"/venues/{place.pk}/rota/{place.rota.get().pk}/"
    assert _asked(signed_in("organiser"), address, **typed) == {"id_ends", "id_member"}


def test_who_comes_to_a_full_post_from_another_is_told_both(
    world: World, signed_in: SignedIn
) -> None:
    full, here = office(world)
    browser, came = signed_in("organiser"), {"post": full.pk, "came": "selected"}
    typed = {**came, "name": here.person.name, "since": today()}
    assert _asked(browser, "/staff/arrive/", **typed) == {"id_name", "id_post"}
    inner = arrived(world, post(world, "科员"), "虞蓝")
    moves = {"post": full.pk, "since": inner.since}
    assert _asked(browser, f"/staff/{inner.pk}/move/", **moves) == {"id_post", "id_since"}


def test_roles_say_where_they_clash(world: World, signed_in: SignedIn) -> None:
    """Who administers does not audit; a role is not given twice; some administrator is left."""
    browser, account = signed_in("administrator"), world.accounts["administrator"]
    roles = {role.code: role for role in Role.objects.all()}
    for code in ("auditor", "administrator"):
        typed = {"role": roles[code].pk, "since": today()}
        assert _asked(browser, f"/people/accounts/{account.pk}/give-role/", **typed) == {"id_role"}
    own, both = roles["administrator"], [AUDIT_READ, *roles["administrator"].permissions]
    address = f"/organisation/roles/{own.pk}/"
    for permissions in (both, []):
        typed = {"name": own.name, "permissions": permissions, "place": ""}
        assert _asked(browser, address, **typed) == {"id_permissions"}


class Two(forms.Form):
    name = forms.CharField()
    until = forms.DateField(required=False)


def test_a_refusal_goes_to_the_form_that_has_its_field() -> None:
    head, beside = Two({"name": "甲"}), Two({"s7-name": "乙"}, prefix="s7")
    both = Problems([("until", "太早"), ("s7-name", "已有"), ("", "还没有开始")])
    assert not tell(BadInput(both), head, beside)
    assert head.errors == {"until": ["太早"], "__all__": ["还没有开始"]}
    assert beside.errors == {"name": ["已有"]}
    assert str(BadInput(both)) == "太早 已有 还没有开始"
    assert str(Problems([("", "太早。"), ("", "已有。")])) == "太早。已有。"


def test_nothing_wrong_is_no_refusal() -> None:
    wrong = Wrong()
    wrong.when(False, "不对")
    wrong.refuse()
    wrong.when(True, "不对", "name")
    with pytest.raises(BadInput) as refused:
        wrong.refuse()
    assert refused.value.by_field == (("name", "不对"),)


# Marked beforehand --------------------------------------------------------------------------------


def _unmarked(page: str) -> set[str]:
    """Controls that must be filled in, without a word that says so."""
    found = set()
    for control in html.fromstring(page).xpath("//form[@method='post']//*[@required]"):
        if control.xpath("ancestor::template"):
            continue
        own = control.xpath("ancestor::*[contains(concat(' ', @class, ' '), ' field ')][1]")
        label = control.xpath(f"//label[@for='{control.get('id')}']")
        words = " ".join(each.text_content() for each in own + label)
        if (
            "必填" not in words
            or control.get("type") != "radio"
            and not control.get("aria-required")
        ):
            found.add(control.get("name"))
    return found


def test_what_must_be_filled_in_is_marked_on_every_page(
    world: World,
    places: dict[str, Any],  # noqa: F811
) -> None:
    browsers = {who: browser_of(world, who) for who in {row.having[0] for row in ROWS}}
    left = {}
    looked = 0
    for row in ROWS:
        _status, _where, page = _ask(browsers[row.having[0]], row, places)
        if "<html" in page[:400]:
            looked += len(re.findall(r" required", page))
            if found := _unmarked(page):
                left[row.name] = sorted(found)
    assert looked > 50 and left == {}, left


def test_who_hears_the_page_is_told_too(world: World, signed_in: SignedIn) -> None:
    page = html.fromstring(signed_in("member").get(reverse("proposals:new")).content.decode())
    (title,) = page.xpath("//input[@name='title']")
    assert title.get("aria-required") == "true"
    (how,) = page.xpath("//fieldset[@id='id_body_form']")
    assert (how.get("role"), how.get("aria-required")) == ("radiogroup", "true")
    (legend,) = page.xpath("//*[contains(@class, 'required-note')]")
    assert "必填" in legend.text_content()


def test_an_edition_that_cannot_be_finished_is_saved_and_goes_on(
    world: World, signed_in: SignedIn
) -> None:
    """Its page goes on from what was just saved, and not from what it had seen before."""
    opinion = roads.at(world, "editing")
    page = reverse("opinions:edition", args=[opinion.pk])
    typed = {"title": "新题", "text": "改过的正文", "category": "", "seen": opinion.version}
    editor = signed_in("editor")
    refused = editor.post(page, {**typed, "finish": "1"})
    assert set(_fields_said(refused.content.decode())) == {"id_category"}
    (seen,) = set(re.findall(r'name="seen" value="(\d+)"', refused.content.decode()))
    opinion.refresh_from_db()
    assert (opinion.edited_title, int(seen)) == ("新题", opinion.version)
    again = editor.post(page, {**typed, "seen": seen, "category": "其他"})
    assert again.status_code == 302


def test_a_regulation_leads_to_what_is_wrong_in_it(world: World, signed_in: SignedIn) -> None:
    """A number among the deadlines, and the second row of a table."""
    model = regulations.model_of("proposals")
    regulations.draft("proposals", model, by=world.actor("clerk"))
    page = reverse("regulations:edit", args=["proposals"])
    typed = filled(html.fromstring(signed_in("clerk").get(page).content.decode()))
    typed["deadlines.cosign_days"] = ["0"]
    typed["result_classes.label"][1] = ""
    answer = signed_in("clerk").post(page, typed)
    found = html.fromstring(answer.content.decode())
    links = found.xpath("//*[@data-refusal-summary]//a/@href")
    assert links == ["#id-result_classes-label-1", "#id-deadlines-cosign_days"]
    for link in links:
        (control,) = found.xpath(f"//*[@id='{link[1:]}']")
        assert control.get("aria-invalid") == "true"


def filled(page: Any) -> dict[str, list[str]]:
    """What a browser sends of the page's largest form as it stands."""
    form = max(page.forms, key=lambda each: len(each.inputs))
    sent: dict[str, list[str]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent
