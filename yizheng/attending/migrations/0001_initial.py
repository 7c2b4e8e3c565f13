import django.db.models.deletion
import uuid
import yizheng.attending.models
import yizheng.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activities', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.TENANT_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('token', models.CharField(default=yizheng.attending.models.new_token, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(default=yizheng.core.clock.now, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
                ('reason', models.CharField(max_length=60, verbose_name='kind of reason')),
                ('words', models.CharField(max_length=200, verbose_name='reason')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('decision_note', models.CharField(blank=True, max_length=200, verbose_name='note of the decision')),
                ('is_late', models.BooleanField(default=False, verbose_name='asked after it began')),
                ('approver', models.CharField(default='organiser', max_length=20, verbose_name='granted by')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('participant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='leave', to='activities.participant')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_at', None), ('decided_by__isnull', False), _connector='OR'), name='decided_leave_says_by_whom')],
            },
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receipt', models.UUIDField(default=uuid.uuid4)),
                ('signed_at', models.DateTimeField()),
                ('offset_seconds', models.IntegerField(default=0)),
                ('received_at', models.DateTimeField()),
                ('method', models.CharField(choices=[('code', "by the code on the desk's screen"), ('own_code', 'by their own code'), ('desk', 'at the desk'), ('paper', 'from the printed list'), ('import', 'imported')], max_length=10)),
                ('desk', models.CharField(blank=True, max_length=40)),
                ('device', models.CharField(blank=True, max_length=32)),
                ('network', models.CharField(blank=True, max_length=32)),
                ('waits', models.BooleanField(default=False)),
                ('struck_because', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ins', to='activities.participant')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ins', to='activities.sitting')),
                ('struck_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['signed_at', 'receipt'],
                'indexes': [models.Index(fields=['sitting', 'device'], name='sign_ins_of_a_device')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'receipt'), name='one_sign_in_of_a_receipt'), models.CheckConstraint(condition=models.Q(('struck_because', ''), ('struck_by__isnull', False), _connector='OR'), name='struck_sign_in_says_by_whom')],
            },
        ),
    ]
