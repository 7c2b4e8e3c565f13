"""Days that an earlier version made up for public-opinion information brought in from a list are
not known.

It took the day of adoption, which it took from the issue or the day it was handed in, for that of
sending, and dated an issue of which it knew none to the last day of its year.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import F


def forget(apps: Any, _editor: Any) -> None:
    dispatches = apps.get_model("opinions", "Dispatch").objects
    issues = apps.get_model("opinions", "Issue").objects
    brought_in = dispatches.filter(
        opinion__is_imported=True, state="adopted", to_organisation=None, sent_on=F("adopted_on")
    )
    brought_in.filter(adopted_on=F("opinion__submitted_at__date")).update(
        adopted_on=None, sent_on=None
    )
    brought_in.update(sent_on=None)
    past = issues.filter(items__opinion__is_imported=True).exclude(
        items__opinion__is_imported=False
    )
    ids = list(past.values_list("pk", flat=True).distinct())
    issues.filter(pk__in=ids).update(is_imported=True)
    issues.filter(pk__in=ids, issued_on__month=12, issued_on__day=31).update(issued_on=None)


def keep(_apps: Any, _editor: Any) -> None:
    """What was made up is not made up again."""


class Migration(migrations.Migration):
    dependencies = [("opinions", "0002_days_only_where_known")]
    operations = [migrations.RunPython(forget, keep)]
