"""Enterprises, counted by hand."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import connection
from django.forms import ModelChoiceField
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.signing_in import SignedIn
from tests.world import World
from yizheng.core import clock
from yizheng.enterprises import queries as enterprise_queries
from yizheng.enterprises.forms import EnterpriseFilterForm
from yizheng.organisations.services import units

from .making import enterprise

DAY = dt.date


def test_share_of_those_above_scale_with_a_member(world: World) -> None:
    """K7: above scale 甲 (a member), 乙 (none), 丙 (a member who left); 丁 with a member is small,
    戊 is no longer above.
    """
    enterprise(world, "甲", ("member",))
    enterprise(world, "乙")
    enterprise(world, "丙", ("third",))
    enterprise(world, "丁", ("cosigner",), above_scale_since=None)
    enterprise(
        world,
        "戊",
        ("cosigner",),
        above_scale_since=DAY(2020, 1, 1),
        above_scale_until=DAY(2025, 12, 31),
    )
    left = world.members["third"]
    left.until = clock.today() - dt.timedelta(days=1)
    left.save()
    found = enterprise_queries.share(world.actor("organiser"))
    assert (found.above, found.reached) == (3, 1) and found.share == pytest.approx(1 / 3)
    assert enterprise_queries.share(world.actor("organiser"), DAY(2025, 6, 1)).above == 1, (
        "years before keep what was above scale then"
    )


def test_enterprises_in_the_browser(world: World, signed_in: SignedIn) -> None:
    town = world.units["交通运输局"]
    one = enterprise(world, "甲厂", ("member",), unit=town)
    organiser = signed_in("organiser")
    organiser.get("/enterprises/")
    with CaptureQueriesContext(connection) as first:
        organiser.get("/enterprises/")
    enterprise(world, "乙厂", ("cosigner",))
    enterprise(world, "丙厂")
    with CaptureQueriesContext(connection) as second:
        page = organiser.get("/enterprises/").content.decode()
    assert len(first) == len(second) and "3 家中 2 家有委员" in page
    without = organiser.get("/enterprises/?scale=yes&member=no").content.decode()
    assert "丙厂" in without and "乙厂" not in without
    units.close_unit(
        town, by=world.actor("clerk"), on=clock.today(), merged_into=world.units["财政局"]
    )
    sheet = load_workbook(io.BytesIO(organiser.get("/enterprises/export/?q=沈禾").content)).active
    assert [[cell.value for cell in row][:2] for row in sheet.iter_rows(min_row=2)] == [
        ["甲厂", "财政局"]
    ]
    wrong = {"name": "甲厂", "above_scale_since": "2026-01-01", "members": []}
    assert organiser.post("/enterprises/add/", wrong).status_code == 422
    early = {"name": "己厂", "above_scale_since": "2026-01-01", "above_scale_until": "2025-01-01"}
    assert organiser.post("/enterprises/add/", early).status_code == 422
    assert organiser.get(f"/enterprises/{one.pk}/").status_code == 200, (
        "its town was merged, the form still opens"
    )


def test_to_whom_enterprises_are_closed_there_are_none(world: World) -> None:
    enterprise(world, "甲", ("member",), unit=world.units["水务局"])
    for who, there in (("member", 1), ("organiser", 1), ("officer", 0)):
        actor = world.actor(who)
        found = enterprise_queries.share(actor)
        assert (found.above, found.reached) == (there, there)
        assert enterprise_queries.visible_to(actor).count() == there
        towns = EnterpriseFilterForm(actor=actor).fields["unit"]
        assert isinstance(towns, ModelChoiceField) and towns.queryset.count() == there
