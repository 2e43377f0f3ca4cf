"""A team's open cases are found without walking past the closed; nothing is indexed twice.

The index on the team alone is smaller than that of its cases in their order, so PostgreSQL took it
for the yearly report, and then looked at every case of the team to find those of three years. The
foreign key to the person has an index of its own.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_case_list_findings")]

    operations = [
        migrations.RemoveIndex(model_name="case", name="cases_of_person"),
        migrations.AlterField(
            model_name="case",
            name="team",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.team",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["team", "-opened_on", "-id"],
                condition=models.Q(closed_on=None),
                name="open_cases_of_team",
            ),
        ),
    ]
