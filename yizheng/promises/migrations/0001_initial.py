import django.db.models.deletion
import yizheng.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('organisations', '0002_initial'),
        migrations.swappable_dependency(settings.TENANT_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('object_id', models.PositiveBigIntegerField()),
                ('source_label', models.CharField(max_length=200, verbose_name='made in answer to')),
                ('source_url', models.CharField(blank=True, max_length=200)),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('text', models.TextField(verbose_name='what was promised')),
                ('section', models.CharField(blank=True, max_length=40, verbose_name='responsible section')),
                ('promised_for', models.DateField(verbose_name='promised for')),
                ('made_on', models.DateField(verbose_name='made on')),
                ('evidence', models.TextField(blank=True, verbose_name='what was done')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='settled on')),
                ('finding', models.TextField(blank=True, verbose_name='finding on looking back')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='organisations.unit')),
            ],
            options={
                'ordering': ['promised_for', 'id'],
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='promises_of_an_object'), models.Index(fields=['organisation', 'state', 'promised_for'], name='promises_by_state'), models.Index(fields=['unit', 'state'], name='promises_of_a_unit')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'number'), name='one_promise_of_a_number'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('kept', 'missed')), _negated=True), ('settled_on__isnull', False), _connector='OR'), name='settled_promise_has_its_day'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('kept',)), _negated=True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='kept_promise_has_evidence')],
            },
        ),
    ]
