"""States of promises."""

from django.utils.translation import gettext_lazy as _

from yizheng.core.states import States


class PromiseState(States):
    """unmet: nothing was done yet. claimed: said to be done. fulfilled: has its evidence.
    concluded: has its day. released: owed no more.
    """

    OPEN = "open", "unmet", _("followed")
    REPORTED = "reported", "claimed", _("reported done, to be confirmed")
    KEPT = "kept", "concluded fulfilled", _("kept")
    MISSED = "missed", "concluded unmet", _("missed")
    REPLACED = "replaced", "released", _("replaced by a later promise")
    VOID = "void", "released", _("void with what it answered")
