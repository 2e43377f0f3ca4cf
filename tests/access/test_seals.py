"""An altered, missing, inserted or swapped entry is found, and named."""

import time

import psycopg
import pytest
from click.testing import CliRunner
from django.db import connections, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from onestory.access import actions, queries
from onestory.access.acting import acting
from onestory.access.models import Entry, Seal
from onestory.access.queries.seals import LINE, anchor_file, plain
from onestory.access.rules import sealing
from onestory.access.tasks import seal_the_record
from onestory.agencies.actor import system_actor
from onestory.commands.audit_ import command
from onestory.kernel import record


@pytest.fixture
def system(own_database):
    yield system_actor()
    anchor_file().unlink(missing_ok=True)


def write(by, *verbs):
    for verb in verbs:
        with acting(by, purpose="test"):
            record.write(verb, by=by, detail={"n": 1})


def verify(by, **options):
    with acting(by, purpose="test") as scope:
        return queries.verify(scope.actor, **options)


def tamper(statement, params=()):
    """As somebody who owns the database could, past every trigger."""
    with connections["owner"].cursor() as cursor:
        for table in ("access_entry", "access_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, params)
        found = cursor.fetchall() if cursor.description else None
        for table in ("access_entry", "access_seal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return found


def wait_for_others():
    """Until every transaction that is open on the server now has ended: tests run side by side."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        mine = cursor.fetchone()[0]
        for _ in range(600):
            cursor.execute(
                "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > %s", [mine]
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.1)
    raise RuntimeError("A transaction on this server has been open for a minute.")


def entries():
    return [row[0] for row in tamper("SELECT id FROM access_entry ORDER BY id")]


@pytest.fixture
def sealed(system):
    """Three seals, the last two over three entries each. Gives their numbers."""
    actions.seal_all(by=system)
    write(system, "a.one", "a.two", "a.three")
    actions.seal_all(by=system)
    write(system, "b.one", "b.two", "b.three")
    actions.seal_all(by=system)
    return entries()[-6:]


def test_an_untouched_record_holds(system, sealed):
    verdict = verify(system)
    assert verdict.fault is None
    assert verdict.seals == 3
    assert verdict.sealed == len(entries())
    assert (verdict.waiting, verdict.since) == (0, None)
    assert verdict.last.number == 3


def test_what_is_not_sealed_yet_waits(system, sealed):
    before = timezone.now()
    write(system, "c.one", "c.two")
    verdict = verify(system)
    assert verdict.fault is None
    assert verdict.waiting == 2
    assert before <= verdict.since <= timezone.now()


def test_sealing_adds_nothing_to_seal(system, sealed):
    assert actions.seal(by=system) is None
    assert entries()[-1] == sealed[-1]


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'a.zwei'",
        "at = at + interval '1 microsecond'",
        "actor_id = NULL",
        "detail = detail || '{\"n\": 2}'",
        "subject = ' '",
        "person_id = gen_random_uuid()",
        "envelopes = ARRAY[gen_random_uuid()]",
        "transaction = transaction + 1",
    ],
)
def test_an_altered_entry_is_named(system, sealed, change):
    tamper(f"UPDATE access_entry SET {change} WHERE id = %s", [sealed[1]])
    fault = verify(system).fault
    assert (fault.what, fault.seal, fault.entry) == ("its content was altered", 2, sealed[1])
    assert fault.at is not None


def test_every_column_is_sealed():
    columns = [field.column for field in Entry._meta.concrete_fields]
    assert all(column in LINE for column in columns)


def test_the_first_of_several_is_named(system, sealed):
    tamper("UPDATE access_entry SET verb = 'x' WHERE id = ANY (%s)", [[sealed[4], sealed[2]]])
    assert verify(system).fault.entry == sealed[2]


def test_a_deleted_entry_is_named(system, sealed):
    tamper("DELETE FROM access_entry WHERE id = %s", [sealed[3]])
    fault = verify(system).fault
    assert (fault.what, fault.seal, fault.entry, fault.at) == ("it is missing", 3, sealed[3], None)


def test_entries_that_changed_places_are_named(system, sealed):
    one, other = sealed[1], sealed[4]
    tamper(
        "UPDATE access_entry SET id = CASE id WHEN %(a)s THEN %(t)s ELSE %(a)s END"
        " WHERE id = %(a)s",
        {"a": one, "t": -1},
    )
    tamper("UPDATE access_entry SET id = %s WHERE id = %s", [one, other])
    tamper("UPDATE access_entry SET id = %s WHERE id = -1", [other])
    fault = verify(system).fault
    assert (fault.what, fault.entry) == ("its content was altered", one)


def test_an_entry_put_in_afterwards_is_named(system, sealed):
    # A transaction that is rolled back leaves a number that nobody used.
    with acting(system, purpose="test"):
        record.write("gone", by=system)
        transaction.set_rollback(True)
    for _ in range(2):
        write(system, "c.one")
        wait_for_others()
        actions.seal(by=system)
    assert verify(system).fault is None
    unused = entries()[-1] - 2
    tamper(
        "INSERT INTO access_entry SELECT (jsonb_populate_record(e, jsonb_build_object('id', %s::bigint))).*"
        " FROM access_entry e WHERE id = %s",
        [unused, sealed[0]],
    )
    fault = verify(system).fault
    assert (fault.what, fault.seal, fault.entry) == ("it was put in afterwards", 5, unused)


@pytest.fixture
def slow(system):
    """Another connection of the application, in the midst of a long transaction."""
    settings = connections["default"].get_connection_params()
    with psycopg.connect(
        host=settings["host"],
        port=settings.get("port"),
        user=settings["user"],
        password=settings.get("password"),
        dbname=settings["dbname"],
    ) as connection:
        connection.execute("SELECT set_config('onestory.actor', %s, true)", [str(system.user_id)])
        connection.execute(record._INSERT, [system.user_id, "slow.one", None, [], "", "{}"])
        yield connection


def test_an_entry_of_a_long_transaction_is_sealed_when_it_comes(system, sealed, slow):
    for number in (4, 5, 6):
        write(system, "c.one")
        assert actions.seal(by=system).number == number
    verdict = verify(system)
    assert (verdict.fault, verdict.waiting) == (None, 0)
    assert len(verdict.last.missing) == 1
    slow.commit()
    verdict = verify(system)
    assert (verdict.fault, verdict.waiting) == (None, 1)
    assert len(actions.seal(by=system).entries) == 1
    verdict = verify(system)
    assert (verdict.fault, verdict.waiting, verdict.last.missing) == (None, 0, [])


def test_a_number_that_nobody_used_is_given_up(system, sealed, slow):
    write(system, "c.one")
    assert len(actions.seal(by=system).missing) == 1
    slow.rollback()
    write(system, "c.two")
    wait_for_others()
    assert actions.seal(by=system).missing == []
    assert verify(system).fault is None


def test_sealing_does_not_mind_another_servers_transaction_numbers(system, sealed):
    """As after a dump is restored where the count of transactions starts lower, or higher."""
    for number in (3, 2**40):
        write(system, "c.one")
        tamper("UPDATE access_entry SET transaction = %s WHERE id = %s", [number, entries()[-1]])
        assert len(actions.seal(by=system).entries) == 1
    verdict = verify(system)
    assert (verdict.fault, verdict.waiting) == (None, 0)


def test_a_deleted_seal_is_named(system, sealed):
    tamper("DELETE FROM access_seal WHERE number = 2")
    fault = verify(system).fault
    assert (fault.what, fault.seal, fault.entry) == ("the seal is missing", 2, None)


def test_a_seal_taken_off_the_end_is_named(system, sealed):
    tamper("DELETE FROM access_seal WHERE number = 3")
    tamper("DELETE FROM access_entry WHERE id = ANY (%s)", [sealed[3:]])
    fault = verify(system).fault
    assert (fault.what, fault.seal) == ("the seal is missing", 3)


@pytest.mark.parametrize(
    "change",
    [
        "sealed_at = sealed_at - interval '1 day'",
        "upto = upto + 1",
        "missing = '[[1, 2, 3]]'",
        "entries = entries[1:2]",
        "digests = digests || '\\x00'",
        "previous = '\\x00'",
        "signature = '\\x00'",
    ],
)
def test_an_altered_seal_is_named(system, sealed, change):
    tamper(f"UPDATE access_seal SET {change} WHERE number = 2")
    fault = verify(system).fault
    assert (fault.what, fault.seal, fault.entry) == ("the seal was altered", 2, None)


def test_an_entry_altered_before_a_broken_seal_is_named_first(system, sealed):
    tamper("UPDATE access_seal SET upto = 0 WHERE number = 3")
    tamper("UPDATE access_entry SET verb = 'x' WHERE id = %s", [sealed[0]])
    assert verify(system).fault.entry == sealed[0]


def test_a_seal_with_another_key_is_named(system, sealed):
    """Somebody who holds the database alters an entry and seals it anew, without the key."""
    tamper("UPDATE access_entry SET verb = 'x' WHERE id = %s", [sealed[1]])
    line = tamper(
        f"SELECT {LINE} FROM access_entry WHERE id = ANY (%s) ORDER BY id",
        [sealed[:3]],
    )
    with acting(system, purpose="test"):
        seal = Seal.objects.get(number=2)
        content = sealing.Content(
            **{name: plain(seal, name) for name in sealing.Content._fields}
        )._replace(digests=b"".join(sealing.digest(row[0]) for row in line))
    forged = sealing.sign("a guess", content)
    tamper(
        "UPDATE access_seal SET digests = %s, signature = %s WHERE number = 2",
        [content.digests, forged],
    )
    assert verify(system).fault.what == "the seal was altered"
    tamper("UPDATE access_seal SET key = %s WHERE number = 2", [sealing.name_of("a guess")])
    assert verify(system).fault.what == "the seal was made with another key"


def test_the_latest_seals_alone(system, sealed):
    tamper("UPDATE access_entry SET verb = 'x' WHERE id = %s", [sealed[1]])
    assert verify(system, latest=1).fault is None
    assert verify(system, latest=2).fault.entry == sealed[1]
    assert verify(system, latest=99).fault.entry == sealed[1]


def test_batches_are_bounded(system, monkeypatch):
    monkeypatch.setattr(actions.sealing, "BATCH", 2)
    actions.seal_all(by=system)
    with acting(system, purpose="test"):
        sizes = [len(seal.entries) for seal in Seal.objects.all()]
    assert max(sizes) == 2
    assert sum(sizes) == len(entries())
    monkeypatch.setattr(queries.seals, "ENTRIES", 3)
    monkeypatch.setattr(queries.seals, "SEALS", 5)
    assert verify(system).fault is None


def test_the_command_says_what_it_found(system, sealed):
    write(system, "c.one")
    done = CliRunner().invoke(command, ["verify"])
    assert done.exit_code == 0, done.output
    assert "The record is as it was sealed" in done.stdout
    assert "1 entry waits" in done.stdout
    assert CliRunner().invoke(command, ["seal"]).stdout == "Seals made: 1.\n"
    tamper("UPDATE access_entry SET verb = 'case.open' WHERE id = %s", [sealed[1]])
    done = CliRunner().invoke(command, ["verify"])
    assert done.exit_code == 1
    assert f"Entry {sealed[1]} (seal 2, " in done.stdout
    assert "now ‘Opened a case’): its content was altered." in done.stdout


def test_the_worker_seals_every_minute(system):
    seal_the_record(timestamp=0)
    with acting(system, purpose="test") as scope:
        assert queries.waiting(scope.actor) == (0, None)
    [periodic] = [
        found
        for (name, _), found in app.periodic_registry.periodic_tasks.items()
        if name == seal_the_record.name
    ]
    assert periodic.cron == "* * * * *"
