import json
from pathlib import Path

from django.db import migrations

CATEGORIES = Path(__file__).parent.parent / "venues" / "categories.json"


def begin(apps, _schema_editor):
    """Organisations founded before venues were kept begin with the usual categories."""
    category = apps.get_model("organisations", "VenueCategory")
    for organisation in apps.get_model("organisations", "Organisation").objects.all():
        for values in json.loads(CATEGORIES.read_text(encoding="utf-8")):
            category._base_manager.create(organisation=organisation, **values)


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_venues_and_bodies'),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
