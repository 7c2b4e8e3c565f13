"""States of an annual report: `private` (it is being written), `frozen`."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.states import States


class ReportState(States):
    DRAFT = "draft", "private", pgettext_lazy("report", "draft")
    FROZEN = "frozen", "frozen", _("frozen")
