import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onestory.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
        ("agencies", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CopyRequest",
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
                    "asked_by",
                    models.TextField(
                        choices=[
                            ("self", "The survivor"),
                            ("representative", "Somebody for them"),
                            ("parent", "Somebody with parental responsibility"),
                        ]
                    ),
                ),
                ("representative", models.TextField(blank=True)),
                ("received_on", models.DateField()),
                ("identity_checked", models.TextField()),
                ("due_on", models.DateField()),
                ("logged_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("sent_back", models.TextField(blank=True)),
                ("extended_on", models.DateField(null=True)),
                ("extended_why", models.TextField(blank=True)),
                (
                    "outcome",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("given", "A copy was given"),
                            ("refused", "Refused, with the reason and how to complain"),
                            ("withdrawn", "No longer wanted"),
                        ],
                    ),
                ),
                ("answered_how", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
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
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
        ),
        migrations.CreateModel(
            name="Choice",
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
                ("place", models.TextField()),
                (
                    "what",
                    models.TextField(
                        choices=[
                            ("keep", "Give it as it is"),
                            ("part", "Give a part of it"),
                            ("withhold", "Leave it out"),
                        ]
                    ),
                ),
                (
                    "why",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("third-party", "It is about somebody else"),
                            ("serious-harm", "It would do serious harm"),
                            ("crime", "It would harm the prevention or detection of crime"),
                            ("legal-privilege", "Legal advice"),
                            ("elsewhere", "It is given by another team"),
                            ("unsafe", "It is not safe to have on paper"),
                        ],
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="rights.copyrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
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
                ("place", models.TextField()),
                ("about", models.TextField()),
                ("wrong", models.TextField()),
                ("right", models.TextField(blank=True)),
                ("due_on", models.DateField()),
                (
                    "outcome",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("corrected", "It was put right"),
                            ("beside", "Her words stand beside it"),
                            ("unchanged", "It was not changed"),
                        ],
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.envelope",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="people.person",
                    ),
                ),
                (
                    "recorded_by",
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
            ],
        ),
        migrations.CreateModel(
            name="Deletion",
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
                ("reference", models.TextField()),
                (
                    "because",
                    models.TextField(
                        choices=[
                            ("time", "Its time is over"),
                            ("asked", "The survivor asked for it"),
                        ]
                    ),
                ),
                ("reason", models.TextField()),
                ("decided_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_why", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("counts", models.JSONField(default=dict)),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Hold",
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
                ("reference", models.TextField(blank=True)),
                ("who", models.TextField()),
                ("why", models.TextField()),
                ("review_on", models.DateField()),
                ("placed_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_why", models.TextField(blank=True)),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
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
                ("reference", models.TextField()),
                ("rule", models.TextField()),
                ("last_ending_on", models.DateField()),
                ("due_on", models.DateField()),
                ("found_at", models.DateTimeField()),
                (
                    "decision",
                    models.TextField(
                        blank=True, choices=[("keep", "Keep it longer"), ("delete", "Delete it")]
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("keep_until", models.DateField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="copyrequest",
            index=models.Index(
                condition=models.Q(("answered_at", None)),
                fields=["due_on", "id"],
                name="requests_for_copies_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="copyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="copy_confirmed_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="copyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("answered_by", None)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="copy_answered_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="copyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None),
                    models.Q(("confirmed_by", models.F("logged_by")), _negated=True),
                    _connector="OR",
                ),
                name="copy_confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="copyrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None)),
                fields=("person",),
                name="one_open_request_for_a_copy",
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(
                fields=("request", "place"), name="one_choice_of_a_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("what", "keep"), models.Q(("why", ""), _negated=True), _connector="OR"
                ),
                name="choice_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(
                condition=models.Q(("decided_at", None)),
                fields=["due_on", "id"],
                name="corrections_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="correction_decided_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at", None)),
                fields=("place",),
                name="one_open_correction_of_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="deletion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="deletion_confirmed_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="deletion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at", None), ("cancelled_by", None)),
                    models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
                    _connector="OR",
                ),
                name="deletion_cancelled_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="deletion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None),
                    models.Q(("confirmed_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="deletion_confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="deletion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at", None),
                    models.Q(("cancelled_at", None), ("confirmed_at__isnull", False)),
                    _connector="OR",
                ),
                name="deletion_done_when_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="deletion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at", None)),
                fields=("person_id",),
                name="deleted_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at", None), ("lifted_by", None)),
                    models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                    _connector="OR",
                ),
                name="hold_lifted_at_and_by",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("decided_at", None)),
                fields=["due_on", "id"],
                name="records_to_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="review_decided_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at", None)),
                fields=("person_id",),
                name="reviewed_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "keep"), _negated=True),
                    ("keep_until__isnull", False),
                    _connector="OR",
                ),
                name="kept_longer_until_a_day",
            ),
        ),
    ]
