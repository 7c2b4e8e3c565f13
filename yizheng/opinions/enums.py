"""States and choices of public-opinion information."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OpinionState(TextChoices):
    DRAFT = "draft", pgettext_lazy("opinion", "draft")
    SUBMITTED = "submitted", _("handed in")
    RETURNED = "returned", _("to be completed by the writer")
    EDITING = "editing", _("being edited")
    CHECKING = "checking", _("edition being checked")
    SIGNING = "signing", _("awaiting signature")
    SIGNED = "signed", _("signed, to be published or sent")
    PUBLISHED = "published", _("published in an issue")
    SENT = "sent", _("sent out")
    USED = "used", _("adopted or instructed on")
    TRANSFERRED = "transferred", _("with the units")
    ANSWERED = "answered", _("answered by the units")
    CLOSED = "closed", pgettext_lazy("opinion", "closed")
    NOT_USED = "not_used", pgettext_lazy("opinion", "not used")
    MERGED = "merged", _("part of a combined piece")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ReporterKind(TextChoices):
    MEMBER = "member", pgettext_lazy("reporter", "member")
    COLLECTIVE = "collective", _("party or body")
    LIAISON = "liaison", _("liaison officer of a unit")
    INVITED = "invited", _("invited reporter")
    NON_MEMBER = "non_member", _("reporter who is no member")
    COMMITTEE_BELOW = "below", _("committee below")


class BodyForm(TextChoices):
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


class Level(TextChoices):
    COUNTY = "county", _("county")
    CITY = "city", pgettext_lazy("level", "city")
    PROVINCE = "province", pgettext_lazy("level", "province")
    NATION = "nation", _("nation")


class Adoption(TextChoices):
    SINGLE = "single", _("adopted singly")
    COMBINED = "combined", _("adopted in a combined piece")
    PASSED_ON = "passed_on", _("passed on to departments")


class DispatchState(TextChoices):
    SENT = "sent", _("sent, no answer yet")
    TAKEN_UP = "taken_up", _("taken up there")
    ADOPTED = "adopted", _("adopted there")
    NOT_ADOPTED = "not_adopted", _("not adopted there")
    RETURNED = "returned", _("came back to be completed")
    COMPLETED = "completed", _("completed, to be signed")
    WITHDRAWN = "withdrawn", _("taken back")


class IssueState(TextChoices):
    COMPOSING = "composing", _("being put together")
    PUBLISHED = "published", pgettext_lazy("opinion", "published")
