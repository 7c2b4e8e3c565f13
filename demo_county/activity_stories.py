"""The year's activities: planned, approved, invited to, held, written up, and what came of them;
past years from a list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from yizheng.activities import services
from yizheng.activities.enums import Answer, ParticipantRole, SignInMethod
from yizheng.activities.flow import ACTIVITY, CONTRIBUTION, OUTCOME, PLAN_ITEM, SUGGESTION
from yizheng.activities.imports.activities import ActivitySheet
from yizheng.activities.models import Activity, PlanItem
from yizheng.attending.flow import LEAVE
from yizheng.attending.imports import AttendanceSheet
from yizheng.attending.services import invitations as attending
from yizheng.attending.services import sign_in
from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.documents.table_files import Table, TableRow
from yizheng.documents.year_workbook import FileTakeover
from yizheng.organisations.models import Committee
from yizheng.organisations.queries import calendar
from yizheng.people.models import Membership

from . import desks
from .cast import SEED, County
from .content import gatherings as content
from .schedule import Story, moment, working_moment

WAITING = 3
"""Leaves from what is still to come that wait for a decision."""
METHODS = (SignInMethod.CODE, SignInMethod.CODE, SignInMethod.OWN_CODE, SignInMethod.DESK)


def stories(county: County, now: dt.datetime, last: int) -> Iterator[Story]:
    """The plan first; then what is held on it, each from its preparation on."""
    yield _past_years(county, last)
    yield from _plan(county, last)
    yield ActivityTeller(
        county, content.PLENARY, dt.date(last, 1, 12), Random(f"plenary {SEED}")
    ).story()
    for place, told in enumerate(content.THIS_YEAR):
        month, day = map(int, told.day.split("-"))
        yield ActivityTeller(
            county, told, dt.date(last, month, day), Random(f"gathering {SEED} {place}")
        ).story()

    for days, stop, told in content.AROUND:
        yield ActivityTeller(
            county, told, _working_day(now, days), Random(f"{stop} {SEED}"), stop
        ).story()
    yield DeskTeller(
        county, content.AT_THE_DESK, _working_day(now, -9), Random(f"desk {SEED}")
    ).story()
    yield CallTeller(
        county, content.CALL, _working_day(now, 44), Random(f"call {SEED}"), "approved"
    ).story()


def _working_day(now: dt.datetime, days: int) -> dt.date:
    """So many days from now; on a day off, the working day before."""
    day = now.date() + dt.timedelta(days=days)
    while not calendar().is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


# The plan -----------------------------------------------------------------------------------------


def _plan(county: County, year: int) -> Iterator[Story]:
    for topic in content.TOPICS:
        if topic.fate != "proposed":
            yield _topic(county, topic, year, moment(dt.date(year, 1, 22), 10))
    for place, topic in enumerate(each for each in content.TOPICS if each.fate == "proposed"):
        yield _topic(county, topic, year, moment(dt.date(year, 9, 8 + place), 15))


def _topic(county: County, topic: content.PlanTopic, year: int, begins: dt.datetime) -> Story:
    yield begins
    item = services.propose_topic(
        by=county.staff("organiser"),
        year=year,
        title=topic.title,
        form=topic.form,
        month=topic.month,
        committee=Committee.objects.get(name=topic.committee),
        reason=topic.reason,
        proposed_by=topic.committee,
    )
    if topic.fate == "proposed":
        return
    yield begins + dt.timedelta(days=6, hours=2)
    PLAN_ITEM.perform(
        "discuss", item, by=county.staff("organiser"), data={"meeting": "九届第四十次主席会议"}
    )
    yield begins + dt.timedelta(days=20)
    by = county.staff("secretary")
    if topic.fate == "dropped":
        PLAN_ITEM.perform(
            "drop", item, by=by, data={"note": "县政府已列入城市管理专项，不再重复安排"}
        )
        return
    PLAN_ITEM.perform(
        "approve", item, by=by, data={"meeting": "中共云溪县委常委会会议", "on": clock.today()}
    )


# One activity -------------------------------------------------------------------------------------


class ActivityTeller:
    """Tells one activity.

    `stop` leaves it in that state; without one it goes as far as its content says.
    """

    def __init__(
        self, county: County, told: content.ActivityText, day: dt.date, rng: Random, stop: str = ""
    ) -> None:
        self.county, self.told, self.day, self.rng, self.stop = county, told, day, rng, stop
        self.days = calendar()
        self.starts = moment(day, told.hours[0])
        self.ends = moment(day + dt.timedelta(days=told.nights), told.hours[1])
        self.activity: Activity

    @property
    def by(self) -> Any:
        return self.county.staff("organiser")

    def step(self, name: str, by: str = "organiser", **data: Any) -> None:
        self.activity = ACTIVITY.perform(name, self.activity, by=self.county.staff(by), data=data)

    def before(self, days: int, hour: int = 10) -> dt.datetime:
        return moment(self.day - dt.timedelta(days=days), hour, self.rng.randrange(60))

    def after(self, days: int) -> dt.datetime:
        return working_moment(
            max(clock.now(), self.ends),
            days,
            self.rng.randint(9, 16),
            self.rng.randrange(60),
            self.days,
        )

    def story(self) -> Story:
        yield self.before(34)
        self._draft()
        if self.stop == "draft":
            return
        yield self.before(33, 15)
        self.step("submit_for_approval")
        if self.stop == "approving":
            return
        yield self.before(31)
        self.step("approve", "secretary", approved_by="")
        if self.stop == "approved":
            return
        if self.stop == "cancelled":
            yield self.before(12)
            self.step("cancel", note="与县委全会时间冲突，并入下月活动")
            return
        yield self.before(24, 11)
        self.step("invite", note="")
        yield from self._answers()
        yield self.ends + dt.timedelta(hours=1)
        self._sign_in()
        self.step("hold")
        if self.stop != "held":
            yield from self._afterwards()

    def _draft(self) -> None:
        told = self.told
        units = [self.county.units[name] for name in told.units]
        topic = (
            PlanItem.objects.filter(title=told.topic, year=self.day.year).first()
            if told.topic
            else None
        )
        self.activity = services.create_activity(
            by=self.by,
            title=told.title,
            form=told.form,
            programme=told.programme,
            plan_item=topic,
            place=told.place,
            committee=Committee.objects.filter(name=told.committee).first(),
            starts_at=self.starts,
            ends_at=self.ends,
            counterpart=told.counterpart,
            is_away=told.form == "visit_paid",
            is_remote=told.form == "remote_consultation",
            summary=told.summary,
            units=units,
            agenda=[(told.summary.split("。")[0], ""), ("讨论", "")],
        )
        attending.add_members(
            self.activity, self._audience(), role=ParticipantRole.MEMBER, by=self.by
        )
        for unit in units:
            attending.add_unit(self.activity, unit, by=self.by)

    def _audience(self) -> Sequence[Membership]:
        members = self.county.members
        if self.told.who == "all":
            return members
        if self.told.who == "standing":
            return [member for member in members if member.is_standing]
        near = [
            member
            for member in members
            if member.committee and member.committee.name == self.told.committee
        ]
        wanted = int(self.told.who)
        others = [member for member in members if member not in near]
        own = self.rng.sample(near, min(len(near), wanted * 2 // 3))
        return [*own, *self.rng.sample(others, wanted - len(own))]

    # Coming ---------------------------------------------------------------------------------------

    def _people(self) -> list[Any]:
        return list(
            self.activity.participants.filter(membership__isnull=False).select_related(
                "membership__person", "activity"
            )
        )

    def _answers(self) -> Story:
        """Most say that they come, a few ask for leave, some do not answer."""
        yield self.before(20, 16)
        self._answer(0.5)
        yield self.before(10, 9)
        self._answer(0.5)
        yield from self._leaves()

    def _answer(self, share: float) -> None:
        for participant in self._people():
            if participant.answer == Answer.NONE and self.rng.random() < share:
                attending.answer(
                    participant, True, by=self.county.member(participant.membership_id)
                )

    def _leaves(self) -> Story:
        silent = [
            participant for participant in self._people() if participant.answer == Answer.NONE
        ]
        decider = self.county.staff(self._decider)
        asking = [
            p
            for p in silent[: 1 + len(silent) // 4]
            if p.membership_id not in decider.membership_ids
        ]
        for place, participant in enumerate(asking):
            reason, words = self.rng.choice(content.EXCUSES)
            by = self.county.member(participant.membership_id)
            attending.answer(participant, False, by=by)
            leave = attending.ask_leave(participant, reason=reason, words=words, by=by)
            if not self.stop or place < len(asking) - WAITING:
                self._grant(leave)
        yield self.before(3, 14)

    @property
    def _decider(self) -> str:
        form = self.told.form
        return (
            "chairperson" if form in CHAIRS else "secretary" if form in SECRETARYS else "organiser"
        )

    def _grant(self, leave: Any) -> None:
        LEAVE.perform(
            "grant", leave, by=self.county.staff(self._decider), data={"note": "同意，会后补学材料"}
        )

    def _sign_in(self) -> None:
        for sitting in self.activity.sittings.all():
            told = [
                self._told(participant.pk, sitting)
                for participant in self._people()
                if self._comes(participant)
            ]
            sign_in.take(sitting, told, by=self.by)

    def _comes(self, participant: Any) -> bool:
        share = {Answer.COMES: 0.97, Answer.CANNOT: 0.0}.get(participant.answer, 0.7)
        return self.rng.random() < share

    def _told(self, participant: int, sitting: Any) -> sign_in.SignInReport:
        minutes = self.rng.randint(-28, 6) if self.rng.random() < 0.95 else self.rng.randint(17, 35)
        return sign_in.SignInReport(
            participant,
            sitting.starts_at + dt.timedelta(minutes=minutes),
            self.rng.choice(METHODS),
            desk="一号台",
        )

    # Afterwards -----------------------------------------------------------------------------------

    def _afterwards(self) -> Story:
        told = self.told
        yield self.after(self.rng.randint(1, 6))
        sign_in.confirm(self.activity, by=self.by)
        if told.talk:
            services.record_contribution(
                self.activity,
                by=self.by,
                kind="talk" if told.form in ("lecture", "training_class") else "unit_report",
                title=told.talk[0],
                speaker_name=told.talk[1],
            )
        if told.measures:
            values = {code: (Decimal(value), False, "") for code, value in told.measures.items()}
            services.set_measured(self.activity, values, by=self.by)
        suggestions = [self._suggest(said) for said in told.said]
        self.step("record", minutes=told.minutes, results=told.results)
        yield from self._decide(suggestions)
        if told.sent:
            yield from self._send(told.sent)
            if not told.sent.answer:
                return
        yield self.after(2)
        self.step("close")

    def _suggest(self, said: content.ActivitySuggestionText) -> Any:
        who = self.rng.choice(self._people()).membership
        return services.add_suggestion(
            self.activity,
            by=self.by,
            text=said.text,
            membership=who,
            unit=self.county.units[said.unit],
        )

    def _decide(self, suggestions: list[Any]) -> Story:
        """The units decide; what they promise by a day becomes a promise."""
        for suggestion, said in zip(suggestions, self.told.said, strict=True):
            if said.adoption == "pending":
                continue
            yield self.after(self.rng.randint(4, 9))
            planned = clock.today() + dt.timedelta(days=said.days) if said.days else None
            data = {"adoption": said.adoption, "answer": said.answer, "planned_for": planned}
            SUGGESTION.perform(
                "decide", suggestion, by=self.county.officer(suggestion.unit_id), data=data
            )

    def _send(self, sent: content.OutcomeText) -> Story:
        yield self.after(self.rng.randint(2, 6))
        unit = self.county.units.get(sent.unit)
        text = f"{self.told.summary}\n{self.told.minutes}\n" + "\n".join(
            f"{n}. {said.text}。" for n, said in enumerate(self.told.said, 1)
        )
        outcome = services.draft_outcome(
            self.activity,
            by=self.by,
            kind=sent.kind,
            title=sent.title,
            text=text,
            recipient=sent.recipient,
            unit=unit,
        )
        OUTCOME.perform("request_signature", outcome, by=self.by)
        yield self.after(2)
        OUTCOME.perform("sign", outcome, by=self.county.staff("secretary"), data={"signed_by": ""})
        yield self.after(1)
        OUTCOME.perform("send", outcome, by=self.by, data={"sent_on": clock.today()})
        if not sent.answer:
            return
        yield self.after(self.rng.randint(12, 22))
        by = self.county.officer(unit.pk) if unit else self.by
        OUTCOME.perform(
            "answer", outcome, by=by, data={"answer": sent.answer, "adoption": "adopted"}
        )
        yield self.after(self.rng.randint(5, 12))
        OUTCOME.perform("close", outcome, by=self.by, data={"effect": sent.effect})


class DeskTeller(ActivityTeller):
    """One with something to answer for the unit whose people can sign in; all within a week."""

    def after(self, days: int) -> dt.datetime:
        return super().after(1)

    def _afterwards(self) -> Story:
        yield self.after(1)
        unit = desks.unit_of(self.county)
        said = content.ActivitySuggestionText(content.DESK_SUGGESTION, unit.name)
        self._suggest(said)
        self.step("record", minutes=self.told.minutes, results="商定三项近期改进。")
        yield from self._send(
            content.OutcomeText("minutes", content.DESK_OUTCOME, "unit", unit.name)
        )


class CallTeller(ActivityTeller):
    """Speeches are asked for; some were offered, and the office is choosing."""

    def before(self, days: int, hour: int = 10) -> dt.datetime:
        return super().before(days + 30, hour)

    def story(self) -> Story:
        yield from super().story()
        yield self.before(29, 16)
        until = self.day - dt.timedelta(days=24)
        self.step("call", call_until=until, call_words=content.CALL_WORDS)
        writers = self.rng.sample(self.county.members, len(content.SPEECHES))
        for (title, stop), member in zip(content.SPEECHES, writers, strict=True):
            yield clock.now() + dt.timedelta(hours=self.rng.randint(20, 40))
            self._offer(title, stop, self.county.member(member.pk))

    def _offer(self, title: str, stop: str, by: Actor) -> None:
        text = (
            f"各位委员：我围绕“{title}”谈三点看法。一是把情况摸清，二是把责任落到人，"
            "三是把办成的事一件件告诉群众。"
        )
        offered = services.offer_contribution(
            self.activity, by=by, kind="plenary_speech", title=title, text=text
        )
        data: dict[str, Any] = {
            "position": 1,
            "minutes": 8,
            "note": "请压缩到一千二百字，补充本县数据"
            if stop == "revising"
            else "与另一篇内容相近",
        }
        for name in SELECTED[stop]:
            CONTRIBUTION.perform(name, offered, by=self.by, data=data)


SELECTED = {
    "offered": (),
    "shortlisted": ("shortlist",),
    "oral": ("shortlist", "take_oral"),
    "revising": ("ask_revision",),
    "not_used": ("not_use",),
}
CHAIRS = frozenset(
    (
        "plenary_meeting",
        "standing_meeting",
        "chairpersons_meeting",
        "party_group_meeting",
        "standing_consultation",
        "chairpersons_consultation",
    )
)
SECRETARYS = frozenset(("counterpart_consultation", "training_class", "central_group_study"))


# Past years, out of a list ------------------------------------------------------------------------

HELD_HEAD = ("日期", "时段", "活动名称", "形式", "专委会", "地点")
CAME_HEAD = ("活动名称", "日期", "姓名", "界别", "情况")


def _past_years(county: County, last: int) -> Story:
    """Two years that the office kept in workbooks, brought in as one does by the import."""
    yield moment(dt.date(last, 1, 26), 9, 40)
    rng, by = Random(f"past gatherings {SEED}"), county.staff("organiser")
    held = [
        each
        for place, year in enumerate((last - 2, last - 1))
        for each in content.past(place, year)
    ]
    rows = [
        (each.day, each.part, each.title, each.form, each.committee, each.place) for each in held
    ]
    came = [row for each in held for row in _came(county, each, rng)]
    session = county.sessions[last]
    for sheet, head, lines in (
        (ActivitySheet(), HELD_HEAD, rows),
        (AttendanceSheet(), CAME_HEAD, came),
    ):
        table = Table(
            head, tuple(TableRow(number, line) for number, line in enumerate(lines, start=2))
        )
        sheet.take(
            sheet.check(table, session, {}, by).rows,
            FileTakeover(f"{last - 2}至{last - 1}年活动.xlsx", session, by),
        )


def _came(county: County, held: content.PastActivity, rng: Random) -> Iterator[tuple[str, ...]]:
    standing = held.title.startswith("常委会") or "议政" in held.title
    pool = (
        [member for member in county.members if member.is_standing] if standing else county.members
    )
    for member in rng.sample(pool, min(held.came, len(pool))):
        mark = rng.choices(["出席", "迟到", "请假", "缺席"], [86, 3, 8, 3])[0]
        yield held.title, held.day, member.person.name, member.sector.name, mark
