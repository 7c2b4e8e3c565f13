"""The demo county, built small: everybody in their place, proposals in every state, nothing bent to get there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.db import connection

from yizheng.commitments.models import Commitment
from yizheng.core import audit, tenancy
from yizheng.demo import cast, county
from yizheng.organisations.models import Organisation, Session, Unit
from yizheng.people.models import Membership
from yizheng.proposals.models import Assignment, Proposal

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="half a minute of work, the same on both databases")


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
        # The Standing Committee: those thirty, the chair, five vice-chairs and the secretary-general.
        assert Membership.objects.filter(is_standing=True).count() == 37
        assert Unit.objects.count() == 60
        assert Session.objects.count() == 3
        states = Counter(Proposal.objects.values_list("state", flat=True))
        wanted = {"draft", "confirming", "submitted", "review", "filed", "handling", "closed", "not_filed", "merged", "withdrawn"}
        assert wanted <= set(states)
        parts = set(Assignment.objects.values_list("part", flat=True))
        assert {"sole", "lead", "assisting"} >= parts >= {"lead", "assisting"}
        assert {"kept", "open"} <= set(Commitment.objects.values_list("state", flat=True))
    assert list(audit.verify(built.pk)) == []
    for role, username, password, _what in county.sign_ins():
        assert authenticate(None, username=username, password=password) is not None, role
