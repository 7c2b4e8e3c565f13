import django.db.models.deletion
from django.db import migrations, models

from yizheng.search.store import PostgreSQL, Sqlite


def _store(schema_editor):
    return Sqlite if schema_editor.connection.vendor == "sqlite" else PostgreSQL


def install(apps, schema_editor):
    for statement in _store(schema_editor).SCHEMA:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in _store(schema_editor).DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_initial'),
        ('proposals', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='proposals.proposal')),
                ('text', models.TextField()),
                ('audience', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'proposal'], name='search_documents_newest')],
            },
        ),
        migrations.RunPython(install, remove),
    ]
