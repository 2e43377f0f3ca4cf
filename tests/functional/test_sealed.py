"""Somebody of fifteen who does not want to be named; and that there is another, elsewhere."""

import re
from datetime import date, timedelta

from tests.functional.conftest import Visitor

LATER = date.today() + timedelta(days=400)


def seal(worker: Visitor) -> tuple[str, str]:
    """An account of the worker's; its pseudonym and its code."""
    worker.behind_more("Sealed accounts").look("accounts").press("Write one down").look("open")
    worker.page.get_by_label("13 to 15").check()
    worker.page.get_by_label("Sexual abuse", exact=True).check()
    said = worker.page.get_by_label("What do they want written down?")
    said.fill("He drives. Ring me on 07700 900123.")
    worker.press("Seal it")
    assert "names nobody" in worker.text
    said.fill("He drives a blue car. \N{PEACOCK}")
    worker.press("Seal it").look("sealed")
    shown = worker.page.locator(".govuk-summary-list__value").all_inner_texts()
    worker.press("They have it")
    return shown[0], shown[1]


def compare(worker: Visitor, **facts) -> None:
    worker.follow("Is there another").look("compare")
    for label, fact in facts.items():
        worker.page.get_by_label(label.replace("_", " ")).fill(fact)
    worker.press("Compare")


def test_kept_compared_released_and_destroyed(visitor):
    nora, wren, isla = (visitor().sign_in(name) for name in ("nora", "wren", "isla"))
    pseudonym, code = seal(nora)
    evidence(nora)
    compare(nora, Telephone_number="07700 900456")
    assert "There is another" not in nora.text

    other, _ = seal(wren)
    compare(wren, Telephone_number="+44 7700 900 456")
    assert "There is another" in wren.text and pseudonym not in wren.page.content()
    wren.look("another").press("She is willing")
    others = wren.page.url
    assert "SERICC" not in wren.text
    nora.page.reload()
    nora.press("She is willing")
    assert "Speak with Compass" in nora.text.replace("COMPASS", "Compass")
    assert other not in nora.page.content()

    release(nora, isla, pseudonym, code)
    comes_to_another_worker(wren, isla, pseudonym, code)
    nora.page.reload()
    nora.follow("Destroy it").page.get_by_label("Their code").fill(code)
    nora.page.get_by_label("They know that it cannot be brought back").check()
    nora.look("destroy").press("Destroy it")
    assert pseudonym not in nora.text
    nora.look("to-tell")
    assert "B 1042" in nora.text and "The account was destroyed" in nora.text
    nora.press("I have told them")
    assert "B 1042" not in nora.text
    wren.open(others)
    assert "Speak with" not in wren.text
    isla.open("/sealed/released/")
    assert pseudonym not in isla.text


def comes_to_another_worker(wren: Visitor, isla: Visitor, pseudonym: str, code: str) -> None:
    """Who sees nothing of it without the code, and nothing with it: it opens to the team she names."""
    wren.open("/sealed/")
    wren.follow("Somebody is here with a code").look("by-code")
    wren.page.get_by_label("Their pseudonym").fill(pseudonym)
    choose_isva(wren)
    wren.page.get_by_label("Their code").fill("AAAAA-AAAAA")
    wren.press("Release it").look("by-a-wrong-code")
    assert "No account has this pseudonym" in wren.text
    wren.page.get_by_label("Their code").fill(code)
    wren.press("Release it")
    assert "It is released" in wren.text and "blue car" not in wren.page.content()
    isla.open("/sealed/released/")
    assert pseudonym in isla.text


def choose_isva(worker: Visitor) -> None:
    """To the ISVAs, to support her, until LATER."""
    team = worker.page.get_by_label("Which team may see it?")
    isva = next(text for text in team.locator("option").all_inner_texts() if "ISVA" in text)
    team.select_option(label=isva)
    worker.page.get_by_label("What for?").select_option(label="To support the survivor")
    for part in ("day", "month", "year"):
        worker.page.get_by_label(part.capitalize(), exact=True).fill(str(getattr(LATER, part)))


def evidence(nora: Visitor) -> None:
    nora.follow("Add evidence")
    nora.page.get_by_label("Clothing or bedding").check()
    nora.page.get_by_label("Who keeps it, and where?").fill("The centre at Oak Road, freezer 2")
    nora.page.get_by_label("Number on the bag or box").fill("B 1042")
    for part in ("day", "month", "year"):
        nora.page.get_by_label(part.capitalize(), exact=True).fill(str(getattr(LATER, part)))
    nora.press("Save")
    assert "B 1042" in nora.text


def release(nora: Visitor, isla: Visitor, pseudonym: str, code: str) -> None:
    """Only by the code; to one team, which then sees it, and no longer when it is taken back."""
    nora.press("Release it to a team")
    choose_isva(nora)
    nora.page.get_by_label("Their code").fill("AAAAA-AAAAA")
    nora.press("Release it").look("wrong-code")
    assert "This is not the code" in nora.text
    isla.open("/sealed/released/")
    assert pseudonym not in isla.text
    nora.page.get_by_label("Their code").fill(code.lower())
    nora.press("Release it").look("released")
    isla.page.reload()
    isla.look("released-to-us").follow(pseudonym)
    assert "blue car" in isla.text and "B 1042" in isla.text
    assert not re.search(r"Release it|Destroy|Who may see it", isla.text)
    here = isla.page.url
    nora.press("Take it back")
    assert isla.open(here) == 404
