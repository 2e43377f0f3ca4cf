import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onestory.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("sealed_at", models.DateTimeField()),
                ("upto", models.BigIntegerField()),
                ("missing", models.JSONField()),
                (
                    "entries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("digests", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("key", models.TextField()),
                ("signature", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onestory.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("person_id", models.UUIDField(db_index=True)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("purpose", models.TextField()),
                ("until", models.DateField(null=True)),
                ("answer", models.TextField(choices=[("given", "Yes"), ("refused", "No")])),
                (
                    "how",
                    models.TextField(
                        choices=[
                            ("spoken", "They said so"),
                            ("in-writing", "In writing"),
                            ("own-pages", "On their own pages"),
                        ]
                    ),
                ),
                (
                    "capacity",
                    models.TextField(
                        choices=[
                            ("adult", "An adult, who can decide this"),
                            ("16-17", "16 or 17, and can decide this"),
                            (
                                "gillick",
                                "Under 16, and understands enough to decide this (Gillick competent)",
                            ),
                            (
                                "parent",
                                "A child, for whom somebody with parental responsibility decided",
                            ),
                            ("under-13", "Under 13, with nobody who can safely decide for them"),
                            ("lacks-capacity", "Cannot decide this, even with help"),
                        ]
                    ),
                ),
                ("age_note", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "to_team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EmergencyOpening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onestory.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("person_id", models.UUIDField()),
                ("reason", models.TextField()),
                ("words", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("justified", models.BooleanField(null=True)),
                ("finding", models.TextField(blank=True)),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("transaction", models.BigIntegerField()),
                ("actor_id", models.UUIDField(null=True)),
                ("verb", models.TextField()),
                ("person_id", models.UUIDField(db_index=True, null=True)),
                (
                    "envelopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
                    ),
                ),
                ("subject", models.TextField(blank=True)),
                ("detail", models.JSONField()),
            ],
            options={
                "db_table": "access_entry",
                "indexes": [
                    models.Index(fields=["actor_id", "at"], name="entries_of_actor"),
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["at"], name="entries_by_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Envelope",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onestory.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("person_id", models.UUIDField(db_index=True, null=True)),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("identity", "Who they are"),
                            ("safe-contact", "Safe contact"),
                            ("whereabouts", "Whereabouts"),
                            ("story", "What happened"),
                            ("needs", "Needs"),
                            ("risk", "Risk"),
                            ("support", "Support"),
                            ("therapy", "Therapy"),
                            ("conduct", "Conduct"),
                        ]
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShareWithoutConsent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onestory.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("person_id", models.UUIDField(db_index=True)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("purpose", models.TextField()),
                ("basis", models.TextField()),
                ("reason", models.TextField(blank=True)),
                ("until", models.DateField(null=True)),
                ("shared_at", models.DateTimeField()),
                ("not_told_reason", models.TextField(blank=True)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "second_opinion_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "to_team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onestory.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("may_write", models.BooleanField(default=False)),
                ("may_share", models.BooleanField(default=False)),
                ("purpose", models.TextField()),
                ("basis", models.TextField()),
                ("reason", models.TextField(blank=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("given_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "consent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.consent",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "envelope",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="access.envelope",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "without_consent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.sharewithoutconsent",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onestory.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                (
                    "how",
                    models.TextField(
                        choices=[
                            ("spoken", "They said so"),
                            ("in-writing", "In writing"),
                            ("own-pages", "On their own pages"),
                        ]
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("withdrawn_at", models.DateTimeField()),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="access.consent",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Barring",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onestory.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("person_id", models.UUIDField()),
                ("reason", models.TextField()),
                ("barred_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "barred_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user"], name="barrings_of_user")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("person_id", "user"),
                        name="barred_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="barring_ended_at_and_by",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kinds__contained_by",
                        [
                            "identity",
                            "safe-contact",
                            "whereabouts",
                            "story",
                            "needs",
                            "risk",
                            "support",
                            "therapy",
                            "conduct",
                        ],
                    ),
                    ("kinds__len__gt", 0),
                ),
                name="consent_kinds",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answer", "refused"),
                    models.Q(("capacity__in", ["under-13", "lacks-capacity"]), _negated=True),
                    _connector="OR",
                ),
                name="consent_given_by_who_can",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergencyopening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at", None), ("reviewed_by", None)),
                    models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                    _connector="OR",
                ),
                name="opening_reviewed_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=models.UniqueConstraint(
                fields=("person_id", "kind"), name="one_envelope_of_a_kind_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="envelope",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "identity",
                            "safe-contact",
                            "whereabouts",
                            "story",
                            "needs",
                            "risk",
                            "support",
                            "therapy",
                            "conduct",
                        ],
                    )
                ),
                name="envelope_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharewithoutconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("told_at__isnull", False), ("told_by__isnull", False)),
                    models.Q(
                        ("told_at", None),
                        ("told_by", None),
                        models.Q(("not_told_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="share_told_or_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharewithoutconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_opinion_by", None),
                    models.Q(("second_opinion_by", models.F("shared_by")), _negated=True),
                    _connector="OR",
                ),
                name="share_second_opinion_is_anothers",
            ),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["envelope", "team"], name="grant_of_envelope_to_team"),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(
                condition=models.Q(("consent__isnull", False)),
                fields=["consent"],
                name="grants_of_consent",
            ),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(
                condition=models.Q(("without_consent__isnull", False)),
                fields=["without_consent"],
                name="grants_without_consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="grant_ended_at_and_by",
            ),
        ),
    ]
