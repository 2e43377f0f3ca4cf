"""Half an hour with a frightened survivor: from the checklist to the plan, and to all who must hear."""

import pytest
from django.db import connections

from onestory.access.acting import acting
from tests.danger import judged
from tests.environment import WORKER
from tests.functional.conftest import Visitor
from tests.orders import open_to

WHY = "He has found her sister’s address. خائفة 🙂"


@pytest.fixture
def meera(server, ids, django_db_blocker):
    """Meera in the served database: some of it asked already, the danger open to the MASH as well."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    with django_db_blocker.unblock():
        connections.close_all()
        for alias in connections:
            connections[alias].settings_dict["NAME"] = f"onestory_test_{WORKER}_served"
        person = ids.id("meera")
        with acting(ids.actor("ida"), purpose="test") as scope:
            judged(scope.actor, person, 2, 10)
            open_to(scope.actor, person, "mash", ["identity", "risk"])
        connections.close_all()
        for alias, name in before.items():
            connections[alias].settings_dict["NAME"] = name
    return person


def answer(visitor: Visitor, group: str, said: str) -> None:
    visitor.page.get_by_role("group", name=group).get_by_label(said, exact=True).check()


def test_from_the_checklist_to_every_team_that_knows(visitor, meera):
    ida, cass = visitor().sign_in("ida"), visitor().sign_in("cass")
    asks(ida, meera)
    judges_higher(ida)
    plans(ida)
    assert "Before anything else" not in cass.text
    tells_of_a_change(ida, meera)
    cass.open("/")
    cass.look("worklist").follow("Meera Solanki")
    assert "Released from prison or custody" in cass.text
    cass.look("changed").press("We have seen it")
    cass.open("/")
    assert "Before anything else" not in cass.text
    ida.open("/")
    assert "Safety plan to review" in ida.text


def asks(ida: Visitor, meera) -> None:
    """What is known is there to confirm; what is typed is there after the page was lost."""
    ida.open(f"/risk/{meera}/")
    ida.look("danger").follow("DASH, 27 questions")
    assert "Say this before you ask" in ida.text and "no number of its own" in ida.text
    ida.look("before").press("Begin")
    count = ida.page.locator("#risk-count")
    assert count.inner_text() == "0 yes, 0 no, 0 not known, 27 not asked"
    assert "Told to Ida Brennan" in ida.text
    ida.page.locator("[data-question='dash.fear']").get_by_label("Still so", exact=True).check()
    answer(ida, "18. Has the person ever held you by the neck", "Yes")
    answer(ida, "27. Do you know whether the person has been in trouble", "Does not know")
    assert count.inner_text() == "2 yes, 0 no, 1 not known, 24 not asked"
    # An answer leads on to a question, and to a step for the plan.
    assert ida.page.get_by_text("see a doctor the same day, even if nothing shows").is_visible()
    ida.page.get_by_label("Why you judge it so").fill(WHY)
    ida.saved().look("checklist")
    ida.page.reload()
    assert ida.page.get_by_label("Why you judge it so").input_value() == WHY
    assert count.inner_text() == "2 yes, 0 no, 1 not known, 24 not asked"


def judges_higher(ida: Visitor) -> None:
    """With a reason, which is demanded."""
    ida.page.get_by_label("Why you judge it so").fill("")
    answer(ida, "How great is the danger, as you judge it?", "High")
    ida.press("Write down the result")
    assert "has no level by count" in ida.text
    ida.page.get_by_label("Why you judge it so").fill(WHY)
    ida.look("no-reason").press("Write down the result")
    assert WHY in ida.text and "2 yes, 0 no, 1 not known, 24 not asked" in ida.text
    ida.look("result")


def plans(ida: Visitor) -> None:
    """Steps from the answers, and in her own words; small on paper, and naming no service."""
    ida.follow("Go on to the safety plan")
    answer(ida, "If I was held by the neck", "Share it")
    home = ida.page.locator("#id_new-home")
    home.fill("My keys are with Ruth.")
    answer(
        ida, "Is it safe for her to have it on paper?", "Small: a few lines that name no service"
    )
    ida.saved().look("planning").press("Agree the plan")
    assert "My keys are with Ruth." in ida.text and "For her and us alone" in ida.text
    ida.look("plan").follow("Print it")
    ida.page.emulate_media(media="print")
    printed = ida.page.locator("body").inner_text()
    assert "My keys are with Ruth." in printed
    assert "OneStory" not in printed and "safety" not in printed.lower()
    ida.page.emulate_media(media="screen")
    ida.look("paper").follow("Back to the plan")


def tells_of_a_change(ida: Visitor, meera) -> None:
    """In two clicks."""
    ida.open(f"/risk/{meera}/")
    ida.press("Something has changed").look("change").press("Released from prison or custody")
    assert "has it on its worklist now" in ida.text
