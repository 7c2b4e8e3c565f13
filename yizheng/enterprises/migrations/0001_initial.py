import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.TENANT_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Enterprise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('trade', models.CharField(blank=True, max_length=40, verbose_name='trade')),
                ('above_scale_since', models.DateField(blank=True, null=True, verbose_name='above scale since')),
                ('above_scale_until', models.DateField(blank=True, null=True, verbose_name='above scale until')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enterprises', to='organisations.unit', verbose_name='town')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='EnterpriseMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('post', models.CharField(blank=True, max_length=40, verbose_name='post')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='enterprises.enterprise')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enterprises', to='people.membership', verbose_name='member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='enterprise',
            constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='one_enterprise_of_a_name'),
        ),
        migrations.AddConstraint(
            model_name='enterprise',
            constraint=models.CheckConstraint(condition=models.Q(('above_scale_until', None), models.Q(('above_scale_since__isnull', False), ('above_scale_until__gte', models.F('above_scale_since'))), _connector='OR'), name='enterprise_is_above_scale_from_a_day'),
        ),
        migrations.AddConstraint(
            model_name='enterprisemember',
            constraint=models.UniqueConstraint(fields=('enterprise', 'membership'), name='one_member_an_enterprise_once'),
        ),
    ]
