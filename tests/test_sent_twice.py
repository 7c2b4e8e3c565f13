"""Every page that makes something: sent twice it is made once; filled in otherwise and sent again,
there is no second one.
"""

from __future__ import annotations

import pytest

from tests.activities.making import topic
from tests.form_browser import Browser, leads_to
from tests.sent_cases import Case, said
from tests.sent_forms import CASES
from tests.world import World, proposal_at
from yizheng.core.attempts import NAME
from yizheng.core.audit import AuditEntry


def counted(case: Case) -> tuple[int, int]:
    """How many there are of what the page makes, and how many audit entries."""
    return case.makes._base_manager.count(), AuditEntry.objects.count()


@pytest.mark.parametrize("name", CASES)
def test_sent_twice_it_is_made_once(world: World, name: str) -> None:
    case = CASES[name]
    browser = Browser(world, case.who)
    form = browser.get(case.page(world)).form(holding=case.holding)
    form.fill(**said(case.typed, world))
    before = counted(case)
    first = form.send(press=case.press)
    assert first.status == 302, first.sentence
    made = counted(case)
    assert made > before
    second = form.send(press=case.press)
    assert (second.status, leads_to(second)) == (302, leads_to(first))
    assert counted(case) == made
    changed = said(case.otherwise, world)
    if not changed:
        return
    otherwise = form.fill(**changed).send(press=case.press)
    if case.saves_into_it:
        assert otherwise.status == 302
        assert counted(case)[0] == made[0]
        return
    assert otherwise.status in (409, 422)
    at_fields = "".join(otherwise.tree.xpath("//*[contains(@class, 'field-error')]//text()"))
    assert "已经提交过" not in at_fields, "it is the whole form that was sent already"
    assert counted(case) == made
    typed = otherwise.form(holding=case.holding).values
    for key, value in changed.items():
        assert [text.strip() for text in typed[key]] == (
            value if isinstance(value, list) else [value]
        )


@pytest.mark.parametrize(
    "who", ["member", "clerk", "organiser", "editor", "officer", "administrator"]
)
def test_every_form_on_the_first_pages_carries_a_token(world: World, who: str) -> None:
    proposal_at(world, "accepted")
    topic(world)
    browser = Browser(world, who)
    for address in (
        "/",
        "/proposals/",
        "/activities/plan/",
        "/notices/",
        "/people/me/",
        "/regulations/",
    ):
        page = browser.get(address)
        forms = page.tree.xpath("//form[translate(@method, 'POST', 'post') = 'post']")
        assert page.status in (200, 403)
        tokens = [form.xpath(f".//input[@name='{NAME}']/@value") for form in forms]
        assert tokens and len({value for (value,) in tokens}) == 1
