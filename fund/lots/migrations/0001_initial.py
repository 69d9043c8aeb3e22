import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fund.core.uids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("of_type", models.CharField(max_length=60)),
                ("of_id", models.BigIntegerField()),
                ("title_ru", models.CharField(max_length=200, verbose_name="title in Russian")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="title in English")),
                ("seed_hash", models.CharField(max_length=64)),
                ("list_hash", models.CharField(max_length=64)),
                ("committed_at", models.DateTimeField()),
                (
                    "committed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["-committed_at", "-pk"],
                "indexes": [models.Index(fields=["of_type", "of_id"], name="lots_draw_of_type_402f72_idx")],
            },
        ),
        migrations.CreateModel(
            name="Drawing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(blank=True, max_length=100, verbose_name="words said aloud")),
                ("drawn_at", models.DateTimeField()),
                (
                    "draw",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="drawing", to="lots.draw"),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=60)),
                (
                    "draw",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="participants", to="lots.draw"),
                ),
            ],
            options={
                "ordering": ["draw", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("draw", "position"), name="lines_of_a_list_are_numbered"),
                    models.UniqueConstraint(fields=("draw", "code"), name="each_participant_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reveal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revealed_at", models.DateTimeField()),
                (
                    "draw",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="reveal", to="lots.draw"),
                ),
                (
                    "revealed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seed", models.CharField(max_length=64)),
                ("salt", models.CharField(max_length=64)),
                ("draw", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="seal", to="lots.draw")),
            ],
        ),
    ]
