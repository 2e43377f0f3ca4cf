"""A therapist writes what only therapists read; the police ask for it, and two decide what is given."""

import pytest

from onestory.agencies.pack import pack
from onestory.cases import actions as cases
from onestory.cases.models import Referral
from tests import kept
from tests.brokering import brokered, share, tell
from tests.functional.conftest import Visitor

SAID = "She slept through the night. مرحبا 🙂"


@pytest.fixture
def wren(made):
    """Wren's record in the served database, as Theo made it; no other team knows of her."""
    return made(kept.counselled)


@pytest.fixture
def rowan(made):
    """Known to Theo by a referral alone."""
    return made(_referred)


def _referred(as_):
    with as_("nora") as by:
        known = tell(by)
        brokered(by, known, share("sexual-violence-counselling"))
    return known


def _taken_back(as_):
    with as_("nora") as by:
        one = Referral.objects.get(service__code="sexual-violence-counselling")
        reason = next(iter(pack().withdraw_reasons)).code
        how = {"version": one.version, "reason": reason}
        cases.withdraw_referral(by=by, referral_id=one.pk, **how)


def choose(visitor: Visitor, group: str, answer: str) -> None:
    visitor.page.get_by_role("group", name=group).get_by_label(answer, exact=True).check()


def test_notes_and_who_asks_for_them(visitor, wren):
    theo, dina = visitor().sign_in("theo"), visitor().sign_in("dina")
    writes_a_note(theo, wren)
    puts_it_right(theo)
    assert dina.open(f"/therapy/{wren}/") == 404
    takes_a_request_down(dina, wren)
    agrees_and_answers(theo)
    dina.page.reload()
    assert "A letter, no notes" in dina.text and "slept" not in dina.page.content()


def writes_a_note(theo: Visitor, wren) -> None:
    """What is typed is there after the page was lost."""
    theo.open(f"/therapy/{wren}/")
    theo.look("no-notes").press("Write a note")
    note = theo.page.get_by_label("Note", exact=True)
    note.fill(SAID)
    theo.saved().look("typed")
    theo.open(f"/therapy/{wren}/")
    assert "have not finished it" in theo.text
    theo.look("unfinished").press("Go on writing")
    assert note.input_value() == SAID
    note.fill("")
    theo.press("Write it down")
    assert "Enter" in theo.text
    theo.look("nothing-written")
    note.fill(SAID)
    theo.press("Write it down")
    assert SAID in theo.text and "Go on writing" not in theo.text
    theo.follow("Say how far").page.get_by_label("Reported, and the police investigate").check()
    theo.look("proceedings").press("Save")
    assert "the police investigate" in theo.text


def puts_it_right(theo: Visitor) -> None:
    """In a note of its own: the first stays as it was."""
    theo.follow("Put it right")
    assert "stays as it is" in theo.text
    theo.page.get_by_label("Note", exact=True).fill("It was two nights.")
    theo.look("amends").press("Write it down")
    assert SAID in theo.text and "It puts the note of" in theo.text
    theo.look("amended")


def takes_a_request_down(dina: Visitor, wren) -> None:
    """The manager sees that there are notes, and who asks; never what is in them."""
    dina.open(f"/people/{wren}/")
    assert "Kept apart, for the therapists alone" in dina.text
    dina.follow("Take it down")
    dina.page.get_by_label("Who asks?").fill("DC Harlow, Essex Police")
    dina.page.get_by_label("The police or the Crown Prosecution Service ask").check()
    dina.page.get_by_label("What exactly do they ask for?").fill("All notes")
    dina.look("asked").press("Save")
    assert "First: tell the survivor" in dina.text
    dina.look("tell")
    choose(dina, "What does the survivor say?", "Does not want it given")
    dina.press("Save")
    choose(dina, "What do you decide?", "Refused")
    dina.page.get_by_label("The reason").fill("No line of inquiry is named.")
    dina.look("decide").press("Save")
    assert "Somebody else of your team has to agree" in dina.text
    dina.look("wait")


def agrees_and_answers(theo: Visitor) -> None:
    theo.open("/therapy/requests/")
    theo.look("requests").follow("DC Harlow")
    choose(theo, "Do you agree with this decision?", "Yes")
    theo.look("agree").press("Save")
    assert "Last: answer" in theo.text
    theo.page.get_by_label("What was given?").fill("A letter, no notes")
    choose(theo, "How?", "In a letter, without notes")
    theo.look("answer").press("Save")
    assert "Second person" in theo.text and "A letter, no notes" in theo.text
    theo.open("/therapy/requests/?answered=1")
    assert "DC Harlow" in theo.look("answered").text


def test_a_record_that_closes_in_mid_note_gives_the_words_back(visitor, made, rowan):
    theo = visitor().sign_in("theo")
    theo.open(f"/therapy/{rowan}/write/")
    theo.page.get_by_label("Note", exact=True).fill(SAID)
    theo.saved()
    made(_taken_back)
    theo.press("Write it down")
    assert "not written down" in theo.heading
    assert theo.look("closed-meanwhile").page.get_by_label("What you typed").input_value() == SAID
    theo.press("Throw it away")
    assert theo.open(f"/therapy/{rowan}/write/") == 404
