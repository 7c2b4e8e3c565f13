import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='sector',
            name='convener',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.membership'),
        ),
        migrations.AddConstraint(
            model_name='sector',
            constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='one_sector_of_a_name'),
        ),
        migrations.AddField(
            model_name='group',
            name='convener',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.membership'),
        ),
        migrations.AddField(
            model_name='group',
            name='branch_secretary',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.membership'),
        ),
        migrations.AddField(
            model_name='group',
            name='deputy_secretary',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='one_group_of_a_name'),
        ),
        migrations.AddField(
            model_name='collective',
            name='contact',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.membership'),
        ),
        migrations.AddConstraint(
            model_name='collective',
            constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='one_collective_of_a_name'),
        ),
        migrations.AddField(
            model_name='enterprisemember',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enterprises', to='people.membership', verbose_name='member'),
        ),
        migrations.AddConstraint(
            model_name='enterprisemember',
            constraint=models.UniqueConstraint(fields=('enterprise', 'membership'), name='one_member_an_enterprise_once'),
        ),
        migrations.AddField(
            model_name='venuemember',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='people.membership', verbose_name='member'),
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
            model_name='venuemember',
            index=models.Index(fields=['membership', 'until'], name='venues_of_a_member'),
        ),
        migrations.AddField(
            model_name='rotaday',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rota', to='people.membership', verbose_name='member'),
        ),
        migrations.AddConstraint(
            model_name='rotaday',
            constraint=models.UniqueConstraint(fields=('venue', 'day', 'membership'), name='one_rota_day_a_member'),
        ),
        migrations.AddConstraint(
            model_name='rotaday',
            constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='rota_day_ends_later'),
        ),
        migrations.AddIndex(
            model_name='rotaday',
            index=models.Index(fields=['membership', 'day'], name='rota_of_a_member'),
        ),
        migrations.AddField(
            model_name='visit',
            name='served_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits_received', to='people.membership', verbose_name='received by'),
        ),
        migrations.AddField(
            model_name='visit',
            name='entered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('settled',)), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), ('settled_on__isnull', False)), _connector='OR'), name='settled_visit_has_its_answer'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('handed_on',)), _negated=True), models.Q(('handed_label', ''), _negated=True), _connector='OR'), name='visit_handed_on_says_where'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['organisation', 'day'], name='visits_by_day'),
        ),
        migrations.AddField(
            model_name='rolegrant',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('committee', None), ('unit', None)), models.Q(('committee', None), ('venue', None)), models.Q(('unit', None), ('venue', None)), _connector='OR'), name='grant_reaches_one_place'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(condition=models.Q(('committee', None), ('unit', None), ('venue', None)), fields=('account', 'role'), name='one_grant_everywhere'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('account', 'role', 'unit'), name='one_grant_at_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(condition=models.Q(('committee__isnull', False)), fields=('account', 'role', 'committee'), name='one_grant_in_a_committee'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(condition=models.Q(('venue__isnull', False)), fields=('account', 'role', 'venue'), name='one_grant_at_a_venue'),
        ),
    ]
