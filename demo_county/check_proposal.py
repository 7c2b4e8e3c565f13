"""One proposal carried through its whole life over HTTP, by the sign-ins of the county in this data
folder.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from itertools import cycle

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn

from yizheng.organisations.models import RoleGrant

from .cast import CODE
from .visitor import Page, Unexpected, Upload, Visitor
from .walking import Steps, Walk, said, word

TITLE = "关于在云溪老城区增设夜间照明和无障碍坡道的建议"
SUGGESTIONS = ["为西桥巷等六条背街小巷补装路灯", "在县医院、老年大学门口修建无障碍坡道"]
SITUATION = "老城区背街小巷夜间照明不足，县医院门口台阶较高，老人和推婴儿车的居民出行不便。"
RECEIVED, FILED = "proposals.received", "proposals.filed"


class ProposalWalk(Walk):
    """Who takes part, and what is known of the proposal on its way."""

    pk = unit = year = received = 0

    def steps(self) -> Steps:
        yield _("Sign in"), self.sign_in
        yield _("Figures before"), self.count_before
        yield _("Write a draft"), self.draft
        yield said("proposal", "submit"), self.submit
        yield said("proposal", "pass_check"), lambda: self.step("clerk", "proposal", "pass_check")
        yield said("proposal", "file"), lambda: self.step("reviewer", "proposal", "file")
        yield said("proposal", "assign"), self.assign
        yield said("assignment", "accept"), lambda: self.step("officer", "assignment", "accept")
        yield said("assignment", "contact"), self.contact
        yield said("assignment", "request_sign_off"), self.reply
        yield said("assignment", "sign_off"), lambda: self.step("leader", "assignment", "sign_off")
        yield said("assignment", "release"), lambda: self.step("clerk", "assignment", "release")
        yield said("evaluation", "answer"), self.rate
        yield said("proposal", "conclude"), self.closed
        yield (
            said("proposal", "publish"),
            lambda: self.step("clerk", "proposal", "publish", secrecy="on"),
        )
        yield _("Public page"), self.public
        yield _("Annual report"), self.report
        yield _("Check of a text"), self.check

    # Ways of going on -----------------------------------------------------------------------------

    def page(self, who: str) -> Page:
        return self.people[who].get(reverse("proposals:detail", args=[self.pk]))

    def step(self, who: str, flow: str, name: str, **values: object) -> str:
        """Take a step from the proposal's own page."""
        return self.where(
            self.take(who, reverse("proposals:detail", args=[self.pk]), flow, name, **values)
        )

    def where(self, page: Page) -> str:
        """The number and who holds the pen, as the proposal's page says after the step."""
        if page.path != reverse("proposals:detail", args=[self.pk]):
            raise Unexpected(
                f"{page.status} {page.path}: the step did not lead back to the proposal"
            )
        number = page.tree.xpath("string((//*[contains(@class, 'crumbs')]//li)[last()])").strip()
        return " · ".join([number, *page.words("pen-value")[:1]])

    # Before ---------------------------------------------------------------------------------------

    def sign_in(self) -> str:
        names = self.people.let_in("member", "clerk", "reviewer", "assigner", "officer", "leader")
        grant = RoleGrant.everywhere.get(
            account__username=self.people.known["officer"][0], role__code="unit-officer"
        )
        self.unit = grant.place_id
        return names

    def count_before(self) -> str:
        years = (
            self.people["clerk"]
            .get(reverse("indicators:check"))
            .form(holding="text")
            .choices("year")
        )
        self.year = max(int(year) for year in years)
        self.received = self.count(RECEIVED)
        return f"{self.year}: {self.received}"

    def count(self, code: str) -> int:
        """How many records the list behind a figure says it holds."""
        page = self.people["clerk"].get(
            f"{reverse('indicators:figure', args=[code])}?year={self.year}"
        )
        return page.count()

    # The road -------------------------------------------------------------------------------------

    def draft(self) -> str:
        form = self.people["member"].get(reverse("proposals:new")).form(holding="title")
        form.fill(
            title=TITLE,
            category=form.choices("category")[0],
            situation=SITUATION,
            suggestion=SUGGESTIONS,
        )
        form.put("files", Upload("现场照片说明.docx", word("西桥巷现场照片说明")))
        page = form.send()
        self.pk = int(next(page.addresses(r"/proposals/(\d+)/autosave/|/proposals/(\d+)/$"))[2])
        if page.form(holding="title").values["suggestion"] != SUGGESTIONS:
            raise Unexpected(f"{page.path} does not hold the suggestions as they were written")
        attachment = page.visitor.get(page.address(r"/files/\d+/$"))
        return f"{TITLE}, {len(attachment.content)} B"

    def submit(self) -> str:
        page = self.people["member"].get(reverse("proposals:edit", args=[self.pk]))
        return self.where(page.form(holding="title").send(press="submit"))

    def assign(self) -> str:
        return self.step(
            "assigner", "proposal", "assign", how="at_once", mode="alone", lead=str(self.unit)
        )

    def contact(self) -> str:
        return self.step(
            "officer",
            "assignment",
            "contact",
            way="phone",
            note="电话听取提案者意见，约定现场查看。",
        )

    def reply(self) -> str:
        page = self.people["officer"].get(self.page("officer").address(r"/proposals/reply/\d+/$"))
        form = page.form(holding="opening").fill(opening="您提出的建议收悉，现答复如下。")
        soon = timezone.localdate() + dt.timedelta(days=90)
        for name, outcome in zip(
            form.named(r"-outcome$"), cycle(("done", "planned")), strict=False
        ):
            prefix = name.removesuffix("outcome")
            form.put(name, outcome)
            form.put(
                f"{prefix}text", "已会同街道完成。" if outcome == "done" else "已列入下季度计划。"
            )
            if outcome == "planned":
                form.put(f"{prefix}planned_for", soon.isoformat())
        return self.where(form.send(press="send"))

    def rate(self) -> str:
        page = self.page("member")
        page = page.visitor.get(page.address(r"/steps/evaluation/\d+/answer/"))
        form = page.form(holding="comment")
        for name in form.named("^q_"):
            form.put(name, form.choices(name)[0])
        return self.where(form.send())

    def closed(self) -> str:
        """The last rating in closes it: all four seals stand."""
        page = self.page("member")
        standing = len(
            page.tree.xpath(
                "(//*[contains(@class, 'seals-large')])[1]/*[contains(@class, 'seal-done')]"
            )
        )
        if standing != 4:
            raise Unexpected(f"{page.path}: {standing} of 4 seals stand, {page.words('pen-value')}")
        return self.where(page)

    # What comes of it -----------------------------------------------------------------------------

    def public(self) -> str:
        """A stranger reads it: title, suggestions, answers."""
        page = Visitor(self.people.url).get(reverse("public-detail", args=[CODE, self.pk]))
        text = " ".join(page.tree.text_content().split())
        for words in (TITLE, *SUGGESTIONS, "已会同街道完成。"):
            if words not in text:
                raise Unexpected(f"{page.path} does not show {words}")
        return page.path

    def report(self) -> str:
        """The Word file, opened again: its number of received proposals is the count of the list
        behind it.
        """
        listing = self.people["clerk"].get(reverse("indicators:reports"))
        form = listing.form(action=reverse("indicators:report-begin")).fill(year=str(self.year))
        report = int(form.send().path.strip("/").split("/")[2])
        word = self.people["clerk"].get(reverse("indicators:report-word", args=[report]))
        written, counted = _figure_in(word.content, RECEIVED), self.count(RECEIVED)
        if not written == counted == self.received + 1:
            raise Unexpected(f"Word {written}, list {counted}, before {self.received}")
        return f"{RECEIVED} {written} = {counted}"

    def check(self) -> str:
        """A right number agrees, a wrong one differs."""
        right, wrong = self.count(RECEIVED), self.count(FILED) + 3
        text = f"{self.year}年，共收到提案{right}件，立案{wrong}件。"
        form = self.people["clerk"].get(reverse("indicators:check")).form(holding="text")
        page = form.fill(text=text, year=str(self.year)).send()
        agreeing, differing = page.words("mark-agrees"), page.words("mark-differs")
        if not (
            len(agreeing) == len(differing) == 1
            and str(right) in agreeing[0]
            and str(wrong) in differing[0]
        ):
            raise Unexpected(f"{text} agrees: {agreeing}, differs: {differing}")
        return f"{agreeing[0]} {differing[0]}"


def _figure_in(word: bytes, code: str) -> int:
    """The number that opens the list of this figure."""
    document = Document(io.BytesIO(word))
    for link in document.element.body.iter(qn("w:hyperlink")):
        target = document.part.rels.get(link.get(qn("r:id")))
        if (
            target is not None
            and f"/{code}/" in target.target_ref
            and "key=" not in target.target_ref
        ):
            return int(re.sub(r"\D", "", "".join(text.text or "" for text in link.iter(qn("w:t")))))
    raise Unexpected(f"The Word file holds no number that opens {code}")
