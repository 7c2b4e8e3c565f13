import django.db.models.deletion
import yizheng.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('instructions', '0001_initial'),
        ('organisations', '0002_initial'),
        migrations.swappable_dependency(settings.TENANT_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('object_id', models.PositiveBigIntegerField()),
                ('words', models.TextField(blank=True, verbose_name='what is asked')),
                ('sent_on', models.DateField(verbose_name='transferred on')),
                ('answer_due_on', models.DateField(verbose_name='answer due')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('result', models.CharField(blank=True, choices=[('adopted', 'adopted and done'), ('planned', 'adopted and planned'), ('reference', 'kept for reference'), ('not_adopted', 'not adopted, with reasons')], max_length=12, verbose_name='result')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('instruction', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='transfers', to='instructions.instruction')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='organisations.unit')),
            ],
            options={
                'ordering': ['-sent_on', '-id'],
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='transfers_of_an_object'), models.Index(fields=['unit', 'state'], name='transfers_of_a_unit'), models.Index(fields=['organisation', 'state', 'due_on'], name='transfers_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('answered', 'taken')), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='answered_transfer_has_its_answer'), models.UniqueConstraint(condition=models.Q(('state__in', ('sent', 'handling', 'answered'))), fields=('content_type', 'object_id', 'unit'), name='one_open_transfer_to_a_unit')],
            },
        ),
    ]
