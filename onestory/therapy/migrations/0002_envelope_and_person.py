"""Holds rows to envelopes of the same person, in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("therapy", "0001_initial"), ("people", "0002_envelope_and_person")]

    operations = [
        migrations.RunSQL(
            f"""ALTER TABLE {table} ADD CONSTRAINT {table}_envelope_is_of_person
                FOREIGN KEY (envelope_id, person_id)
                REFERENCES access_envelope (id, person_id) DEFERRABLE INITIALLY DEFERRED""",
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_envelope_is_of_person",
        )
        for table in ("therapy_therapynote", "therapy_proceedings", "therapy_notesrequest")
    ]
