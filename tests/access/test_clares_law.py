"""That anybody asked is known to those who hold her danger alone; never to those who hold him."""

from uuid import uuid4

import pytest

from onestory.access.actions import bar
from onestory.access.models import Entry
from onestory.risk.models import ConductNote
from tests.access.raw import refused, rows
from tests.clares_law import asked, checked, decided, two
from tests.orders import open_to


@pytest.fixture
def pair(as_, world):
    """Joan asked about him, and Nell's team runs the programme that he is in."""
    her, him = two(as_)
    row = asked(as_, her, him)
    checked(as_, row)
    decided(as_, row)
    with as_("petra") as by:
        open_to(by, him, "pass", ["identity", "conduct"], may_write=True)
    return her, him, row


def test_whoever_holds_him_sees_what_is_known_and_not_that_anybody_asked(client, world, as_, pair):
    her, him, row = pair
    with as_("nell"):
        assert ConductNote.objects.filter(person_id=him).count() == 1
        for table in ("risk_disclosure", "risk_disclosurecheck"):
            assert rows(f"SELECT count(*) FROM {table}") == [(0,)]
        assert rows("SELECT count(*) FROM risk_disclosure WHERE about_id = %s", [him]) == [(0,)]
    client.force_login(world.user("nell"))
    pages = (f"/risk/{him}/conduct/", f"/people/{him}/", f"/people/{him}/who-knows/")
    for page in (*pages, "/risk/clares-law/", "/"):
        said = client.get(page).content.decode()
        assert str(her) not in said and str(row.pk) not in said and "Joan" not in said
    assert client.get(f"/risk/clares-law/{row.pk}/").status_code == 404
    assert client.get(f"/risk/clares-law/{uuid4()}/").status_code == 404


def test_his_record_of_access_says_nothing_of_it(as_, pair):
    her, him, _ = pair
    with as_("gwen"):
        of_him = set(Entry.objects.filter(person_id=him).values_list("verb", flat=True))
        of_her = set(Entry.objects.filter(person_id=her).values_list("verb", flat=True))
    assert not [verb for verb in of_him if verb.startswith("disclosure.")]
    assert {"disclosure.ask", "disclosure.check", "disclosure.decide"} <= of_her


@pytest.mark.parametrize("who", ["ida", "olu", "cass", "theo", "bart", "gwen", "adam"])
def test_nobody_else_knows_of_it(client, world, as_, pair, who):
    her, _, row = pair
    if who == "bart":
        # Of the same team, but barred from her.
        with as_("gwen") as by:
            bar(by=by, person_id=her, user=world.user("bart"), reason="His friend.")
    with as_(who):
        assert rows("SELECT count(*) FROM risk_disclosure") == [(0,)]
        assert rows("SELECT count(*) FROM risk_disclosurecheck") == [(0,)]
    client.force_login(world.user(who))
    assert client.get(f"/risk/clares-law/{row.pk}/").status_code == 404


def test_another_team_that_holds_her_danger_reads_it_and_changes_nothing(client, world, as_, pair):
    her, _, row = pair
    with as_("petra") as by:
        open_to(by, her, "idva", ["identity", "risk"], may_write=True)
    with as_("ida"):
        assert rows("SELECT count(*) FROM risk_disclosure") == [(1,)]
        assert rows("UPDATE risk_disclosure SET version = version + 1") == 0
    client.force_login(world.user("ida"))
    page = f"/risk/clares-law/{row.pk}/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"words": "x"}).status_code == 404


def test_who_was_asked_about_and_by_whom_is_never_changed(as_, pair):
    with as_("petra"):
        for column in ("about_id", "applicant", "received_on", "words", "team_id"):
            with refused():
                rows(f"UPDATE risk_disclosure SET {column} = {column}")
        for table in ("risk_disclosurecheck", "risk_conductnote"):
            with refused():
                rows(f"UPDATE {table} SET source = 'other'")
        with refused():
            rows("DELETE FROM risk_disclosure")


def test_nothing_is_told_that_one_person_decided(as_, world):
    """PostgreSQL holds it, whoever writes."""
    row = asked(as_, *two(as_))
    with as_("petra") as by:
        with refused("two_people_decide"):
            rows(
                "UPDATE risk_disclosure SET decided_at = now(), decided_by_id = %(me)s,"
                " agreed_at = now(), agreed_by_id = %(me)s WHERE id = %(row)s",
                {"me": by.user_id, "row": row.pk},
            )
        with refused("nothing_is_told_before"):
            rows("UPDATE risk_disclosure SET told_on = now() WHERE id = %s", [row.pk])
