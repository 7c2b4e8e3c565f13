import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='number of the paper')),
                ('meeting', models.CharField(max_length=100, verbose_name='adopted by')),
                ('adopted_on', models.DateField(verbose_name='adopted on')),
                ('in_force_from', models.DateField(verbose_name='in force from')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='regulations.ruledocument', verbose_name='revises')),
                ('repealed_on', models.DateField(blank=True, null=True, verbose_name='repealed on')),
                ('repealed_by', models.CharField(blank=True, max_length=100, verbose_name='repealed by')),
                ('subject', models.SlugField(blank=True, verbose_name='regulation of the platform')),
                ('about', models.TextField(blank=True, verbose_name='what it rules')),
            ],
            options={
                'ordering': ['-adopted_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('in_force_from__gte', models.F('adopted_on'))), name='rule_is_in_force_after_its_adoption'), models.CheckConstraint(condition=models.Q(models.Q(('repealed_by', ''), ('repealed_on', None)), models.Q(('repealed_on__isnull', False), models.Q(('repealed_by', ''), _negated=True)), _connector='OR'), name='repealed_rule_says_by_whom'), models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('organisation', 'number'), name='one_rule_of_a_number')],
                'indexes': [models.Index(fields=['organisation', 'adopted_on'], name='rules_by_adoption')],
            },
        ),
        migrations.CreateModel(
            name='Regulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('subject', models.SlugField(verbose_name='subject')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('version', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'subject'), name='one_regulation_of_a_subject')],
            },
        ),
        migrations.CreateModel(
            name='RegulationVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('regulation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='regulations.regulation')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('schema_version', models.PositiveSmallIntegerField(default=1)),
                ('parameters', models.JSONField(verbose_name='parameters')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what changes')),
                ('in_force_from', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('adopted_by', models.CharField(blank=True, max_length=100, verbose_name='adopted by')),
                ('adopted_on', models.DateField(blank=True, null=True, verbose_name='adopted on')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('regulation', 'number'), name='one_version_of_a_number'), models.UniqueConstraint(condition=models.Q(('adopted_on', None), _negated=True), fields=('regulation', 'in_force_from'), name='one_version_from_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('adopted_by', ''), ('adopted_on', None)), models.Q(('adopted_on__isnull', False), ('in_force_from__isnull', False), models.Q(('adopted_by', ''), _negated=True)), _connector='OR'), name='adopted_means_by_a_meeting_and_from_a_day')],
            },
        ),
    ]
