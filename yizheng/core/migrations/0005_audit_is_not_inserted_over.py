"""SQLite replaces a row by `INSERT OR REPLACE` without asking the trigger on deletion: that is refused too."""

from django.db import migrations

SQLITE = """CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON core_auditentry
    WHEN EXISTS (SELECT 1 FROM core_auditentry WHERE id = NEW.id)
      OR EXISTS (SELECT 1 FROM core_auditentry WHERE organisation_id = NEW.organisation_id AND sequence = NEW.sequence)
    BEGIN SELECT RAISE(ABORT, 'audit entries cannot be replaced'); END"""


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_entry_no_replace")


class Migration(migrations.Migration):
    dependencies = [("core", "0004_alter_outboxentry_at")]
    operations = [migrations.RunPython(install, remove)]
