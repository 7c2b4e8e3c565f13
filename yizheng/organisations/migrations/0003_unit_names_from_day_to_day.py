"""What a unit is called is a row with its first day and its last, the present name among them."""

import datetime as dt

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("department", "department"),
    ("town", "town or subdistrict"),
    ("enterprise", "public enterprise"),
    ("party_organ", "party organ"),
    ("other", "other"),
]


def follow(apps, schema_editor):
    """Each former name began when the one before it ended; the present one after the last."""
    Unit = apps.get_model("organisations", "Unit")
    UnitName = apps.get_model("organisations", "UnitName")
    for unit in Unit._base_manager.all():
        since = None
        for former in UnitName._base_manager.filter(unit=unit).order_by("until", "id"):
            former.since, former.kind = since, unit.kind
            former.save()
            since = former.until + dt.timedelta(days=1)
        UnitName._base_manager.create(
            organisation_id=unit.organisation_id,
            unit=unit,
            name=unit.name,
            short_name=unit.short_name,
            kind=unit.kind,
            since=since,
        )


def leave_the_former(apps, schema_editor):
    apps.get_model("organisations", "UnitName")._base_manager.filter(until=None).delete()


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_initial")]
    operations = [
        migrations.AddField(
            "unitname",
            "since",
            models.DateField(blank=True, null=True, verbose_name="since"),
        ),
        migrations.AddField(
            "unitname",
            "decided_by",
            models.CharField(blank=True, max_length=200, verbose_name="decided by"),
        ),
        migrations.AddField(
            "unitname",
            "kind",
            models.CharField(
                choices=KINDS, default="department", max_length=12, verbose_name="kind"
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            "unitname",
            "until",
            models.DateField(blank=True, null=True, verbose_name="until"),
        ),
        migrations.AlterField(
            "unitname",
            "unit",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="names",
                to="organisations.unit",
            ),
        ),
        migrations.AlterModelOptions(
            name="unitname",
            options={
                "ordering": [models.OrderBy(models.F("since"), descending=True, nulls_last=True), "-id"]
            },
        ),
        migrations.RunPython(follow, leave_the_former),
    ]
