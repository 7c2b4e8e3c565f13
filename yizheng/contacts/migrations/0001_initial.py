import django.db.models.deletion
import yizheng.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.TENANT_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('to_words', models.CharField(blank=True, max_length=80, verbose_name='whom, in words')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='people.membership', verbose_name='who')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('to_member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacted_by', to='people.membership', verbose_name='whom')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ContactEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('day', models.DateField(verbose_name='day')),
                ('way', models.CharField(choices=[('visit', 'visited'), ('met', 'met'), ('phone', 'by phone'), ('message', 'by message')], default='visit', max_length=10, verbose_name='how')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('entered_at', models.DateTimeField(default=yizheng.core.clock.now)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='contacts.contactlink')),
            ],
            options={
                'ordering': ['-day', '-id'],
            },
        ),
        migrations.AddIndex(
            model_name='contactlink',
            index=models.Index(fields=['organisation', 'until', 'kind'], name='contact_links_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='contactlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('to_member__isnull', False), ('to_words', '')), models.Q(('to_member', None), models.Q(('to_words', ''), _negated=True)), _connector='OR'), name='contact_is_a_member_or_words'),
        ),
        migrations.AddConstraint(
            model_name='contactlink',
            constraint=models.CheckConstraint(condition=models.Q(('to_member', None), models.Q(('to_member', models.F('member')), _negated=True), _connector='OR'), name='nobody_contacts_themselves'),
        ),
        migrations.AddConstraint(
            model_name='contactlink',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='contact_link_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='contactlink',
            constraint=models.UniqueConstraint(condition=models.Q(('to_member__isnull', False), ('until', None)), fields=('kind', 'member', 'to_member'), name='one_link_of_two_members'),
        ),
        migrations.AddConstraint(
            model_name='contactlink',
            constraint=models.UniqueConstraint(condition=models.Q(('to_member', None), ('until', None)), fields=('kind', 'member', 'to_words'), name='one_link_of_words'),
        ),
        migrations.AddIndex(
            model_name='contactentry',
            index=models.Index(fields=['link', 'day'], name='contact_entries_by_day'),
        ),
    ]
