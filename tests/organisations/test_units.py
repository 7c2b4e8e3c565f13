"""Units: names, contacts and their history, merging and closing, import."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests.days import ago, ahead
from tests.documents.word_files import texts
from tests.signing_in import SignedIn
from tests.world import World, assignment_of, build, later, platform, proposal_at
from yizheng.core.audit import AuditEntry
from yizheng.core.refusals import BadInput, NotNow
from yizheng.documents.table_files import Table, TableRow
from yizheng.organisations import queries
from yizheng.organisations.imports import import_units, preview_units
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import name_on, units_by_name
from yizheng.organisations.services import units
from yizheng.people.queries import actor_of
from yizheng.proposals import documents


@pytest.fixture
def clerk(signed_in: SignedIn) -> Client:
    return signed_in("clerk")


def test_renamed_unit_is_found_by_its_old_name_which_earlier_days_keep(
    world: World, clerk: Client
) -> None:
    unit = world.units["水务局"]
    clerk.post(
        f"/organisation/units/{unit.pk}/rename/",
        {"name": "yunxi县水利局", "short_name": "水利局", "kind": "department", "on": "2026-07-01"},
    )
    unit.refresh_from_db()
    assert unit.name == "yunxi县水利局"
    assert [(each.name, each.since, each.until) for each in unit.names.all()] == [
        ("yunxi县水利局", dt.date(2026, 7, 1), None),
        ("yunxi县水务局", None, dt.date(2026, 6, 30)),
    ]
    assert "yunxi县水利局" in clerk.get("/organisation/units/?q=水务").content.decode()
    assert "yunxi县水务局" in clerk.get(f"/organisation/units/{unit.pk}/").content.decode()


def _rename(world: World, name: str, on: dt.date, unit: str = "水务局", **values: Any) -> Unit:
    found = Unit.objects.get(pk=world.units[unit].pk)
    short = name.removeprefix("yunxi县")
    units.rename_unit(
        found,
        by=world.actor("clerk"),
        name=name,
        short_name=short,
        kind="department",
        on=on,
        **values,
    )
    return Unit.objects.get(pk=found.pk)


def test_a_name_of_a_day_to_come_is_borne_from_that_day(world: World) -> None:
    unit = _rename(world, "yunxi县水利局", ahead(20), decided_by="云编发〔2026〕9号")
    assert unit.name == "yunxi县水务局", "not before"
    assert [name_on(unit, ahead(n)).short_name for n in (0, 19, 20)] == [
        "水务局",
        "水务局",
        "水利局",
    ]
    with later(19):
        assert units.bear_new_names(platform(world)) == 0
    with later(20):
        assert units.bear_new_names(platform(world)) == 1
        assert units.bear_new_names(platform(world)) == 0, "once"
        unit.refresh_from_db()
        assert unit.name == "yunxi县水利局"


def test_a_planned_name_is_taken_back(world: World, clerk: Client) -> None:
    unit = _rename(world, "yunxi县水利局", ahead(20))
    page = clerk.get(f"/organisation/units/{unit.pk}/").content.decode()
    assert "yunxi县水利局" in page and "撤回" in page
    sent = {"seen": unit.seen}
    clerk.post(f"/organisation/units/{unit.pk}/planned-name/", sent)
    assert [(each.name, each.until) for each in unit.names.all()] == [("yunxi县水务局", None)]
    with later(20):
        assert units.bear_new_names(platform(world)) == 0
    again = clerk.post(
        f"/organisation/units/{unit.pk}/planned-name/", {"seen": Unit.objects.get(pk=unit.pk).seen}
    )
    assert again.status_code == 409


def test_a_plan_of_another_short_name_alone_is_seen_too(world: World, clerk: Client) -> None:
    unit = world.units["水务局"]
    sent = {"name": unit.name, "short_name": "县水务局", "kind": "department", "on": ahead(20)}
    clerk.post(f"/organisation/units/{unit.pk}/rename/", sent)
    assert "/planned-name/" in clerk.get(f"/organisation/units/{unit.pk}/").content.decode()


def test_a_closed_unit_bears_no_new_name(world: World) -> None:
    unit = _rename(world, "yunxi县水利局", ahead(20))
    Unit.objects.filter(pk=unit.pk).update(closed_on=ago(1))
    with later(21):
        assert units.bear_new_names(platform(world)) == 0


def test_names_follow_one_another(world: World) -> None:
    _rename(world, "yunxi县水利局", ago(30))
    with pytest.raises(BadInput, match="新名称须晚于这一天"):
        _rename(world, "yunxi县河湖局", ago(31))
    unit = _rename(world, "yunxi县水利湖泊局", ago(30))
    assert [each.name for each in unit.names.all()] == ["yunxi县水利湖泊局", "yunxi县水务局"], (
        "from the very day it is put right"
    )
    unit = _rename(world, "yunxi县河湖局", ago(29))
    assert [each.until for each in unit.names.all()] == [None, ago(30), ago(31)]


def test_a_planned_name_is_nobody_elses(world: World) -> None:
    _rename(world, "yunxi县水利局", ahead(20))
    with pytest.raises(BadInput, match="已有单位"):
        _rename(world, "yunxi县水利局", ago(1), "财政局")


def test_a_letter_keeps_the_name_of_its_day(world: World) -> None:
    """Released under the old name; a letter signed after the rename bears the new one."""
    old = proposal_at(world, "replied")
    reply = assignment_of(old).replies.get()
    with later(3):
        _rename(world, "yunxi县水利局", ahead(3))
        letter = "\n".join(texts(documents.reply_letter(reply, old)))
        assert "yunxi县水务局" in letter and "水利局" not in letter
        new = proposal_at(world, "replied")
        after = "\n".join(texts(documents.reply_letter(assignment_of(new).replies.get(), new)))
        assert "yunxi县水利局" in after and "水务局" not in after
        assert "yunxi县水务局" in "\n".join(texts(documents.notice(old, world.organisation)))


def test_a_file_may_say_the_name_of_its_time(world: World) -> None:
    unit = _rename(world, "yunxi县水利局", ago(5))
    known = units_by_name()
    assert {known[name].pk for name in ("水务局", "yunxi县水务局", "水利局")} == {unit.pk}
    _rename(world, "yunxi县水务局", ago(1), "财政局")
    assert units_by_name()["yunxi县水务局"].pk == world.units["财政局"].pk, "whose it is now"


def test_two_units_do_not_share_a_name(world: World, clerk: Client) -> None:
    page = clerk.post(
        "/organisation/units/add/",
        {"name": "yunxi县财政局", "short_name": "财政", "kind": "department"},
    )
    assert page.status_code == 422 and "已有单位“yunxi县财政局”" in page.content.decode()
    page = clerk.post(
        "/organisation/units/add/",
        {"name": "新财政局", "short_name": "财政局", "kind": "department"},
    )
    assert page.status_code == 422


def test_merged_unit_is_off_the_list_and_its_people_lose_their_roles(
    world: World, clerk: Client
) -> None:
    unit, into = world.units["水务局"], world.units["财政局"]
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    clerk.post(f"/organisation/units/{unit.pk}/close/", {"on": yesterday, "merged_into": into.pk})
    assert f'units/{unit.pk}/"' not in clerk.get("/organisation/units/").content.decode()
    assert "已并入财政局" in clerk.get("/organisation/units/?state=closed").content.decode()
    assert actor_of(world.accounts["officer"]).reach("proposals.handle").at("unit") == frozenset()
    assert Unit.objects.filter(pk=unit.pk).exists(), "what it handled keeps its name"


def test_unit_that_still_holds_cases_is_not_closed(world: World, english: None) -> None:
    proposal_at(world, "assigned")
    with pytest.raises(NotNow, match="^1 case is still with this unit"):
        units.close_unit(world.units["水务局"], by=world.actor("clerk"), on=timezone.localdate())


def test_unit_is_not_closed_in_advance_nor_merged_into_itself(world: World) -> None:
    unit, by = world.units["水务局"], world.actor("clerk")
    with pytest.raises(BadInput):
        units.close_unit(unit, by=by, on=timezone.localdate() + dt.timedelta(days=1))
    with pytest.raises(BadInput):
        units.close_unit(unit, by=by, on=timezone.localdate(), merged_into=unit)


def test_contacts_are_masked_and_the_earlier_one_is_kept(world: World, clerk: Client) -> None:
    unit = world.units["水务局"]
    path = f"/organisation/units/{unit.pk}/"
    clerk.post(f"{path}contact/leader/", {"name": "江越", "post": "局长", "phone": "19977770001"})
    clerk.post(f"{path}contact/leader/", {"name": "石砚", "post": "局长", "phone": "19977770002"})
    page = clerk.get(path).content.decode()
    assert "199****0002" in page and "19977770002" not in page
    assert "江越" in page.split("历任联系人")[1]
    assert "19977770002" in clerk.post(f"{path}phones/").content.decode()
    assert AuditEntry.objects.filter(action="unit.phones_read").count() == 1


def test_units_of_another_county_are_not_found(world: World, clerk: Client) -> None:
    other = build("linshui").units["水务局"]
    for path in ("", "rename/", "close/", "contact/leader/"):
        assert clerk.get(f"/organisation/units/{other.pk}/{path}").status_code == 404
    assert clerk.post(f"/organisation/units/{other.pk}/phones/").status_code == 404


# Import -------------------------------------------------------------------------------------------

HEAD = ("单位名称", "简称", "类别", "分管领导", "负责人电话", "经办人", "经办人电话")


def table(*rows: tuple[str, ...]) -> Table:
    return Table(HEAD, tuple(TableRow(number, row) for number, row in enumerate(rows, start=2)))


def test_units_come_with_their_contacts(world: World) -> None:
    done = import_units(
        table(
            ("yunxi县民政局", "民政局", "政府部门", "白芷", "19977770001", "石南", "19977770002")
        ),
        by=world.actor("clerk"),
    )
    unit = Unit.objects.get(short_name="民政局")
    assert (done.added, done.updated) == (1, 0)
    assert {(contact.duty, contact.name, contact.phone) for contact in unit.contacts.all()} == {
        ("leader", "白芷", "19977770001"),
        ("officer", "石南", "19977770002"),
    }


def test_known_units_are_brought_up_to_date(world: World) -> None:
    row = ("yunxi县水务局", "", "", "", "", "石南", "19977770002")
    done = import_units(table(row), by=world.actor("clerk"))
    assert (done.added, done.updated, Unit.objects.count()) == (0, 1, 4)
    assert world.units["水务局"].contacts.get(until=None).name == "石南"
    import_units(table(row), by=world.actor("clerk"))
    assert world.units["水务局"].contacts.count() == 1


def test_errors_of_the_file_and_nothing_taken(world: World) -> None:
    found = table(
        ("yunxi县民政局", "财政局", "政府部门", "", "", "", ""),
        ("yunxi县司法局", "司法局", "航天部门", "", "12", "", ""),
    )
    assert {(error.row, error.title) for error in preview_units(found).errors} == {
        (2, "简称"),
        (3, "类别"),
        (3, "负责人电话"),
    }
    with pytest.raises(BadInput):
        import_units(found, by=world.actor("clerk"))
    assert Unit.objects.count() == 4


def test_export_can_be_imported_again(world: World, clerk: Client, files_apart: Path) -> None:
    units.set_contact(
        world.units["水务局"],
        "leader",
        by=world.actor("clerk"),
        name="江越",
        post="局长",
        phone="19977770001",
    )
    content = clerk.get("/organisation/units/export/").content
    sheet = load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet[2]][:4] == ["yunxi县水务局", "水务局", "政府部门", "江越"]
    sent = clerk.post(
        "/organisation/units/import/", {"file": SimpleUploadedFile("单位.xlsx", content)}
    )
    assert sent["Location"] == "/organisation/units/import/preview/"
    assert "导入 4 个单位" in clerk.get("/organisation/units/import/preview/").content.decode()
    assert clerk.post("/organisation/units/import/preview/")["Location"] == "/organisation/units/"
    assert Unit.objects.count() == 4 and world.units["水务局"].contacts.get().phone == "19977770001"


def test_units_with_one_leader_and_one_officer(world: World, signed_in: SignedIn) -> None:
    """D2: of four units one has both, one only a leader, one lost its officer."""
    by = world.actor("clerk")
    for name, duties in (
        ("水务局", ("leader", "officer")),
        ("财政局", ("leader",)),
        ("教育局", ("leader", "officer")),
    ):
        for duty in duties:
            units.set_contact(world.units[name], duty, by=by, name="某某", post="", phone="")
    units.set_contact(world.units["教育局"], "officer", by=by, name="", post="", phone="")
    found = queries.coverage()
    assert (found.units, found.both, found.share) == (4, 1, 0.25)
    page = signed_in("clerk").get("/organisation/units/?contacts=lacking").content.decode()
    assert (
        "yunxi县财政局" in page and "yunxi县水务局" not in page and "4 个单位中 1 个已明确" in page
    )


def test_the_page_of_a_unit_says_who_signs_in_and_offers_an_account_to_who_may_open_one(
    world: World, signed_in: SignedIn
) -> None:
    unit = world.units["水务局"]
    units.set_contact(
        unit, "leader", by=world.actor("clerk"), name="石砚", post="局长", phone="19911112222"
    )
    address = f"/organisation/units/{unit.pk}/"
    opening = f"/people/accounts/open/?unit={unit.pk}&amp;name=%E7%9F%B3%E7%A0%9A&amp;phone="
    office, administrator = signed_in("clerk"), signed_in("administrator")
    clerk, admin = (browser.get(address).content.decode() for browser in (office, administrator))
    for page in (clerk, admin):
        assert "何楠 · 承办单位经办人" in page and "江越 · 承办单位负责人" in page
    assert opening not in clerk and f"{opening}19911112222" in admin
    form = administrator.get(f"/people/accounts/open/?unit={unit.pk}")
    assert f'<option value="{unit.pk}" selected>' in form.content.decode()
