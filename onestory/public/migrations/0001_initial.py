from django.db import migrations, models

import onestory.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Knocks",
            fields=[
                ("mark", models.TextField(primary_key=True, serialize=False)),
                ("counted", models.IntegerField()),
                ("since", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Asking",
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
                ("reference", models.TextField(unique=True)),
                ("salt", models.TextField()),
                ("proof", models.TextField()),
                ("sealed", models.TextField(blank=True)),
                ("saved_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("contact_id", models.UUIDField(null=True)),
                ("reach", models.TextField(blank=True)),
                ("wrong_tries", models.IntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("contact_id", None), ("sealed", ""), _connector="OR"),
                        name="asking_sent_holds_no_words",
                    )
                ],
            },
        ),
    ]
