"""Every address in one matrix: who comes to it signed out, from another committee, without the
right, with it.

To add an address add a row, here or in the `addresses.py` of the app's tests; an address without a
row fails the test. Columns: name | its arguments, by what they stand for in `places` | how it is
asked | signed out: sign-in or open | a person of the same role in another committee: 404, or the
status of their own page | somebody here without the right, and what they get (—: everybody has it)
| with the right.
"""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import answer_words
from tests.activities import addresses as activities
from tests.attending import addresses as attending
from tests.contacts import addresses as contacts
from tests.enterprises import addresses as enterprises
from tests.instructions import addresses as instructions
from tests.learning import addresses as learning
from tests.library import addresses as library
from tests.opinions import addresses as opinions
from tests.people import addresses as people
from tests.promises import addresses as promises
from tests.signing_in import browser_of
from tests.staff import addresses as staff
from tests.transfers import addresses as transfers
from tests.undo import undone
from tests.venues import addresses as venues
from tests.world import (
    PASSWORD,
    World,
    assignment_of,
    build,
    draft,
    proposal_at,
    speak,
    write_reply,
)
from yizheng.core import tenancy
from yizheng.core.files import attach
from yizheng.core.jobs import Job, JobState
from yizheng.core.unfinished import UnfinishedWork
from yizheng.indicators import services as reports
from yizheng.notices import services as notices
from yizheng.notices.models import Notice
from yizheng.organisations.models import CalendarDay, CalendarYear, Role, Session, Term
from yizheng.people.models import Sector
from yizheng.regulations import services as regulations

COMMITTEE = (venues, contacts, staff, enterprises, people, learning, library)
APPS = (activities, attending, opinions, *COMMITTEE, promises, instructions, transfers)
MATRIX = """
home                              |                  | GET  | sign-in | 200 | —             | auditor 200
public                            | code             | GET  | open    | 200 | —             | auditor 200
public-detail                     | code published   | GET  | open    | 200 | —             | auditor 200
language                          |                  | POST | open    | 302 | —             | auditor 302
elder                             |                  | POST | sign-in | 302 | —             | auditor 302
health                            |                  | GET  | open    | 200 | —             | auditor 200
manifest                          | code             | GET  | open    | 200 | —             | auditor 200
worker                            |                  | GET  | open    | 200 | —             | auditor 200
offline                           |                  | GET  | open    | 200 | —             | auditor 200
years                             |                  | GET  | sign-in | 200 | member 403    | organiser 200
years-preview                     |                  | GET  | sign-in | 302 | member 403    | organiser 302
years-template                    |                  | GET  | sign-in | 200 | member 403    | organiser 200
years-errors                      |                  | GET  | sign-in | 404 | member 403    | organiser 404
years-job                         | year_job         | GET  | sign-in | 404 | member 403    | organiser 200
years-progress                    | year_job         | GET  | sign-in | 404 | member 403    | organiser 200
audit                             |                  | GET  | sign-in | 200 | administrator 403 | auditor 200
audit-head                        |                  | GET  | sign-in | 200 | clerk 403     | auditor 200
audit-export                      |                  | GET  | sign-in | 200 | clerk 403     | auditor 200
audit-verify                      |                  | POST | sign-in | 302 | clerk 403     | auditor 302
audit-progress                    |                  | GET  | sign-in | 200 | clerk 403     | auditor 200

core:step                         | flow replied make_key | GET | sign-in | 404 | clerk 403 | reviewer 200
core:bulk                         | flow bulk        | POST | sign-in | 302 | officer 403   | reviewer 200
core:file                         | file             | GET  | sign-in | 404 | third 403     | member 200
core:unfinished                   |                  | GET  | sign-in | 200 | —             | member 200
core:unfinished-keep              |                  | POST | sign-in | 200 | —             | member 200
core:unfinished-discard           | unfinished       | POST | sign-in | 302 | —             | member 302

my_data                           |                  | GET  | sign-in | 200 | —             | member 200
account_login                     |                  | GET  | open    | 302 | —             | member 302
account_logout                    |                  | GET  | sign-in | 200 | —             | member 200
account_inactive                  |                  | GET  | sign-in | 200 | —             | member 200
account_change_password           |                  | GET  | sign-in | 200 | —             | member 200
account_reauthenticate            |                  | GET  | sign-in | 200 | —             | member 200
mfa_index                         |                  | GET  | sign-in | 200 | —             | member 200
mfa_authenticate                  |                  | GET  | sign-in | 302 | —             | member 302
mfa_reauthenticate                |                  | GET  | sign-in | 200 | member 302    | auditor 200
mfa_activate_totp                 |                  | GET  | sign-in | 302 | —             | member 302
mfa_deactivate_totp               |                  | GET  | sign-in | 302 | member 404    | auditor 302
mfa_view_recovery_codes           |                  | GET  | sign-in | 404 | —             | member 404
mfa_generate_recovery_codes       |                  | GET  | sign-in | 302 | —             | member 302
usersessions_list                 |                  | GET  | sign-in | 200 | —             | member 200
end_device                        | device           | POST | sign-in | 404 | third 404     | member 302

people:members                    |                  | GET  | sign-in | 200 | officer 403   | clerk 200
people:export                     |                  | GET  | sign-in | 200 | member 403    | clerk 200
people:add_member                 |                  | GET  | sign-in | 200 | member 403    | clerk 200
people:member                     | membership       | GET  | sign-in | 404 | officer 403   | clerk 200
people:show_phone                 | membership       | POST | sign-in | 404 | member 403    | clerk 200
people:edit_member                | membership       | GET  | sign-in | 404 | member 403    | clerk 200
people:end_member                 | membership       | GET  | sign-in | 404 | member 403    | clerk 200
people:open_for_member            | membership       | POST | sign-in | 404 | administrator 403 | clerk 302
people:import                     |                  | GET  | sign-in | 200 | member 403    | clerk 200
people:import_template            |                  | GET  | sign-in | 200 | member 403    | clerk 200
people:import_preview             |                  | GET  | sign-in | 302 | member 403    | clerk 302
people:import_errors              |                  | GET  | sign-in | 404 | member 403    | clerk 404
people:me                         |                  | GET  | sign-in | 200 | —             | member 200
people:slips                      |                  | GET  | sign-in | 200 | —             | administrator 200
people:accounts                   |                  | GET  | sign-in | 200 | clerk 403     | administrator 200
people:export_accounts            |                  | GET  | sign-in | 200 | clerk 403     | administrator 200
people:open_account               |                  | GET  | sign-in | 200 | clerk 403     | administrator 200
people:account                    | account          | GET  | sign-in | 404 | clerk 403     | administrator 200
people:give_role                  | account          | GET  | sign-in | 404 | clerk 403     | administrator 200
people:end_role                   | account grant    | GET  | sign-in | 404 | clerk 403     | administrator 200
people:reset_password             | account          | POST | sign-in | 404 | clerk 403     | administrator 302
people:account_step               | account deactivate | POST | sign-in | 404 | clerk 403   | administrator 302

organisations:settings            |                  | GET  | sign-in | 200 | member 403    | clerk 200
organisations:terms               |                  | GET  | sign-in | 200 | member 403    | clerk 200
organisations:add_term            |                  | GET  | sign-in | 200 | member 403    | clerk 200
organisations:edit_term           | term             | GET  | sign-in | 404 | member 403    | clerk 200
organisations:add_session         |                  | GET  | sign-in | 200 | member 403    | clerk 200
organisations:edit_session        | session          | GET  | sign-in | 404 | member 403    | clerk 200
organisations:calendar            |                  | GET  | sign-in | 200 | member 403    | clerk 200
organisations:remove_day          | day              | POST | sign-in | 404 | member 403    | clerk 302
organisations:complete_year       | next_year        | GET  | sign-in | 200 | member 403    | clerk 200
organisations:reopen_year         | whole_year       | POST | sign-in | 404 | member 403    | clerk 302
organisations:roles               |                  | GET  | sign-in | 200 | clerk 403     | administrator 200
organisations:add_role            |                  | GET  | sign-in | 200 | clerk 403     | administrator 200
organisations:edit_role           | role             | GET  | sign-in | 404 | clerk 403     | administrator 200
organisations:units               |                  | GET  | sign-in | 200 | member 403    | clerk 200
organisations:add_unit            |                  | GET  | sign-in | 200 | member 403    | clerk 200
organisations:export_units        |                  | GET  | sign-in | 200 | member 403    | clerk 200
organisations:import              |                  | GET  | sign-in | 200 | member 403    | clerk 200
organisations:import_preview      |                  | GET  | sign-in | 302 | member 403    | clerk 302
organisations:import_template     |                  | GET  | sign-in | 200 | member 403    | clerk 200
organisations:import_errors       |                  | GET  | sign-in | 404 | member 403    | clerk 404
organisations:unit                | unit             | GET  | sign-in | 404 | officer 403   | clerk 200
organisations:show_phones         | unit             | POST | sign-in | 404 | officer 403   | clerk 200
organisations:rename_unit         | unit             | GET  | sign-in | 404 | officer 403   | clerk 200
organisations:drop_planned_name   | unit             | POST | sign-in | 404 | officer 403   | clerk 409
organisations:close_unit          | unit             | GET  | sign-in | 404 | officer 403   | clerk 200
organisations:edit_contact        | unit duty        | GET  | sign-in | 404 | officer 403   | clerk 200
organisations:named               | sectors          | GET  | sign-in | 200 | member 403    | clerk 200
organisations:add_named           | sectors          | GET  | sign-in | 200 | member 403    | clerk 200
organisations:edit_named          | sectors sector   | GET  | sign-in | 404 | member 403    | clerk 200
organisations:remove_named        | sectors sector   | POST | sign-in | 404 | member 403    | clerk 302

regulations:list                  |                  | GET  | sign-in | 200 | —             | officer 200
regulations:detail                | subject          | GET  | sign-in | 200 | —             | officer 200
regulations:version               | subject number   | GET  | sign-in | 200 | —             | officer 200
regulations:file                  | subject number   | GET  | sign-in | 200 | —             | officer 200
regulations:compare               | subject          | GET  | sign-in | 409 | —             | officer 409
regulations:edit                  | subject          | GET  | sign-in | 200 | officer 403   | clerk 200
regulations:upload                | subject          | POST | sign-in | 422 | officer 403   | clerk 422
regulations:model                 | subject          | POST | sign-in | 409 | officer 403   | clerk 409
regulations:adopt                 | subject          | GET  | sign-in | 409 | clerk 403     | reviewer 200
regulations:discard               | subject          | POST | sign-in | 409 | officer 403   | clerk 302

proposals:list                    |                  | GET  | sign-in | 200 | —             | officer 200
proposals:export                  |                  | GET  | sign-in | 200 | —             | officer 200
proposals:assignments             |                  | GET  | sign-in | 200 | member 403    | officer 200
proposals:assignments-export      |                  | GET  | sign-in | 200 | member 403    | officer 200
proposals:new                     |                  | GET  | sign-in | 200 | officer 403   | member 200
proposals:import                  |                  | GET  | sign-in | 200 | reviewer 403  | clerk 200
proposals:import-template         |                  | GET  | sign-in | 200 | reviewer 403  | clerk 200
proposals:import-preview          |                  | GET  | sign-in | 302 | reviewer 403  | clerk 302
proposals:import-errors           |                  | GET  | sign-in | 404 | reviewer 403  | clerk 404
proposals:detail                  | replied          | GET  | sign-in | 404 | other_officer 403 | officer 200
proposals:edit                    | draft            | GET  | sign-in | 404 | clerk 403     | member 200
proposals:autosave                | draft            | POST | sign-in | 404 | clerk 403     | member 422
proposals:discard                 | draft            | POST | sign-in | 404 | third 403     | member 302
proposals:detach                  | draft file       | POST | sign-in | 404 | third 403     | member 302
proposals:invite                  | draft            | GET  | sign-in | 404 | third 403     | member 200
proposals:paper                   | replied registration | GET | sign-in | 404 | other_officer 403 | officer 200
proposals:reply                   | assignment       | GET  | sign-in | 404 | other_officer 403 | officer 200
proposals:reply-autosave          | assignment       | POST | sign-in | 404 | other_officer 403 | officer 422
proposals:letter                  | reply            | GET  | sign-in | 404 | other_officer 403 | member 200

indicators:dashboard              |                  | GET  | sign-in | 200 | member 403    | clerk 200
indicators:all                    |                  | GET  | sign-in | 200 | member 403    | clerk 200
indicators:month-chart            |                  | GET  | sign-in | 200 | member 403    | clerk 200
indicators:unit-chart             |                  | GET  | sign-in | 200 | member 403    | clerk 200
indicators:check                  |                  | GET  | sign-in | 200 | member 403    | clerk 200
indicators:reports                |                  | GET  | sign-in | 200 | member 403    | clerk 200
indicators:report-begin           |                  | POST | sign-in | 409 | chairperson 403 | clerk 409
indicators:report                 | report           | GET  | sign-in | 404 | member 403    | clerk 200
indicators:report-edit            | report           | GET  | sign-in | 404 | chairperson 403 | clerk 200
indicators:report-preview         | report           | POST | sign-in | 404 | chairperson 403 | clerk 200
indicators:report-word            | report           | GET  | sign-in | 404 | member 403    | clerk 200
indicators:figure                 | figure           | GET  | sign-in | 200 | member 403    | clerk 200
indicators:chart                  | figure           | GET  | sign-in | 200 | member 403    | clerk 200
indicators:export                 | figure           | GET  | sign-in | 200 | member 403    | clerk 200

search:find                       |                  | GET  | sign-in | 200 | —             | officer 200
search:similar                    | flow replied     | GET  | sign-in | 404 | third 403     | clerk 200
notices:inbox                     |                  | GET  | sign-in | 200 | —             | member 200
notices:read_all                  |                  | POST | sign-in | 302 | —             | member 302
notices:preferences               |                  | GET  | sign-in | 200 | —             | member 200
notices:read                      | notice           | POST | sign-in | 404 | third 404     | member 302
"""
TITLE = "关于加快青石镇农村饮水管网改造的建议"


@dataclass(frozen=True)
class Row:
    name: str
    places: tuple[str, ...]
    method: str
    signed_out: str
    stranger: int
    without: tuple[str, int] | None
    having: tuple[str, int]


def _who(text: str) -> tuple[str, int]:
    who, status = text.split()
    return who, int(status)


def _row(line: str) -> Row:
    name, places, method, signed_out, stranger, without, having = (
        part.strip() for part in line.split("|")
    )
    lacking = None if without == "—" else _who(without)
    return Row(
        name, tuple(places.split()), method, signed_out, int(stranger), lacking, _who(having)
    )


ROWS = [
    _row(line)
    for matrix in (MATRIX, *(app.MATRIX for app in APPS))
    for line in matrix.splitlines()
    if line.strip()
]


def _addresses(patterns: Any, space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _addresses(
                pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_stands_in_the_matrix() -> None:
    listed = [row.name for row in ROWS]
    assert sorted(set(_addresses(get_resolver().url_patterns))) == sorted(listed)


def _file(to: Any, world: World) -> int:
    return attach(io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "来函.pdf", to=to, by=world.actor("member")).pk


@pytest.fixture
def places(world: World, files_apart: Path) -> dict[str, Any]:
    """One of everything an address can lead to, and the words of those that lead to a kind."""
    written = draft(world)
    replied = proposal_at(world, "replied")
    handled = proposal_at(world, "accepted")
    published = proposal_at(world, "closed")
    published.flow.perform("publish", published, by=world.actor("clerk"), data={"secrecy": True})
    speak(world, handled)
    write_reply(world, handled)
    member = world.accounts["member"]
    regulations.draft("proposals", regulations.model_of("proposals"), by=world.actor("clerk"))
    day = CalendarDay(day=dt.date(2030, 1, 2), is_working_day=False)
    day.save()
    whole_year = CalendarYear(first_day=dt.date(2030, 1, 1), source="国办发明电〔2029〕7号")
    whole_year.save()
    empty_sector = Sector(name="体育")
    empty_sector.save()
    notices.deliver_pending()
    session_of_device = UserSession.objects.create(
        user=member, ip="10.0.0.1", session_key="other", user_agent="x"
    )
    return {
        "code": "yunxi",
        "published": published.pk,
        "replied": replied.pk,
        "draft": written.pk,
        "file": _file(written, world),
        "assignment": assignment_of(handled).pk,
        "reply": assignment_of(replied).replies.get().pk,
        "membership": world.members["third"].pk,
        "account": world.accounts["third"].pk,
        "grant": world.accounts["third"].grants.get().pk,
        "unit": world.units["交通运输局"].pk,
        "term": Term.objects.get().pk,
        "session": Session.objects.get().pk,
        "unfinished": _unfinished(world).pk,
        "day": day.pk,
        "next_year": 2099,
        "whole_year": whole_year.pk,
        "role": Role.objects.get(code="clerk").pk,
        "sector": empty_sector.pk,
        "notice": Notice.objects.filter(account=member)[0].pk,
        "device": session_of_device.pk,
        "flow": "proposal",
        "bulk": "file",
        "make_key": "make_key",
        "sectors": "sectors",
        "duty": "leader",
        "subject": "proposals",
        "number": 1,
        "registration": "registration",
        "deactivate": "deactivate",
        "report": reports.begin_report(
            world.organisation, world.session.year, by=world.actor("clerk")
        ).pk,
        "figure": "proposals.received",
        "year_job": _year_job(world).pk,
        **{name: place for app in APPS for name, place in app.places(world).items()},
    }


def _unfinished(world: World) -> UnfinishedWork:
    kept = UnfinishedWork(
        account=world.accounts["member"],
        token=uuid.uuid4(),
        page="/proposals/new/",
        heading="写提案",
        words=TITLE,
    )
    kept.save()
    return kept


def _year_job(world: World) -> Job:
    job = Job(
        kind="year",
        title="二〇二四年.xlsx",
        account=world.accounts["organiser"],
        state=JobState.DONE,
    )
    job.save()
    return job


def _ask(browser: Client, row: Row, places: dict[str, Any]) -> tuple[int, str, str]:
    """Status, where to, and the page; what was done is undone."""
    address = reverse(row.name, args=[places[name] for name in row.places])
    answer: Any = None
    with undone():
        data = {"selected": [places["replied"]]} if row.name == "core:bulk" else {}
        answer = browser.post(address, data) if row.method == "POST" else browser.get(address)
        page = b"" if answer.streaming else answer.content
    return answer.status_code, answer.headers.get("Location", ""), page.decode("utf-8", "ignore")


def _is_as_said(found: tuple[int, str, str], said: str) -> bool:
    """To the sign-in: at once where a page was asked for, by a link where a form was sent."""
    if said == "sign-in":
        status, where, page = found
        sign_in = reverse("account_login")
        return where.startswith(sign_in) if status == 302 else status == 401 and sign_in in page
    return found[0] in (200, 302) and not found[1].startswith(reverse("account_login"))


def test_signed_out(world: World, places: dict[str, Any]) -> None:
    wrong = {
        row.name: found[:2]
        for row in ROWS
        if not _is_as_said(found := _ask(Client(), row, places), row.signed_out)
    }
    assert wrong == {}, wrong


def test_from_another_committee_nothing_of_ours_is_seen(
    world: World, places: dict[str, Any]
) -> None:
    elsewhere = build("linshan")
    wrong, browsers = {}, {}
    with tenancy.scope(elsewhere.organisation):
        browsers = {who: browser_of(elsewhere, who) for who in {row.having[0] for row in ROWS}}
    for row in ROWS:
        status, _where, page = _ask(browsers[row.having[0]], row, places)
        leaks = TITLE in page and not row.name.startswith("public")
        if status != row.stranger or leaks:
            wrong[row.name] = (status, "leaks" if leaks else "")
    assert wrong == {}, wrong


def test_pages_are_opened_and_forms_sent_and_nothing_else(
    world: World, places: dict[str, Any]
) -> None:
    """Whoever may do all that an address does may ask it for nothing of another kind."""
    browsers = {who: browser_of(world, who) for who in {row.having[0] for row in ROWS}}
    wrong = {}
    for row in ROWS:
        address = reverse(row.name, args=[places[name] for name in row.places])
        for method in ("PUT", "PATCH", "DELETE", "TRACE", "FOO"):
            answer = browsers[row.having[0]].generic(method, address)
            if answer.status_code != 405 or answer.headers["Allow"] != "GET, HEAD, POST":
                wrong[row.name, method] = answer.status_code
        asked = browsers[row.having[0]].options(address)
        if asked.status_code != 204 or asked.content:
            wrong[row.name, "OPTIONS"] = asked.status_code
    assert wrong == {}, wrong


IN_TWO_LANGUAGES = {"offline"}
"""It is kept by the browser, which does not know who will read it."""


def test_who_reads_chinese_can_read_every_page_and_is_offered_nothing_twice(
    world: World, places: dict[str, Any]
) -> None:
    wrong, browsers = {}, {who: browser_of(world, who) for who in {row.having[0] for row in ROWS}}
    for row in ROWS:
        if row.method != "GET" or row.name in IN_TWO_LANGUAGES:
            continue
        address = reverse(row.name, args=[places[name] for name in row.places])
        answer = browsers[row.having[0]].get(address)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        offered = answer_words.twice(answer.content) if is_page and answer.content else []
        if found := [*answer_words.no_chinese(answer_words.words_of(answer)), *offered]:
            wrong[row.name] = found
    assert wrong == {}, wrong


@pytest.mark.parametrize("column", ["without", "having"])
def test_here_without_the_right_and_with_it(
    world: World, places: dict[str, Any], column: str
) -> None:
    asked = [(row, *pair) for row in ROWS if (pair := getattr(row, column))]
    browsers = {who: browser_of(world, who) for who in {who for _row, who, _status in asked}}
    wrong = {}
    for row, who, status in asked:
        found = _ask(browsers[who], row, places)
        if found[0] != status:
            wrong[row.name] = (who, found[0], found[1])
    assert wrong == {}, wrong


def test_the_password_of_the_standing_persons_opens_the_door(world: World) -> None:
    answer = Client().post(
        reverse("account_login"), {"login": world.accounts["member"].username, "password": PASSWORD}
    )
    assert answer.status_code == 302
