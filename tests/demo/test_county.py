"""The demo county, built small: everybody in their place, proposals in every state, nothing bent to
get there.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.db import connection

from demo_county import cast, county
from demo_county.content.gatherings import TOPICS
from yizheng.activities.models import Activity, PlanItem
from yizheng.attending.models import Leave
from yizheng.core import audit, tenancy
from yizheng.library.models import RuleDocument
from yizheng.opinions.models import Opinion
from yizheng.organisations.models import Organisation, Session, Unit
from yizheng.people.models import Membership
from yizheng.promises.models import Promise
from yizheng.proposals.models import Assignment, Proposal
from yizheng.venues.models import Venue

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="half a minute of work, the same on both databases"
)


@pytest.fixture
def built(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Organisation:
    monkeypatch.setattr("django.conf.settings.DATA", tmp_path)
    monkeypatch.setattr(county, "PER_YEAR", 5)
    county.build()
    return Organisation.objects.get(code=cast.CODE)


def test_the_county_is_as_it_says(built: Organisation) -> None:
    with tenancy.scope(built):
        assert Membership.objects.count() == 190
        assert Membership.objects.filter(post="常务委员").count() == 30
        # The Standing Committee: those thirty, the chair, five vice-chairs and the
        # secretary-general.
        assert Membership.objects.filter(is_standing=True).count() == 37
        assert Unit.objects.count() == 60
        assert Session.objects.count() == 3
        states = Counter(Proposal.objects.values_list("state", flat=True))
        wanted = {
            "draft",
            "confirming",
            "submitted",
            "review",
            "filed",
            "handling",
            "closed",
            "not_filed",
            "merged",
            "withdrawn",
        }
        assert wanted <= set(states)
        parts = set(Assignment.objects.values_list("part", flat=True))
        assert {"sole", "lead", "assisting"} >= parts >= {"lead", "assisting"}
        _the_year_is_as_it_says()
        assert {"kept", "open"} <= set(Promise.objects.values_list("state", flat=True))
    with tenancy.scope(Organisation.objects.get(code=cast.CITY_CODE)):
        # Five pieces were sent up: two published there, one taken up, two still in the inbox.
        assert Counter(Opinion.objects.values_list("state", flat=True))["submitted"] == 2
    assert list(audit.verify(built.pk)) == []
    for role, username, password, _what in cast.sign_ins():
        assert authenticate(None, username=username, password=password) is not None, role


def _the_year_is_as_it_says() -> None:
    plan = Counter(
        PlanItem.objects.filter(title__in=[topic.title for topic in TOPICS]).values_list(
            "state", flat=True
        )
    )
    assert plan == {"approved": 12, "proposed": 2, "dropped": 1}
    # Fifteen of each of the two years before, out of a workbook.
    assert Activity.objects.filter(is_imported=True).count() == 30
    assert {"draft", "approving", "approved", "invited", "held", "closed", "cancelled"} <= set(
        Activity.objects.values_list("state", flat=True)
    )
    assert Leave.objects.filter(state="asked").exists()
    written = set(Opinion.objects.values_list("state", flat=True))
    assert {
        "draft",
        "submitted",
        "returned",
        "editing",
        "signing",
        "published",
        "sent",
        "transferred",
        "not_used",
        "closed",
    } <= written
    assert Venue.objects.count() == 9
    assert RuleDocument.objects.count() == 5
