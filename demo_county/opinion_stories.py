"""What becomes of public-opinion information in the demo county, each piece walked
by real steps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

from yizheng.core import clock, tenancy
from yizheng.core.access import Actor
from yizheng.instructions import services as instructions
from yizheng.instructions.models import Instruction
from yizheng.opinions import services
from yizheng.opinions.flow import DISPATCH, ISSUE, OPINION
from yizheng.opinions.models import Opinion
from yizheng.organisations.queries import calendar
from yizheng.people.queries import actor_of
from yizheng.transfers import services as transfers
from yizheng.transfers.flow import TRANSFER

from . import desks
from .cast import SEED, County
from .content import opinions as content
from .schedule import Story, working_moment

Z = "社情民意"
# How many days ago a piece that is still on the way was handed in; all others are spread over the
# year.
RECENT = {
    "draft": 2,
    "submitted": 2,
    "returned": 9,
    "editing": 6,
    "merged_main": 10,
    "merged": 10,
    "checking": 8,
    "signing": 9,
    "signed": 14,
    "transferred": 34,
    "unit_answered": 40,
    "up_waiting": 16,
    "up_taken": 24,
    "withdrawn": 20,
}
EVERY = 12
"""Days between two issues of the journal."""
REFUSED = ("empty", "repeated", "personal", "solved")
WITH_UNITS = ("transferred", "unit_answered", "unit_done", "answered")
GOES_OUT = frozenset(
    (
        *WITH_UNITS,
        "closed",
        "instructed",
        "up_adopted",
        "up_taken",
        "up_waiting",
        "sent",
        "published",
    )
)


def stories(county: County, now: dt.datetime, last: int) -> Iterator[Story]:
    rng = Random(f"opinions {SEED}")
    begin = dt.date(last, 2, 4)
    span = max(1, min(290, (now.date() - begin).days - 75))
    finished = [report for report in content.REPORTS if report.fate not in RECENT]
    places = {report.title: place for place, report in enumerate(finished)}
    issue = IssueTeller(county)
    for report in content.REPORTS:
        ago = RECENT.get(
            report.fate, 75 + span - span * places.get(report.title, 0) * 37 % (span + 1)
        )
        begins = now - dt.timedelta(days=ago + rng.randrange(2), hours=rng.randint(1, 7))
        yield OpinionTeller(county, report, begins, Random(rng.random()), issue).story()
    yield OpinionTeller(
        county,
        content.FOR_THE_DESK,
        now - dt.timedelta(days=17, hours=4),
        Random(rng.random()),
        issue,
        now,
    ).story()
    yield issue.story(now - dt.timedelta(days=75 + span))


class IssueTeller:
    """Every second week what is signed goes out together, three pieces at most in an issue."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.waiting: list[Opinion] = []

    def story(self, begins: dt.datetime) -> Story:
        moment = begins
        while True:
            moment += dt.timedelta(days=EVERY)
            yield moment
            while self.waiting:
                self._publish(self.waiting[:3])
                del self.waiting[:3]

    def _publish(self, opinions: list[Opinion]) -> None:
        editor = self.county.staff("editor")
        made = services.compose(
            by=editor,
            opinions=opinions,
            journal=Z,
            addressees="县委、县政府",
            copies="县直有关单位",
        )
        ISSUE.perform("publish", made, by=editor, data={"recipients": []})


class OpinionTeller:
    """Tells one piece from the draft to the last thing that happened to it."""

    def __init__(
        self,
        county: County,
        report: content.OpinionText,
        begins: dt.datetime,
        rng: Random,
        journal: IssueTeller,
        now: dt.datetime | None = None,
    ) -> None:
        self.county = county
        self.report = report
        self.begins = begins
        self.rng = rng
        self.journal = journal
        self.now = now
        self.days = calendar()
        self.writer = self._writer()
        self.opinion: Opinion
        self.instruction: Instruction | None = None

    def _writer(self) -> Actor:
        """Members mostly; now and then a unit's liaison officer or the invited reporter."""
        roll = self.rng.random()
        if roll < 0.08:
            return self.county.staff("reporter")
        if roll < 0.18:
            return self.county.officer(self.rng.choice(list(self.county.units.values())).pk)
        return self.county.member(self.rng.choice(self.county.members).pk)

    def after(self, low: int, high: int) -> dt.datetime:
        return working_moment(
            clock.now(),
            self.rng.randint(low, high),
            self.rng.randint(9, 16),
            self.rng.randrange(60),
            self.days,
        )

    def step(self, name: str, by: str = "editor", **data: Any) -> None:
        self.opinion = OPINION.perform(name, self.opinion, by=self.county.staff(by), data=data)

    def story(self) -> Story:
        fate = self.report.fate
        yield self.begins
        self._write()
        if fate == "draft":
            return
        OPINION.perform("submit", self.opinion, by=self.writer)
        if fate == "withdrawn":
            yield self.after(0, 1)
            OPINION.perform(
                "withdraw", self.opinion, by=self.writer, data={"note": "情况已有变化，核实后再报"}
            )
        if fate in ("submitted", "withdrawn"):
            return
        yield self.after(1, 2)
        if fate == "returned":
            self.step("return", note="请补充具体地点、数量和时间，并写明建议由谁来做。")
            return
        if fate in REFUSED:
            self.step("not_use", reason=fate, note="")
            return
        yield from self._edit()

    def _write(self) -> None:
        report = self.report
        near = [
            member for member in self.county.members if member.pk not in self.writer.membership_ids
        ]
        cowriters = (
            self.rng.sample(near, 1)
            if self.writer.membership_ids and self.rng.random() < 0.15
            else []
        )
        values: dict[str, Any] = {
            "title": report.title,
            "body": report.text,
            "category": report.category,
        }
        if self.rng.random() < 0.5:
            values |= {
                "body_form": "parts",
                "body": "",
                "situation": report.situation,
                "suggestions": report.suggestion,
            }
        if self.rng.random() < 0.1:
            values["urgency"] = "urgent"
        self.opinion = services.create_draft(by=self.writer, cowriters=cowriters, **values)

    # Edited and signed ----------------------------------------------------------------------------

    def _edit(self) -> Story:
        fate, report = self.report.fate, self.report
        self.step("take_up")
        if fate == "merged_main":
            yield self.after(3, 3)
            others = list(
                Opinion.objects.filter(
                    title=content.MERGED, state__in=OPINION.steps["be_merged"].sources
                )
            )
            self.step("merge", others=others)
        if fate in ("editing", "merged", "merged_main"):
            return
        yield self.after(1, 2)
        title = report.title.replace("的反映", "").replace("关于", "反映", 1)
        self.opinion = services.save_edition(
            self.opinion,
            by=self.county.staff("editor"),
            title=title,
            text=f"{report.situation}\n{report.suggestion}",
            category=report.category,
        )
        self.step("finish")
        if fate == "checking":
            return
        yield self.after(0, 1)
        self.step("pass_check")
        if fate == "signing":
            return
        yield self.after(1, 2)
        self.step("sign", "signer")
        if fate in GOES_OUT or fate == "desk":
            yield from self._go_out()

    # Where it goes --------------------------------------------------------------------------------

    def _go_out(self) -> Story:
        fate = self.report.fate
        if fate in ("published", "closed", "instructed", "answered"):
            self.journal.waiting.append(self.opinion)
            yield self.after(EVERY, EVERY)
        if fate.startswith("up_"):
            yield from self._up()
        elif fate != "published":
            yield self.after(1, 2)
            self.step(
                "send", recipients=["county_party", "county_government"], sent_on=clock.today()
            )
        if fate in ("instructed", *WITH_UNITS):
            yield from self._instruct()
        if fate in WITH_UNITS:
            yield from self._transfer(self.county.units[self.report.unit].pk)
        if fate == "desk":
            yield from self._to_the_desk()
        if fate in ("answered", "closed", "up_adopted"):
            yield self.after(4, 12)
            self.step("close", feedback=self.rng.choice(content.FEEDBACK))
            if self.rng.random() < 0.3:
                self.step("mark_excellent")

    def _instruct(self) -> Story:
        if self.report.fate != "instructed" and self.rng.random() < 0.5:
            return
        yield self.after(3, 8)
        leader, post, level = self.rng.choice(content.LEADERS[:3])
        words = self.rng.choice(content.ORDERS).format(
            unit=self.report.unit.removeprefix("县") or "有关单位"
        )
        self.instruction = instructions.record(
            self._now(),
            by=self.county.staff("editor"),
            leader=leader,
            post=post,
            level=level,
            given_on=clock.today(),
            words=words,
        )

    def _now(self) -> Opinion:
        self.opinion.refresh_from_db()
        return self.opinion

    def _transfer(self, unit: int) -> Story:
        yield self.after(1, 3)
        made = self._give(unit)
        if self.report.fate == "transferred" and self.rng.random() < 0.4:
            return
        yield self.after(1, 3)
        officer = self.county.officer(unit)
        TRANSFER.perform("accept", made, by=officer)
        if not self.report.answer:
            return
        yield self.after(6, 12)
        TRANSFER.perform(
            "answer", made, by=officer, data={"answer": self.report.answer, "result": "adopted"}
        )
        if self.report.fate == "unit_answered":
            return
        yield self.after(1, 3)
        TRANSFER.perform("take", made, by=self.county.staff("editor"))

    def _give(self, unit: int) -> Any:
        found = [each for each in self.county.units.values() if each.pk == unit]
        (made,) = transfers.transfer(
            self._now(),
            found,
            by=self.county.staff("editor"),
            instruction=self.instruction,
            words="请研究办理，并将结果函复县政协。",
        )
        return made

    def _to_the_desk(self) -> Story:
        """To the unit whose people can sign in: chosen when nearly everything has happened."""
        assert self.now is not None
        yield self.now - dt.timedelta(hours=30)
        self._give(desks.unit_of(self.county).pk)

    # The city -------------------------------------------------------------------------------------

    def _up(self) -> Story:
        yield self.after(1, 2)
        self.step("send_up", to=self.county.city)
        sent = self.opinion.dispatches.get(to_organisation=self.county.city)
        if self.report.fate == "up_waiting":
            return
        yield self.after(2, 3)
        self._above(sent.received, lambda case, editor: OPINION.perform("take_up", case, by=editor))
        if self.report.fate == "up_taken":
            return
        yield self.after(4, 7)
        self._above(sent.received, self._publish_above)
        sent.refresh_from_db()
        assert sent.state in DISPATCH.ended_states

    def _above(self, case: int | None, act: Any) -> None:
        assert case is not None  # what was sent up is a case up there
        with tenancy.scope(self.county.city):
            act(Opinion.objects.get(pk=case), actor_of(self.county.accounts["city-editor"]))

    def _publish_above(self, case: Opinion, editor: Actor) -> None:
        """Edited, signed and published at the city: what is published there is
        adopted from below.
        """
        text, category = case.edited_text, self.report.category
        case = services.save_edition(
            case, by=editor, title=case.edited_title, text=text, category=category
        )
        for name in ("finish", "pass_check"):
            case = OPINION.perform(name, case, by=editor)
        case = OPINION.perform("sign", case, by=actor_of(self.county.accounts["city-signer"]))
        made = services.compose(by=editor, opinions=[case], journal=Z, addressees="市委、市政府")
        ISSUE.perform("publish", made, by=editor, data={"recipients": ["city_party"]})
