"""Asked, agreed, partly taken back, taken back while the other team has the page open; shared without
consent; who knows, and what a team knew today."""

import re
from datetime import date

ISVA = re.compile("Sexual Violence Advis", re.I)


def choose_team(one, name: re.Pattern):
    options = one.page.get_by_label("With which team?").locator("option").all_inner_texts()
    one.page.get_by_label("With which team?").select_option(
        next(text for text in options if name.search(text))
    )


def choose_what(one, *kinds):
    """Who they are and how to reach them, and these; until the end of next year."""
    for kind in ("Who they are", "Safe contact", *kinds):
        one.page.get_by_label(kind, exact=True).check()
    for part, number in {"Day": 31, "Month": 12, "Year": date.today().year + 1}.items():
        one.page.get_by_label(part, exact=True).fill(str(number))


def ask(one, person, name, answer, *, kinds=()):
    one.open(f"/people/{person}/consents/")
    one.press("Ask for consent")
    choose_team(one, name)
    choose_what(one, *kinds)
    one.page.get_by_label("What for?").select_option("support")
    one.press("Continue")
    assert "You can take it back on any day" in one.text
    one.page.get_by_label(answer, exact=True).check()
    one.page.get_by_label("They said so").check()
    one.page.get_by_label("An adult, who can decide this").check()
    return one


def take_back(one, keep=()):
    one.follow("Take it back")
    for kind in keep:
        one.page.get_by_label(kind, exact=True).uncheck()
    one.page.get_by_label("They said so").check()
    one.press("Take it back now")


def known_today(one, person) -> str:
    """What the team knew of her today, as the page says it."""
    one.open(f"/people/{person}/known/")
    options = one.page.get_by_label("Team").locator("option").all_inner_texts()
    one.page.get_by_label("Team").select_option(next(t for t in options if ISVA.search(t)))
    today = date.today()
    for part in ("day", "month", "year"):
        one.page.get_by_label(part.capitalize(), exact=True).fill(str(getattr(today, part)))
    return one.press("Show").text


def agree(ida, meera):
    """The whole way to a yes."""
    # Something is missing; nothing typed is lost.
    ida.open(f"/people/{meera}/")
    ida.follow("Consent")
    ida.press("Ask for consent")
    ida.press("Continue")
    assert "Select the team that would know" in ida.text
    ida.look("what-would-be-shared")
    ask(ida, meera, ISVA, "Yes, this may be shared", kinds=("What happened",))
    ida.look("say-this")
    ida.press("Change what is shared")
    assert ida.page.get_by_label("What happened", exact=True).is_checked()
    ask(ida, meera, ISVA, "Yes, this may be shared", kinds=("What happened",))
    ida.press("Record the answer")
    assert "can see it now" in ida.text


def test_consent_from_the_question_to_its_end(visitor, ids):
    meera = ids.things["meera"]
    ida, isla = visitor().sign_in("ida"), visitor().sign_in("isla")
    assert isla.open(f"/people/{meera}/") == 404

    agree(ida, meera)
    assert isla.open(f"/people/{meera}/") == 200
    assert "Meera Solanki" in isla.text

    take_back(ida, keep=("Who they are", "Safe contact"))
    assert "Partly taken back" in ida.text
    ida.look("agreed")
    isla.open(f"/people/{meera}/who-knows/")
    assert "What happened" not in isla.text.split("Before")[0]

    # Isla has the page open while it is taken back: her next click finds nothing.
    isla.open(f"/people/{meera}/")
    take_back(ida)
    assert "Taken back" in ida.text
    isla.follow("Who knows")
    assert "Meera" not in isla.text and "Solanki" not in isla.text
    assert isla.open(f"/people/{meera}/") == 404

    ida.open(f"/people/{meera}/who-knows/")
    assert "Isla Quinn" in ida.text and "Before" in ida.text
    ida.look("who-knows")

    # Asked of another team, she says no.
    ask(ida, meera, re.compile("Counselling", re.I), "No").press("Record the answer")
    assert "Refused" in ida.text


def test_shared_without_consent_and_looked_up(visitor, ids):
    meera = ids.things["meera"]
    ida, isla, gwen = (visitor().sign_in(name) for name in ("ida", "isla", "gwen"))
    ida.open(f"/people/{meera}/consents/")
    ida.follow("Share without consent")
    choose_team(ida, ISVA)
    choose_what(ida)
    ida.page.get_by_label("What for?").select_option("safety")
    ida.page.get_by_label("To protect a child or an adult at risk").check()
    ida.page.get_by_label("Why is it needed, and why no less?").fill("He has found her address.")
    ida.page.get_by_label("No: telling them is itself a danger").check()
    ida.page.get_by_label("Why is telling them a danger?").fill("He reads her telephone.")
    ida.press("Share it now")
    assert "needs a second opinion" in ida.text
    assert ida.page.get_by_label("Why is it needed").input_value() == "He has found her address."
    ida.look("second-opinion")
    ida.page.get_by_label("Who else judged that it is right?").select_option(label="Gwen Tate")
    ida.press("Share it now")
    assert "He reads her telephone." in ida.text
    ida.look("shared")
    assert isla.open(f"/people/{meera}/") == 200

    ida.follow("They are told now").press("Record it")
    assert "They are told now" not in ida.text

    # What did the team know today? Asked by who works with her, and by the guardian.
    reference = re.search(r"\w{4}-\w{4}", isla.text).group()
    for one, name in ((ida, "Meera Solanki"), (gwen, reference)):
        assert name in known_today(one, meera)
        assert "To protect a child or an adult at risk" in one.text
        assert "Isla Quinn" in one.text and "Identity: 1" in one.text
    gwen.look("known")

    ida.open(f"/people/{meera}/consents/")
    ida.follow("End it")
    ida.page.get_by_label("Why does it end?").fill("She has moved.")
    ida.press("End it now")
    assert isla.open(f"/people/{meera}/") == 404
