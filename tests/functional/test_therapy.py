"""A therapist writes what only therapists read; the police ask for it, and two decide what is given."""

import pytest
from django.db import connections

from onestory.access.acting import acting
from tests import kept
from tests.environment import WORKER
from tests.functional.conftest import Visitor

SAID = "She slept through the night. مرحبا 🙂"


@pytest.fixture
def wren(server, ids, django_db_blocker):
    """Wren's record in the served database, as Theo made it; no other team knows of her."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    with django_db_blocker.unblock():
        connections.close_all()
        for alias in connections:
            connections[alias].settings_dict["NAME"] = f"onestory_test_{WORKER}_served"
        made = kept.counselled(lambda name: _Acting(ids, name))
        connections.close_all()
        for alias, name in before.items():
            connections[alias].settings_dict["NAME"] = name
    return made


class _Acting:
    def __init__(self, ids, name):
        self.scope = acting(ids.actor(name), purpose="test")

    def __enter__(self):
        return self.scope.__enter__().actor

    def __exit__(self, *error):
        return self.scope.__exit__(*error)


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
