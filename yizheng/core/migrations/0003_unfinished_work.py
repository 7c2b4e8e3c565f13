from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0002_audit_is_append_only")]
    operations = [migrations.RenameModel("Unfinished", "UnfinishedWork")]
