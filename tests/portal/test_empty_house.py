"""A committee on its first morning: founded, people let in, and nothing else: no regulation, no
term, no records.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.signing_in import browser_for
from yizheng.core import tenancy
from yizheng.core.navigation import PARTS
from yizheng.organisations.models import Organisation, Session, Term
from yizheng.organisations.services import founding
from yizheng.people.models import Account, Person
from yizheng.people.queries import actor_of


@pytest.fixture
def house(db: None) -> Organisation:
    return founding.found(
        code="newhouse", name="政协新立县委员会", short_name="新立县政协", region="新立县"
    )


def let_in(house: Organisation, role: str) -> Account:
    with tenancy.scope(house):
        person = Person(name="初来")
        person.save()
        account = Account.objects.create(
            username=f"new-{role}", organisation=house, person=person, must_change_password=False
        )
        founding.grant(account.pk, role, since=timezone.localdate())
    return account


def open_session(house: Organisation) -> None:
    with tenancy.scope(house):
        year = timezone.localdate().year
        term = Term(ordinal=1, begins_on=dt.date(year, 1, 2))
        term.save()
        opens = dt.date(year, 1, 12)
        Session(
            term=term, ordinal=1, year=year, opens_on=opens, closes_on=opens, proposals_until=opens
        ).save()


@pytest.mark.parametrize("with_session", [False, True])
@pytest.mark.parametrize(
    "role",
    ["clerk", "reviewer", "assigner", "organiser", "secretary", "editor", "signer", "chairperson"],
)
def test_every_part_opens_and_says_what_would_stand_there(
    house: Organisation, role: str, with_session: bool
) -> None:
    """Before the first term, and when the session is entered while no regulation is
    in force yet.
    """
    if with_session:
        open_session(house)
    account = let_in(house, role)
    browser = browser_for(account)
    with tenancy.scope(house):
        actor = actor_of(account)
        addresses = ["/", *(reverse(part.url) for part in PARTS if part.is_open(actor))]
    answers = {address: browser.get(address, follow=True) for address in addresses}
    assert {
        address: answer.status_code
        for address, answer in answers.items()
        if answer.status_code not in (200, 409)
    } == {}
    # What cannot be shown without a regulation says which one, and leads to where it is adopted.
    refused = {address for address, answer in answers.items() if answer.status_code == 409}
    assert refused <= {"/contacts/", "/years/", "/figures/"}
    onward = f'class="btn btn-primary" href="{reverse("regulations:list")}"'
    assert all(onward in answers[address].content.decode() for address in refused)
