import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fund.core.uids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("applications", "0001_initial"),
        ("calls", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("submitted_at", models.DateTimeField()),
                ("scores", models.JSONField()),
                ("remark", models.TextField(blank=True)),
                ("total", models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ("why", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("state", models.CharField(default="open", max_length=10)),
                ("topic", models.TextField(verbose_name="What to talk about")),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("voices", models.JSONField(default=dict)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="discussion", to="applications.application"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("state", "open")),
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            _connector="OR",
                        ),
                        name="a_closed_discussion_says_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Expertise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topics", models.JSONField(default=list)),
                ("most", models.PositiveSmallIntegerField(null=True)),
                (
                    "call",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="expertise", to="calls.call"),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="expertise", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("call", "expert"), name="one_expertise_per_expert_and_call")],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("state", models.CharField(default="asked", max_length=10)),
                ("seed", models.CharField(max_length=40)),
                ("moves_invited", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("counted_at", models.DateTimeField(null=True)),
                ("seconds", models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                ("pinned", models.JSONField(default=list)),
                ("barred", models.JSONField(default=list)),
                ("inputs", models.JSONField(null=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("call", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="plans", to="calls.call")),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "ready", "failed"))),
                        fields=("call",),
                        name="one_open_plan_per_call",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("ready", "accepted")), _negated=True),
                            models.Q(("counted_at__isnull", False), ("inputs__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_counted_plan_has_its_inputs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None), ("state__in", ("asked", "ready", "failed"))),
                            models.Q(
                                ("ended_at__isnull", False), ("ended_by__isnull", False), ("state__in", ("accepted", "dropped"))
                            ),
                            _connector="OR",
                        ),
                        name="an_ended_plan_says_who_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Allotment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=10)),
                ("reason", models.JSONField()),
                ("is_new", models.BooleanField(default=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="applications.application"
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "plan",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="allotments", to="reviews.plan"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "application", "expert"), name="one_allotment_per_plan_and_pair")
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("state", models.CharField(default="invited", max_length=20)),
                ("invited_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("answered_at", models.DateTimeField(null=True)),
                ("draft", models.JSONField(default=dict)),
                ("remark", models.TextField(blank=True, verbose_name="What to tell the author")),
                ("version", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("overdue_at", models.DateTimeField(null=True)),
                ("late_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="applications.application"
                    ),
                ),
                (
                    "current",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.handin"
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replacement", to="reviews.sheet"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["expert", "state"], name="reviews_she_expert__6fb0e1_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("invited", "accepted", "draft", "submitted"))),
                        fields=("application", "expert"),
                        name="one_live_sheet_per_expert",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("current__isnull", False), ("state", "submitted")),
                            models.Q(models.Q(("state", "submitted"), _negated=True), ("current__isnull", True)),
                            _connector="OR",
                        ),
                        name="submitted_sheet_has_its_hand_in",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="reviews.discussion"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="reviews.sheet"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="handin",
            name="sheet",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="hand_ins", to="reviews.sheet"),
        ),
        migrations.CreateModel(
            name="Divergence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("found_at", models.DateTimeField()),
                ("spread", models.DecimalField(decimal_places=6, max_digits=18)),
                ("stands", models.BooleanField(default=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("expert", "one more expert"), ("discussion", "a discussion")], max_length=10
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="divergence", to="applications.application"
                    ),
                ),
                (
                    "extra",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.sheet"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None), ("extra", None)),
                            models.Q(
                                ("answer", "discussion"),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("extra", None),
                            ),
                            models.Q(
                                ("answer", "expert"),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("extra__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_answered_divergence_says_who_and_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StabilityReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Asked"), ("running", "Counting"), ("done", "Counted"), ("failed", "Failed")],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("tried", models.PositiveIntegerField(default=0)),
                ("scenarios", models.PositiveIntegerField(default=0)),
                ("found", models.JSONField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stability_reports", to="calls.call"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("state", "done"), _negated=True), ("found__isnull", False), _connector="OR"),
                        name="a_counted_report_has_its_findings",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "running"))),
                        fields=("call",),
                        name="one_stability_report_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                ("computed_at", models.DateTimeField()),
                ("rows", models.JSONField()),
                (
                    "call",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="standing", to="calls.call"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("order", models.JSONField()),
                ("why", models.TextField(verbose_name="reason")),
                ("voted_at", models.DateTimeField()),
                ("call", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="calls.call")),
                (
                    "voted_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["call", "number"],
                "constraints": [models.UniqueConstraint(fields=("call", "number"), name="votes_are_numbered")],
            },
        ),
        migrations.CreateModel(
            name="Conflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "is the applicant or in the team"),
                            ("household", "lives in one household with the applicant"),
                            ("organisation", "belongs to the same organisation"),
                            ("department", "works in the same department"),
                            ("manager", "is the manager of the applicant, or the other way round"),
                            ("project", "made an earlier project together"),
                            ("rival", "is in the team of a rival application of this call"),
                            ("domain", "has a mailbox at the same organisation"),
                            ("family", "is a relative"),
                            ("friend", "is a friend"),
                            ("money", "shares money or business"),
                            ("other", "another tie"),
                        ],
                        max_length=20,
                    ),
                ),
                ("facts", models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict)),
                ("declared_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conflicts", to="applications.application"
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conflicts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("application", "expert", "kind"),
                        name="one_live_conflict_of_a_kind",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="handin",
            constraint=models.UniqueConstraint(fields=("sheet", "number"), name="hand_ins_are_numbered"),
        ),
    ]
