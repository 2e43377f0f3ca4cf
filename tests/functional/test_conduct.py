"""Orders and what breaks them, Clare's Law, and a review after somebody has died."""

from datetime import date, timedelta

import pytest
from django.db import connections

from onestory.access.acting import acting
from tests.clares_law import two
from tests.environment import WORKER
from tests.functional.conftest import Visitor


@pytest.fixture
def pair(server, ids, django_db_blocker):
    """Joan and Karl in the served database, as Petra's team recorded them."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    with django_db_blocker.unblock():
        connections.close_all()
        for alias in connections:
            connections[alias].settings_dict["NAME"] = f"onestory_test_{WORKER}_served"
        made = two(lambda name: _Acting(ids, name))
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


def on(visitor: Visitor, group: str, day: date) -> None:
    parts = visitor.page.get_by_role("group", name=group)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        parts.get_by_label(label).fill(str(value))


def test_from_an_order_to_a_review(visitor, pair):
    her, him = pair
    petra = visitor().sign_in("petra")
    writes_an_order_down(petra, her)
    writes_a_breach_down_from_her_side(petra, her)
    assert "Joan" not in petra.text  # On his page nothing leads to her.
    asks_under_clares_law(petra, her)
    mina = visitor().sign_in("mina")
    mina.open("/risk/clares-law/")
    mina.look("waiting").follow("Joan Tarrant")
    choose(mina, "Do you agree with this decision?", "Yes")
    mina.look("second-person").press("Save")
    tells(mina)
    page = proposes_a_review(mina, her)
    gwen = visitor().sign_in("gwen")
    gwen.open(page)
    gwen.look("confirm").press("Confirm and open")
    assert "are open to whoever is appointed" in gwen.page.inner_text("body")
    reads_the_chronology(visitor().sign_in("dina"), page)


def writes_an_order_down(petra: Visitor, her) -> None:
    petra.open(f"/people/{her}/")
    assert "None that is open to your team" in petra.text
    petra.open(f"/risk/{her}/orders/")
    petra.look("no-orders").follow("All orders and breaches of Karl Reeve")
    petra.look("nothing-known").press("Write an order down")
    petra.page.get_by_label("What kind of order is it?").select_option("Non-molestation order")
    petra.page.get_by_label("Which court or police force made it?").fill("Basildon family court")
    on(petra, "First day", date.today())
    on(petra, "Last day", date.today() + timedelta(days=10))
    choose(petra, "Whom does it protect?", "A partner or former partner")
    conditions = petra.page.get_by_label("What must they do, or not do?")
    conditions.fill("Not to go to 12 Mill Row, RM17 6SL")
    petra.press("Save")
    assert "Leave postcodes and addresses out" in petra.text
    conditions.fill("Not to go to her home")
    petra.look("order").press("Save")
    assert "Ends soon" in petra.text
    petra.look("conduct").press("We have seen this")
    assert "We have seen this" not in petra.text


def writes_a_breach_down_from_her_side(petra: Visitor, her) -> None:
    petra.open(f"/risk/{her}/orders/")
    petra.follow("Write a breach down")
    on(petra, "When?", date.today())
    petra.page.get_by_label("What did they do?").fill("Stood across the road.")
    choose(petra, "Do the police know of it?", "Yes")
    petra.look("breach").press("Save")
    assert "Stood across the road." in petra.look("broken").text
    change = petra.page.get_by_role("link", name="Write down a change of risk")
    assert f"/risk/{her}/change/?kind=breach" in change.get_attribute("href")
    petra.follow("All orders and breaches of Karl Reeve")


def asks_under_clares_law(petra: Visitor, her) -> None:
    today = date.today()
    petra.open(f"/risk/{her}/clares-law/")
    choose(petra, "About whom?", "Karl Reeve (former husband, wife or partner)")
    choose(petra, "Who asks?", "The person themselves")
    petra.page.get_by_label("What is the worry?").fill("He knows his way round a court.")
    petra.look("ask").press("Take it down")
    assert "First: speak to whoever asks" in petra.look("speak").text
    on(petra, "When did you speak?", today)
    choose(petra, "Is anybody in danger now?", "No")
    petra.press("Save")
    on(petra, "When did you meet?", today)
    petra.page.get_by_label("How did you see that they are who they say?").fill("Passport")
    petra.press("Save")
    choose(petra, "Where did you look?", "Police records")
    choose(petra, "What came of it?", "Something that matters")
    petra.page.get_by_label("What is it?").fill("Convicted of assault in 2019.")
    petra.look("check").press("Save")
    choose(petra, "Is anything told?", "Tell")
    petra.page.get_by_label("What is told?").fill("That he was convicted of assault.")
    choose(
        petra,
        "Who is told, or hears that there is nothing to tell?",
        "The person who may be in danger",
    )
    petra.page.get_by_label("Why do you decide so?").fill("Needed to prevent harm.")
    petra.look("decide").press("Save")
    assert "Somebody else of your team has to agree" in petra.look("wait").text


def tells(mina: Visitor) -> None:
    on(mina, "When was it told?", date.today())
    mina.page.get_by_label("Where?").fill("At the surgery")
    mina.page.get_by_label("What was said?").fill("That he was convicted.")
    choose(mina, "Did they say that they keep it to themselves?", "Yes")
    mina.look("tell").press("Save")
    assert "At the surgery" in mina.look("told").text


def proposes_a_review(mina: Visitor, her) -> str:
    mina.open(f"/people/{her}/")
    mina.follow("Review of serious harm")
    choose(mina, "What kind of review?", "Domestic homicide review")
    mina.page.get_by_label("Its number").fill("DHR 9/2026")
    mina.page.get_by_label("Who has ordered it, and for what time?").fill("The partnership")
    choose(mina, "What are they to it?", "Who was harmed")
    mina.page.get_by_label("Who is appointed?").select_option("Dina Rowe")
    on(mina, "Until when?", date.today() + timedelta(days=90))
    mina.look("propose").press("Propose it")
    assert "Waits for a guardian" in mina.look("proposed").text
    return mina.page.url


def reads_the_chronology(dina: Visitor, page: str) -> None:
    dina.open("/reviews/")
    dina.look("reviews").follow("DHR 9/2026")
    dina.press("Open the chronology")
    assert "Stood across the road." not in dina.text  # Karl is not named in it.
    assert "Clare’s Law: a second person agreed" in dina.text
    assert "Source: Risk, disclosure" in dina.text
    dina.look("chronology").page.get_by_text("Only a part of it").click()
    dina.page.get_by_label("Only what was written: not who was told, and who read it").check()
    dina.press("Show")
    assert "Opened to" not in dina.text
    dina.look("part")
    with dina.page.expect_download() as saved:
        dina.page.get_by_role("link", name="Word").click()
    assert saved.value.suggested_filename == "chronology.docx"
