"""Who keeps the posts of the office and who works there."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yizheng.core.access import office

keep = office("staff.keep", _("keeps posts and staff of the office"))
