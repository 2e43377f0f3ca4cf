"""Holds calls and all that belongs to a case to envelopes of the same person, in the database."""

from django.db import migrations

TABLES = ("call", "episode", "pause", "session", "goal", "measure", "step", "ending")


class Migration(migrations.Migration):
    dependencies = [("support", "0001_initial"), ("people", "0002_envelope_and_person")]

    operations = [
        migrations.RunSQL(
            f"""ALTER TABLE support_{name} ADD CONSTRAINT support_{name}_envelope_is_of_person
                FOREIGN KEY (envelope_id, person_id)
                REFERENCES access_envelope (id, person_id) DEFERRABLE INITIALLY DEFERRED""",
            f"ALTER TABLE support_{name} DROP CONSTRAINT support_{name}_envelope_is_of_person",
        )
        for name in TABLES
    ]
