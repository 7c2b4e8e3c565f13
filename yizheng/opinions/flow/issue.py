"""The life of an issue (期): put together, then published once, with its number."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core import numbering
from yizheng.core.access import Words
from yizheng.core.flow import FLOWS, Act, Birth, Edit, Flow, State, Step

from .. import rules
from ..enums import IssueState as S
from ..enums import OpinionState
from ..models import Issue
from .due_dates import rules_of
from .effects import recipient_words


def _has_signed_items(issue: Issue) -> Words | None:
    items = list(issue.items.select_related("opinion"))
    if not items:
        return _("There is no opinion in it yet.")
    if wrong := next(
        (i.opinion for i in items if i.opinion.state not in OpinionState.of("live")), None
    ):
        return _("“%(title)s” is not open any more; take it out of the issue.") % {
            "title": wrong.heading
        }
    return None


def _publish(act: Act[Issue]) -> None:
    issue = act.obj
    issue.issued_on, issue.year = act.today, act.today.year
    issue.number = _next_number(issue)
    issue.recipients = list(act.data["recipients"])
    issue.addressees = issue.addressees or "、".join(recipient_words(issue.recipients))
    act.detail["note"] = f"{issue.number} {issue.addressees}".strip()


def _next_number(issue: Issue) -> str:
    journal = rules_of().journal(issue.journal)
    there = Issue.objects.filter(journal=issue.journal, year=issue.year)
    return numbering.next_number(
        f"issue-{journal.code}-{issue.year}",
        journal.number,
        lambda number: there.filter(number=number).exists(),
        year=issue.year,
    )


def _publish_items(act: Act[Issue]) -> None:
    for item in act.obj.items.select_related("opinion"):
        data = {"issue": act.obj, "recipients": act.obj.recipients}
        FLOWS["opinion"].perform("publish", item.opinion, by=act.by, data=data)


EDITORS_ONLY = _("Issues are put together by the editors.")
IS_OUT = _("This issue is published; what stands in it stays.")

ISSUE = Flow(
    "issue",
    _("Issue"),
    Issue,
    states={
        S.COMPOSING: State(
            S.COMPOSING.label,
            rules.publisher,
            _("puts it together and publishes it"),
            done=1,
            now=1,
            tone="ochre",
        ),
        S.PUBLISHED: State(S.PUBLISHED.label, done=2, ends=True),
    },
    births=[
        Birth[Issue](
            "composed", _("put together"), S.COMPOSING, rule=rules.publisher, stranger=EDITORS_ONLY
        ),
        Birth[Issue]("imported", _("imported"), S.PUBLISHED, rule=rules.import_opinions),
    ],
    edits=[
        Edit[Issue](
            "compose",
            _("put together anew"),
            frozenset({S.COMPOSING}),
            rules.publisher,
            IS_OUT,
            EDITORS_ONLY,
        ),
        Edit[Issue](
            "discard",
            _("thrown away"),
            frozenset({S.COMPOSING}),
            rules.publisher,
            IS_OUT,
            EDITORS_ONLY,
            deletes=True,
        ),
    ],
    steps=[
        Step[Issue](
            "publish",
            pgettext_lazy("issue", "Publish"),
            pgettext_lazy("opinion", "published"),
            frozenset({S.COMPOSING}),
            rules.publisher,
            target=S.PUBLISHED,
            guards=(_has_signed_items,),
            form="yizheng.opinions.forms.steps.IssuePublishForm",
            effect=_publish,
            then=_publish_items,
            primary=True,
        )
    ],
    seals=(
        ("编", pgettext_lazy("seal", "putting together")),
        ("发", pgettext_lazy("seal", "publication")),
    ),
    url=lambda i: reverse("opinions:issue", args=[i.pk]),
    visible=rules.visible_issues,
)
