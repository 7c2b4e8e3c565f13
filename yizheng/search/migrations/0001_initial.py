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
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=1)),
                ('object_id', models.PositiveBigIntegerField()),
                ('text', models.TextField()),
                ('audience', models.TextField()),
                ('place', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='one_search_document_of_a_layer')],
                'indexes': [models.Index(fields=['organisation', 'place'], name='search_documents_newest')],
            },
        ),
        migrations.RunPython(install, remove),
    ]
