"""A topic of the plan carried through: approved, an activity on it held, what was said there
decided, its outcome followed.
"""

from __future__ import annotations

import datetime as dt
import re

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yizheng.core.flow import FLOWS
from yizheng.organisations.models import RoleGrant
from yizheng.people.models import Membership

from .visitor import Page, Unexpected, Upload
from .walking import Steps, Walk, said, word, words_of

TITLE = "老城区夜间照明和无障碍设施建设对口协商会"
FORM = "counterpart_consultation"
SUGGESTIONS = ("年内为六条背街小巷补装路灯", "把无障碍坡道列入老旧小区改造清单")
MINUTES = "会议听取部门通报，委员逐条协商，商定先补路灯、再改坡道。"
TEXT = "一、年内补装路灯。\n二、坡道列入改造清单。"
ANSWER, EFFECT = "两条建议均予采纳，已列入年度实施计划。", "六条背街小巷路灯已全部点亮。"
LONG = dt.timedelta(minutes=55)


class ActivityWalk(Walk):
    """What is known of the topic, the activity and its outcome on their way."""

    topic = activity = outcome = unit = membership = 0
    number = ""

    def steps(self) -> Steps:
        yield _("Sign in"), self.sign_in
        yield _("Propose a topic"), self.propose
        yield said("plan_item", "discuss"), self.discuss
        yield said("plan_item", "approve"), self.approve_topic
        yield _("Prepare an activity"), self.draft
        yield said("activity", "submit_for_approval"), self.submit
        yield said("activity", "approve"), lambda: self.on("secretary", "approve")
        yield _("Participants"), self.list_people
        yield said("activity", "send_papers"), lambda: self.on("organiser", "send_papers")
        yield (
            said("activity", "invite"),
            lambda: self.on("organiser", "invite", note="县里统一安排，提前协商"),
        )
        yield _("The member's answer"), self.answer
        yield _("Attendance list"), self.sign_in_by_hand
        yield said("activity", "hold"), lambda: self.on("organiser", "hold")
        yield _("Confirm the attendance"), self.confirm
        yield _("Suggestions made there"), self.note_suggestions
        yield _("Measured results"), self.measure
        yield (
            said("activity", "record"),
            lambda: self.on("organiser", "record", minutes=MINUTES, results="商定两项工作。"),
        )
        yield said("activity_suggestion", "decide"), self.decide
        yield _("Write an outcome"), self.write
        yield (
            said("outcome", "request_signature"),
            lambda: self.of_outcome("organiser", "request_signature"),
        )
        yield said("outcome", "sign"), self.sign
        yield said("outcome", "send"), lambda: self.of_outcome("organiser", "send")
        yield said("outcome", "answer"), self.answer_outcome
        yield said("outcome", "close"), lambda: self.of_outcome("organiser", "close", effect=EFFECT)
        yield said("activity", "close"), self.close
        yield _("Annual plan"), self.planned

    # Ways of going on -----------------------------------------------------------------------------

    def path(self, name: str, pk: int = 0) -> str:
        return reverse(f"activities:{name}", args=[pk or self.activity])

    def at_list(self, name: str) -> str:
        """A page of its people."""
        return reverse(f"attending:{name}", args=[self.activity])

    def on(self, who: str, name: str, **values: object) -> str:
        return self.where(
            self.take(who, self.path("detail"), "activity", name, **values), self.path("detail")
        )

    def of_outcome(self, who: str, name: str, **values: object) -> str:
        at = self.path("outcome", self.outcome)
        return self.where(self.take(who, at, "outcome", name, **values), at)

    def where(self, page: Page, expected: str) -> str:
        """How it stands, as its page says after the step."""
        if page.path != expected:
            raise Unexpected(f"{page.status} {page.path}: the step did not lead back to {expected}")
        return " ".join(page.words("pen-value")[:1])

    # The plan -------------------------------------------------------------------------------------

    def sign_in(self) -> str:
        names = self.people.let_in("organiser", "secretary", "member", "officer")
        officer, member = (self.people.known[who][0] for who in ("officer", "member"))
        self.unit = RoleGrant.everywhere.get(
            account__username=officer, role__code="unit-officer"
        ).place_id
        self.membership = Membership.everywhere.get(
            person__accounts__username=member, until=None
        ).pk
        return names

    def propose(self) -> str:
        today = timezone.localdate()
        page = self.people["organiser"].get(reverse("activities:propose"))
        form = page.form(holding="title").fill(
            title=TITLE,
            form=FORM,
            year=str(today.year),
            month=str(today.month),
            reason="委员多次反映。",
        )
        page = form.send()
        self.topic = _number(page, r"/activities/plan/(\d+)/$")
        return page.path

    def discuss(self) -> str:
        at = self.path("plan-item", self.topic)
        return self.where(
            self.take("organiser", at, "plan_item", "discuss", meeting="九届第四十五次主席会议"), at
        )

    def approve_topic(self) -> str:
        at = self.path("plan-item", self.topic)
        return self.where(
            self.take("secretary", at, "plan_item", "approve", meeting="中共云溪县委常委会会议"), at
        )

    def planned(self) -> str:
        """The topic counts as held, and stands with its activity on the page of the year."""
        page = self.people["member"].get(
            f"{reverse('activities:plan')}?year={timezone.localdate().year}"
        )
        rows = [
            " ".join(row.text_content().split())
            for row in page.tree.xpath(f"//li[a[@href='{self.path('plan-item', self.topic)}']]")
        ]
        if (
            not rows
            or TITLE not in rows[0]
            or not page.tree.xpath(f"//li//a[@href='{self.path('detail')}']")
        ):
            raise Unexpected(f"{page.path} does not show what was held on the topic: {rows}")
        return rows[0]

    # Before it is held ----------------------------------------------------------------------------

    def draft(self) -> str:
        """It begins this minute, so that all of its life can be seen at once."""
        begins = timezone.localtime().replace(second=0, microsecond=0)
        page = self.people["organiser"].get(
            f"{reverse('activities:new')}?plan_item={self.topic}&form={FORM}"
        )
        form = page.form(holding="starts_at").fill(
            title=TITLE,
            starts_at=f"{begins:%Y-%m-%dT%H:%M}",
            ends_at=f"{begins + LONG:%Y-%m-%dT%H:%M}",
            place="政协三楼会议室",
            units=str(self.unit),
            summary="就老城区照明和无障碍设施对口协商。",
            agenda_title=["部门通报情况", "委员发言"],
        )
        form.put("files", Upload("情况通报.docx", word("老城区照明情况通报")))
        page = form.send()
        self.activity = _number(page, r"/activities/(\d+)/edit/$")
        paper = page.visitor.get(page.address(r"/files/\d+/$"))
        return f"{begins:%H:%M} {len(paper.content)} B"

    def submit(self) -> str:
        page = self.people["organiser"].get(self.path("edit"))
        return self.where(page.form(holding="starts_at").send(press="submit"), self.path("detail"))

    def list_people(self) -> str:
        page = self.people["organiser"].get(
            f"{self.at_list('people')}?who=members&members={self.membership}"
        )
        page = page.form(action=self.at_list("add-members")).send()
        page.form(action=self.at_list("add-unit")).fill(**{"unit-unit": str(self.unit)}).send()
        return _told(page)

    def answer(self) -> str:
        """It waits for the member on their first page; one tap answers it."""
        page = self.people["member"].get(reverse("home"))
        page = page.visitor.get(page.address(f"{self.at_list('attend')}$"))
        page = page.form(action=self.at_list("answer")).send(press="comes")
        if any(page.visitor.get(reverse("home")).addresses(f"{self.at_list('attend')}$")):
            raise Unexpected("The invitation still waits after it was answered.")
        return _told(page)

    # Held -----------------------------------------------------------------------------------------

    def sign_in_by_hand(self) -> str:
        page = self.people["organiser"].get(self.path("detail"))
        page = page.visitor.get(page.address(r"/sittings/\d+/list/$"))
        form = page.form(holding="present")
        form.put("present", *form.choices("present"))
        return _told(form.send())

    def confirm(self) -> str:
        page = self.people["organiser"].get(self.path("detail"))
        return _told(page.form(action=self.at_list("confirm-attendance")).send())

    def note_suggestions(self) -> str:
        for text in SUGGESTIONS:
            form = self.people["organiser"].get(self.path("note-suggestion")).form(holding="text")
            form.fill(text=text, membership=str(self.membership), unit=str(self.unit)).send()
        page = self.people["organiser"].get(self.path("detail"))
        found = [f"{n}. {text}" for n, text in enumerate(SUGGESTIONS, start=1)]
        shown = [
            " ".join(link.text_content().split())
            for link in page.tree.xpath(
                "//*[@id='suggestions']//a[contains(@href, '/suggestions/')]"
            )
        ]
        if shown[:2] != found:
            raise Unexpected(f"{page.path} numbers the suggestions otherwise: {shown}")
        return " ".join(found)

    def measure(self) -> str:
        form = self.people["organiser"].get(self.path("measured")).form(holding="value_people_met")
        page = form.fill(value_people_met="36", value_villages="2").send()
        if "36" not in " ".join(page.tree.xpath("string(//*[@id='minutes'])").split()):
            raise Unexpected(f"{page.path} does not show what was measured")
        return "36 / 2"

    # What comes of it -----------------------------------------------------------------------------

    def decide(self) -> str:
        """The unit decides both; what it promises by a day is a promise."""
        page = self.people["officer"].get(self.path("detail"))
        decided = [match.string for match in page.addresses(r"/activities/suggestions/\d+/$")]
        soon = (timezone.localdate() + dt.timedelta(days=90)).isoformat()
        for at, day in zip(decided, (soon, ""), strict=True):
            self.take(
                "officer",
                at,
                "activity_suggestion",
                "decide",
                adoption="adopted",
                answer="照办。",
                planned_for=day,
            )
        page = self.people["officer"].get(self.path("detail"))
        if len(list(page.addresses(r"/promises/\d+/$"))) != 1:
            raise Unexpected(f"{page.path} does not show the promise")
        return soon

    def write(self) -> str:
        form = self.people["organiser"].get(self.path("write-outcome")).form(holding="recipient")
        page = form.fill(
            kind="minutes",
            title=f"关于{TITLE}的纪要",
            recipient="unit",
            unit=str(self.unit),
            text=TEXT,
        ).send()
        self.outcome = _number(page, r"/activities/outcomes/(\d+)/$")
        return page.path

    def sign(self) -> str:
        """The signature gives the number; it stands in the Word file."""
        at = self.path("outcome", self.outcome)
        page = self.take("secretary", at, "outcome", "sign")
        self.number = page.tree.xpath(
            "string((//*[contains(@class, 'crumbs')]//li)[last()])"
        ).strip()
        written = words_of(page.visitor.get(self.path("outcome-paper", self.outcome)).content)
        if (
            not re.search(r"〔\d{4}〕\d+号$", self.number)
            or self.number not in written
            or "一、年内补装路灯。" not in written
        ):
            raise Unexpected(f"The Word file of {self.number} says: {written[:200]}")
        return self.number

    def answer_outcome(self) -> str:
        """The unit answers; the office reads the answer."""
        self.of_outcome("officer", "answer", adoption="adopted", answer=ANSWER)
        page = self.people["organiser"].get(self.path("outcome", self.outcome))
        if ANSWER not in page.tree.text_content():
            raise Unexpected(f"{page.path} does not show the answer")
        return ANSWER

    def close(self) -> str:
        """All four seals stand."""
        self.on("organiser", "close")
        page = self.people["organiser"].get(self.path("detail"))
        standing = len(
            page.tree.xpath(
                "(//*[contains(@class, 'seals-large')])[1]/*[contains(@class, 'seal-done')]"
            )
        )
        if standing != len(FLOWS["activity"].seals):
            raise Unexpected(f"{page.path}: {standing} seals stand, {page.words('pen-value')}")
        return self.where(page, self.path("detail"))


def _number(page: Page, pattern: str) -> int:
    """The number in the address at which the page stands."""
    found = re.search(pattern, page.path)
    if found is None:
        raise Unexpected(
            f"{page.status} {page.path}: not where it should lead. {page.sentence}".strip()
        )
    return int(found[1])


def _told(page: Page) -> str:
    """What the page says was done, without the mark that closes the notice."""
    said_there = page.words("notice-success")
    if not said_there:
        raise Unexpected(f"{page.path} does not say what was done")
    return said_there[0].rstrip("× ")
