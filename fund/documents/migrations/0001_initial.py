import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fund.core.uids
import fund.documents.codes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("of_type", models.CharField(max_length=60)),
                ("of_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=60)),
                ("year", models.PositiveSmallIntegerField()),
                ("sequence", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "code",
                    models.CharField(
                        default=fund.documents.codes.new_code, max_length=12, unique=True, verbose_name="check code"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "paper",
                "verbose_name_plural": "papers",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["of_type", "of_id", "kind"], name="paper_parent")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "year", "sequence"), name="papers_are_numbered"),
                    models.CheckConstraint(condition=models.Q(("sequence__gt", 0)), name="paper_numbers_begin_with_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperContents",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("texts", models.JSONField()),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contents", to="documents.paper"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "paper contents",
            },
        ),
        migrations.CreateModel(
            name="PaperFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(choices=[("ru", "Русский"), ("en", "English")], max_length=2)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("path", models.CharField(max_length=120, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "paper",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="documents.paper"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("paper", "language"), name="one_file_a_paper_and_language")],
            },
        ),
        migrations.CreateModel(
            name="PaperVoid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.TextField(verbose_name="reason")),
                ("voided_at", models.DateTimeField()),
                (
                    "paper",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="void", to="documents.paper"),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("of_type", models.CharField(max_length=60)),
                ("of_id", models.BigIntegerField()),
                ("kind", models.CharField(blank=True, max_length=60)),
                ("alt_ru", models.CharField(max_length=300, verbose_name="what the picture shows, in Russian")),
                ("alt_en", models.CharField(blank=True, max_length=300, verbose_name="what the picture shows, in English")),
                ("credit", models.CharField(blank=True, max_length=120, verbose_name="author")),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("renditions", models.JSONField(default=list)),
                ("uploaded_at", models.DateTimeField()),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["of_type", "of_id", "kind"], name="picture_parent")],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "series",
                "constraints": [models.UniqueConstraint(fields=("kind", "year"), name="one_series_a_kind_and_year")],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("of_type", models.CharField(max_length=60)),
                ("of_id", models.BigIntegerField()),
                ("kind", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(max_length=140)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("path", models.CharField(max_length=120, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "being checked"),
                            ("ready", "attached"),
                            ("infected", "refused: a virus was found"),
                        ],
                        default="ready",
                        max_length=8,
                    ),
                ),
                ("uploaded_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("pinned_at", models.DateTimeField(null=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["of_type", "of_id", "kind"], name="document_parent")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["checking", "ready", "infected"])), name="document_state_known"
                    )
                ],
            },
        ),
    ]
