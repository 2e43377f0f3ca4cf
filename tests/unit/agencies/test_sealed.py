"""What is sealed says nothing, and opens only for the same purpose."""

from onestory import database
from onestory.agencies.sealed import digest, seal, unseal


def test_what_is_sealed_can_be_opened_and_not_read():
    sealed = seal("Flat 2, the old mill", "notes")
    assert "mill" not in sealed
    assert unseal(sealed, "notes") == "Flat 2, the old mill"


def test_it_opens_for_its_own_purpose_only():
    assert unseal(seal("words", "notes"), "letters") is None


def test_what_was_altered_does_not_open():
    sealed = seal("words", "notes")
    assert unseal(sealed[:-4] + "AAA=", "notes") is None


def test_another_system_cannot_open_it(monkeypatch):
    sealed, mark = seal("words", "notes"), digest("words", "notes")
    monkeypatch.setenv("ONESTORY_SECRET", "another system's")
    database.secret.cache_clear()
    try:
        assert unseal(sealed, "notes") is None
        assert digest("words", "notes") != mark
    finally:
        database.secret.cache_clear()
