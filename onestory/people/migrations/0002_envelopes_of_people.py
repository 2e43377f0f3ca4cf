"""Holds envelopes, consents and shares to people that there are: `access` knows no model of them."""

from django.db import migrations

OF_A_PERSON = {
    "access_envelope": "envelope_of_person",
    "access_consent": "access_consent_is_of_person",
    "access_sharewithoutconsent": "access_sharewithoutconsent_is_of_person",
}


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0001_initial")]

    operations = [
        *(
            migrations.RunSQL(
                f"""ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (person_id)
                    REFERENCES people_person (id) DEFERRABLE INITIALLY DEFERRED""",
                f"ALTER TABLE {table} DROP CONSTRAINT {name}",
            )
            for table, name in OF_A_PERSON.items()
        ),
        # What rows about a person refer to: see `access_of_person` in the policies of access.
        migrations.RunSQL(
            "ALTER TABLE access_envelope ADD CONSTRAINT envelope_and_person UNIQUE (id, person_id)",
            "ALTER TABLE access_envelope DROP CONSTRAINT envelope_and_person",
        ),
        migrations.RunSQL(
            "CREATE INDEX entry_envelopes ON access_entry USING gin (envelopes)",
            "DROP INDEX entry_envelopes",
        ),
    ]
