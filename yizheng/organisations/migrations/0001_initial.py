import django.db.models.deletion
import yizheng.organisations.places
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('place_kind', models.CharField(blank=True, default='', max_length=20)),
                ('place_id', models.PositiveBigIntegerField(default=0)),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('ordinal', models.PositiveSmallIntegerField(verbose_name='ordinal')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('opens_on', models.DateField(verbose_name='opens on')),
                ('closes_on', models.DateField(verbose_name='closes on')),
                ('proposals_until', models.DateField(verbose_name='proposals of the plenary until')),
            ],
            options={
                'ordering': ['-opens_on'],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('ordinal', models.PositiveSmallIntegerField(verbose_name='ordinal')),
                ('begins_on', models.DateField(verbose_name='begins on')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
            ],
            options={
                'ordering': ['-ordinal'],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('short_name', models.CharField(max_length=20, verbose_name='short name')),
                ('kind', models.CharField(choices=[('department', 'department'), ('town', 'town or subdistrict'), ('enterprise', 'public enterprise'), ('party_organ', 'party organ'), ('other', 'other')], default='department', max_length=12, verbose_name='kind')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='UnitContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('duty', models.CharField(choices=[('leader', 'leader in charge'), ('officer', 'officer')], max_length=10, verbose_name='duty')),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('post', models.CharField(blank=True, max_length=40, verbose_name='post')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'ordering': ['until', 'duty', '-since'],
            },
        ),
        migrations.CreateModel(
            name='UnitName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('short_name', models.CharField(max_length=20, verbose_name='short name')),
                ('until', models.DateField(verbose_name='until')),
            ],
            options={
                'ordering': ['-until', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('short_name', models.CharField(max_length=20, verbose_name='short name')),
                ('region', models.CharField(max_length=20, verbose_name='region')),
                ('level', models.CharField(choices=[('county', 'county or district'), ('city', 'city'), ('province', 'province')], default='county', max_length=10, verbose_name='level')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to=settings.TENANT_MODEL)),
            ],
            options={
                'swappable': 'TENANT_MODEL',
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('day', models.DateField(verbose_name='day')),
                ('is_working_day', models.BooleanField(verbose_name='is a working day')),
                ('note', models.CharField(blank=True, max_length=60, verbose_name='note')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='Committee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('code', models.SlugField(verbose_name='code')),
                ('permissions', models.JSONField(default=list, verbose_name='permissions')),
                ('place', models.CharField(choices=yizheng.organisations.places.choices, default='anywhere', max_length=20, verbose_name='where it holds')),
                ('is_members', models.BooleanField(default=False, verbose_name="is the members' own")),
                ('needs_second_factor', models.BooleanField(default=False, verbose_name='needs a second factor')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
        ),
    ]
