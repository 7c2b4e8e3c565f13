"""The day on which a suggestion out of a list was decided is not known where the list did not say.

An earlier version took the day of the activity for it.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import F


def forget(apps: Any, _editor: Any) -> None:
    suggestions = apps.get_model("activities", "ActivitySuggestion").objects
    made_up = suggestions.filter(
        activity__is_imported=True, given_on=None, decided_on=F("activity__starts_at__date")
    )
    made_up.update(decided_on=None)


def keep(_apps: Any, _editor: Any) -> None:
    """What was made up is not made up again."""


class Migration(migrations.Migration):
    dependencies = [("activities", "0002_decided_days_only_where_known")]
    operations = [migrations.RunPython(forget, keep)]
