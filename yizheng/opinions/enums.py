"""States and choices of public-opinion information."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.states import States


class OpinionState(States):
    """Each in one of: writing (the writer's text is open), inbox, edited (with the editors and
    signers), ready (signed, to go out), out, archived, ended (went no further).

    private: nobody sees it but its writer. incomplete: came back to be completed. editable: its
    edition is open. live: signed and not closed; valued: live or closed, so the house made use of
    it. handled: with the units. rejected: has its reason. joined: under a combined piece.
    uncounted: was never handed in, or is no more.
    """

    DRAFT = "draft", "writing private uncounted", pgettext_lazy("opinion", "draft")
    SUBMITTED = "submitted", "inbox", _("handed in")
    RETURNED = "returned", "writing incomplete", _("to be completed by the writer")
    EDITING = "editing", "edited editable", _("being edited")
    CHECKING = "checking", "edited editable", _("edition being checked")
    SIGNING = "signing", "edited", _("awaiting signature")
    SIGNED = "signed", "ready live valued", _("signed, to be published or sent")
    PUBLISHED = "published", "ready live valued", _("published in an issue")
    SENT = "sent", "out live valued", _("sent out")
    USED = "used", "out live valued", _("adopted or instructed on")
    TRANSFERRED = "transferred", "out live valued handled", _("with the units")
    ANSWERED = "answered", "out live valued", _("answered by the units")
    CLOSED = "closed", "archived valued", pgettext_lazy("opinion", "closed")
    NOT_USED = "not_used", "ended rejected", pgettext_lazy("opinion", "not used")
    MERGED = "merged", "ended joined", _("part of a combined piece")
    WITHDRAWN = "withdrawn", "ended uncounted", pgettext_lazy("opinion", "withdrawn")


class ReporterKind(TextChoices):
    MEMBER = "member", pgettext_lazy("reporter", "member")
    COLLECTIVE = "collective", _("party or body")
    LIAISON = "liaison", _("liaison officer of a unit")
    INVITED = "invited", _("invited reporter")
    NON_MEMBER = "non_member", _("reporter who is no member")
    COMMITTEE_BELOW = "below", _("committee below")


class OpinionBodyForm(TextChoices):
    TEXT = "text", _("one text")
    PARTS = "parts", _("situation, analysis, suggestions")


class Urgency(TextChoices):
    ORDINARY = "ordinary", pgettext_lazy("urgency", "ordinary")
    URGENT = "urgent", _("urgent")
    MOST_URGENT = "most_urgent", _("most urgent")


class Secrecy(TextChoices):
    """Who may read it at all. State secrets have no marking here: they must not be entered."""

    OPEN = "open", _("may be read by all reporters once published")
    INTERNAL = "internal", _("internal: the office, the writers, the units that handle it")
    LISTED = "listed", _("circulation list only")


class OpinionLevel(TextChoices):
    COUNTY = "county", _("county")
    CITY = "city", pgettext_lazy("level", "city")
    PROVINCE = "province", pgettext_lazy("level", "province")
    NATION = "nation", _("nation")


class Adoption(TextChoices):
    SINGLE = "single", _("adopted singly")
    COMBINED = "combined", _("adopted in a combined piece")
    PASSED_ON = "passed_on", _("passed on to departments")


class DispatchState(States):
    """waiting: the one above has not taken it up. back: came back, to be completed. successful:
    says how and when it was adopted. retracted: was never sent, as it were.
    """

    SENT = "sent", "waiting", _("sent, no answer yet")
    TAKEN_UP = "taken_up", _("taken up there")
    ADOPTED = "adopted", "successful", _("adopted there")
    NOT_ADOPTED = "not_adopted", _("not adopted there")
    RETURNED = "returned", "waiting back", _("came back to be completed")
    COMPLETED = "completed", "waiting back", _("completed, to be signed")
    WITHDRAWN = "withdrawn", "retracted", _("taken back")


class IssueState(States):
    """issued: has its number and its day."""

    COMPOSING = "composing", _("being put together")
    PUBLISHED = "published", "issued", pgettext_lazy("opinion", "published")
