"""What a team has sent is listed by when it was sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_grants_of_referral")]

    operations = [
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["from_team", "-received_at", "-id"], name="contacts_sent"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["from_team", "-sent_at", "-id"], name="referrals_of_sender"),
        ),
    ]
