from django.db import migrations

from yizheng.core.dated import NoOverlap


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_unit_names_from_day_to_day")]
    operations = [NoOverlap("UnitName", ["unit_id"])]
