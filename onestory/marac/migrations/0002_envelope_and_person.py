"""Holds rows to envelopes of the same person, in the database."""

from django.db import migrations

TABLES = (
    "referral",
    "foundrepeat",
    "telling",
    "item",
    "research",
    "finding",
    "conductfinding",
    "wishes",
    "minutes",
    "action",
)


class Migration(migrations.Migration):
    dependencies = [("marac", "0001_initial"), ("people", "0002_envelope_and_person")]

    operations = [
        migrations.RunSQL(
            f"""ALTER TABLE marac_{table} ADD CONSTRAINT marac_{table}_envelope_is_of_person
                FOREIGN KEY (envelope_id, person_id)
                REFERENCES access_envelope (id, person_id) DEFERRABLE INITIALLY DEFERRED""",
            f"ALTER TABLE marac_{table} DROP CONSTRAINT marac_{table}_envelope_is_of_person",
        )
        for table in TABLES
    ]
