"""The floor: without an actor nothing is seen, and only a live grant opens an envelope."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from onestory.access.actions import make_envelopes
from onestory.access.models import Entry, Envelope, Grant
from onestory.kernel.ids import new_id, reference
from onestory.people.models import Identity, Person

NAMES = "SELECT given_name FROM people_identity WHERE person_id = %s"


def rows(statement, params=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


@pytest.fixture
def sara(as_):
    """A survivor whom the housing officers know."""
    with as_("olu") as by:
        key = new_id()
        person = Person.objects.create(
            id=key, reference=reference(key), added_by_id=by.user_id, added_at=timezone.now()
        )
        envelopes = make_envelopes(
            by=by, person_id=person.pk, kinds=["identity", "story"], team_id=by.home_team_id
        )
        Identity.objects.create(
            envelope=envelopes["identity"],
            person=person,
            given_name="Sara",
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
        )
    return person


def test_the_application_owns_no_table(db):
    owned = rows(
        "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
        " WHERE r.rolname = current_user"
    )
    assert rows("SELECT current_user") == [("onestory_app",)]
    assert owned == [(0,)]


def test_nobody_acting_sees_nothing(sara):
    for table in ("people_person", "people_identity", "access_envelope", "access_grant"):
        assert rows(f"SELECT count(*) FROM {table}") == [(0,)], table


def test_the_team_that_recorded_it_sees_it(sara, as_):
    with as_("olu"):
        assert rows(NAMES, [sara.pk]) == [("Sara",)]


@pytest.mark.parametrize("other", ["tess", "nell", "ida", "gwen", "adam"])
def test_no_other_team_sees_it(sara, as_, other):
    with as_(other):
        assert rows(NAMES, [sara.pk]) == []
        assert rows("SELECT id FROM access_envelope WHERE person_id = %s", [sara.pk]) == []


def test_nobody_can_give_themselves_a_grant(sara, as_, world):
    with as_("olu"):
        envelope = Envelope.objects.get(person_id=sara.pk, kind="identity")
    with (
        as_("tess") as by,
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Grant.objects.create(
            envelope=envelope,
            team_id=by.home_team_id,
            purpose="recorded",
            basis="recorded",
            starts_at=timezone.now(),
            given_by_id=by.user_id,
            given_at=timezone.now(),
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_entry SET verb = 'nothing'",
        "DELETE FROM access_entry",
        "DELETE FROM access_grant",
        "UPDATE access_grant SET ends_at = NULL",
        "TRUNCATE access_entry",
    ],
)
def test_the_record_and_the_grants_cannot_be_rewritten(sara, as_, statement):
    with as_("olu"), pytest.raises(DatabaseError), transaction.atomic():
        rows(statement)


def test_reading_goes_on_the_record(sara, as_):
    with as_("olu"):
        assert Identity.objects.get(person=sara).given_name == "Sara"
    with as_("gwen"):
        read = Entry.objects.filter(verb="read").latest("id")
        assert read.subject == "test"
        assert len(read.envelopes) == 1
