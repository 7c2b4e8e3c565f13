"""The demo county: invented, believable, the same at every building but for the day it ends on.

Three years of proposals are walked through the real flow by the people who would have done it, in
the order of time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from random import Random

from django.utils import timezone

from yizheng.core import derived_rows, nightly_work, tenancy
from yizheng.core.outbox import OutboxEntry
from yizheng.people.models import Membership

from . import activity_stories, content, desks, house_stories, opinion_stories, turnings
from .cast import SEED, County, assemble, open_accounts
from .content import process
from .plots import Plot
from .schedule import Story, moment, tell
from .stories import Teller

PER_YEAR = 60
ORDINARY_SHARE = 0.38
# Where recent proposals stand, and how many days ago each was begun; the units take their time as
# in the past.
RECENT = (
    ("draft", 2),
    ("submitted", 3),
    ("submitted", 2),
    ("review", 8),
    ("review", 9),
    ("filed", 14),
    ("filed", 12),
    ("assigned", 20),
    ("assigned", 18),
    ("hand_back", 21),
    ("hand_back", 24),
    ("handling", 60),
    ("handling", 66),
    ("handling", 72),
    ("extension", 64),
    ("extension", 70),
    ("signing", 88),
    ("signing", 96),
    ("signing", 104),
    ("checking", 90),
    ("checking", 98),
    ("checking", 106),
    ("evaluating", 82),
    ("evaluating", 88),
    ("evaluating", 92),
    ("evaluating", 96),
    ("evaluating", 100),
    ("evaluating", 104),
)


def build(progress: Callable[[int, int, str], None] = lambda done, total, what: None) -> None:
    """Fill an empty database with the county; run it in one transaction. About a minute."""
    now = timezone.localtime()
    progress(0, 100, "People and units")
    county = assemble(now.date())
    with tenancy.scope(county.organisation):
        last = max(county.sessions)
        tales = [
            *_past(county, now),
            *_recent(county, now),
            *activity_stories.stories(county, now, last),
            *opinion_stories.stories(county, now, last),
            *house_stories.stories(county, now, last),
            _nights(county, now),
        ]
        with derived_rows.at_the_end():
            tell(tales, now, lambda done, total: progress(done, total, "Three years of work"))
        _settle_outbox(now)
        chosen = _chosen(county)
    open_accounts(county, chosen)
    progress(100, 100, "Done")


# Who writes what ----------------------------------------------------------------------------------


class _Casting:
    """Draws proposers, co-signers and collectives so that the shares look like a county's."""

    def __init__(self, county: County, rng: Random) -> None:
        self.county, self.rng = county, rng

    def plot(
        self, text: content.ProposalText, begins: dt.datetime, plenary: bool, stop: str = ""
    ) -> Plot:
        rng = self.rng
        proposer = rng.choice(self.county.members)
        plot = Plot(text, begins, proposer, Random(rng.random()), stop=stop)
        roll = rng.random()
        if roll < 0.2:
            plot.collective = self._collective(plenary)
        elif roll < 0.5:
            plot.cosigners = self._cosigners(proposer)
        plot.verdict = rng.choices(process.GRADES, [78, 16, 6])[0]
        plot.is_slow = not stop and rng.random() < 0.12
        plot.hands_back = stop == "hand_back" or (not stop and rng.random() < 0.07)
        plot.extends = stop == "extension" or (not stop and rng.random() < 0.08)
        plot.key = not stop and rng.random() < 0.07
        plot.publishes = rng.random() < 0.93
        return plot

    def plain(self, text: content.ProposalText, begins: dt.datetime) -> Plot:
        return Plot(text, begins, self.rng.choice(self.county.members), Random(self.rng.random()))

    def _collective(self, plenary: bool) -> tuple[str, str]:
        options = [
            ("party" if c.kind == "党派" else "body", c.name) for c in self.county.collectives
        ]
        options += [
            ("committee", "经济委员会"),
            ("committee", "农业和农村委员会"),
            ("committee", "教科卫体委员会"),
        ]
        if plenary:
            options += [
                ("sector", "工商联界"),
                ("sector", "农业界"),
                ("sector", "医药卫生界"),
                ("group", "青石小组"),
            ]
        return self.rng.choice(options)

    def _cosigners(self, proposer: Membership) -> tuple[Membership, ...]:
        near = [
            m
            for m in self.county.members
            if m.sector_id == proposer.sector_id and m.pk != proposer.pk
        ]
        others = [m for m in self.county.members if m.pk != proposer.pk]
        count = self.rng.choice((1, 2, 2, 3, 4))
        return tuple(
            self.rng.sample(
                near if len(near) >= count and self.rng.random() < 0.6 else others, count
            )
        )


def _past(county: County, now: dt.datetime) -> Iterator[Story]:
    """Three years: most before each plenary, the others between plenaries until two months ago."""
    rng = Random(f"past {SEED}")
    casting = _Casting(county, rng)
    texts = iter(content.proposals(SEED, dict.fromkeys(county.sessions, PER_YEAR)))
    last_day = (now - dt.timedelta(days=60)).date()
    for year, session in county.sessions.items():
        ordinary = range(int(PER_YEAR * ORDINARY_SHARE))
        for place in range(PER_YEAR):
            text = next(texts)
            if place in ordinary:
                span = max(1, (min(dt.date(year, 12, 1), last_day) - dt.date(year, 2, 1)).days)
                day = dt.date(year, 2, 1) + dt.timedelta(days=rng.randrange(span))
            else:
                day = session.opens_on - dt.timedelta(days=rng.randrange(-2, 26))
            begins = moment(day, rng.randint(8, 20), rng.randrange(60))
            yield Teller(county, casting.plot(text, begins, place not in ordinary)).story()
        yield from _turnings(county, casting, year, rng)


def _turnings(county: County, casting: _Casting, year: int, rng: Random) -> Iterator[Story]:
    opening = county.sessions[year].opens_on
    begins = moment(opening, 10, 30)
    for place, text in enumerate(content.refused(SEED, year)[:9]):
        yield turnings.refused(
            county, text, rng.choice(county.members), begins + dt.timedelta(minutes=7 * place), rng
        )
    for first, second in content.twins(SEED, year, 4):
        plots = [
            Plot(text, begins, rng.choice(county.members), Random(rng.random()))
            for text in (first, second)
        ]
        yield turnings.merged(county, plots[0], plots[1])
    spare = content.proposals(SEED + year, {year: 4})
    for place, paper in enumerate(spare):
        story = turnings.withdrawn if place < 2 else turnings.returned
        yield story(county, casting.plain(paper, begins))


def _recent(county: County, now: dt.datetime) -> Iterator[Story]:
    """What lies on desks today: some proposals in every state, on the desks of those who can sign
    in.
    """
    rng = Random(f"recent {SEED}")
    casting = _Casting(county, rng)
    texts = content.proposals(SEED + 1, {now.year: len(RECENT) + 6})
    for text, (stop, days) in zip(texts, RECENT, strict=False):
        begins = now - dt.timedelta(days=days, hours=rng.randint(1, 5))
        yield Teller(county, casting.plot(text, begins, plenary=False, stop=stop)).story()
    for place, text in enumerate(texts[len(RECENT) :]):
        plot = casting.plain(text, now - dt.timedelta(days=3 + place))
        plot.stop = "submitted"
        yield turnings.on_behalf(county, plot) if place % 2 else Teller(county, plot).story()


def _nights(county: County, now: dt.datetime) -> Story:
    """Every night the platform does its own part: invitations lapse, rounds of rating are
    concluded.
    """
    day = min(session.opens_on for session in county.sessions.values()) - dt.timedelta(days=30)
    while day < now.date():
        yield moment(day, 23, 30)
        nightly_work.run_for(county.organisation)
        day += dt.timedelta(days=1)


def _settle_outbox(now: dt.datetime) -> None:
    """What people were told long ago they have read long ago; only the last fortnight
    is delivered.
    """
    OutboxEntry.objects.filter(at__lt=now - dt.timedelta(days=14)).update(delivered_at=now)


# Who can sign in ----------------------------------------------------------------------------------


def _chosen(county: County) -> list[tuple[str, str, str]]:
    """One sign-in a role; unit and member are those with most on their desks."""
    unit = desks.unit_of(county).pk
    member = desks.busiest_member(county.members[0].pk)
    return [
        ("委员", f"member-{member}", "写提案和信息、附议、回复邀请、评价答复"),
        ("提案工作人员", "clerk", "初审、审阅答复、公开、导入、报告"),
        ("提案委审查人", "reviewer", "审查、立案、并案、重点提案、规章"),
        ("交办机关", "assigner", "交办、退办与延期裁定、催办"),
        ("承办单位经办人", f"officer-{unit}", "签收、起草答复、办理转办信息、承诺事项"),
        ("承办单位负责人", f"leader-{unit}", "签发答复"),
        ("主席会议成员", "chairperson", "督办重点提案、看指标"),
        ("活动组织人员", "organiser", "年度计划、活动、签到、场所、联系、规章"),
        ("秘书长", "secretary", "批准活动、准假、签发成果"),
        ("信息编辑", "editor", "编辑、刊发、报送、转办社情民意信息"),
        ("信息签发人", "signer", "签发社情民意信息"),
        ("特邀信息员", "reporter", "写社情民意信息"),
        ("委员工作室管理员", "keeper", "工作室轮值、来访、上墙内容"),
        ("市政协信息编辑", "city-editor", "县里报送的信息（另一机构）"),
        ("市政协信息签发人", "city-signer", "签发市里的信息（另一机构）"),
        ("审计管理员", "auditor", "审计记录（首次登录须设置二次验证）"),
        ("系统管理员", "administrator", "账号与设置（首次登录须设置二次验证）"),
    ]
