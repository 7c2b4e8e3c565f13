"""What happens to the proposals of the demo county, each walked by real steps at the times people
would take them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from yizheng.core import clock
from yizheng.core.access import Actor
from yizheng.core.refusals import Refusal
from yizheng.promises.flow import PROMISE
from yizheng.proposals import services
from yizheng.proposals.enums import Part, ProposalState
from yizheng.proposals.flow import COSIGNATURE, EVALUATION, PROPOSAL
from yizheng.proposals.queries import promises_of

from .cast import SEED
from .content import process
from .schedule import Story, working_moment
from .unit_work import UnitWork

PLEASED: tuple[process.Grade, ...] = ("satisfied", "satisfied", "satisfied", "basically")
SUPERVISION = {
    "on_site": "on_site",
    "meeting": "chairpersons",
    "inspection": "inspection",
    "committee": "committee",
}


class Teller(UnitWork):
    """Tells one plot from its draft to what came of it."""

    # The road -------------------------------------------------------------------------------------

    def story(self) -> Story:
        yield self.plot.begins
        self.draft()
        if self.plot.stop == "draft":
            return
        yield from self._cosign()
        yield self.after(0, 1)
        PROPOSAL.perform("submit", self.proposal, by=self._submitter())
        if self.plot.stop == "submitted":
            return
        yield self.after(1, 4)
        PROPOSAL.perform(
            "pass_check", self.proposal, by=self.county.staff("clerk"), data={"note": ""}
        )
        if self.plot.stop == "review":
            return
        yield self.after(1, 6)
        PROPOSAL.perform("file", self.proposal, by=self.county.staff("reviewer"))
        if self.plot.stop == "filed":
            return
        yield self.after(2, 8)
        self.assign()
        if self.plot.key:
            yield self.after(3, 9)
            self._make_key()
        yield from self.handle()

    def _submitter(self) -> Actor:
        return self.county.staff("clerk") if self.plot.collective else self.author

    def draft(self) -> None:
        text, plot = self.plot.text, self.plot
        values: dict[str, Any] = {
            "title": text.title,
            "category": text.category,
            "suggestions": [s.text for s in text.suggestions],
            "situation": text.situation,
            "analysis": text.analysis,
            "body_form": "parts",
            "suggested_units": [self.county.units[text.lead]],
        }
        if text.style == "letter":
            body = "".join(
                f"<p>{line}</p>"
                for part in (text.situation, text.analysis)
                for line in part.split("\n")
            )
            values |= {"body_form": "text", "body": body, "situation": "", "analysis": ""}
        if plot.collective:
            kind, name = plot.collective
            values |= {
                "kind": kind,
                "collective_name": name,
                "contact_name": plot.proposer.person.name,
            }
        if not plot.publishes:
            values |= {"may_publish": False, "no_publication_reason": "涉及具体企业经营情况"}
        proposer = plot.proposer if plot.collective else None
        self.proposal = services.create_draft(by=self._submitter(), proposer=proposer, **values)

    def _cosign(self) -> Story:
        """Most who are invited co-sign, a few decline, and some never answer."""
        if not self.plot.cosigners:
            return
        services.invite(self.proposal, self.plot.cosigners, by=self.author)
        yield self.after(0, 2)
        for invitation in self.proposal.cosignatures.filter(
            state__in=COSIGNATURE.steps["accept"].sources
        ):
            roll = self.rng.random()
            if roll < 0.92:
                step = "accept" if roll < 0.84 else "decline"
                COSIGNATURE.perform(
                    step, invitation, by=self.county.member(invitation.membership_id)
                )

    def assign(self) -> None:
        text, later = self.plot.text, self._named_later()
        units = [self.county.units[name] for name in text.assisting if name in self.county.units]
        assisting = [unit for unit in units if unit != later][:2]
        lead = self.county.units[text.lead]
        plan: list[tuple[Any, str, list[Any]]] = [(lead, Part.LEAD if assisting else Part.SOLE, [])]
        plan += [(unit, Part.ASSISTING, []) for unit in assisting if unit != lead]
        how = "meeting" if self.proposal.occasion == "plenary" else "at_once"
        PROPOSAL.perform(
            "assign",
            self.proposal,
            by=self.county.staff("assigner"),
            data={"how": how, "plan": plan},
        )

    def _make_key(self) -> None:
        self.proposal.refresh_from_db()
        leader = self.rng.choice(self.county.leaders)
        data = {"leader": leader, "note": "群众反映集中、具备办理条件"}
        try:
            PROPOSAL.perform("make_key", self.proposal, by=self.county.staff("reviewer"), data=data)
        except Refusal:  # the regulation's share of key proposals is used up
            self.plot.key = False

    # Handling -------------------------------------------------------------------------------------

    def handle(self) -> Story:
        if self.plot.stop == "assigned":
            return
        yield self.after(1, 3)
        yield from self._hand_back()
        self.act("accept", "officer")
        yield from self._contacts()
        yield from self._assisting()
        if self.plot.extends:
            yield from self._extend()
        if self.plot.stop == "handling":
            self._half_written()
            return
        if self.plot.is_slow:
            yield from self._until_late()
        else:
            yield self.after(12, 34)
        yield from self._answer()

    # Replying -------------------------------------------------------------------------------------

    def _answer(self, better: bool = False) -> Story:
        self._write(better)
        yield from self._wait_for_assisting()
        self.act("request_sign_off", "officer")
        if self.plot.stop == "signing":
            return
        yield self.after(1, 3)
        if self.rng.random() < 0.08:
            self.act(
                "return_draft",
                "leader",
                note=process.leader_send_back(self.plot.text, SEED, self.reply),
            )
            yield self.after(1, 3)
            self.act("request_sign_off", "officer")
            yield self.after(1, 2)
        self.act("sign_off", "leader")
        if self.plot.stop == "checking":
            return
        yield self.after(1, 2)
        if self.rng.random() < 0.1:
            self.act(
                "send_back",
                "clerk",
                note=process.office_send_back(self.plot.text, SEED, self.reply),
            )
            yield self.after(2, 5)
            yield from self._wait_for_assisting()
            self.act("request_sign_off", "officer")
            yield self.after(1, 2)
            self.act("sign_off", "leader")
            yield self.after(0, 1)
        self.act("release", "clerk")
        yield from self._supervise()
        yield from self._rate(better)

    def _supervise(self) -> Story:
        if not self.plot.key:
            return
        yield self.after(2, 6)
        self.proposal.refresh_from_db()
        found = process.finding(self.plot.text, SEED)
        data = {
            "kind": SUPERVISION[found.form],
            "held_on": clock.today(),
            "leader": self.proposal.key_leader,
            "place": self.plot.text.place,
            "participants": "提案者、承办单位负责人、提案委",
            "findings": found.text,
        }
        chair = self.county.staff("chairperson")
        PROPOSAL.perform("supervise", self.proposal, by=chair, data=data)

    # Rating, publishing, looking back -------------------------------------------------------------

    def _rate(self, second: bool = False) -> Story:
        if self.plot.stop == "evaluating":
            return
        pending = self.proposal.evaluations.filter(state__in=EVALUATION.steps["answer"].sources)
        for evaluation in list(pending):
            if self.rng.random() < 0.1:
                continue  # never answers; the night concludes the round
            yield self.after(1, 3)
            evaluation.refresh_from_db()
            if EVALUATION.steps["answer"].is_for(evaluation):
                self._rate_one(
                    evaluation, self._second_verdict() if second else self._verdict(evaluation)
                )
        yield self.after(16, 18)
        self.proposal.refresh_from_db()
        if self.proposal.state in ProposalState.of("underway") and not second:
            yield self.after(8, 15)
            yield from self._answer(better=True)
            return
        if self.proposal.state in ProposalState.of("finished"):
            yield from self._afterwards()

    def _verdict(self, evaluation: Any) -> process.Grade:
        if evaluation.membership_id == self.plot.proposer.pk:
            return self.plot.verdict
        return self.rng.choice(PLEASED)

    def _second_verdict(self) -> process.Grade:
        return self.rng.choices(process.GRADES, [5, 3, 2])[0]

    def _rate_one(self, evaluation: Any, verdict: process.Grade) -> None:
        comment = process.comment(self.plot.text, SEED, verdict, self.reply)
        answers = {
            "visited": "visited",
            "attitude": "satisfied",
            "heard": "visit",
            "to_the_point": "yes",
            "result": verdict,
            "leader_answered": "yes",
        }
        data = {"answers": answers, "comment": comment if verdict != "satisfied" else ""}
        EVALUATION.perform(
            "answer", evaluation, by=self.county.member(evaluation.membership_id), data=data
        )

    def _afterwards(self) -> Story:
        if self.plot.publishes and self.rng.random() < 0.8:
            yield self.after(1, 6)
            self.proposal.refresh_from_db()
            PROPOSAL.perform(
                "publish", self.proposal, by=self.county.staff("clerk"), data={"secrecy": True}
            )
        for promise in sorted(promises_of([self.proposal]), key=lambda c: c.promised_for):
            yield from self._look_back(promise)

    def _look_back(self, promise: Any) -> Story:
        """Three in four are kept about their date; some are missed; some are still to
        be looked at.
        """
        roll = self.rng.random()
        if roll > 0.9:
            return
        late = roll > 0.74
        yield working_moment(
            max(
                clock.now(),
                _at(promise.promised_for)
                - dt.timedelta(days=0 if late else self.rng.randint(2, 20)),
            ),
            self.rng.randint(1, 6) if late else 0,
            10,
            self.rng.randint(0, 59),
            self.days,
        )
        promise.refresh_from_db()
        if not PROMISE.steps["miss"].is_for(promise):
            return
        if late:
            if clock.today() > promise.promised_for:
                finding = process.look_back(self.plot.text, SEED, "missed")
                PROMISE.perform(
                    "miss", promise, by=self.county.staff("clerk"), data={"finding": finding}
                )
            return
        evidence = process.look_back(self.plot.text, SEED, "kept")
        officer = self.county.officer(promise.unit_id)
        PROMISE.perform("report", promise, by=officer, data={"evidence": evidence})
        yield self.after(2, 8)
        data = {"settled_on": min(clock.today(), promise.promised_for), "finding": ""}
        PROMISE.perform("confirm", promise, by=self.county.staff("clerk"), data=data)


def _at(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10, 0)))
