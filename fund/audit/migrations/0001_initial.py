import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import fund.audit.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of_type", models.CharField(max_length=60)),
                ("of_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("verb", models.CharField(max_length=80)),
                ("for_id", models.BigIntegerField(null=True)),
                ("source", models.CharField(blank=True, max_length=40)),
                ("to", models.CharField(blank=True, max_length=40)),
                ("facts", models.JSONField(default=dict)),
                ("digest", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "indexes": [models.Index(fields=["of_type", "of_id", "at"], name="audit_entry_of_type_cbc2a7_idx")],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("chained_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "entry",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="link", to="audit.entry"),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Personal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("salt", models.CharField(default=fund.audit.models.new_salt, max_length=32)),
                ("why", models.TextField(blank=True)),
                ("values", models.JSONField(default=dict)),
                (
                    "entry",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="personal", to="audit.entry"),
                ),
            ],
            options={
                "verbose_name_plural": "personal values",
            },
        ),
    ]
