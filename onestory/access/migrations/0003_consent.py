"""Consent, its withdrawal, sharing without it, and the grants that rest on either."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onestory.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_seals_by_entry_number"),
        ("agencies", "0003_directory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.AddField(
            model_name="grant",
            name="consent",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.consent",
            ),
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
        migrations.AddField(
            model_name="grant",
            name="without_consent",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.sharewithoutconsent",
            ),
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
        migrations.AddField(
            model_name="withdrawal",
            name="consent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withdrawals",
                to="access.consent",
            ),
        ),
        migrations.AddField(
            model_name="withdrawal",
            name="withdrawn_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
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
    ]
