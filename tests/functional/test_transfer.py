"""A case goes to another area and comes back from it, as one sealed file with a receipt."""

import pytest

from tests.conftest import acting_in
from tests.databases import connected_to
from tests.functional.conftest import SERVED
from tests.marac import minuted, offered, on_the_table, seat


@pytest.fixture
def case(server, ids, django_db_blocker):
    """Heard, with an action that is open."""
    with django_db_blocker.unblock(), connected_to(SERVED):
        seat(ids)
        as_ = acting_in(ids)
        found = on_the_table(as_)
        offered(as_, found)
        minuted(as_, found)
        return found.case


def choose(page, group: str, label: str) -> None:
    page.get_by_role("group", name=group).get_by_label(label).first.check()


def test_a_case_goes_and_comes(visitor, case):
    cora = visitor().sign_in("cora")
    cora.open(f"/marac/cases/{case.pk}/")
    cora.follow("Hand the case to another area")
    phrase = cora.page.locator("p strong").inner_text()
    seal(cora)
    with cora.page.expect_download() as download:
        cora.page.get_by_role("link", name="Download the sealed file").click()
    file = download.value.path()
    here = cora.page.url
    receive(cora, file, phrase)
    receipt = cora.page.locator(".govuk-hint strong").first.inner_text()
    cora.page.goto(here)
    cora.page.get_by_label("The receipt").fill(receipt)
    cora.look("transfer").press("They have it")
    assert "They have the case" in cora.look("received").text


def seal(cora) -> None:
    page = cora.page
    choose(page, "Which MARAC receives it?", "Southend MARAC")
    page.get_by_label("Its secure address").fill("marac@example.org")
    choose(page, "On what does it rest?", "High risk, before MARAC")
    page.get_by_label("Why must they know").fill("She moves there, and he will follow.")
    choose(page, "Does the survivor agree?", "Agrees")
    choose(page, "Have you told the survivor?", "Yes")
    page.get_by_label("Handover").fill("Ida has worked with her since May.")
    choose(page, "Does the file say how they are safely reached?", "No: it does not go")
    cora.look("send").press("I have it: seal the file")
    assert "Download the sealed file" in cora.text


def receive(cora, file, phrase: str) -> None:
    cora.open("/marac/")
    cora.follow("Open a case from another area")
    page = cora.page
    sent = {"name": "marac.json", "mimeType": "application/json", "buffer": file.read_bytes()}
    page.locator("input[type=file]").set_input_files(sent)
    page.get_by_label("The pass phrase").fill(phrase.lower())
    cora.look("receive").press("Look into it")
    assert "He knows the school" in cora.text
    choose(page, "Is the survivor known here?", "No: record them as somebody new")
    choose(page, "Is the person using abuse known here?", "No: record them as somebody new")
    page.get_by_label("What is the person using abuse to the survivor?").select_option(
        "husband-or-wife"
    )
    choose(page, "Has the survivor been told", "Yes")
    cora.look("look").press("Open the case")
    assert "Ida has worked with her since May." in cora.look("opened").text
