"""Published figures come from the app `dashboard`; their table stays as it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
import zhaoyin.apps.zones.ids

class Migration(migrations.Migration):

    initial = True

    dependencies = [("dashboard", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='PublishedFigures',
                    fields=[
                        ('id', models.UUIDField(default=zhaoyin.apps.zones.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('period_start', models.DateField(verbose_name='期间开始')),
                        ('period_end', models.DateField(verbose_name='期间最后一日')),
                        ('pack', models.CharField(max_length=80, verbose_name='统计口径')),
                        ('pack_version', models.CharField(max_length=40, verbose_name='口径版本')),
                        ('pack_sha256', models.CharField(max_length=64, verbose_name='口径校验')),
                        ('as_of', models.DateField(verbose_name='截至日')),
                        ('last_seq', models.BigIntegerField(verbose_name='台账序号')),
                        ('body', models.TextField(verbose_name='数字')),
                        ('sha256', models.CharField(max_length=64)),
                        ('published_at', models.DateTimeField(verbose_name='发布时间')),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发布人')),
                        ('zone', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='zones.zone')),
                    ],
                    options={
                        'db_table': 'dashboard_publishedfigures',
                        'verbose_name': '已发布的数字',
                        'verbose_name_plural': '已发布的数字',
                        'indexes': [models.Index(fields=['zone', 'pack', '-published_at'], name='dashboard_published_zone')],
                    },
                ),
            ],
        ),
    ]
