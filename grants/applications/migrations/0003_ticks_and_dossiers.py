"""Ticks with who and when, dossiers. The column of the former ticks stays for the code before, which still writes it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Value


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_payee_and_likeness"),
        ("documents", "0002_papers"),
        ("proposals", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="application",
            name="checks",
            field=models.JSONField(default=list, db_default=Value([], models.JSONField())),
        ),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField(model_name="application", name="checks")]),
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
