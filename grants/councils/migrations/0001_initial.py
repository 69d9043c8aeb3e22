import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import fund.core.fields
import fund.core.uids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("applications", "0001_initial"),
        ("calls", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("number", models.PositiveSmallIntegerField()),
                ("state", models.CharField(default="waiting", max_length=10)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("fund", "Fund"), ("reserve", "Reserve"), ("decline", "Decline")],
                        max_length=10,
                        verbose_name="proposal",
                    ),
                ),
                ("amount", fund.core.fields.MoneyField(decimal_places=2, max_digits=14, null=True, verbose_name="amount")),
                ("why", models.TextField(blank=True, verbose_name="reason")),
                ("round", models.PositiveSmallIntegerField(default=0)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("fund", "Fund"), ("reserve", "Reserve"), ("decline", "Decline")],
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("amount", fund.core.fields.MoneyField(decimal_places=2, default=0, max_digits=14, verbose_name="amount")),
                ("why", models.TextField(blank=True, verbose_name="reason")),
                ("decided_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="applications.application"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="councils.item"
                    ),
                ),
            ],
            options={
                "ordering": ["application", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "number"), name="decisions_are_numbered"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("outcome", "fund")),
                            models.Q(models.Q(("outcome", "fund"), _negated=True), ("amount", 0)),
                            _connector="OR",
                        ),
                        name="only_funding_has_an_amount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("key", models.CharField(default=fund.core.uids.new_uid, max_length=14, primary_key=True, serialize=False)),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "choice",
                    models.CharField(choices=[("for", "For"), ("against", "Against"), ("abstain", "Abstain")], max_length=8),
                ),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="councils.item"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("title", models.CharField(blank=True, db_default="", default="", max_length=200, verbose_name="title")),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("place", models.CharField(max_length=200, verbose_name="place")),
                (
                    "ballot",
                    models.CharField(
                        choices=[
                            ("open", "Open: everyone sees how each voted"),
                            ("secret", "Secret: only the sums are kept and shown"),
                        ],
                        default="open",
                        max_length=6,
                        verbose_name="ballot",
                    ),
                ),
                ("quorum", models.CharField(default="2/3", max_length=7)),
                ("state", models.CharField(default="called", max_length=10)),
                ("called_at", models.DateTimeField()),
                ("revision", models.PositiveSmallIntegerField(default=0)),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("cancelled_why", models.TextField(blank=True)),
                ("chair_signed_at", models.DateTimeField(null=True)),
                ("secretary_signed_at", models.DateTimeField(null=True)),
                (
                    "call",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="calls.call"
                    ),
                ),
                (
                    "called_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="chair",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": ["-starts_at", "-pk"],
                "indexes": [models.Index(fields=["call", "state"], name="councils_me_call_id_01805e_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("called", "open"))), fields=("call",), name="one_live_meeting_of_a_call"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("call__isnull", False), ("title", "")),
                            models.Q(("call", None), models.Q(("title", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_meeting_is_of_a_call_or_has_a_title",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="item",
            name="meeting",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="items", to="councils.meeting"),
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="applications.application"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="councils.item"),
                ),
                (
                    "meeting",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="councils.meeting"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "application"), name="an_application_stands_once_on_an_agenda")
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("attended", models.BooleanField(null=True)),
                (
                    "account",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "meeting",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="members", to="councils.meeting"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("meeting", "account"), name="one_seat_a_member")],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcome", to="applications.application"
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcome_of", to="councils.decision"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("issued_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "issued_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="resolution", to="councils.meeting"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "outcome document",
                "verbose_name_plural": "outcome documents",
                "ordering": ["-issued_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("published_by", None)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="who_publishes_does_it_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Side",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="side")),
                ("person", models.CharField(max_length=200, verbose_name="contact person")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(
                        choices=[("ru", "Russian"), ("en", "English")],
                        default="ru",
                        max_length=2,
                        verbose_name="language of the letters",
                    ),
                ),
                ("invited_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("comes", "Comes"), ("sends", "Sends somebody"), ("declines", "Does not come")],
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                ("delegate", models.CharField(blank=True, max_length=200, verbose_name="who comes instead")),
                ("word", models.CharField(blank=True, max_length=500, verbose_name="a word to the secretary")),
                ("answered_at", models.DateTimeField(null=True)),
                ("attended", models.BooleanField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "invited_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "meeting",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sides", to="councils.meeting"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "side",
                "verbose_name_plural": "sides",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("meeting"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("withdrawn_at", None)),
                        name="one_invitation_an_address_and_meeting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_answer_has_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "sends"), models.Q(("delegate", ""), _negated=True)),
                            models.Q(models.Q(("answer", "sends"), _negated=True), ("delegate", "")),
                            _connector="OR",
                        ),
                        name="who_sends_says_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Motion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("said_by", models.CharField(blank=True, max_length=200, verbose_name="who said it")),
                ("handed_in_at", models.DateTimeField()),
                ("clause", models.PositiveSmallIntegerField(null=True)),
                (
                    "item",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="motion", to="councils.item"),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="motions", to="councils.member"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="motions", to="councils.side"
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["item__number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("member__isnull", False), ("said_by", ""), ("side", None)),
                            models.Q(("member", None), ("said_by", ""), ("side__isnull", False)),
                            models.Q(("member", None), ("side", None), models.Q(("said_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_motion_has_one_author",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("due_on", models.DateField(verbose_name="due")),
                ("entrusted_at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("word", models.TextField(blank=True, verbose_name="what was done")),
                ("reported_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "motion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="follow_up", to="councils.motion"
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="follow_ups", to="councils.side"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [models.Index(fields=["state", "due_on"], name="councils_fo_state_befc95_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", False), ("side", None)),
                            models.Q(("account", None), ("side__isnull", False)),
                            _connector="OR",
                        ),
                        name="one_answers_for_a_follow_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reported_at", None), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("reported_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_report_has_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=300, verbose_name="topic")),
                ("speaker", models.CharField(blank=True, max_length=200, verbose_name="speaker")),
                ("minutes", models.TextField(blank=True, verbose_name="course of the discussion")),
                (
                    "meeting",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="topics", to="councils.meeting"),
                ),
            ],
            options={
                "ordering": ["number", "pk"],
            },
        ),
        migrations.AddField(
            model_name="motion",
            name="topic",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="motions", to="councils.topic"
            ),
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "choice",
                    models.CharField(
                        blank=True, choices=[("for", "For"), ("against", "Against"), ("abstain", "Abstain")], max_length=8
                    ),
                ),
                ("is_casting", models.BooleanField(default=False)),
                ("cast_at", models.DateTimeField()),
                (
                    "cast_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="councils.item"),
                ),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="councils.member"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "member", "round", "number"), name="council_votes_are_numbered"),
                    models.CheckConstraint(
                        condition=models.Q(("choice__in", ["", "for", "against", "abstain"])), name="a_choice_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="proposal")),
                ("round", models.PositiveSmallIntegerField(default=0)),
                ("written_at", models.DateTimeField()),
                (
                    "motion",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="wordings", to="councils.motion"),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["motion", "number"],
                "constraints": [models.UniqueConstraint(fields=("motion", "number"), name="wordings_are_numbered")],
            },
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("meeting", "number"), name="items_are_numbered"),
        ),
    ]
