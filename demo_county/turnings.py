"""Proposals that leave the straight road: not filed, merged, converted, returned, withdrawn,
entered by the office.
"""

from __future__ import annotations

import datetime as dt
from random import Random

from yizheng.opinions import services as opinions
from yizheng.opinions.flow import OPINION
from yizheng.people.models import Membership
from yizheng.proposals import services
from yizheng.proposals.flow import PROPOSAL
from yizheng.proposals.models import Proposal

from . import content
from .cast import SEED, County
from .plots import Plot
from .schedule import Story
from .stories import Teller


def refused(
    county: County,
    text: content.RefusedText,
    proposer: Membership,
    begins: dt.datetime,
    rng: Random,
) -> Story:
    """Not filed with its reason, or sent on as public-opinion information when the
    proposer agrees.
    """
    teller = _teller(county, proposer, begins, rng)
    yield begins
    author = county.member(proposer.pk)
    proposal = services.create_draft(
        by=author,
        title=text.title,
        category="其他",
        situation=text.body,
        suggestions=text.suggestions,
    )
    PROPOSAL.perform("submit", proposal, by=author)
    yield teller.after(1, 3)
    PROPOSAL.perform("pass_check", proposal, by=county.staff("clerk"), data={"note": ""})
    yield teller.after(2, 5)
    if text.into_opinion and rng.random() < 0.5:
        data = {
            "consent_how": "电话征得提案者同意",
            "note": content.opinion_note(rng.randrange(999)),
        }
        PROPOSAL.perform("convert", proposal, by=county.staff("reviewer"), data=data)
        yield teller.after(1, 3)
        if opinion := opinions.taken_over(proposal):
            OPINION.perform(
                "not_use", opinion, by=county.staff("editor"), data={"reason": "beyond_remit"}
            )
    else:
        data = {"reason": text.reason, "note": text.explanation}
        PROPOSAL.perform("not_file", proposal, by=county.staff("reviewer"), data=data)


def merged(county: County, first: Plot, second: Plot) -> Story:
    """Two on one matter: the second is put under the first, which goes on as any other."""
    teller, other = Teller(county, first), Teller(county, second)
    yield first.begins
    for each in (teller, other):
        each.draft()
        PROPOSAL.perform("submit", each.proposal, by=each.author)
    yield teller.after(1, 3)
    for each in (teller, other):
        PROPOSAL.perform("pass_check", each.proposal, by=county.staff("clerk"), data={"note": ""})
    yield teller.after(2, 5)
    PROPOSAL.perform(
        "merge", teller.proposal, by=county.staff("reviewer"), data={"others": [other.proposal]}
    )
    teller.merged = [(other.proposal, second.text)]
    yield teller.after(2, 8)
    teller.assign()
    yield from teller.handle()


def returned(county: County, plot: Plot) -> Story:
    """Came back for revision; who does not revise it takes it back after some weeks."""
    teller = Teller(county, plot)
    yield plot.begins
    teller.draft()
    PROPOSAL.perform("submit", teller.proposal, by=teller.author)
    yield teller.after(1, 3)
    note = content.return_note(plot.rng.randrange(999))
    PROPOSAL.perform("return", teller.proposal, by=county.staff("clerk"), data={"note": note})
    yield teller.after(40, 60)
    PROPOSAL.perform(
        "withdraw", teller.proposal, by=teller.author, data={"note": "另行调研后重新提出。"}
    )


def withdrawn(county: County, plot: Plot) -> Story:
    teller = Teller(county, plot)
    yield plot.begins
    teller.draft()
    PROPOSAL.perform("submit", teller.proposal, by=teller.author)
    yield teller.after(2, 6)
    data = {"note": "走访后发现情况已经解决，申请撤回。"}
    PROPOSAL.perform("withdraw", teller.proposal, by=teller.author, data=data)


def on_behalf(county: County, plot: Plot) -> Story:
    """Entered by the office from paper; waits for the member's confirmation."""
    yield plot.begins
    text = plot.text
    proposal: Proposal = services.create_draft(
        by=county.staff("clerk"),
        proposer=plot.proposer,
        title=text.title,
        category=text.category,
        situation=text.situation,
        analysis=text.analysis,
        suggestions=[s.text for s in text.suggestions],
    )
    PROPOSAL.perform("submit", proposal, by=county.staff("clerk"))


def _teller(county: County, proposer: Membership, begins: dt.datetime, rng: Random) -> Teller:
    return Teller(county, Plot(_NO_TEXT, begins, proposer, rng))


_NO_TEXT = content.proposals(SEED, {2000: 1})[0]
