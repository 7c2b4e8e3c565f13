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
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('version', models.PositiveIntegerField(default=0)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('object_id', models.PositiveBigIntegerField()),
                ('source_label', models.CharField(max_length=200, verbose_name='made in answer to')),
                ('source_url', models.CharField(blank=True, max_length=200)),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='organisations.unit')),
                ('text', models.TextField(verbose_name='promise')),
                ('section', models.CharField(blank=True, max_length=40, verbose_name='responsible section')),
                ('promised_for', models.DateField(verbose_name='promised for')),
                ('made_on', models.DateField(verbose_name='made on')),
                ('evidence', models.TextField(blank=True, verbose_name='what was done')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='settled on')),
                ('finding', models.TextField(blank=True, verbose_name='finding on looking back')),
                ('is_public', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['promised_for', 'id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'number'), name='one_commitment_of_a_number'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['kept', 'missed']), _negated=True), ('settled_on__isnull', False), _connector='OR'), name='settled_commitment_has_its_day'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('kept',)), _negated=True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='kept_commitment_has_evidence')],
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='commitments_of_an_object'), models.Index(fields=['organisation', 'state', 'promised_for'], name='commitments_by_state'), models.Index(fields=['unit', 'state'], name='commitments_of_a_unit')],
            },
        ),
        migrations.CreateModel(
            name='Instruction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('object_id', models.PositiveBigIntegerField()),
                ('leader', models.CharField(max_length=40, verbose_name='leader')),
                ('post', models.CharField(blank=True, max_length=60, verbose_name='post')),
                ('level', models.CharField(choices=[('county', 'county leader'), ('city', 'city leader'), ('province', 'provincial leader'), ('nation', 'central leader')], default='county', max_length=10, verbose_name='level')),
                ('given_on', models.DateField(verbose_name='given on')),
                ('words', models.TextField(verbose_name='instruction')),
                ('reported_by', models.CharField(blank=True, max_length=60, verbose_name='reported by')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_at', models.DateTimeField(default=yizheng.core.clock.now)),
            ],
            options={
                'ordering': ['given_on', 'id'],
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='instructions_on_an_object'), models.Index(fields=['organisation', 'given_on'], name='instructions_by_day')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('version', models.PositiveIntegerField(default=0)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('object_id', models.PositiveBigIntegerField()),
                ('instruction', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='transfers', to='commitments.instruction')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='organisations.unit')),
                ('words', models.TextField(blank=True, verbose_name='what is asked')),
                ('sent_on', models.DateField(verbose_name='transferred on')),
                ('answer_due_on', models.DateField(verbose_name='answer due')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('result', models.CharField(blank=True, choices=[('adopted', 'adopted and done'), ('planned', 'adopted and planned'), ('reference', 'kept for reference'), ('not_adopted', 'not adopted, with reasons')], max_length=12, verbose_name='result')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
            ],
            options={
                'ordering': ['-sent_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['answered', 'taken']), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='answered_transfer_has_its_answer'), models.UniqueConstraint(condition=models.Q(('state__in', ['sent', 'handling', 'answered'])), fields=('content_type', 'object_id', 'unit'), name='one_open_transfer_to_a_unit')],
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='transfers_of_an_object'), models.Index(fields=['unit', 'state'], name='transfers_of_a_unit'), models.Index(fields=['organisation', 'state', 'due_on'], name='transfers_by_state')],
            },
        ),
    ]
