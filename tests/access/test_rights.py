"""Requests for copies, holds and deletion: who sees them, and that nobody goes round the two."""

from uuid import uuid4

import pytest
from django.db import connection

from onestory.access.actions import bar
from onestory.rights import actions, queries
from tests import kept
from tests.access.raw import refused, rows

pytestmark = pytest.mark.django_db
TABLES = ["rights_copyrequest", "rights_choice", "rights_hold", "rights_review", "rights_deletion"]
STRANGERS = ["nora", "isla", "ida", "adam", "bart"]


@pytest.fixture(scope="module")
def wren(beforehand):
    """Wren, whom Theo's team alone knows; she asks him for a copy, and there is a hold."""
    person = kept.counselled(beforehand)
    kept.noted(beforehand, person)
    kept.copy_confirmed(beforehand, person, who="theo")
    with beforehand("dina") as by:
        actions.place_hold(
            by=by, person_id=person, who="A court", why="An order", review_on=kept.tomorrow()
        )
    return person


def confirm(by, request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rights_confirm(%s, '')", [request])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("table", TABLES)
def test_strangers_find_nothing(as_, wren, who, table):
    with as_(who):
        assert rows(f"SELECT count(*) FROM {table}")[0][0] == 0


def test_nobody_acting_finds_nothing(wren):
    for table in TABLES:
        assert rows(f"SELECT count(*) FROM {table}")[0][0] == 0


def test_a_guardian_knows_of_it_and_sees_nothing_of_her(as_, wren):
    with as_("gwen"):
        assert rows("SELECT count(*) FROM rights_copyrequest")[0][0] == 1
        assert rows("SELECT count(*) FROM people_identity WHERE person_id = %s", [wren])[0][0] == 0
        assert rows("SELECT count(*) FROM access_envelope WHERE person_id = %s", [wren])[0][0] == 0


def test_only_the_function_confirms(as_, wren):
    with as_("theo"), refused():
        rows("UPDATE rights_copyrequest SET confirmed_at = now(), confirmed_by_id = handler_id")
    with as_("gwen"), refused():
        rows("UPDATE rights_copyrequest SET confirmed_at = now(), confirmed_by_id = handler_id")


@pytest.mark.parametrize("who", ["theo", "dina", "nora", "adam", "tess"])
def test_the_function_confirms_for_guardians_alone(as_, world, who):
    person = kept.counselled(as_)
    asked = kept.copy_asked(as_, person, who="theo")
    with as_(who) as by:
        assert confirm(by, asked.pk) is None
    with as_("gwen") as by:
        assert confirm(by, asked.pk)
        assert confirm(by, asked.pk) is None


def test_a_barred_guardian_finds_no_request(as_, world):
    person = kept.counselled(as_)
    asked = kept.copy_asked(as_, person, who="theo")
    with as_("dina") as by:
        bar(by=by, person_id=person, user=world.user("gwen"), reason="Her aunt.")
    with as_("gwen") as by:
        of_hers = "SELECT count(*) FROM rights_copyrequest WHERE person_id = %s"
        assert rows(of_hers, [person])[0][0] == 0
        assert confirm(by, asked.pk) is None


def test_the_rows_come_to_the_handler_alone_and_never_those_of_therapy(as_, wren):
    with as_("theo"):
        asked = rows("SELECT id FROM rights_copyrequest")[0][0]
        assert rows("SELECT count(*) FROM rights_rows(%s, 'people_identity')", [asked])[0][0] == 1
        for table in ("therapy_therapynote", "therapy_proceedings", "access_grant"):
            assert rows(f"SELECT count(*) FROM rights_rows(%s, '{table}')", [asked])[0][0] == 0
        # Nor of a table that lies in no envelope.
        for table in ("agencies_user", "access_entry"):
            assert rows(f"SELECT count(*) FROM rights_rows(%s, '{table}')", [asked])[0][0] == 0
    for who in ("dina", "nora", "gwen", "adam"):
        with as_(who):
            found = rows("SELECT count(*) FROM rights_rows(%s, 'people_identity')", [asked])
            assert found[0][0] == 0


def test_the_handler_reads_and_does_not_write_by_it(as_, world):
    """Nora's team knows her in part; the request opens the rest, to read."""
    rowan = kept.whole(as_).person_id
    kept.copy_confirmed(as_, rowan)
    with as_("nora"):
        made = rows(
            "SELECT bool_or(may_write), bool_or(may_share), count(*) FROM access_grant"
            " WHERE purpose = 'subject-access'"
        )[0]
        assert made[:2] == (False, False) and made[2] > 0
        kinds = rows(
            "SELECT e.kind FROM access_grant g JOIN access_envelope e ON e.id = g.envelope_id"
            " WHERE g.purpose = 'subject-access'"
        )
        assert ("therapy",) not in kinds


def test_nothing_of_it_is_deleted_by_the_application(as_, wren):
    with as_("gwen"):
        for table in TABLES:
            with refused():
                rows(f"DELETE FROM {table}")


@pytest.mark.parametrize("who", ["gwen", "theo", "dina", "adam"])
def test_nobody_but_the_system_erases_or_looks_for_what_is_due(as_, wren, who):
    with as_("dina") as by:
        reference = queries.reference_of(by, wren)
    with as_("gwen") as by:
        row = kept.decided_past_the_rules(by, wren, reference)
    with as_(who):
        assert rows("SELECT rights_erase(%s)", [row])[0][0] is None
        assert rows("SELECT rights_find_due('{}', current_date)")[0][0] == 0
        for function in ("rights_endings()", "rights_humans()", "rights_plan()"):
            with refused():
                rows(f"SELECT * FROM {function}")


def test_nobody_confirms_a_deletion_of_their_own(as_, wren):
    with as_("gwen") as by:
        row = kept.decided_past_the_rules(by, wren, "7777-7777")
        with refused("deletion_confirmed_by_another|row-level"):
            rows(
                "UPDATE rights_deletion SET confirmed_at = now(), confirmed_by_id = %s WHERE id = %s",
                [by.user_id, row],
            )


PAGES = [
    "/rights/copies/",
    "/rights/due/",
    "/rights/holds/",
    "/rights/deletions/",
    "/rights/ask/{0}/",
    "/rights/hold/{0}/",
    "/therapy/requests/",
    "/therapy/{0}/asked/",
]


def test_the_pages_are_not_there_for_officers_and_administrators(client, world, wren):
    for who in ("olu", "adam"):
        client.force_login(world.user(who))
        for page in PAGES:
            assert client.get(page.format(wren)).status_code == 404


def test_what_is_due_is_for_guardians(client, world, wren):
    client.force_login(world.user("theo"))
    assert client.get("/rights/due/").status_code == 404


def test_a_request_of_another_team_is_not_there(client, world, as_, wren):
    with as_("theo"):
        asked = rows("SELECT id FROM rights_copyrequest")[0][0]
    client.force_login(world.user("nora"))
    for page in ("", "read/", "decided/", "copy.pdf"):
        assert client.get(f"/rights/copies/{asked}/{page}").status_code == 404
        assert client.get(f"/rights/copies/{uuid4()}/{page}").status_code == 404
    # A colleague of the handler sees that there is one, and nothing of what is in it.
    client.force_login(world.user("dina"))
    assert client.get(f"/rights/copies/{asked}/").status_code == 200
    for page in ("read/", "decided/", "copy.pdf"):
        assert client.get(f"/rights/copies/{asked}/{page}").status_code == 404
