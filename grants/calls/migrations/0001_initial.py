import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fund.core.fields
import fund.core.uids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="code")),
                ("title_ru", models.CharField(max_length=120, verbose_name="title in Russian")),
                ("title_en", models.CharField(blank=True, max_length=120, verbose_name="title in English")),
                ("lead_ru", models.TextField(verbose_name="lead in Russian")),
                ("lead_en", models.TextField(blank=True, verbose_name="lead in English")),
                ("programme", models.CharField(max_length=40, verbose_name="programme")),
                ("themes", models.CharField(blank=True, max_length=400, verbose_name="themes")),
                ("applicants", models.CharField(max_length=60, verbose_name="who applies")),
                ("youngest", models.PositiveSmallIntegerField(default=18, verbose_name="least age")),
                ("state", models.CharField(default="draft", max_length=20)),
                ("opens_at", models.DateTimeField(verbose_name="opens")),
                ("deadline", models.DateTimeField(verbose_name="deadline")),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                ("envelope", fund.core.fields.MoneyField(decimal_places=2, max_digits=14, verbose_name="envelope")),
                ("promised", fund.core.fields.MoneyField(decimal_places=2, default=0, max_digits=14, verbose_name="promised")),
                ("least", fund.core.fields.MoneyField(decimal_places=2, default=0, max_digits=14, verbose_name="smallest grant")),
                ("most", fund.core.fields.MoneyField(decimal_places=2, max_digits=14, null=True, verbose_name="largest grant")),
                ("next_number", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_why", models.TextField(blank=True, verbose_name="why it was cancelled")),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "curator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="curator",
                    ),
                ),
                (
                    "reopens",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reopened_as", to="calls.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "call",
                "verbose_name_plural": "calls",
                "ordering": ["-deadline", "pk"],
                "indexes": [models.Index(fields=["state", "closes_at"], name="calls_call_state_a5116e_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("promised__gte", 0), ("promised__lte", models.F("envelope"))),
                        name="promised_within_envelope",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opens_at__lt", models.F("deadline"))), name="a_call_opens_before_it_closes"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gte", models.F("deadline"))), name="grace_follows_the_deadline"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("text", models.TextField(max_length=2000, verbose_name="question")),
                ("answer", models.TextField(blank=True, max_length=4000, verbose_name="answer")),
                ("answered_at", models.DateTimeField(null=True)),
                ("is_public", models.BooleanField(default=False, verbose_name="show on the call's page")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "call",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="calls.call"),
                ),
            ],
            options={
                "ordering": ["asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("answered_by", None)),
                            models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_answer_has_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_public", False), ("answered_at__isnull", False), _connector="OR"),
                        name="only_answers_are_public",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sketch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("data", models.JSONField()),
                ("tabs", models.JSONField(default=dict)),
                ("gone", models.JSONField(null=True)),
                ("created_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField(null=True)),
                (
                    "call",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="sketch", to="calls.call"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "reopens",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reopening", to="calls.call"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "regulation being written",
                "verbose_name_plural": "regulations being written",
                "ordering": ["-created_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("call", None), ("reopens", None), _connector="OR"),
                        name="only_a_new_call_reopens_another",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("data", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("is_amendment", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="calls.call"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("call", "number"), name="versions_are_numbered")],
            },
        ),
    ]
