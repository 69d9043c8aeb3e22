import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fund.core.fields
import fund.core.uids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("calls", "0001_initial"),
        ("documents", "0001_initial"),
        ("people", "0001_initial"),
        ("proposals", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("number", models.CharField(blank=True, max_length=20, verbose_name="number")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                (
                    "applicant_kind",
                    models.CharField(
                        choices=[("person", "one person"), ("team", "a team"), ("organisation", "an organisation")],
                        default="person",
                        max_length=20,
                        verbose_name="who applies",
                    ),
                ),
                (
                    "payee_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("employee", "employee of the cluster"),
                            ("private", "private person"),
                            ("self_employed", "self-employed person"),
                            ("sole_trader", "sole trader"),
                            ("nonprofit", "non-profit organisation"),
                            ("municipal", "municipal body"),
                            ("company", "company"),
                        ],
                        db_default="",
                        default="",
                        max_length=20,
                        verbose_name="who is paid",
                    ),
                ),
                (
                    "amount",
                    fund.core.fields.MoneyField(decimal_places=2, default=0, max_digits=14, verbose_name="asked from the fund"),
                ),
                ("own_amount", fund.core.fields.MoneyField(decimal_places=2, default=0, max_digits=14, verbose_name="own share")),
                (
                    "minimum",
                    fund.core.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="the least it can be made with"
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(null=True)),
                ("state", models.CharField(default="draft", max_length=20)),
                ("eligibility", models.JSONField(default=dict)),
                ("extended_until", models.DateTimeField(null=True, verbose_name="own deadline")),
                ("correct_until", models.DateTimeField(null=True, verbose_name="correct until")),
                ("marks", models.JSONField(default=list)),
                ("reasons", models.JSONField(default=list)),
                ("remark", models.TextField(blank=True)),
                ("granted", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("reserve_place", models.PositiveSmallIntegerField(null=True)),
                (
                    "call",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="calls.call"),
                ),
                (
                    "continues",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="applications.application"
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proposals.receipt"
                    ),
                ),
                ("version", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="calls.version")),
            ],
            options={
                "verbose_name": "application",
                "verbose_name_plural": "applications",
                "ordering": ["-saved_at", "pk"],
                "indexes": [
                    models.Index(fields=["call", "state"], name="application_call_id_7f2f89_idx"),
                    models.Index(fields=["owner"], name="application_owner_i_6f2c18_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("call", "number"),
                        name="numbers_differ_in_a_call",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True), ("correct_until__isnull", False), _connector="OR"
                        ),
                        name="a_return_has_a_deadline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    (
                                        "submitted",
                                        "returned",
                                        "not_admitted",
                                        "admitted",
                                        "under_review",
                                        "funded",
                                        "reserve",
                                        "declined",
                                        "lapsed",
                                    ),
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("receipt__isnull", False),
                                ("submitted_at__isnull", False),
                                models.Q(("number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="what_was_sent_has_number_receipt_and_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "funded"), _negated=True),
                            models.Q(("granted__gt", 0), ("granted__lte", models.F("amount"))),
                            _connector="OR",
                        ),
                        name="a_grant_is_within_the_request",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_for_experts", models.BooleanField(default=False)),
                (
                    "paper",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.paper"),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dossiers", to="proposals.receipt"
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier",
                "verbose_name_plural": "dossiers",
                "constraints": [models.UniqueConstraint(fields=("receipt", "is_for_experts"), name="one_dossier_of_a_receipt")],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField()),
                ("why", models.TextField()),
                ("given_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="applications.application"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Fingerprint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shingles", models.BinaryField()),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fingerprint", to="applications.application"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="proposals.receipt"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Late",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("why", models.TextField(max_length=2000, verbose_name="what happened")),
                ("proof", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("decided_at", models.DateTimeField(null=True)),
                ("accepted", models.BooleanField(null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="late", to="applications.application"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted", None), ("decided_at", None), ("decided_by", None)),
                            models.Q(("accepted__isnull", False), ("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_late_decision_has_who_when_and_what",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("percent", models.PositiveSmallIntegerField()),
                ("found_at", models.DateTimeField()),
                ("is_kept", models.BooleanField(null=True)),
                ("why", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="applications.application"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="applications.application"
                    ),
                ),
            ],
            options={
                "verbose_name": "likeness",
                "verbose_name_plural": "likenesses",
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="one_likeness_of_two"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="a_likeness_is_of_two_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("is_kept", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("is_kept__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_likeness_decided_has_who_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tick",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "point",
                    models.CharField(
                        choices=[
                            ("time", "It came in time"),
                            ("eligibility", "The conditions of the call are met"),
                            ("applicant", "The applicant may take part: age, residence, kind"),
                            ("once", "It is the applicant's only one, and no copy of another"),
                            ("theme", "The project fits the call"),
                            ("documents", "The documents are readable and belong to the project"),
                            ("costs", "The costs are explained and keep to the limits"),
                            ("team", "Everyone named has consented"),
                        ],
                        max_length=20,
                    ),
                ),
                ("ticked_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ticks", to="applications.application"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="proposals.receipt"),
                ),
                (
                    "ticked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "tick",
                "verbose_name_plural": "ticks",
                "constraints": [models.UniqueConstraint(fields=("receipt", "point"), name="a_point_is_ticked_once")],
            },
        ),
    ]
