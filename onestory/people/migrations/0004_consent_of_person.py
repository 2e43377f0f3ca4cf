"""Holds a consent, and a share without one, and its person together in the database."""

from django.db import migrations

TABLES = ("access_consent", "access_sharewithoutconsent")


class Migration(migrations.Migration):
    dependencies = [("people", "0003_access_request"), ("access", "0003_consent")]

    operations = [
        migrations.RunSQL(
            f"""ALTER TABLE {table} ADD CONSTRAINT {table}_is_of_person FOREIGN KEY (person_id)
                REFERENCES people_person (id) DEFERRABLE INITIALLY DEFERRED""",
            f"ALTER TABLE {table} DROP CONSTRAINT {table}_is_of_person",
        )
        for table in TABLES
    ]
