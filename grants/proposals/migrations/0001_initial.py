import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import fund.core.fields
import fund.core.uids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CostLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of_type", models.CharField(max_length=60)),
                ("of_id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("category", models.CharField(max_length=40, verbose_name="category")),
                ("title", models.CharField(max_length=200, verbose_name="what for")),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="quantity")),
                ("unit_price", fund.core.fields.MoneyField(decimal_places=2, max_digits=14, verbose_name="price")),
                ("requested", fund.core.fields.MoneyField(decimal_places=2, max_digits=14, verbose_name="from the grant")),
                ("own", fund.core.fields.MoneyField(decimal_places=2, max_digits=14, verbose_name="own share")),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("of_type", "of_id", "position"), name="cost_lines_are_numbered"),
                    models.CheckConstraint(
                        condition=models.Q(("own__gte", 0), ("quantity__gt", 0), ("requested__gte", 0), ("unit_price__gte", 0)),
                        name="costs_are_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of_type", models.CharField(max_length=60)),
                ("of_id", models.BigIntegerField()),
                ("number", models.CharField(max_length=20)),
                ("submitted_at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "submitted_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["of_type", "of_id"], name="proposals_r_of_type_53764a_idx")],
            },
        ),
        migrations.CreateModel(
            name="ReceiptContents",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("snapshot", models.JSONField()),
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contents", to="proposals.receipt"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "receipt contents",
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("of_type", models.CharField(max_length=60)),
                ("of_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("part", models.CharField(blank=True, max_length=200, verbose_name="part in the project")),
                (
                    "rights",
                    models.CharField(
                        choices=[("view", "may read"), ("edit", "may write"), ("submit", "may write and send")],
                        default="view",
                        max_length=10,
                        verbose_name="rights",
                    ),
                ),
                ("invited_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("consented_at", models.DateTimeField(null=True)),
                ("declined_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["of_type", "of_id"], name="proposals_t_of_type_c56338_idx"),
                    models.Index(fields=["account"], name="proposals_t_account_4065e0_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("declined_at", None), ("removed_at", None)),
                        fields=("of_type", "of_id", "email"),
                        name="one_live_member_per_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("invited_at"))), name="an_invitation_expires_later"
                    ),
                ],
            },
        ),
    ]
