"""Sealed accounts: who finds nothing of one, in plain SQL and by address."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import get_resolver, reverse

from onestory.kernel.ids import new_id
from onestory.sealed import actions
from onestory.sealed.models import Echo
from tests.accounts import DEAN, opened

TABLES = ("account", "evidence", "agreedfact", "release", "echo", "slip")
ELSEWHERE = ("olu", "tess", "mina", "ida", "isla", "theo", "dina", "wren", "gwen", "adam")


@pytest.fixture
def account(as_):
    """Nora's, with facts that an account of Wren's shares."""
    with as_("nora") as by:
        kept, _ = opened(by)
        actions.add_facts(by=by, account_id=kept.pk, given=DEAN)
    with as_("wren") as by:
        other, _ = opened(by)
        actions.add_facts(by=by, account_id=other.pk, given=DEAN)
        actions.answer_echo(by=by, echo_id=Echo.objects.get().pk, willing=True)
    return kept


def asked(statement, params=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


@pytest.mark.parametrize("name", ELSEWHERE)
def test_no_other_team_reads_a_row(account, as_, name):
    with as_(name):
        for table in TABLES:
            found = asked(f"SELECT envelope_id FROM sealed_{table}")
            assert (account.envelope_id,) not in found, table


@pytest.mark.parametrize("name", ["nora", "wren", "gwen"])
def test_nobody_reads_which_account_is_like_which(account, as_, name):
    with as_(name), pytest.raises(DatabaseError), transaction.atomic():
        asked("SELECT * FROM sealed_pair")


def test_nobody_writes_that_there_is_another(account, as_):
    row = [new_id(), account.envelope_id, account.pk, new_id()]
    with as_("nora") as by, pytest.raises(DatabaseError), transaction.atomic():
        asked(
            "INSERT INTO sealed_echo (id, envelope_id, account_id, pair, recorded_at,"
            " recorded_by_id) VALUES (%s, %s, %s, %s, now(), %s)",
            [*row, by.user_id],
        )


def test_the_other_team_is_not_told_by_one_yes(account, as_):
    with as_("nora"):
        ((pair,),) = asked("SELECT pair FROM sealed_echo")
        assert asked("SELECT sealed_other_team(%s)", [pair]) == [(None,)]
    with as_("olu"):
        assert asked("SELECT sealed_other_team(%s)", [pair]) == [(None,)]


def test_who_does_not_keep_an_account_has_nobody_told(account, as_):
    with as_("olu"):
        assert asked("SELECT sealed_tell_alike(%s, 1)", [account.pk]) == [(0,)]


def addresses(account):
    """Every address of the room, filled with what there is or might be."""
    for pattern in next(
        p for p in get_resolver().url_patterns if getattr(p, "namespace", "") == "sealed"
    ).url_patterns:
        wanted = pattern.pattern.converters
        yield reverse(
            f"sealed:{pattern.name}",
            kwargs={name: account.pk if name == "account_id" else new_id() for name in wanted},
        )


@pytest.mark.parametrize("name", [name for name in ELSEWHERE if name != "wren"])
def test_by_no_address(account, world, client, name):
    client.force_login(world.user(name))
    for address in addresses(account):
        if address == reverse("sealed:released"):
            continue
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in (404, 405), address


def test_another_keeper_finds_it_as_absent_as_what_never_was(account, world, client):
    client.force_login(world.user("wren"))
    absent = client.get(reverse("sealed:account", args=[new_id()]))
    hidden = client.get(reverse("sealed:account", args=[account.pk]))
    assert (absent.status_code, hidden.status_code) == (404, 404)
    assert account.pseudonym not in client.get(reverse("sealed:accounts")).content.decode()


def test_nobody_signed_in(account, client, db):
    for address in addresses(account):
        assert client.get(address).status_code == 302
