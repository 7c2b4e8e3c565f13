"""States and choices of venues."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.states import States


class Sort(TextChoices):
    """What a place's own category counts as in reports."""

    HOME = "home", _("members' home")
    STUDIO = "studio", _("studio")
    RECEPTION = "reception", _("reception room")
    STATION = "station", _("station")
    OTHER = "other", _("other")


class VenueKind(TextChoices):
    REGIONAL = "regional", _("regional")
    SECTOR = "sector", _("of a sector")
    INDIVIDUAL = "individual", _("of one member")


class Board(TextChoices):
    """The five things on the wall, and what is new."""

    NEWS = "news", _("news")
    SIGN = "sign", pgettext_lazy("on the wall", "sign")
    PEOPLE = "people", _("who serves")
    DUTIES = "duties", _("tasks")
    PROCEDURE = "procedure", _("how it goes")
    RULES = "rules", _("rules of the house")


class VisitState(States):
    """Groups: answered (it has its answer and day), handed (it says what it became)."""

    NOTED = "noted", "", _("noted")
    SETTLED = "settled", "answered", _("settled")
    HANDED_ON = "handed_on", "handed", _("handed on")
