import django.db.models.deletion
import django.utils.timezone
import yizheng.core.clock
import yizheng.core.files
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.TENANT_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('purpose', models.CharField(default='attachment', max_length=24)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('file', models.FileField(upload_to=yizheng.core.files._stored_name)),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('digest', models.CharField(max_length=64)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='attachments_of_an_object')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField()),
                ('path', models.CharField(max_length=200)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('location', models.TextField(blank=True)),
                ('made_words', models.CharField(blank=True, max_length=200)),
                ('made_id', models.PositiveBigIntegerField(null=True)),
                ('made_version', models.PositiveIntegerField(null=True)),
                ('at', models.DateTimeField(default=yizheng.core.clock.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'at'], name='attempts_by_age')],
                'constraints': [models.UniqueConstraint(fields=('account', 'token', 'path'), name='one_attempt_of_a_form')],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField(verbose_name='when')),
                ('actor_name', models.CharField(blank=True, max_length=80, verbose_name='who')),
                ('actor_place', models.CharField(blank=True, max_length=80)),
                ('address', models.CharField(blank=True, max_length=45)),
                ('action', models.CharField(max_length=60, verbose_name='what')),
                ('object_type', models.CharField(blank=True, max_length=60)),
                ('object_id', models.PositiveBigIntegerField(null=True)),
                ('object_label', models.CharField(blank=True, max_length=200, verbose_name='of')),
                ('detail', models.JSONField(default=dict)),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['object_type', 'object_id', 'id'], name='audit_of_an_object')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'sequence'), name='one_audit_entry_of_a_sequence')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('asked', models.JSONField(default=dict)),
                ('total', models.PositiveIntegerField(default=0)),
                ('state', models.CharField(choices=[('waiting', 'waits for its turn'), ('running', 'is being done'), ('done', 'done'), ('refused', 'refused'), ('broken', 'broken off')], default='waiting', max_length=10)),
                ('result', models.JSONField(default=dict)),
                ('asked_at', models.DateTimeField(default=yizheng.core.clock.now)),
                ('began_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running'])), fields=('organisation', 'kind'), name='one_job_of_a_kind_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('last', models.PositiveIntegerField(default=0)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='one_series_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='OutboxEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=yizheng.core.clock.now)),
                ('words', models.TextField()),
                ('values', models.JSONField(default=dict)),
                ('recipients', models.JSONField(default=list)),
                ('url', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(max_length=60)),
                ('may_mute', models.BooleanField(default=False)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('delivered_at', None)), fields=['id'], name='outbox_not_delivered')],
            },
        ),
        migrations.CreateModel(
            name='Unfinished',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField()),
                ('page', models.CharField(max_length=200)),
                ('heading', models.CharField(max_length=100)),
                ('words', models.CharField(max_length=100)),
                ('typed', models.JSONField(default=list)),
                ('at', models.DateTimeField(default=yizheng.core.clock.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'at'], name='unfinished_by_age')],
                'constraints': [models.UniqueConstraint(fields=('account', 'token'), name='one_unfinished_of_a_form')],
            },
        ),
    ]
