import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.TENANT_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StaffPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=60, verbose_name='post')),
                ('level', models.CharField(choices=[('leading', 'county level'), ('section', 'section level'), ('deputy_section', 'deputy section level'), ('clerk', 'clerk'), ('worker', 'worker')], max_length=16, verbose_name='level')),
                ('kind', models.CharField(choices=[('administrative', 'administrative'), ('institution', 'public institution')], default='administrative', max_length=16, verbose_name='kind of establishment')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='how many')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('paper', models.CharField(blank=True, max_length=100, verbose_name='by which paper')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='StaffService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0)),
                ('title', models.CharField(blank=True, max_length=60, verbose_name='title')),
                ('since', models.DateField(verbose_name='since')),
                ('came', models.CharField(choices=[('present', 'was here already'), ('recruited', 'recruited by examination'), ('selected', 'selected in'), ('transferred', 'transferred in'), ('internal', 'from another post here')], default='present', max_length=12, verbose_name='came')),
                ('came_from', models.CharField(blank=True, max_length=80, verbose_name='from where')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('left', models.CharField(blank=True, choices=[('promoted', 'promoted out'), ('transferred', 'transferred out'), ('retired', 'retired'), ('resigned', 'resigned'), ('deceased', 'deceased'), ('internal', 'to another post here')], max_length=12, verbose_name='left')),
                ('left_to', models.CharField(blank=True, max_length=80, verbose_name='where to')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.TENANT_MODEL, verbose_name='organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='people.person', verbose_name='person')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='staff.staffpost', verbose_name='post')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='staffpost',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='staff_post_is_at_least_one'),
        ),
        migrations.AddConstraint(
            model_name='staffpost',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='staff_post_ends_later'),
        ),
        migrations.AddIndex(
            model_name='staffservice',
            index=models.Index(fields=['organisation', 'since'], name='staff_by_arrival'),
        ),
        migrations.AddConstraint(
            model_name='staffservice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('left', ''), ('until', None)), models.Q(('until__isnull', False), models.Q(('left', ''), _negated=True)), _connector='OR'), name='staff_who_left_say_how'),
        ),
        migrations.AddConstraint(
            model_name='staffservice',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='staff_service_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='staffservice',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('person',), name='one_post_at_a_time'),
        ),
    ]
