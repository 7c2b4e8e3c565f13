import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.TENANT_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Regulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('subject', models.SlugField(verbose_name='subject')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
        ),
        migrations.CreateModel(
            name='RegulationVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('schema_version', models.PositiveSmallIntegerField(default=1)),
                ('parameters', models.JSONField(verbose_name='parameters')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what changes')),
                ('in_force_from', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('adopted_by', models.CharField(blank=True, max_length=100, verbose_name='adopted by')),
                ('adopted_on', models.DateField(blank=True, null=True, verbose_name='adopted on')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='regulations.regulation')),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.AddConstraint(
            model_name='regulation',
            constraint=models.UniqueConstraint(fields=('organisation', 'subject'), name='one_regulation_of_a_subject'),
        ),
        migrations.AddConstraint(
            model_name='regulationversion',
            constraint=models.UniqueConstraint(fields=('regulation', 'number'), name='one_version_of_a_number'),
        ),
        migrations.AddConstraint(
            model_name='regulationversion',
            constraint=models.UniqueConstraint(condition=models.Q(('adopted_on', None), _negated=True), fields=('regulation', 'in_force_from'), name='one_version_from_a_day'),
        ),
        migrations.AddConstraint(
            model_name='regulationversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('adopted_by', ''), ('adopted_on', None)), models.Q(('adopted_on__isnull', False), ('in_force_from__isnull', False), models.Q(('adopted_by', ''), _negated=True)), _connector='OR'), name='adopted_means_by_a_meeting_and_from_a_day'),
        ),
    ]
