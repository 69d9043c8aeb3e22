import datetime

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
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
            name="Address",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("email", models.EmailField(max_length=254)),
                ("language", models.CharField(choices=[("ru", "Russian"), ("en", "English")], default="ru", max_length=2)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name_plural": "addresses",
                "constraints": [
                    models.UniqueConstraint(django.db.models.functions.text.Lower("email"), name="one_row_per_address")
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("of_type", models.CharField(max_length=60)),
                ("of_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=80)),
                ("instant", models.DateTimeField()),
                ("ahead", models.DurationField(default=datetime.timedelta)),
                ("facts", models.JSONField(default=dict)),
                ("link", models.CharField(blank=True, max_length=600)),
                ("calendar", models.JSONField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="notices.address",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["of_type", "of_id", "kind"], name="notice_about")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("account__isnull", False)),
                        fields=("account", "kind", "of_type", "of_id", "instant", "ahead"),
                        name="one_notice_per_account",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("address__isnull", False)),
                        fields=("address", "kind", "of_type", "of_id", "instant", "ahead"),
                        name="one_notice_per_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", False), ("address__isnull", True)),
                            models.Q(("account__isnull", True), ("address__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_goes_to_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(choices=[("email", "E-mail"), ("inbox", "On the site"), ("digest", "Digest")], max_length=8),
                ),
                ("state", models.CharField(default="pending", max_length=10)),
                ("owner", models.CharField(blank=True, max_length=60)),
                ("until", models.DateTimeField(null=True)),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                ("refusals", models.PositiveSmallIntegerField(default=0)),
                ("copies", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(null=True)),
                ("message_id", models.CharField(blank=True, max_length=140)),
                ("language", models.CharField(blank=True, max_length=2)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "notice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="notices.notice",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("pending", "retry", "uncertain"))),
                        fields=["next_at", "id"],
                        name="delivery_due",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("leased", "sending"))), fields=["until"], name="delivery_held"
                    ),
                    models.Index(condition=models.Q(("state", "failed")), fields=["id"], name="delivery_failed"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "channel"), name="one_delivery_per_channel"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("leased", "sending")),
                                models.Q(("owner", ""), _negated=True),
                                ("until__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state__in", ("leased", "sending")), _negated=True),
                                ("owner", ""),
                                ("until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_held_by_an_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="delivery_sent_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "pending",
                                    "leased",
                                    "sending",
                                    "sent",
                                    "retry",
                                    "uncertain",
                                    "failed",
                                    "cancelled",
                                    "expired",
                                    "suppressed",
                                ),
                            )
                        ),
                        name="delivery_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=80)),
                (
                    "mode",
                    models.CharField(choices=[("now", "at once"), ("daily", "once a day"), ("off", "no letters")], max_length=5),
                ),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="notices.address"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("account__isnull", False)),
                        fields=("account", "kind"),
                        name="one_preference_per_account",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("address__isnull", False)),
                        fields=("address", "kind"),
                        name="one_preference_per_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", False), ("address__isnull", True)),
                            models.Q(("account__isnull", True), ("address__isnull", False)),
                            _connector="OR",
                        ),
                        name="preference_of_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuietHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.TimeField(verbose_name="from")),
                ("until", models.TimeField(verbose_name="until")),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quiet_hours", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "quiet hours",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("since", models.F("until")), _negated=True), name="quiet_hours_are_hours"
                    )
                ],
            },
        ),
    ]
