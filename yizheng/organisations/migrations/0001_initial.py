import django.core.validators
import django.db.models.deletion
import yizheng.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('short_name', models.CharField(max_length=20, verbose_name='short name')),
                ('region', models.CharField(max_length=20, verbose_name='region')),
                ('level', models.CharField(choices=[('county', 'county or district'), ('city', 'city'), ('province', 'province')], default='county', max_length=10, verbose_name='level')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('ordinal', models.PositiveSmallIntegerField(verbose_name='ordinal')),
                ('begins_on', models.DateField(verbose_name='begins on')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
            ],
            options={
                'ordering': ['-ordinal'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'ordinal'), name='one_term_of_an_ordinal')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='organisations.term')),
                ('ordinal', models.PositiveSmallIntegerField(verbose_name='ordinal')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('opens_on', models.DateField(verbose_name='opens on')),
                ('closes_on', models.DateField(verbose_name='closes on')),
                ('proposals_until', models.DateField(verbose_name='proposals of the plenary until')),
            ],
            options={
                'ordering': ['-opens_on'],
                'constraints': [models.UniqueConstraint(fields=('term', 'ordinal'), name='one_session_of_an_ordinal'), models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='session_closes_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='Sector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
            ],
        ),
        migrations.CreateModel(
            name='Committee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='one_committee_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
            ],
        ),
        migrations.CreateModel(
            name='Collective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('kind', models.CharField(choices=[('party', 'party'), ('body', 'body')], max_length=10, verbose_name='kind')),
            ],
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('short_name', models.CharField(max_length=20, verbose_name='short name')),
                ('kind', models.CharField(choices=[('department', 'department'), ('town', 'town or subdistrict'), ('enterprise', 'public enterprise'), ('party_organ', 'party organ'), ('other', 'other')], default='department', max_length=12, verbose_name='kind')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='one_unit_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='UnitName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='organisations.unit')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('short_name', models.CharField(max_length=20, verbose_name='short name')),
                ('until', models.DateField(verbose_name='until')),
            ],
            options={
                'ordering': ['-until', '-id'],
            },
        ),
        migrations.CreateModel(
            name='UnitContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='organisations.unit')),
                ('duty', models.CharField(choices=[('leader', 'leader in charge'), ('officer', 'officer')], max_length=10, verbose_name='duty')),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('post', models.CharField(blank=True, max_length=40, verbose_name='post')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'ordering': ['until', 'duty', '-since'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('unit', 'duty'), name='one_contact_of_a_duty')],
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('day', models.DateField(verbose_name='day')),
                ('is_working_day', models.BooleanField(verbose_name='is a working day')),
                ('note', models.CharField(blank=True, max_length=60, verbose_name='note')),
            ],
            options={
                'ordering': ['day'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'day'), name='one_calendar_entry_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('code', models.SlugField(verbose_name='code')),
                ('permissions', models.JSONField(default=list, verbose_name='permissions')),
                ('place', models.CharField(choices=[('anywhere', 'over the whole organisation or a part of it, as it is given'), ('unit', 'at a unit'), ('committee', 'at a special committee'), ('venue', 'at a venue')], default='anywhere', max_length=10, verbose_name='where it holds')),
                ('is_members', models.BooleanField(default=False, verbose_name="is the members' own")),
                ('needs_second_factor', models.BooleanField(default=False, verbose_name='needs a second factor')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'code'), name='one_role_of_a_code'), models.CheckConstraint(condition=models.Q(('is_members', False), ('place', 'anywhere'), _connector='OR'), name='members_hold_their_role_everywhere')],
            },
        ),
        migrations.CreateModel(
            name='Enterprise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enterprises', to='organisations.unit', verbose_name='town')),
                ('trade', models.CharField(blank=True, max_length=40, verbose_name='trade')),
                ('above_scale_since', models.DateField(blank=True, null=True, verbose_name='above scale since')),
                ('above_scale_until', models.DateField(blank=True, null=True, verbose_name='above scale until')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='one_enterprise_of_a_name'), models.CheckConstraint(condition=models.Q(('above_scale_until', None), models.Q(('above_scale_since__isnull', False), ('above_scale_until__gte', models.F('above_scale_since'))), _connector='OR'), name='enterprise_is_above_scale_from_a_day')],
            },
        ),
        migrations.CreateModel(
            name='EnterpriseMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='organisations.enterprise')),
                ('post', models.CharField(blank=True, max_length=40, verbose_name='post')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='StaffPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='post')),
                ('level', models.CharField(choices=[('leading', 'county level'), ('section', 'section level'), ('deputy_section', 'deputy section level'), ('clerk', 'clerk'), ('worker', 'worker')], max_length=16, verbose_name='level')),
                ('kind', models.CharField(choices=[('administrative', 'administrative'), ('institution', 'public institution')], default='administrative', max_length=16, verbose_name='kind of establishment')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='how many')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('paper', models.CharField(blank=True, max_length=100, verbose_name='by which paper')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='staff_post_is_at_least_one'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='staff_post_ends_later')],
            },
        ),
        migrations.CreateModel(
            name='VenueCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('sort', models.CharField(choices=[('home', "members' home"), ('studio', 'studio'), ('reception', 'reception room'), ('station', 'station'), ('other', 'other')], max_length=10, verbose_name='counts as')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='one_venue_category_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='organisations.venuecategory', verbose_name='category')),
                ('kind', models.CharField(choices=[('regional', 'regional'), ('sector', 'of a sector'), ('individual', 'of one member')], default='regional', max_length=10, verbose_name='kind')),
                ('sector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='organisations.sector', verbose_name='sector')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='organisations.unit', verbose_name='town')),
                ('place', models.CharField(max_length=100, verbose_name='address')),
                ('area', models.DecimalField(blank=True, decimal_places=1, max_digits=8, null=True, verbose_name='area')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('stars', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='stars')),
                ('label', models.CharField(blank=True, max_length=40, verbose_name='honour')),
                ('about', models.TextField(blank=True, verbose_name='what it is for')),
                ('opened_on', models.DateField(verbose_name='opened on')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='one_venue_of_a_name'), models.CheckConstraint(condition=models.Q(('closed_on', None), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='venue_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(('stars__lte', 5)), name='venue_has_at_most_five_stars')],
            },
        ),
        migrations.CreateModel(
            name='VenueMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='organisations.venue')),
                ('is_host', models.BooleanField(default=False, verbose_name='is in charge')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'ordering': ['until', '-is_host', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RotaDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rota', to='organisations.venue')),
                ('day', models.DateField(verbose_name='day')),
                ('begins', models.TimeField(verbose_name='from')),
                ('ends', models.TimeField(verbose_name='until')),
            ],
            options={
                'ordering': ['day', 'begins', 'id'],
            },
        ),
        migrations.CreateModel(
            name='WallNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wall', to='organisations.venue')),
                ('board', models.CharField(choices=[('news', 'news'), ('sign', 'sign'), ('people', 'who serves'), ('duties', 'tasks'), ('procedure', 'how it goes'), ('rules', 'rules of the house')], default='news', max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('posted_on', models.DateField(verbose_name='posted on')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'ordering': ['-posted_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('posted_on')), _connector='OR'), name='wall_notice_comes_down_later')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('version', models.PositiveIntegerField(default=0)),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='organisations.venue', verbose_name='venue')),
                ('day', models.DateField(verbose_name='day')),
                ('visitor', models.CharField(max_length=80, verbose_name='who came')),
                ('visitor_name', models.CharField(blank=True, max_length=40, verbose_name='name')),
                ('visitor_phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('raised', models.TextField(verbose_name='what was raised')),
                ('answer', models.TextField(blank=True, verbose_name='what was answered')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='settled on')),
                ('handed_label', models.CharField(blank=True, max_length=120, verbose_name='became')),
                ('handed_url', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ['-day', '-id'],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='organisations.role')),
                ('committee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.committee')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='organisations.unit')),
                ('venue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='organisations.venue')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
        ),
    ]
