import django.db.models.deletion
import django.utils.timezone
import yizheng.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('sex', models.CharField(blank=True, choices=[('男', 'male'), ('女', 'female')], max_length=2, verbose_name='sex')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('employer', models.CharField(blank=True, max_length=80, verbose_name='employer and post')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.person')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.term')),
                ('number', models.CharField(blank=True, max_length=20, verbose_name='member number')),
                ('sector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.sector')),
                ('committee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.committee')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.group')),
                ('party', models.CharField(max_length=20, verbose_name='party')),
                ('post', models.CharField(blank=True, max_length=20, verbose_name='post in the committee')),
                ('is_standing', models.BooleanField(default=False, verbose_name='standing member')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('end_reason', models.CharField(blank=True, choices=[('resigned', 'resigned'), ('revoked', 'revoked'), ('deceased', 'deceased')], max_length=10, verbose_name='ended because')),
                ('end_record', models.CharField(blank=True, max_length=200, verbose_name='record of the Standing Committee')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('term', 'person'), name='one_membership_a_term'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='membership_ends_later'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason__in', ['resigned', 'revoked']), _negated=True), models.Q(models.Q(('end_record', ''), _negated=True), ('until__isnull', False)), _connector='OR'), name='membership_end_has_its_record')],
                'indexes': [models.Index(fields=['organisation', 'term', 'sector'], name='members_by_sector')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=40, unique=True, verbose_name='sign-in name')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='people.person')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('version', models.PositiveIntegerField(default=0)),
                ('must_change_password', models.BooleanField(default=True, verbose_name='must change the password')),
                ('language', models.CharField(default='zh-hans', max_length=10, verbose_name='language')),
                ('elder_mode', models.BooleanField(default=False, verbose_name='large type')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('phone', ''), _negated=True), fields=('phone',), name='one_account_of_a_phone')],
            },
        ),
        migrations.CreateModel(
            name='PastPassword',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='past_passwords', to=settings.AUTH_USER_MODEL)),
                ('hash', models.CharField(max_length=128)),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='ContactLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='people.membership', verbose_name='who')),
                ('to_member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacted_by', to='people.membership', verbose_name='whom')),
                ('to_words', models.CharField(blank=True, max_length=80, verbose_name='whom, in words')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('to_member__isnull', False), ('to_words', '')), models.Q(('to_member', None), models.Q(('to_words', ''), _negated=True)), _connector='OR'), name='contact_is_a_member_or_words'), models.CheckConstraint(condition=models.Q(('to_member', None), models.Q(('to_member', models.F('member')), _negated=True), _connector='OR'), name='nobody_contacts_themselves'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='contact_link_ends_later'), models.UniqueConstraint(condition=models.Q(('to_member__isnull', False), ('until', None)), fields=('kind', 'member', 'to_member'), name='one_link_of_two_members'), models.UniqueConstraint(condition=models.Q(('to_member', None), ('until', None)), fields=('kind', 'member', 'to_words'), name='one_link_of_words')],
                'indexes': [models.Index(fields=['organisation', 'until', 'kind'], name='contact_links_by_kind')],
            },
        ),
        migrations.CreateModel(
            name='ContactEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='people.contactlink')),
                ('day', models.DateField(verbose_name='day')),
                ('way', models.CharField(choices=[('visit', 'visited'), ('met', 'met'), ('phone', 'by phone'), ('message', 'by message')], default='visit', max_length=10, verbose_name='how')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_at', models.DateTimeField(default=yizheng.core.clock.now)),
            ],
            options={
                'ordering': ['-day', '-id'],
                'indexes': [models.Index(fields=['link', 'day'], name='contact_entries_by_day')],
            },
        ),
        migrations.CreateModel(
            name='StaffService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('version', models.PositiveIntegerField(default=0)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='people.person', verbose_name='person')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='organisations.staffpost', verbose_name='post')),
                ('title', models.CharField(blank=True, max_length=60, verbose_name='title')),
                ('since', models.DateField(verbose_name='since')),
                ('came', models.CharField(choices=[('present', 'was here already'), ('recruited', 'recruited by examination'), ('selected', 'selected in'), ('transferred', 'transferred in'), ('internal', 'from another post here')], default='present', max_length=12, verbose_name='came')),
                ('came_from', models.CharField(blank=True, max_length=80, verbose_name='from where')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('left', models.CharField(blank=True, choices=[('promoted', 'promoted out'), ('transferred', 'transferred out'), ('retired', 'retired'), ('resigned', 'resigned'), ('deceased', 'deceased'), ('internal', 'to another post here')], max_length=12, verbose_name='left')),
                ('left_to', models.CharField(blank=True, max_length=80, verbose_name='where to')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('left', ''), ('until', None)), models.Q(('until__isnull', False), models.Q(('left', ''), _negated=True)), _connector='OR'), name='staff_who_left_say_how'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='staff_service_ends_later'), models.UniqueConstraint(condition=models.Q(('until', None)), fields=('person',), name='one_post_at_a_time')],
                'indexes': [models.Index(fields=['organisation', 'since'], name='staff_by_arrival')],
            },
        ),
    ]
