from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_wishes_asked"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(
                    ("begun_on", None),
                    ("ended_on", None),
                    ("returned_at", None),
                    models.Q(("accepted_at", None), _negated=True),
                ),
                fields=["to_team", "accepted_at", "id"],
                name="referrals_waiting_for_team",
            ),
        ),
    ]
