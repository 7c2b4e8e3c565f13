import django.db.models.deletion
import django.utils.timezone
import yizheng.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.TENANT_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('outline', models.TextField(verbose_name='outline')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('frozen_at', models.DateTimeField(blank=True, null=True, verbose_name='frozen')),
                ('frozen_by_name', models.CharField(blank=True, max_length=80)),
                ('fields', models.JSONField(default=dict)),
                ('labels', models.JSONField(default=dict)),
                ('frozen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'ordering': ['-year', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ReportFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('breakdown', models.CharField(blank=True, max_length=20)),
                ('key', models.CharField(blank=True, max_length=60)),
                ('title', models.CharField(max_length=120)),
                ('breakdown_title', models.CharField(blank=True, max_length=60)),
                ('unit', models.CharField(max_length=10)),
                ('definition', models.TextField()),
                ('kind', models.CharField(max_length=20)),
                ('is_rate', models.BooleanField()),
                ('parts', models.JSONField(default=list)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='indicators.report')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='CheckedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('content', models.BinaryField()),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['owner', '-id'], name='checked_files_of_an_owner')],
            },
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['organisation', '-year', '-id'], name='reports_of_a_year'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('frozen',)), _negated=True), models.Q(('frozen_at__isnull', False), models.Q(('frozen_by_name', ''), _negated=True)), _connector='OR'), name='frozen_report_says_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft',))), fields=('organisation', 'year'), name='one_draft_report_a_year'),
        ),
        migrations.AddConstraint(
            model_name='reportfigure',
            constraint=models.UniqueConstraint(fields=('report', 'code', 'year', 'breakdown', 'key'), name='one_frozen_figure_each'),
        ),
    ]
