"""The number is the count of the list that opens, or what it adds up to, for every indicator and
every part of it.
"""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.grounds import standing
from tests.indicators.rows import handled
from tests.signing_in import browser_of
from tests.world import World, proposal_at
from yizheng.core.figures import INDICATORS, Period
from yizheng.indicators import queries

EVERY = sorted(INDICATORS)
APPS = sorted({code.partition(".")[0] for code in EVERY})


def of_app(app: str) -> list[str]:
    return [code for code in EVERY if code.startswith(f"{app}.")]


@standing
def busy(world: World) -> World:
    proposal_at(world, "closed")
    proposal_at(world, "filed", category="经济建设")
    return world


def said_by(records: Any, code: str) -> Any:
    """What a person gets who counts the list, or adds its values up."""
    amount = INDICATORS[code].amount
    return sum(getattr(record, amount) for record in records) if amount else records.count()


@pytest.mark.parametrize("app", APPS)
def test_count_equals_number(busy: World, app: str) -> None:
    period, actor = Period.of_year(busy.session.year), busy.actor("clerk")
    for code in of_app(app):
        figure = queries.figure(code, period)
        assert said_by(queries.listed(figure.wanted, actor), code) == figure.numerator, code
        if figure.denominator is not None:
            assert queries.listed(figure.wanted, actor, "base").count() == figure.denominator, code


@pytest.mark.parametrize("app", APPS)
def test_every_part_opens_as_many_records(busy: World, app: str) -> None:
    period, actor = Period.of_year(busy.session.year), busy.actor("clerk")
    divided = [(code, each) for code in of_app(app) for each in INDICATORS[code].breakdowns]
    for code, breakdown in divided:
        for part in queries.parts(code, period, breakdown.code):
            assert said_by(queries.listed(part.wanted, actor), code) == part.numerator
            [alone] = queries.figures([part.wanted])
            assert (alone.numerator, alone.denominator) == (part.numerator, part.denominator)


@pytest.mark.parametrize("app", APPS)
def test_the_page_says_the_number_and_links_to_the_records(busy: World, app: str) -> None:
    client = browser_of(busy, "clerk")
    for code in of_app(app):
        answer = client.get(f"/figures/{code}/", {"year": busy.session.year})
        assert answer.status_code == 200
        number = queries.figure(code, Period.of_year(busy.session.year)).wanted.records().count()
        assert f"<b>{number}</b>" in answer.content.decode(), code


def test_the_excel_holds_the_rows_counted(busy: World) -> None:
    answer = browser_of(busy, "clerk").get(
        "/figures/proposals.filed/export/", {"year": busy.session.year}
    )
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert (
        sheet.max_row
        == 1 + queries.figure("proposals.filed", Period.of_year(busy.session.year)).numerator
    )


def test_rows_a_reader_may_not_see_are_counted_but_not_shown(world: World) -> None:
    """The assigning office reads filed proposals only; the number it sees is the county's all the
    same.
    """
    proposal_at(world, "filed", title="关于已立案事项的建议")
    proposal_at(world, "submitted", title="关于未立案事项的建议")
    text = browser_of(world, "assigner").get("/figures/proposals.received/").content.decode()
    assert "<b>2</b>" in text
    assert "关于已立案事项的建议" in text
    assert "关于未立案事项的建议" not in text


@pytest.mark.parametrize(
    "who, status",
    [
        ("clerk", 200),
        ("chairperson", 200),
        ("member", 403),
        ("officer", 403),
        ("other_officer", 403),
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        "/figures/",
        "/figures/proposals.filed/",
        "/figures/proposals.filed/export/",
        "/figures/proposals.filed/chart/?breakdown=kind",
        "/figures/units/chart/",
        "/figures/reports/",
        "/figures/check/",
    ],
)
def test_who_may(world: World, who: str, status: int, path: str) -> None:
    assert browser_of(world, who).get(path).status_code == status


def test_a_stranger_is_asked_to_sign_in(world: World) -> None:
    assert Client().get("/figures/").status_code == 302


@pytest.mark.parametrize(
    "path, status",
    [
        ("/figures/proposals.nothing/", 404),
        ("/figures/proposals.filed/?breakdown=weather", 404),
        ("/figures/proposals.handled/?breakdown=unit&key=x", 404),
        ("/figures/proposals.filed/?year=last", 422),
        ("/figures/proposals.filed/?session=9999", 422),
    ],
)
def test_bad_addresses_are_refused_with_a_sentence(world: World, path: str, status: int) -> None:
    assert browser_of(world, "clerk").get(path).status_code == status


def test_an_empty_database_has_a_page(world: World) -> None:
    from yizheng.organisations.models import Session

    Session.objects.all().delete()
    answer = browser_of(world, "clerk").get("/figures/")
    assert answer.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_dashboard_takes_as_many_queries_for_one_proposal_as_for_three(
    world: World, count: int, django_assert_num_queries: Any
) -> None:
    handled(world, count)
    client = browser_of(world, "clerk")
    client.get("/figures/")
    with django_assert_num_queries(DASHBOARD_QUERIES):
        client.get("/figures/")


DASHBOARD_QUERIES = 26


def test_charts_hand_out_the_parts_with_their_lists(world: World) -> None:
    handled(world, 2)
    spec = (
        browser_of(world, "clerk").get("/figures/proposals.filed/chart/?breakdown=category").json()
    )
    assert spec["categories"] == ["社会建设"]
    assert spec["series"][0]["values"] == [2]
    assert spec["series"][0]["urls"][0].startswith("/figures/proposals.filed/?year=")
    units = browser_of(world, "clerk").get("/figures/units/chart/").json()
    assert units["categories"] == ["水务局"]
    assert [series["values"] for series in units["series"]] == [[100.0], [100.0]]
