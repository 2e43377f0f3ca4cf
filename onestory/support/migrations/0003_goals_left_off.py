"""A goal can end because whoever carried it gave her back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("support", "0002_envelope_and_person")]

    operations = [
        migrations.AlterField(
            model_name="goal",
            name="end",
            field=models.TextField(
                blank=True,
                choices=[
                    ("reached", "Reached"),
                    ("partly", "Partly reached"),
                    ("not", "Not reached"),
                    ("dropped", "No longer wanted"),
                    ("left", "Nobody works on this now"),
                ],
            ),
        ),
    ]
