"""What units do with a proposal: handed back, talked about, put off, answered."""

from __future__ import annotations

import datetime as dt

from yizheng.core import clock
from yizheng.organisations.models import Unit
from yizheng.organisations.queries import calendar
from yizheng.proposals import services
from yizheng.proposals.enums import Part
from yizheng.proposals.flow import ASSIGNMENT, EXTENSION
from yizheng.proposals.flow.assignment_guards import suggestions_to_answer
from yizheng.proposals.flow.due_dates import due_day, rules_of

from . import content
from .cast import SEED
from .content import process
from .content.replies import ReplyOutcome
from .plots import PlotTeller
from .schedule import Story, working_moment

OUTCOMES = {"done": "done", "planned": "planned", "refused": "not_adopted"}
CONTACT_WAYS = {"visit": "visit", "phone": "phone", "meeting": "meeting", "online": "online"}


class UnitWork(PlotTeller):
    """The part of the units in a plot."""

    def _named_later(self) -> Unit | None:
        """The unit that the first one will name when it hands the proposal back; it has no part in
        it before.
        """
        if not (self.plot.hands_back and self.plot.text.assisting):
            return None
        return self.county.units.get(process.hand_back(self.plot.text, SEED).other_unit)

    def _hand_back(self) -> Story:
        other = self._named_later()
        if other is None or other == self.lead().unit:
            return
        self.act(
            "hand_back",
            "officer",
            reason=process.hand_back(self.plot.text, SEED).reason,
            unit=other,
        )
        if self.plot.stop == "hand_back":
            yield dt.datetime.max.replace(tzinfo=dt.UTC)
        yield self.after(1, 3)
        if self.rng.random() < 0.4:
            self.act("refuse_hand_back", "assigner", note="主要职责在你单位，相关单位会办。")
        else:
            self.act("grant_hand_back", "assigner", unit=other, note="")
        yield self.after(1, 2)

    def _contacts(self) -> Story:
        for contact in process.contacts(self.plot.text, SEED)[:2]:
            yield self.after(2, 9)
            self.act(
                "contact",
                "officer",
                way=CONTACT_WAYS[contact.how],
                on=clock.today(),
                with_whom=self.plot.proposer.person.name,
                note=contact.notes,
            )
        for note in process.progress(self.plot.text, SEED, count=self.rng.choice((0, 1, 1, 2))):
            yield self.after(3, 8)
            self.act("progress", "officer", text=note)

    def _assisting(self) -> Story:
        for assignment in self.proposal.assignments.filter(part=Part.ASSISTING):
            if self.rng.random() < 0.12:
                continue  # lets its time run out
            yield self.after(1, 4)
            officer = self.county.officer(assignment.unit_id)
            opinion = content.assisting_opinion(
                self.plot.text, assignment.unit.name, SEED, clock.today()
            )
            ASSIGNMENT.perform("countersign", assignment, by=officer, data={"opinion": opinion})

    def _extend(self) -> Story:
        told = process.extension(self.plot.text, SEED)
        until = calendar().on_or_after(due_day(self.lead()) + dt.timedelta(days=min(told.days, 30)))
        self.act("ask_extension", "officer", until=until, reason=told.reason)
        if self.plot.stop == "extension":
            yield dt.datetime.max.replace(tzinfo=dt.UTC)
        yield self.after(1, 3)
        asked = self.lead().extensions.get(state__in=EXTENSION.steps["grant"].sources)
        step = "grant" if self.rng.random() < 0.8 else "refuse"
        EXTENSION.perform(
            step, asked, by=self.county.staff("assigner"), data={"note": "请抓紧办理，按时答复。"}
        )

    def _until_late(self) -> Story:
        """A slow unit is urged before its date, and answers some days after it."""
        due = due_day(self.lead())
        yield working_moment(
            clock.now(),
            max(1, self.days.working_days_between(clock.today(), due) - 5),
            9,
            20,
            self.days,
        )
        text = process.urging(self.plot.text, SEED, max(0, (due - clock.today()).days))
        ASSIGNMENT.perform(
            "urge", self.lead(), by=self.county.staff("assigner"), data={"text": text}
        )
        yield working_moment(clock.now(), 5 + self.rng.randint(2, 12), 15, 10, self.days)

    def _half_written(self) -> None:
        """The officer has begun: the first suggestion is answered, the rest is not."""
        reply = content.reply(self.plot.text, SEED, clock.today(), self.plot.proposer.person.name)
        lead = self.lead()
        first = suggestions_to_answer(lead)[0]
        item = reply.items[0]
        services.save_reply(
            lead,
            by=self.county.officer(lead.unit_id),
            opening=reply.opening,
            items={
                first.pk: {
                    "outcome": OUTCOMES[item.outcome],
                    "text": item.text,
                    "planned_for": item.due,
                    "section": item.section,
                }
            },
        )

    def _outcomes(self, count: int, better: bool) -> list[ReplyOutcome] | None:
        """Most replies are mixed; some have everything done, a few adopt nothing; None leaves it to
        the content.
        """
        if better:
            return ["done" if n % 2 else "planned" for n in range(count)]
        roll = self.rng.random()
        if roll < 0.2:
            return ["done"] * count
        return ["refused"] * count if roll < 0.27 else None

    def _write(self, better: bool = False) -> None:
        """Answer every suggestion of the proposal and of those merged into it."""
        lead = self.lead()
        answered: list[tuple[int, content.ReplyItemText]] = []
        for proposal, text in [(self.proposal, self.plot.text), *self.merged]:
            outcomes = self._outcomes(len(text.suggestions), better)
            reply = content.reply(
                text, SEED + better, clock.today(), self.plot.proposer.person.name, outcomes
            )
            ids = proposal.suggestions.values_list("pk", flat=True)
            answered += zip(ids, reply.items, strict=True)
            self.reply = self.reply if proposal is not self.proposal else reply
        assert self.reply is not None
        items = {
            pk: {
                "outcome": OUTCOMES[item.outcome],
                "text": item.text,
                "planned_for": item.due,
                "section": item.section,
            }
            for pk, item in answered
        }
        officer = self.county.officer(lead.unit_id)
        services.save_reply(
            lead,
            by=officer,
            items=items,
            opening=self.reply.opening,
            closing=self.reply.follow_up,
            result_class=rules_of().natural_class(
                [OUTCOMES[item.outcome] for _pk, item in answered]
            ),
            contact_name=officer.name,
            contact_phone=self.reply.telephone,
        )

    def _wait_for_assisting(self) -> Story:
        """Until the assisting units have countersigned or their time has run out."""
        waited = self.proposal.assignments.filter(
            part=Part.ASSISTING, state__in=ASSIGNMENT.steps["countersign"].sources
        )
        latest = max(map(due_day, waited), default=clock.today())
        if latest >= clock.today() and waited:
            yield working_moment(
                clock.now(),
                max(1, self.days.working_days_between(clock.today(), latest) + 1),
                9,
                40,
                self.days,
            )
