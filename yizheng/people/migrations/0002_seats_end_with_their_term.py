"""A term that another followed ends on the day before it, and a seat ends with its term."""

import datetime as dt

from django.db import migrations, models


def end(apps, schema_editor):
    Term = apps.get_model("organisations", "Term")
    Membership = apps.get_model("people", "Membership")
    following = {}
    for term in Term._base_manager.order_by("organisation", "-begins_on"):
        after = following.get(term.organisation_id)
        if term.ends_on is None and after is not None:
            term.ends_on = max(after - dt.timedelta(days=1), term.begins_on)
            term.save(update_fields=["ends_on"])
        following[term.organisation_id] = term.begins_on
    for term in Term._base_manager.exclude(ends_on=None):
        seats = Membership._base_manager.filter(term=term, until=None, since__lte=term.ends_on)
        seats.update(until=term.ends_on, end_reason="term")


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_initial"),
        ("people", "0001_initial"),
    ]
    operations = [
        migrations.AlterField(
            model_name="membership",
            name="end_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("resigned", "resigned"),
                    ("revoked", "revoked"),
                    ("deceased", "deceased"),
                    ("term", "the term ended"),
                ],
                max_length=10,
                verbose_name="ended because",
            ),
        ),
        migrations.RunPython(end, migrations.RunPython.noop),
    ]
