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
            name='RuleDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='number of the paper')),
                ('meeting', models.CharField(max_length=100, verbose_name='adopted by')),
                ('adopted_on', models.DateField(verbose_name='adopted on')),
                ('in_force_from', models.DateField(verbose_name='in force from')),
                ('repealed_on', models.DateField(blank=True, null=True, verbose_name='repealed on')),
                ('repealed_by', models.CharField(blank=True, max_length=100, verbose_name='repealed by')),
                ('subject', models.SlugField(blank=True, verbose_name='regulation of the platform')),
                ('about', models.TextField(blank=True, verbose_name='what it rules')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='library.ruledocument', verbose_name='revises')),
            ],
            options={
                'ordering': ['-adopted_on', '-id'],
                'indexes': [models.Index(fields=['organisation', 'adopted_on'], name='rules_by_adoption')],
                'constraints': [models.CheckConstraint(condition=models.Q(('in_force_from__gte', models.F('adopted_on'))), name='rule_is_in_force_after_its_adoption'), models.CheckConstraint(condition=models.Q(models.Q(('repealed_by', ''), ('repealed_on', None)), models.Q(('repealed_on__isnull', False), models.Q(('repealed_by', ''), _negated=True)), _connector='OR'), name='repealed_rule_says_by_whom'), models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('organisation', 'number'), name='one_rule_of_a_number')],
            },
        ),
    ]
