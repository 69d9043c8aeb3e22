import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fund.core.uids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("applications", "0001_initial"),
        ("councils", "0001_initial"),
        ("reviews", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                (
                    "against",
                    models.CharField(
                        choices=[("decision", "the decision"), ("refusal", "the refusal to admit")],
                        max_length=10,
                        verbose_name="against",
                    ),
                ),
                ("state", models.CharField(default="filed", max_length=20)),
                ("grounds", models.JSONField(default=list)),
                ("text", models.TextField(max_length=6000, verbose_name="what happened")),
                ("filed_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField(verbose_name="answer due")),
                ("considered_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, max_length=6000, verbose_name="Answer")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="applications.application"
                    ),
                ),
                (
                    "considered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.decision"
                    ),
                ),
            ],
            options={
                "verbose_name": "appeal",
                "verbose_name_plural": "appeals",
                "ordering": ["answer_by", "pk"],
                "indexes": [models.Index(fields=["state", "answer_by"], name="results_app_state_cbae2c_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("filed", "in_consideration", "upheld", "rejected"))),
                        fields=("application", "against"),
                        name="one_appeal_against_a_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("considered_at", None), ("considered_by", None)),
                            models.Q(("considered_at__isnull", False), ("considered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="who_considers_stands_with_since_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("state__in", ("upheld", "rejected")),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("upheld", "rejected")), _negated=True),
                                ("answer", ""),
                                ("answered_at", None),
                                ("answered_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="an_answered_appeal_has_its_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revision", None), models.Q(("against", "decision"), ("state", "upheld")), _connector="OR"
                        ),
                        name="only_an_upheld_appeal_revises",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(blank=True, max_length=40)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("cleared", "Show as it is written"),
                            ("edited", "Show with a part taken out"),
                            ("withheld", "Do not show"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("why", models.TextField(blank=True, verbose_name="reason")),
                ("cleared_at", models.DateTimeField()),
                (
                    "cleared_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "hand_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clearances", to="reviews.handin"
                    ),
                ),
            ],
            options={
                "ordering": ["hand_in", "part", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("hand_in", "part", "number"), name="clearances_are_numbered"),
                    models.CheckConstraint(
                        condition=models.Q(("choice", "cleared"), models.Q(("why", ""), _negated=True), _connector="OR"),
                        name="what_is_changed_has_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", "edited"), _negated=True), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="an_edited_comment_has_its_text",
                    ),
                ],
            },
        ),
    ]
