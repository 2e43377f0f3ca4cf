"""Pages of therapy: what is typed is kept, a list asks few questions, requests go step by step."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onestory.agencies.pack import pack
from onestory.cases import actions as cases
from onestory.cases.models import Referral
from onestory.kernel.ids import new_id
from tests import kept
from tests.brokering import brokered, share, tell

LONG = "ä" * 20_000


@pytest.fixture
def wren(as_, world):
    return kept.counselled(as_)


@pytest.fixture
def theo(client, world):
    client.force_login(world.user("theo"))
    return client


def day(prefix, **changes):
    values = {"day": "1", "month": "2", "year": "2026"} | changes
    return {f"{prefix}-{part}": value for part, value in values.items()}


def test_a_note_is_typed_kept_and_written(theo, as_, wren):
    base = f"/therapy/{wren}/"
    note = str(new_id())
    sent = {"words": LONG, "tab": "t", "version": "0", "note": note, **day("on")}
    assert theo.post(f"{base}save/", sent).status_code == 204
    assert LONG in theo.get(f"{base}write/").content.decode()
    assert "Go on writing" in theo.get(base).content.decode()
    for _ in range(2):
        assert theo.post(f"{base}write/", sent).status_code == 302
    shown = theo.get(base).content.decode()
    assert shown.count(LONG) == 1 and "Go on writing" not in shown


def test_a_fault_keeps_everything_typed(theo, wren):
    sent = {"words": "Half a thought", "note": str(new_id()), **day("on", month="13")}
    answer = theo.post(f"/therapy/{wren}/write/", sent)
    assert answer.status_code == 200
    assert "Half a thought" in answer.content.decode() and "Error" in answer.content.decode()


def test_two_windows_do_not_write_over_each_other(theo, wren):
    save, note = f"/therapy/{wren}/save/", str(new_id())
    assert (
        theo.post(save, {"words": "one", "tab": "a", "version": "0", "note": note}).status_code
        == 204
    )
    assert (
        theo.post(save, {"words": "two", "tab": "b", "version": "1", "note": note}).status_code
        == 204
    )
    assert (
        theo.post(save, {"words": "three", "tab": "a", "version": "1", "note": note}).status_code
        == 409
    )


def test_a_note_is_thrown_away(theo, wren):
    sent = {"words": "one", "tab": "a", "version": "0", "note": str(new_id())}
    assert theo.post(f"/therapy/{wren}/save/", sent).status_code == 204
    assert theo.post(f"/therapy/{wren}/discard/").status_code == 302
    assert theo.post(f"/therapy/{wren}/discard/").status_code == 404


class TestTheRecordClosesWhileANoteIsWritten:
    WORDS = "She spoke of the kitchen. \u202eهي\u202c"

    @pytest.fixture
    def rowan(self, as_, client, world):
        """Known to Theo by a referral alone."""
        with as_("nora") as by:
            known = tell(by)
            self.referral = brokered(by, known, share("sexual-violence-counselling")).sent[0]
        client.force_login(world.user("theo"))
        return known

    def typed(self, **more):
        return {"words": self.WORDS, "tab": "t", "version": "0", "note": str(new_id())} | more

    def close(self, as_):
        with as_("nora") as by:
            one = Referral.objects.get(pk=self.referral.pk)
            cases.withdraw_referral(
                by=by,
                referral_id=one.pk,
                version=one.version,
                reason=next(iter(pack().withdraw_reasons)).code,
            )

    def test_what_was_typed_is_shown_kept_and_thrown_away(self, client, as_, rowan):
        base = f"/therapy/{rowan}/"
        assert client.post(f"{base}save/", self.typed(words="Half")).status_code == 204
        self.close(as_)
        assert client.post(f"{base}save/", self.typed(saving="1")).status_code == 204
        answer = client.post(f"{base}write/", self.typed(**day("on")))
        assert answer.status_code == 404
        for page in (answer, client.get(f"{base}write/")):
            said = page.content.decode()
            assert self.WORDS in said and "not written down" in said
            assert "Rowan" not in said
        assert client.post(f"{base}discard/").url == "/"
        assert self.WORDS not in client.get(f"{base}write/").content.decode()

    def test_without_a_draft_what_was_sent_is_shown(self, client, as_, rowan):
        self.close(as_)
        answer = client.post(f"/therapy/{rowan}/write/", self.typed(**day("on")))
        assert self.WORDS in answer.content.decode() and answer.status_code == 404
        assert "kept nowhere else" in answer.content.decode()
        assert client.post(f"/therapy/{rowan}/save/", self.typed()).status_code == 404

    def test_of_nobody_it_says_the_same(self, client, rowan):
        answer = client.post(f"/therapy/{new_id()}/write/", self.typed(**day("on")))
        assert self.WORDS in answer.content.decode() and answer.status_code == 404

    def test_while_therapy_alone_is_open_the_note_is_written(self, client, as_, rowan):
        kept.noted(as_, rowan)
        self.close(as_)
        assert client.post(f"/therapy/{rowan}/save/", self.typed()).status_code == 204
        answer = client.post(f"/therapy/{rowan}/write/", self.typed(**day("on")))
        assert answer.status_code == 302
        assert self.WORDS in client.get(f"/therapy/{rowan}/").content.decode()


def test_proceedings_are_shown_above_the_notes(theo, wren):
    stage = {"stage": "charged", "words": "Hearing on Friday"}
    assert theo.post(f"/therapy/{wren}/proceedings/", stage).status_code == 302
    assert "Hearing on Friday" in theo.get(f"/therapy/{wren}/").content.decode()


def test_a_request_goes_from_step_to_step(client, world, as_, wren):
    client.force_login(world.user("dina"))
    sent = {"who": "DC Harlow", "basis": "police-request", "what": "All of it", **day("asked_on")}
    answer = client.post(f"/therapy/{wren}/asked/", sent)
    page = answer.headers["Location"]
    assert "First: tell the survivor" in client.get(page).content.decode()
    client.post(page, {"view": "part", "words": "Only the first."})
    client.post(page, {"decision": "part", "words": "The first session."})
    assert "Somebody else of your team has to agree" in client.get(page).content.decode()
    assert client.post(page, {"agrees": "yes"}).status_code == 404
    client.force_login(world.user("theo"))
    client.post(page, {"agrees": "yes"})
    given = {"given": "One note", "how": "secure-mail", **day("answered_on")}
    client.post(page, given)
    assert "One note" in client.get(page).content.decode()
    assert "DC Harlow" in client.get("/therapy/requests/?answered=1").content.decode()


def test_the_lists_ask_as_few_questions_for_many_as_for_one(client, world, as_, wren):
    client.force_login(world.user("theo"))

    def asked(page):
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    kept.noted(as_, wren)
    kept.asked_for_notes(as_, wren)
    pages = (f"/therapy/{wren}/", "/therapy/requests/")
    few = [asked(page) for page in pages]
    for _ in range(4):
        kept.noted(as_, wren)
        kept.asked_for_notes(as_, wren)
    assert [asked(page) for page in pages] == few
    assert max(few) <= 26
