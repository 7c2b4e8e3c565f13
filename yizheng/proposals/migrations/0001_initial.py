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
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('part', models.CharField(choices=[('sole', 'alone'), ('lead', 'lead'), ('assisting', 'assisting'), ('own', 'its own part')], max_length=10, verbose_name='part')),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('assigned_on', models.DateField(verbose_name='assigned on')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted')),
                ('reply_due_on', models.DateField(verbose_name='reply due on')),
                ('hand_back_until', models.DateField(verbose_name='hand-back until')),
                ('hand_back_reason', models.TextField(blank=True, verbose_name='reason for handing back')),
                ('opinion', models.TextField(blank=True, verbose_name='opinion of the assisting unit')),
                ('countersigned_at', models.DateTimeField(blank=True, null=True, verbose_name='countersigned')),
                ('send_back_note', models.TextField(blank=True, verbose_name='why the reply was sent back')),
                ('replied_at', models.DateTimeField(blank=True, null=True, verbose_name='replied')),
                ('countersigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hand_back_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='organisations.unit')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('visit', 'visit'), ('meeting', 'meeting'), ('phone', 'phone'), ('online', 'online'), ('letter', 'letter')], max_length=10, verbose_name='how')),
                ('on', models.DateField(verbose_name='when')),
                ('with_whom', models.CharField(max_length=80, verbose_name='with whom')),
                ('note', models.TextField(blank=True, verbose_name='what was said')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='proposals.assignment')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('text', models.TextField(verbose_name='progress')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='proposals.assignment')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at'],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('occasion', models.CharField(choices=[('plenary', 'plenary'), ('ordinary', 'between plenaries')], max_length=10, verbose_name='occasion')),
                ('flow_number', models.CharField(blank=True, max_length=20, verbose_name='receipt number')),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='case number')),
                ('title', models.CharField(max_length=100, verbose_name='subject')),
                ('kind', models.CharField(choices=[('individual', 'member'), ('joint', 'members jointly'), ('party', 'party'), ('body', 'body'), ('committee', 'special committee'), ('sector', 'sector'), ('group', "members' group")], default='individual', max_length=12, verbose_name='kind of proposer')),
                ('collective_name', models.CharField(blank=True, max_length=60, verbose_name='collective')),
                ('contact_name', models.CharField(blank=True, max_length=40, verbose_name='contact')),
                ('contact_phone', models.CharField(blank=True, max_length=20, verbose_name="contact's phone")),
                ('category', models.CharField(blank=True, max_length=60, verbose_name='category')),
                ('body_form', models.CharField(choices=[('text', 'one text'), ('parts', 'situation, analysis, suggestions')], default='parts', max_length=8, verbose_name='form of the text')),
                ('body', models.TextField(blank=True, verbose_name='text')),
                ('situation', models.TextField(blank=True, verbose_name='situation')),
                ('analysis', models.TextField(blank=True, verbose_name='analysis')),
                ('may_publish', models.BooleanField(default=True, verbose_name='consents to publication')),
                ('no_publication_reason', models.CharField(blank=True, max_length=60, verbose_name='reason against publication')),
                ('secrecy_checked_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='submitted')),
                ('filed_at', models.DateTimeField(blank=True, null=True, verbose_name='filed')),
                ('reason_not_filed', models.CharField(blank=True, max_length=40, verbose_name='reason for not filing')),
                ('decision_note', models.TextField(blank=True, verbose_name='note of the decision')),
                ('assigned_at', models.DateTimeField(blank=True, null=True, verbose_name='assigned')),
                ('assigned_how', models.CharField(blank=True, max_length=10)),
                ('replied_at', models.DateTimeField(blank=True, null=True, verbose_name='replied')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('result_class', models.CharField(blank=True, max_length=8, verbose_name='class of result')),
                ('is_key', models.BooleanField(default=False, verbose_name='key proposal')),
                ('is_imported', models.BooleanField(default=False)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('filed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key_leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='leading chairperson')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='proposals.proposal')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('proposer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='people.membership', verbose_name='first proposer')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('secrecy_checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='organisations.session')),
                ('suggested_units', models.ManyToManyField(blank=True, related_name='+', to='organisations.unit', verbose_name='proposed units')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('round', models.PositiveSmallIntegerField()),
                ('answers', models.JSONField(default=dict)),
                ('comment', models.TextField(blank=True, verbose_name='comment')),
                ('verdict', models.CharField(blank=True, choices=[('satisfied', 'satisfied'), ('basically', 'basically satisfied'), ('unsatisfied', 'not satisfied')], max_length=12, verbose_name='verdict')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('address_flag', models.BooleanField(default=False)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='people.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evaluations', to='proposals.proposal')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='people.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cosignatures', to='proposals.proposal')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='assignment',
            name='proposal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='proposals.proposal'),
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('opening', models.TextField(blank=True, verbose_name='opening')),
                ('closing', models.TextField(blank=True, verbose_name='closing')),
                ('result_class', models.CharField(blank=True, max_length=8, verbose_name='class of result')),
                ('class_argument', models.TextField(blank=True, verbose_name='why another class')),
                ('contact_name', models.CharField(blank=True, max_length=40, verbose_name='contact')),
                ('contact_phone', models.CharField(blank=True, max_length=20, verbose_name="contact's phone")),
                ('may_publish', models.BooleanField(default=True, verbose_name='the unit agrees to publication')),
                ('no_publication_reason', models.CharField(blank=True, max_length=100, verbose_name='reason against publication')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='number of the letter')),
                ('missing_countersigns', models.CharField(blank=True, max_length=200)),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='signed off')),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='released')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='proposals.assignment')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['round'],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.TextField(verbose_name='suggestion')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='proposals.proposal')),
            ],
            options={
                'ordering': ['proposal_id', 'position'],
            },
        ),
        migrations.CreateModel(
            name='ReplyItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(blank=True, choices=[('done', 'done'), ('planned', 'planned'), ('not_adopted', 'not adopted')], max_length=12, verbose_name='outcome')),
                ('text', models.TextField(blank=True, verbose_name='answer')),
                ('planned_for', models.DateField(blank=True, null=True, verbose_name='planned for')),
                ('section', models.CharField(blank=True, max_length=40, verbose_name='responsible section')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='proposals.reply')),
                ('suggestion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='proposals.suggestion')),
            ],
            options={
                'ordering': ['suggestion__proposal_id', 'suggestion__position'],
            },
        ),
        migrations.AddField(
            model_name='assignment',
            name='suggestions',
            field=models.ManyToManyField(blank=True, related_name='+', to='proposals.suggestion'),
        ),
        migrations.CreateModel(
            name='SupervisionAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('on_site', 'on site at the unit'), ('chairpersons', "chairpersons' meeting"), ('inspection', 'inspection'), ('committee', 'special committee'), ('look_back', 'look back')], max_length=12, verbose_name='kind')),
                ('held_on', models.DateField(verbose_name='held on')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='place')),
                ('participants', models.CharField(blank=True, max_length=200, verbose_name='participants')),
                ('findings', models.TextField(verbose_name='findings')),
                ('leader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supervision_acts', to='proposals.proposal')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['held_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Urging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('text', models.TextField(blank=True, verbose_name='words')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='urgings', to='proposals.assignment')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'ordering': ['at'],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('until', models.DateField(verbose_name='until')),
                ('reason', models.TextField(verbose_name='reason')),
                ('decision_note', models.TextField(blank=True, verbose_name='note of the decision')),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='proposals.assignment')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['organisation', 'state'], name='extensions_by_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('asked',))), fields=('assignment',), name='one_extension_asked_at_a_time')],
            },
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['organisation', 'session', '-id'], name='proposals_of_a_session'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['organisation', 'state', 'due_on'], name='proposals_by_state'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['organisation', '-id'], name='proposals_newest_first'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['proposer', '-id'], name='proposals_of_a_member'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['organisation', '-published_at'], name='proposals_published'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('is_key', True)), fields=['key_leader'], name='proposals_key'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='proposals_merged'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.UniqueConstraint(condition=models.Q(('case_number', ''), _negated=True), fields=('organisation', 'case_number'), name='one_proposal_of_a_case_number'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('filed', 'handling', 'evaluating', 'closed', 'merged')), _negated=True), models.Q(models.Q(('case_number', ''), _negated=True), ('filed_at__isnull', False)), _connector='OR'), name='filed_proposal_has_its_number'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('draft', 'confirming', 'submitted', 'returned', 'review', 'not_filed', 'converted')), _negated=True), ('case_number', ''), _connector='OR'), name='unfiled_proposal_has_no_number'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state__in', ('merged',))), models.Q(models.Q(('state__in', ('merged',)), _negated=True), ('merged_into', None)), _connector='OR'), name='merged_means_into_another'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('not_filed',)), _negated=True), models.Q(('reason_not_filed', ''), _negated=True), _connector='OR'), name='not_filed_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('evaluating', 'closed')), _negated=True), ('replied_at__isnull', False), _connector='OR'), name='rated_proposal_was_replied_to'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), models.Q(('may_publish', True), ('secrecy_checked_at__isnull', False)), _connector='OR'), name='published_with_consent_and_secrecy_check'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('is_key', False), ('key_leader__isnull', False), _connector='OR'), name='key_proposal_has_its_leader'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('proposer__isnull', False), models.Q(('collective_name', ''), _negated=True), _connector='OR'), name='proposal_has_a_proposer'),
        ),
        migrations.AddIndex(
            model_name='evaluation',
            index=models.Index(fields=['membership', 'state'], name='ratings_of_a_member'),
        ),
        migrations.AddIndex(
            model_name='evaluation',
            index=models.Index(fields=['organisation', 'state', 'due_on'], name='ratings_by_state'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.UniqueConstraint(fields=('proposal', 'round', 'membership'), name='one_rating_a_round'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('answered',)), _negated=True), models.Q(models.Q(('verdict', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='answered_rating_has_its_verdict'),
        ),
        migrations.AddIndex(
            model_name='cosignature',
            index=models.Index(fields=['membership', 'state'], name='cosignatures_of_a_member'),
        ),
        migrations.AddConstraint(
            model_name='cosignature',
            constraint=models.UniqueConstraint(fields=('proposal', 'membership'), name='one_invitation_a_member'),
        ),
        migrations.AddConstraint(
            model_name='cosignature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('accepted', 'declined')), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='answered_cosignature_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.UniqueConstraint(fields=('assignment', 'round'), name='one_reply_a_round'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('released_at', None), models.Q(('signed_at__isnull', False), models.Q(('result_class', ''), _negated=True), models.Q(('number', ''), _negated=True)), _connector='OR'), name='released_reply_was_signed'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.UniqueConstraint(fields=('proposal', 'position'), name='one_suggestion_at_a_position'),
        ),
        migrations.AddConstraint(
            model_name='replyitem',
            constraint=models.UniqueConstraint(fields=('reply', 'suggestion'), name='one_answer_a_suggestion'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['unit', 'state', 'due_on'], name='assignments_of_a_unit'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['organisation', 'state', 'due_on'], name='assignments_by_state'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('reassigned',)), _negated=True), fields=('proposal', 'unit'), name='one_assignment_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('hand_back',)), _negated=True), models.Q(models.Q(('hand_back_reason', ''), _negated=True), ('hand_back_unit__isnull', False)), _connector='OR'), name='hand_back_names_reason_and_unit'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('countersigned',)), _negated=True), models.Q(('countersigned_at__isnull', False), models.Q(('opinion', ''), _negated=True)), _connector='OR'), name='countersigned_has_its_opinion'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('replied',)), _negated=True), ('replied_at__isnull', False), _connector='OR'), name='replied_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('handling', 'signing', 'checking')), _negated=True), ('accepted_at__isnull', False), _connector='OR'), name='handled_assignment_was_accepted'),
        ),
    ]
