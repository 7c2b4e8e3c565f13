"""One opinion carried from its writer up to the city and back over HTTP, to its last answer, by the
sign-ins of the county.
"""

from __future__ import annotations

import io
import re
import time
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document

from yizheng.core.flow import FLOWS
from yizheng.organisations.models import RoleGrant
from yizheng.transfers.enums import TransferResult

from .visitor import Page, Unexpected
from .walking import Steps, Walk, said

TITLE = "关于云溪夜市油烟扰民情况的反映"
EDITED = "关于整治云溪夜市油烟的建议"
TEXT = (
    "夜市三十余家摊位没有油烟净化设备，周边居民晚间不能开窗，老人反映尤多。"
    "建议统一安装净化设备，并明确日常检查。"
)
EDITION = (
    "夜市三十余家摊位没有油烟净化设备，周边居民晚间不能开窗。建议统一安装净化设备，并明确日常检查。"
)
COMPLETED = EDITION + "据走访，涉及居民四百余户。"
WANTED = "请补充涉及的户数"
WHO = ("member", "editor", "signer", "officer", "city-editor", "city-signer")
SHOWN = "zh-hans"
"""The language of the pages, whatever the terminal speaks."""
DELIVERY = 60
"""Seconds within which the worker has brought the notices."""


class OpinionWalk(Walk):
    """Who takes part, and what is known of the opinion on its way."""

    pk = above = issue = transfer = unit = 0

    def steps(self) -> Steps:
        yield _("Sign in"), self.sign_in
        yield said("opinion", "submit"), self.write
        yield said("opinion", "take_up"), lambda: self.step("editor", "take_up")
        yield said("opinion", "finish"), lambda: self.edit("editor", self.pk, keeps="老人反映尤多")
        yield said("opinion", "pass_check"), lambda: self.step("editor", "pass_check")
        yield said("opinion", "sign"), lambda: self.step("signer", "sign")
        yield (
            said("issue", "publish"),
            lambda: self.publish("editor", self.pk, ["county_party", "county_government"]),
        )
        yield "Word", self.word
        yield "PDF", self.pdf
        yield said("opinion", "send_up"), self.send_up
        yield said("dispatch", "be_returned"), self.return_it
        yield said("dispatch", "complete"), self.complete
        yield (
            said("dispatch", "be_taken_up"),
            lambda: self.step("city-editor", "take_up", above=True),
        )
        yield said("dispatch", "be_adopted"), self.adopted_above
        yield _("Record an instruction"), self.instruct
        yield said("opinion", "be_transferred"), self.give
        yield said("opinion", "be_answered"), self.answer
        yield (
            said("opinion", "close"),
            lambda: self.step("editor", "close", feedback="城管局已开展整治。"),
        )
        yield _("What the writer was told"), self.told

    # Ways of going on -----------------------------------------------------------------------------

    def page(self, who: str, pk: int = 0) -> Page:
        return self.people[who].get(reverse("opinions:detail", args=[pk or self.pk]))

    def step(
        self, who: str, name: str, *, flow: str = "opinion", above: bool = False, **values: object
    ) -> str:
        """Take a step from the opinion's own page: its button, or its form behind a link."""
        page = self.page(who, self.above if above else self.pk)
        return self.where(self._taken(page, flow, name, values))

    def _taken(self, page: Page, flow: str, name: str, values: dict[str, object]) -> Page:
        pattern = rf"/steps/{flow}/\d+/{name}/"
        for _match in page.addresses(pattern):
            if not values and page.tree.xpath(f"//form[contains(@action, '/{name}/')]"):
                return page.form(action=pattern).send()
            return (
                page.visitor.get(page.address(pattern)).form(holding="seen").fill(**values).send()
            )
        raise Unexpected(f"{page.path} does not offer {name}")

    def where(self, page: Page) -> str:
        """Who holds the pen, as the opinion's page says after the step."""
        if not re.fullmatch(r"/opinions/\d+/", page.path):
            raise Unexpected(
                f"{page.status} {page.path}: the step did not lead back to the opinion"
            )
        return " ".join(page.words("pen-value")[:1])

    def shows(self, page: Page, *words: str) -> None:
        text = " ".join(page.tree.text_content().split())
        if missing := [each for each in words if each not in text]:
            raise Unexpected(f"{page.path} does not show {missing[0]}")

    # Written, edited, published -------------------------------------------------------------------

    def sign_in(self) -> str:
        names = self.people.let_in(*WHO)
        grant = RoleGrant.everywhere.get(
            account__username=self.people.known["officer"][0], role__code="unit-officer"
        )
        self.unit = grant.place_id
        return names

    def write(self) -> str:
        form = self.people["member"].get(reverse("opinions:new")).form(holding="title")
        page = form.fill(title=TITLE, body=TEXT).send(press="submit")
        self.pk = int(page.path.strip("/").split("/")[-1])
        return f"{TITLE}, {self.where(page)}"

    def edit(self, who: str, pk: int, keeps: str) -> str:
        """The edition is written beside what came in, which stays as it was."""
        form = self.people[who].get(reverse("opinions:edition", args=[pk])).form(holding="text")
        page = form.fill(title=EDITED, text=EDITION, category=form.choices("category")[0]).send(
            press="finish"
        )
        self.shows(page, EDITED, keeps)
        return self.where(page)

    def publish(self, who: str, pk: int, recipients: list[str]) -> str:
        visitor = self.people[who]
        form = visitor.get(f"{reverse('opinions:issue-new')}?opinion={pk}").form(holding="journal")
        page = form.fill(addressees="县委、县政府").send()
        issue = int(page.path.strip("/").split("/")[-1])
        step = (
            visitor.get(page.address(r"/steps/issue/\d+/publish/"))
            .form(holding="seen")
            .fill(recipients=recipients)
            .send()
        )
        if who == "editor":
            self.issue = issue
        return " ".join(step.tree.xpath("string(//h1)").split())

    def word(self) -> str:
        content = (
            self.people["editor"]
            .get(reverse("opinions:issue-paper", args=[self.issue, "word"]))
            .content
        )
        text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
        if EDITED not in text or EDITION[:20] not in text or "老人反映尤多" in text:
            raise Unexpected("The Word file does not hold the edition")
        return f"{len(content)} B"

    def pdf(self) -> str:
        """Where the machine lacks the library, that is what it must say."""
        try:
            page = self.people["editor"].get(
                reverse("opinions:issue-paper", args=[self.issue, "pdf"])
            )
        except Unexpected as refused:
            if "Pango" not in str(refused):
                raise
            return str(refused)
        if not page.content.startswith(b"%PDF-"):
            raise Unexpected("That is no PDF")
        return f"{len(page.content)} B"

    # Up and back ----------------------------------------------------------------------------------

    def send_up(self) -> str:
        page = self.page("editor")
        form = page.visitor.get(page.address(r"/steps/opinion/\d+/send_up/")).form(holding="to")
        self.where(form.fill(to=form.choices("to")[0]).send())
        inbox = self.people["city-editor"].get(
            f"{reverse('opinions:list')}?{urlencode({'q': EDITED})}"
        )
        self.above = max(int(match[1]) for match in inbox.addresses(r"/opinions/(\d+)/$"))
        self.shows(self.page("city-editor", self.above), EDITED)
        return f"{reverse('opinions:detail', args=[self.above])}"

    def return_it(self) -> str:
        """Above it waits for those below; here it says why."""
        self.step("city-editor", "return", above=True, note=WANTED)
        self.shows(self.page("editor"), WANTED)
        return WANTED

    def complete(self) -> str:
        """The completed text goes into the same case above; what was published here stays as it
        was.
        """
        self.step("editor", "complete", flow="dispatch", text=COMPLETED, note="已补充户数")
        page = self.page("signer")
        confirm = page.visitor.get(page.address(r"/steps/dispatch/\d+/send_again/"))
        self.where(confirm.form(holding="seen").send())
        self.shows(self.page("city-editor", self.above), COMPLETED)
        return "已补充户数"

    def adopted_above(self) -> str:
        """Published there, it is adopted here, without anybody's doing."""
        self.edit("city-editor", self.above, keeps="四百余户")
        self.step("city-editor", "pass_check", above=True)
        self.step("city-signer", "sign", above=True)
        where = self.publish("city-editor", self.above, [])
        with override(SHOWN):
            flow = FLOWS["dispatch"]
            adopted = str(flow.states[flow.steps["be_adopted"].target].label)
        self.shows(self.page("editor"), adopted)
        return where

    # Instructed on, handled -----------------------------------------------------------------------

    def instruct(self) -> str:
        form = (
            self.people["editor"]
            .get(reverse("instructions:record", args=["opinion", self.pk]))
            .form(holding="leader")
        )
        page = form.fill(leader="周县长", post="县长", words="请城管局牵头整治，结果报我。").send()
        self.shows(self.page("editor"), "请城管局牵头整治")
        return page.path

    def give(self) -> str:
        form = (
            self.people["editor"]
            .get(reverse("transfers:begin", args=["opinion", self.pk]))
            .form(holding="units")
        )
        form.fill(units=str(self.unit), words="请研究办理，并将结果函复县政协。").send()
        page = self.page("officer")
        self.transfer = int(next(page.addresses(r"/transfers/(\d+)/"))[1])
        return self.where(self.page("editor"))

    def answer(self) -> str:
        address = reverse("transfers:detail", args=[self.transfer])
        self._taken(self.people["officer"].get(address), "transfer", "accept", {})
        words = {"result": TransferResult.ADOPTED.value, "answer": "已为三十二家摊位安装净化设备。"}
        self._taken(self.people["officer"].get(address), "transfer", "answer", dict(words))
        self._taken(self.people["editor"].get(address), "transfer", "take", {})
        return self.where(self.page("editor"))

    def told(self) -> str:
        """One line for each step, as soon as the worker has been round."""
        until = time.monotonic() + DELIVERY
        while missing := [words for words in TOLD if not self._is_told(words)]:
            if time.monotonic() > until:
                raise Unexpected(
                    _("The writer was not told: %(what)s") % {"what": " · ".join(missing)}
                )
            time.sleep(1)
        return f"{len(TOLD)}"

    def _is_told(self, words: str) -> bool:
        with override(SHOWN):
            pattern = re.sub(r"%\\\(\w+\\\)s", ".*", re.escape(_(words)))
        lines = self.people["member"].get(reverse("notices:inbox")).words("btn-link")
        return any(
            re.fullmatch(pattern, line) and (TITLE in line or EDITED in line) for line in lines
        )


def _told(flow: str, step: str) -> str:
    """What the first of those concerned are told of a step: the writers."""
    return FLOWS[flow].steps[step].tell[0].words


TOLD = (
    *(
        _told("opinion", step)
        for step in (
            "take_up",
            "sign",
            "publish",
            "send_up",
            "be_adopted",
            "be_transferred",
            "be_answered",
            "close",
        )
    ),
    *(_told("dispatch", step) for step in ("be_returned", "send_again", "be_taken_up")),
    "A leader wrote an instruction on “%(title)s”",
)
