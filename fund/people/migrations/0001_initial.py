import django.db.models.deletion
import phonenumber_field.modelfields
from django.conf import settings
from django.db import migrations, models

import fund.core.uids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("notices", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "household",
                "verbose_name_plural": "households",
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
                ("closed_until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["last_at"], name="people_atte_last_at_1ea2a9_idx")],
            },
        ),
        migrations.CreateModel(
            name="ConsentDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("processing", "Processing of personal data"),
                            ("newsletter", "Newsletter"),
                            ("media", "Photo and video"),
                            ("publishing", "My name and hours in public"),
                            ("minor", "Participation of my child"),
                        ],
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("text_ru", models.TextField(verbose_name="text in Russian")),
                ("text_en", models.TextField(verbose_name="text in English")),
                ("text_hash", models.CharField(editable=False, max_length=64)),
                ("is_required", models.BooleanField(default=False, verbose_name="required")),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "consent document",
                "verbose_name_plural": "consent documents",
                "ordering": ["purpose", "version"],
                "constraints": [models.UniqueConstraint(fields=("purpose", "version"), name="one_document_per_version")],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("company", "company"),
                            ("sole_trader", "sole trader"),
                            ("nonprofit", "non-profit organisation"),
                            ("municipal", "municipal body"),
                            ("school", "school"),
                            ("informal", "informal group"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="short name")),
                ("full_name", models.CharField(blank=True, max_length=400, verbose_name="full name")),
                ("inn", models.CharField(blank=True, max_length=12, verbose_name="INN")),
                ("ogrn", models.CharField(blank=True, max_length=15, verbose_name="OGRN")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                ("search_text", models.TextField(blank=True, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("inn", ""), _negated=True), fields=("inn",), name="one_organisation_per_inn"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "informal"), models.Q(("inn", ""), _negated=True), _connector="OR"),
                        name="a_legal_body_has_an_inn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankDetails",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bank", models.CharField(max_length=200, verbose_name="bank")),
                ("bik", models.CharField(max_length=9, verbose_name="BIK")),
                ("account_number", models.CharField(max_length=20, verbose_name="account number")),
                ("correspondent_account", models.CharField(blank=True, max_length=20, verbose_name="correspondent account")),
                ("updated_at", models.DateTimeField()),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bank_details", to="people.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "bank details",
                "verbose_name_plural": "bank details",
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("last_name", models.CharField(blank=True, max_length=80, verbose_name="last name")),
                ("first_name", models.CharField(blank=True, max_length=80, verbose_name="first name")),
                ("middle_name", models.CharField(blank=True, max_length=80, verbose_name="middle name")),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of birth")),
                (
                    "email",
                    models.EmailField(
                        blank=True, help_text="For a person without an account", max_length=254, verbose_name="e-mail"
                    ),
                ),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None, verbose_name="phone"),
                ),
                ("department", models.CharField(blank=True, max_length=120, verbose_name="department")),
                ("search_text", models.TextField(blank=True, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="people.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="managed",
                        to="people.person",
                        verbose_name="manager",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["last_name", "first_name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("birth_date", None), ("birth_year", None), _connector="OR"),
                        name="a_person_has_one_birthday_fact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("manager", models.F("pk")), _negated=True), name="nobody_manages_themselves"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.CharField(blank=True, max_length=120, verbose_name="position")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                ("claimed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mandates", to="people.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="mandates", to="people.person"),
                ),
            ],
            options={
                "verbose_name": "mandate",
                "verbose_name_plural": "mandates",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("organisation", "person"), name="one_live_mandate"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None), ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="a_mandate_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guardianship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="guardianships", to="people.person"
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="wards", to="people.person"),
                ),
            ],
            options={
                "verbose_name": "guardianship",
                "verbose_name_plural": "guardianships",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("guardian", "child"), name="one_live_guardianship"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("guardian", models.F("child")), _negated=True), name="nobody_guards_themselves"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("text_hash", models.CharField(max_length=64)),
                ("language", models.CharField(max_length=2)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("page", "on the consents page"),
                            ("link", "by a link in a letter"),
                            ("form", "in a form of this site"),
                            ("paper", "on paper"),
                            ("phone", "by phone"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="people.consentdocument"
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="people.person"),
                ),
            ],
            options={
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
                "ordering": ["-given_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("person", "document"),
                        name="one_live_consent_per_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withdrawn_at", None), ("withdrawn_at__gte", models.F("given_at")), _connector="OR"),
                        name="withdrawn_after_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("role", models.CharField(max_length=20, verbose_name="role")),
                ("of_type", models.CharField(blank=True, max_length=60)),
                ("of_id", models.BigIntegerField(blank=True, null=True)),
                ("granted_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="role_grants", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "role grant",
                "verbose_name_plural": "role grants",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("revoked_at", None)), fields=["role", "of_type", "of_id"], name="live_by_role"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("of_id", None), ("revoked_at", None)),
                        fields=("account", "role"),
                        name="one_live_grant_for_the_fund",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None), models.Q(("of_id", None), _negated=True)),
                        fields=("account", "role", "of_type", "of_id"),
                        name="one_live_grant_per_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("of_id", None), ("of_type", "")),
                            models.Q(models.Q(("of_type", ""), _negated=True), ("of_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_scope_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("revoked_by", None), ("revoked_at__isnull", False), _connector="OR"),
                        name="a_revoker_has_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(default=fund.core.uids.new_uid, editable=False, max_length=14, unique=True)),
                ("of_type", models.CharField(max_length=60)),
                ("of_id", models.BigIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="notices.address"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("told_at", None)), fields=["of_type", "of_id"], name="subscriptions_to_tell")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("account__isnull", False)),
                        fields=("account", "of_type", "of_id"),
                        name="one_subscription_per_account",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("address__isnull", False)),
                        fields=("address", "of_type", "of_id"),
                        name="one_subscription_per_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", False), ("address__isnull", True)),
                            models.Q(("account__isnull", True), ("address__isnull", False)),
                            _connector="OR",
                        ),
                        name="subscription_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told_at", None), ("confirmed_at__isnull", False), _connector="OR"),
                        name="nobody_is_told_unconfirmed",
                    ),
                ],
            },
        ),
    ]
