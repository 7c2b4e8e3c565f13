import django.db.models.deletion
import yizheng.core.clock
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
            name='Instruction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('object_id', models.PositiveBigIntegerField()),
                ('leader', models.CharField(max_length=40, verbose_name='leader')),
                ('post', models.CharField(blank=True, max_length=60, verbose_name='post')),
                ('level', models.CharField(choices=[('county', 'county leader'), ('city', 'city leader'), ('province', 'provincial leader'), ('nation', 'central leader')], default='county', max_length=10, verbose_name='level')),
                ('given_on', models.DateField(verbose_name='given on')),
                ('words', models.TextField(verbose_name='instruction')),
                ('reported_by', models.CharField(blank=True, max_length=60, verbose_name='reported by')),
                ('entered_at', models.DateTimeField(default=yizheng.core.clock.now)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'ordering': ['given_on', 'id'],
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='instructions_on_an_object'), models.Index(fields=['organisation', 'given_on'], name='instructions_by_day')],
            },
        ),
    ]
