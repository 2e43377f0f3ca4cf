"""Holds envelopes and people together in the database, where models alone cannot."""

from django.db import migrations

ABOUT_A_PERSON = (
    "people_identity",
    "people_safecontact",
    "people_phone",
    "people_address",
    "people_relationship",
    "people_searchkey",
    "people_matchnotice",
)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE access_envelope
              ADD CONSTRAINT envelope_of_person FOREIGN KEY (person_id)
                REFERENCES people_person (id) DEFERRABLE INITIALLY DEFERRED,
              ADD CONSTRAINT envelope_and_person UNIQUE (id, person_id);
            CREATE INDEX entry_envelopes ON access_entry USING gin (envelopes);
            """,
            """
            DROP INDEX entry_envelopes;
            ALTER TABLE access_envelope DROP CONSTRAINT envelope_and_person,
              DROP CONSTRAINT envelope_of_person;
            """,
        ),
        *(
            migrations.RunSQL(
                f"""ALTER TABLE {table} ADD CONSTRAINT {table}_envelope_is_of_person
                    FOREIGN KEY (envelope_id, person_id)
                    REFERENCES access_envelope (id, person_id) DEFERRABLE INITIALLY DEFERRED""",
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_envelope_is_of_person",
            )
            for table in ABOUT_A_PERSON
        ),
    ]
