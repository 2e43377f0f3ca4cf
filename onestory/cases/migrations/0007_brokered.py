"""What brokering adds: waits, what was offered instead, what was refused, choices not yet sent."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import onestory.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_consent"),
        ("agencies", "0001_initial"),
        ("cases", "0006_lists_of_cases"),
        ("people", "0002_envelope_and_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Brokering",
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
                ("answers", models.JSONField()),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("version", models.IntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "referrals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "already",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "refusals",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Refusal",
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
                ("recorded_at", models.DateTimeField()),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="referral",
            name="begun_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="consent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.consent",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="ended_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="escalate_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="estimate_days",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="estimate_from",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="referral",
            name="moved_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.service",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="offered_instead",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="referral",
            name="offered_service",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.service",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="place",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="return_reason",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="referral",
            name="returned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="returned_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(
                    ("accepted_at", None), ("declined_at", None), ("withdrawn_at", None)
                ),
                fields=["from_team", "acknowledge_by"],
                name="referrals_unanswered",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(
                    ("begun_on", None),
                    ("ended_on", None),
                    ("returned_at", None),
                    models.Q(("accepted_at", None), _negated=True),
                ),
                fields=["service", "accepted_at"],
                name="referrals_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("begun_on", None), _negated=True),
                fields=["service", "begun_on"],
                name="referrals_begun",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("to_team"),
                django.db.models.functions.comparison.Greatest(
                    "withdrawn_at", "declined_at", "returned_at"
                ),
                condition=models.Q(
                    ("declined_at", None),
                    ("returned_at", None),
                    ("withdrawn_at", None),
                    _negated=True,
                ),
                name="referrals_gone",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_at", None), ("returned_by", None)),
                    models.Q(("returned_at__isnull", False), ("returned_by__isnull", False)),
                    _connector="OR",
                ),
                name="referral_returned_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("begun_on", None), ("ended_on", None)),
                    ("accepted_at__isnull", False),
                    _connector="OR",
                ),
                name="referral_accepted_before_begun",
            ),
        ),
        migrations.AddField(
            model_name="brokering",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="brokering",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.team"
            ),
        ),
        migrations.AddField(
            model_name="brokering",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="refusal",
            name="consent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.consent",
            ),
        ),
        migrations.AddField(
            model_name="refusal",
            name="envelope",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.envelope"
            ),
        ),
        migrations.AddField(
            model_name="refusal",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="refusal",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="refusal",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.service"
            ),
        ),
        migrations.AddField(
            model_name="refusal",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.team"
            ),
        ),
        migrations.AddConstraint(
            model_name="brokering",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sent_at", None)),
                fields=("user", "person"),
                name="brokering_once_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="refusal",
            index=models.Index(fields=["person"], name="refusals_of_person"),
        ),
        migrations.RunSQL(
            """ALTER TABLE cases_refusal ADD CONSTRAINT cases_refusal_envelope_is_of_person
                FOREIGN KEY (envelope_id, person_id)
                REFERENCES access_envelope (id, person_id) DEFERRABLE INITIALLY DEFERRED""",
            "ALTER TABLE cases_refusal DROP CONSTRAINT cases_refusal_envelope_is_of_person",
        ),
    ]
