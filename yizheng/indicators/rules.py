"""Who reads figures, and who writes and freezes the annual report."""

from django.utils.translation import gettext_lazy as _

from yizheng.core.access import office

read = office("indicators.read", _("reads figures and checks reports"))
report = office("indicators.report", _("writes and freezes the annual report"))
