import django.db.models.deletion
import yizheng.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('organisations', '0002_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.TENANT_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('journal', models.CharField(max_length=60, verbose_name='journal')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='issue number')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('addressees', models.CharField(blank=True, max_length=200, verbose_name='reported to')),
                ('copies', models.CharField(blank=True, max_length=200, verbose_name='copies to')),
                ('recipients', models.JSONField(default=list, verbose_name='sent to')),
                ('remark', models.CharField(blank=True, max_length=400, verbose_name="editor's remark")),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'ordering': ['-year', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='receipt number')),
                ('title', models.CharField(max_length=100, verbose_name='title')),
                ('body_form', models.CharField(choices=[('text', 'one text'), ('parts', 'situation, analysis, suggestions')], default='text', max_length=8, verbose_name='form of the text')),
                ('body', models.TextField(blank=True, verbose_name='text')),
                ('situation', models.TextField(blank=True, verbose_name='situation')),
                ('analysis', models.TextField(blank=True, verbose_name='analysis')),
                ('suggestions', models.TextField(blank=True, verbose_name='suggestions')),
                ('category', models.CharField(blank=True, max_length=60, verbose_name='category')),
                ('urgency', models.CharField(choices=[('ordinary', 'ordinary'), ('urgent', 'urgent'), ('most_urgent', 'most urgent')], default='ordinary', max_length=12, verbose_name='urgency')),
                ('secrecy', models.CharField(choices=[('open', 'may be read by all reporters once published'), ('internal', 'internal: the office, the writers, the units that handle it'), ('listed', 'circulation list only')], default='internal', max_length=10, verbose_name='who may read it')),
                ('reporter_kind', models.CharField(choices=[('member', 'member'), ('collective', 'party or body'), ('liaison', 'liaison officer of a unit'), ('invited', 'invited reporter'), ('non_member', 'reporter who is no member'), ('below', 'committee below')], max_length=12, verbose_name='kind of reporter')),
                ('reporter_name', models.CharField(max_length=60, verbose_name='reporter')),
                ('reporter_identity', models.CharField(blank=True, max_length=80, verbose_name='identity of the reporter')),
                ('edited_title', models.CharField(blank=True, max_length=100, verbose_name='title of the edition')),
                ('edited_text', models.TextField(blank=True, verbose_name='text of the edition')),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('signed_by_name', models.CharField(blank=True, max_length=40, verbose_name='signed by')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='signed')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='handed in')),
                ('reason_not_used', models.CharField(blank=True, max_length=60, verbose_name='reason for not using it')),
                ('decision_note', models.TextField(blank=True, verbose_name='note of the decision')),
                ('feedback', models.TextField(blank=True, verbose_name='feedback to the writer')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('source_id', models.PositiveBigIntegerField(blank=True, null=True)),
                ('source_label', models.CharField(blank=True, max_length=200, verbose_name='came from')),
                ('source_url', models.CharField(blank=True, max_length=200)),
                ('origin_dispatch', models.PositiveBigIntegerField(blank=True, null=True)),
                ('is_excellent', models.BooleanField(default=False, verbose_name='excellent')),
                ('is_imported', models.BooleanField(default=False)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('follow_up_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='opinions.opinion', verbose_name='follows up')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='opinions.opinion')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('origin_organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='sent up by')),
                ('reporter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='people.membership', verbose_name='first writer')),
                ('source_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit', verbose_name='unit of the reporter')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='IssueItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='opinions.issue')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('opinion', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='issue_item', to='opinions.opinion')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('level', models.CharField(choices=[('county', 'county'), ('city', 'city'), ('province', 'province'), ('nation', 'nation')], max_length=10, verbose_name='level')),
                ('recipient', models.CharField(max_length=60, verbose_name='sent to')),
                ('received', models.PositiveBigIntegerField(blank=True, null=True)),
                ('sent_on', models.DateField(verbose_name='sent on')),
                ('adoption', models.CharField(blank=True, choices=[('single', 'adopted singly'), ('combined', 'adopted in a combined piece'), ('passed_on', 'passed on to departments')], max_length=12, verbose_name='how it was adopted')),
                ('adopted_on', models.DateField(blank=True, null=True, verbose_name='adopted on')),
                ('adopted_in', models.CharField(blank=True, max_length=100, verbose_name='adopted in')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('completed_title', models.CharField(blank=True, max_length=100, verbose_name='title as completed')),
                ('completed_text', models.TextField(blank=True, verbose_name='text as completed')),
                ('reported_by', models.CharField(blank=True, max_length=60, verbose_name='reported by')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('to_organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL)),
                ('issue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='dispatches', to='opinions.issue')),
                ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatches', to='opinions.opinion')),
            ],
            options={
                'ordering': ['sent_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Cowriter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cowriters', to='opinions.opinion')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Circulation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='circulation', to='opinions.opinion')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('organisation', 'journal', 'year', 'number'), name='one_issue_of_a_number'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('published',)), _negated=True), models.Q(models.Q(('number', ''), _negated=True), ('issued_on__isnull', False)), _connector='OR'), name='published_issue_has_number_and_day'),
        ),
        migrations.AddIndex(
            model_name='opinion',
            index=models.Index(fields=['organisation', 'year', '-id'], name='opinions_of_a_year'),
        ),
        migrations.AddIndex(
            model_name='opinion',
            index=models.Index(fields=['organisation', 'state', 'due_on'], name='opinions_by_state'),
        ),
        migrations.AddIndex(
            model_name='opinion',
            index=models.Index(fields=['reporter', '-id'], name='opinions_of_a_member'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('organisation', 'number'), name='one_opinion_of_a_number'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(condition=models.Q(('source_id__isnull', False)), fields=('organisation', 'source_type', 'source_id'), name='one_opinion_of_a_source'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(condition=models.Q(('origin_dispatch__isnull', False)), fields=('organisation', 'origin_dispatch'), name='one_opinion_of_a_dispatch'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state__in', ('merged',))), models.Q(models.Q(('state__in', ('merged',)), _negated=True), ('merged_into', None)), _connector='OR'), name='merged_opinion_has_its_piece'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('signed', 'published', 'sent', 'used', 'transferred', 'answered')), _negated=True), models.Q(models.Q(('signed_by_name', ''), _negated=True), models.Q(('edited_text', ''), _negated=True)), _connector='OR'), name='signed_opinion_says_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('not_used',)), _negated=True), models.Q(('reason_not_used', ''), _negated=True), _connector='OR'), name='unused_opinion_has_its_reason'),
        ),
        migrations.AddIndex(
            model_name='dispatch',
            index=models.Index(fields=['organisation', 'level', 'state'], name='dispatches_by_level'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.UniqueConstraint(condition=models.Q(('to_organisation__isnull', False), models.Q(('state__in', ('withdrawn',)), _negated=True)), fields=('opinion', 'to_organisation'), name='sent_up_once_to_a_committee'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('adopted',)), _negated=True), models.Q(models.Q(('adoption', ''), _negated=True), ('adopted_on__isnull', False)), _connector='OR'), name='adopted_dispatch_says_how_and_when'),
        ),
        migrations.AddConstraint(
            model_name='cowriter',
            constraint=models.UniqueConstraint(condition=models.Q(('membership__isnull', False)), fields=('opinion', 'membership'), name='a_member_writes_once'),
        ),
        migrations.AddConstraint(
            model_name='circulation',
            constraint=models.UniqueConstraint(fields=('opinion', 'account'), name='once_on_a_circulation_list'),
        ),
    ]
