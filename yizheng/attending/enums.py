"""States of leave, with one group: `granted`."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.states import States


class LeaveState(States):
    ASKED = "asked", "", _("asked for")
    GRANTED = "granted", "granted", _("granted")
    REFUSED = "refused", "", pgettext_lazy("leave", "refused")
    WITHDRAWN = "withdrawn", "", pgettext_lazy("leave", "withdrawn")
