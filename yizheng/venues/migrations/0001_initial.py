import django.core.validators
import django.db.models.deletion
import yizheng.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0002_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.TENANT_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='VenueCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('sort', models.CharField(choices=[('home', "members' home"), ('studio', 'studio'), ('reception', 'reception room'), ('station', 'station'), ('other', 'other')], max_length=10, verbose_name='counts as')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('kind', models.CharField(choices=[('regional', 'regional'), ('sector', 'of a sector'), ('individual', 'of one member')], default='regional', max_length=10, verbose_name='kind')),
                ('place', models.CharField(max_length=100, verbose_name='address')),
                ('area', models.DecimalField(blank=True, decimal_places=1, max_digits=8, null=True, verbose_name='area')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('stars', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(5)], verbose_name='stars')),
                ('label', models.CharField(blank=True, max_length=40, verbose_name='honour')),
                ('about', models.TextField(blank=True, verbose_name='what it is for')),
                ('opened_on', models.DateField(verbose_name='opened on')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('sector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='people.sector', verbose_name='sector')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='organisations.unit', verbose_name='town')),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='venues.venuecategory', verbose_name='category')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='VenueMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('is_host', models.BooleanField(default=False, verbose_name='is in charge')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='people.membership', verbose_name='member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='venues.venue')),
            ],
            options={
                'ordering': ['until', '-is_host', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('day', models.DateField(verbose_name='day')),
                ('visitor', models.CharField(max_length=80, verbose_name='who came')),
                ('visitor_name', models.CharField(blank=True, max_length=40, verbose_name='name')),
                ('visitor_phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('raised', models.TextField(verbose_name='what was raised')),
                ('answer', models.TextField(blank=True, verbose_name='what was answered')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='settled on')),
                ('handed_label', models.CharField(blank=True, max_length=120, verbose_name='became')),
                ('handed_url', models.CharField(blank=True, max_length=200)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('served_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits_received', to='people.membership', verbose_name='received by')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='venues.venue', verbose_name='venue')),
            ],
            options={
                'ordering': ['-day', '-id'],
            },
        ),
        migrations.CreateModel(
            name='WallNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('board', models.CharField(choices=[('news', 'news'), ('sign', 'sign'), ('people', 'who serves'), ('duties', 'tasks'), ('procedure', 'how it goes'), ('rules', 'rules of the house')], default='news', max_length=10, verbose_name='kind')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('posted_on', models.DateField(verbose_name='posted on')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wall', to='venues.venue')),
            ],
            options={
                'ordering': ['-posted_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='RotaDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('day', models.DateField(verbose_name='day')),
                ('begins', models.TimeField(verbose_name='from')),
                ('ends', models.TimeField(verbose_name='until')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rota', to='people.membership', verbose_name='member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('venue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rota', to='venues.venue')),
            ],
            options={
                'ordering': ['day', 'begins', 'id'],
                'indexes': [models.Index(fields=['membership', 'day'], name='rota_of_a_member')],
                'constraints': [models.UniqueConstraint(fields=('venue', 'day', 'membership'), name='one_rota_day_a_member'), models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='rota_day_ends_later')],
            },
        ),
        migrations.AddConstraint(
            model_name='venuecategory',
            constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='one_venue_category_of_a_name'),
        ),
        migrations.AddConstraint(
            model_name='venue',
            constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='one_venue_of_a_name'),
        ),
        migrations.AddConstraint(
            model_name='venue',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on', None), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='venue_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='venue',
            constraint=models.CheckConstraint(condition=models.Q(('stars__lte', 5)), name='venue_has_at_most_five_stars'),
        ),
        migrations.AddIndex(
            model_name='venuemember',
            index=models.Index(fields=['membership', 'until'], name='venues_of_a_member'),
        ),
        migrations.AddConstraint(
            model_name='venuemember',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('venue', 'membership'), name='one_place_at_a_venue_a_member'),
        ),
        migrations.AddConstraint(
            model_name='venuemember',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='venue_member_ends_later'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['organisation', 'day'], name='visits_by_day'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('settled',)), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), ('settled_on__isnull', False)), _connector='OR'), name='settled_visit_has_its_answer'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('handed_on',)), _negated=True), models.Q(('handed_label', ''), _negated=True), _connector='OR'), name='visit_handed_on_says_where'),
        ),
        migrations.AddConstraint(
            model_name='wallnotice',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('posted_on')), _connector='OR'), name='wall_notice_comes_down_later'),
        ),
    ]
