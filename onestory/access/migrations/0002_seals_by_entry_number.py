"""Seals go by the numbers of the entries. No seal was made before this."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="Seal"),
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
        migrations.AlterField(
            model_name="entry", name="transaction", field=models.BigIntegerField()
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["actor_id", "at"], name="entries_of_actor"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="entries_by_time"),
        ),
    ]
