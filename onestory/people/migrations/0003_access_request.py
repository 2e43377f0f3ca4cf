"""Teams may ask for what is closed to them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onestory.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("agencies", "0001_initial"),
        ("people", "0002_envelope_and_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessRequest",
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
                ("purpose", models.TextField()),
                ("words", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("agreed", models.BooleanField(null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "envelope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.envelope",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("envelope", "team"),
                        name="asked_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agreed", None), ("answered_at", None), ("answered_by", None)
                            ),
                            models.Q(
                                ("agreed__isnull", False),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="request_answered_at_and_by",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            """ALTER TABLE people_accessrequest
                ADD CONSTRAINT people_accessrequest_envelope_is_of_person
                FOREIGN KEY (envelope_id, person_id)
                REFERENCES access_envelope (id, person_id) DEFERRABLE INITIALLY DEFERRED""",
            """ALTER TABLE people_accessrequest
                DROP CONSTRAINT people_accessrequest_envelope_is_of_person""",
        ),
    ]
