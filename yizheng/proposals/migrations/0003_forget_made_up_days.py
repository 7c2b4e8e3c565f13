"""Days that an earlier version made up for proposals brought in from a list are not known.

It set every day of a part to that of the filing, and all days a list did not say to that of the
submission. A day of submission that the list did not say was set to the opening of the session;
whether it did say so cannot be told any more, and it stays.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def forget(apps: Any, _editor: Any) -> None:
    assignments = apps.get_model("proposals", "Assignment").objects
    proposals = apps.get_model("proposals", "Proposal").objects
    replies = apps.get_model("proposals", "Reply").objects
    made_up = assignments.filter(
        proposal__is_imported=True,
        round=1,
        state__in=("replied", "lapsed"),
        reply_due_on=F("assigned_on"),
        hand_back_until=F("assigned_on"),
    ).exclude(pk__in=replies.values("assignment"))
    ids = list(made_up.values_list("pk", flat=True))
    for start in range(0, len(ids), 500):
        some = assignments.filter(pk__in=ids[start : start + 500])
        some.filter(state="lapsed").update(state="untold", replied_at=None)
        some.update(
            assigned_on=None, reply_due_on=None, hand_back_until=None, accepted_at=None
        )
        submitted = proposals.filter(pk=OuterRef("proposal")).values("submitted_at")[:1]
        some.filter(replied_at=Subquery(submitted)).update(replied_at=None)
    imported = proposals.filter(is_imported=True, round=1)
    imported.filter(closed_at=F("submitted_at")).update(closed_at=None)
    imported.filter(replied_at=F("submitted_at")).update(replied_at=None)
    imported.filter(assigned_at=F("submitted_at")).update(assigned_at=None, assigned_how="")
    imported.filter(filed_at=F("submitted_at"), filed_by=None).update(filed_at=None)


def keep(_apps: Any, _editor: Any) -> None:
    """What was made up is not made up again."""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0002_days_only_where_known")]
    operations = [migrations.RunPython(forget, keep)]
