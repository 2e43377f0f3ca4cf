"""Therapy is closed to everybody but its therapists: in raw SQL, by every grant and role there is."""

from uuid import uuid4

import pytest

from onestory.access.actions import break_glass
from onestory.agencies.roles import Permission
from tests import kept
from tests.access.raw import refused, rows

NOTES, PROCEEDINGS = "therapy_therapynote", "therapy_proceedings"
EVERYBODY_ELSE = ["dina", "nora", "isla", "olu", "tess", "mina", "petra", "ida", "gwen", "adam"]


@pytest.fixture
def wren(as_, world):
    person = kept.counselled(as_)
    kept.noted(as_, person)
    return person


def count(table, person):
    return rows(f"SELECT count(*) FROM {table} WHERE person_id = %s", [person])[0][0]


def test_its_therapist_reads_it(as_, wren):
    with as_("theo"):
        assert count(NOTES, wren) == 1


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_nobody_else_does(as_, wren, who):
    with as_(who):
        assert count(NOTES, wren) == 0
        assert rows("SELECT count(*) FROM therapy_therapynote")[0][0] == 0


def test_the_manager_holds_the_envelope_and_reads_nothing(as_, wren):
    """The whole team holds it; the notes are the therapists' all the same."""
    with as_("dina"):
        kinds = rows("SELECT kind FROM access_envelope WHERE person_id = %s", [wren])
        assert ("therapy",) in kinds
        assert count(NOTES, wren) == count(PROCEEDINGS, wren) == 0


def test_an_emergency_opens_the_envelope_and_not_the_notes(as_, wren):
    with as_("isla") as by:
        break_glass(
            by=by, person_id=wren, team_id=by.home_team_id, reason="life-in-danger", words="Now"
        )
        kinds = rows("SELECT kind FROM access_envelope WHERE person_id = %s", [wren])
        assert ("therapy",) in kinds
        assert count(NOTES, wren) == 0
        assert count("therapy_notesrequest", wren) == 0


def test_a_note_is_never_changed_or_deleted(as_, wren):
    with as_("theo"):
        with refused():
            rows("UPDATE therapy_therapynote SET words = 'other'")
        with refused():
            rows("DELETE FROM therapy_therapynote")


def test_nobody_writes_one_for_another_team_or_in_another_name(as_, world, wren):
    with as_("theo") as by:
        envelope = rows(
            "SELECT id FROM access_envelope WHERE person_id = %s AND kind = 'therapy'", [wren]
        )[0][0]
        values = [uuid4(), envelope, wren, by.user_id, by.home_team_id]
        other = kept.team("sericc-isva")
        insert = (
            'INSERT INTO therapy_therapynote (id, envelope_id, person_id, recorded_by_id, team_id, "on",'
            " words, recorded_at) VALUES (%s, %s, %s, %s, %s, now(), 'x', now())"
        )
        with refused():
            rows(insert, [*values[:4], other])
        with refused():
            rows(insert, [*values[:3], world.user("dina").pk, values[4]])
        assert rows(insert, values) == 1


@pytest.mark.parametrize("who", [*EVERYBODY_ELSE, "bart"])
def test_a_draft_is_its_writers_own(as_, wren, who):
    with as_("theo") as by:
        rows(
            "INSERT INTO therapy_notedraft (id, user_id, team_id, person_id, answers,"
            " saved_at) VALUES (%s, %s, %s, %s, '{}', now())",
            [uuid4(), by.user_id, by.home_team_id, wren],
        )
        assert count("therapy_notedraft", wren) == 1
    with as_(who):
        assert count("therapy_notedraft", wren) == 0


def test_who_asks_is_known_to_the_team_alone(as_, wren):
    kept.asked_for_notes(as_, wren)
    for who in ("theo", "dina"):
        with as_(who):
            assert count("therapy_notesrequest", wren) == 1
    for who in EVERYBODY_ELSE[1:]:
        with as_(who):
            assert count("therapy_notesrequest", wren) == 0


PAGES = ["/therapy/{0}/", "/therapy/{0}/write/", "/therapy/{0}/proceedings/"]


@pytest.mark.parametrize("who", ["dina", "nora", "tess", "gwen", "adam"])
def test_the_pages_are_not_there_for_anybody_else(client, world, as_, wren, who):
    user = world.user(who)
    assert not world.actor(who).may(Permission.THERAPY_WORK)
    client.force_login(user)
    for page in PAGES:
        assert client.get(page.format(wren)).status_code == 404
        assert client.get(page.format(uuid4())).status_code == 404


def test_somebody_whom_the_therapist_does_not_know_is_not_there(client, world):
    client.force_login(world.user("theo"))
    for page in PAGES:
        assert client.get(page.format(world.id("sara"))).status_code == 404
