"""A triage worker opens the worklist, grades, decides; the sender is told; a provider answers."""

import re

from tests.functional.test_recording import begin, tell


def sent_by_olu(visitor, search: str) -> str:
    olu = begin(visitor().sign_in("olu"), search)
    tell(olu)
    olu.press("Send to Housing Safeguarding Team")
    return re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", olu.text).group()


def test_from_the_worklist_to_an_acknowledged_decision(visitor):
    reference = sent_by_olu(visitor, "Bryony Fell 9 August 1979")

    tess = visitor().sign_in("tess").look("worklist")
    assert tess.text.index("Sara Hollis") < tess.text.index("Bryony Fell")
    tess.follow("Bryony Fell").look("contact")
    assert reference in tess.text
    tess.page.get_by_label("Amber").check()
    tess.press("Save the grade")
    assert "There is a problem" in tess.text
    tess.page.get_by_label("Amber").check()
    tess.page.get_by_label("Why?").fill("He has a key and came back last night")
    tess.press("Save the grade").look("graded")
    tess.page.get_by_label("Referral", exact=True).check()
    tess.press("Decide").look("refer")
    tess.page.get_by_label(re.compile("Independent Domestic Violence Advisors")).check()
    tess.page.get_by_label("The survivor agrees").check()
    tess.press("Send")
    assert "Bryony Fell" not in tess.follow("Worklist").text

    olu = visitor().sign_in("olu")
    olu.follow(re.compile("Decisions for you")).look("decisions")
    olu.follow("Bryony Fell").look("decided")
    assert "Referral" in olu.text
    assert "Independent Domestic Violence Advisors" in olu.text and "Answered means" in olu.text
    olu.press("I have seen this")
    assert "Bryony Fell" not in olu.follow("Worklist").follow(re.compile("Decisions for")).text

    ida = visitor().sign_in("ida")
    ida.follow(re.compile("To answer")).look("to-answer")
    ida.follow("Bryony Fell").look("referral")
    ida.press("Acknowledge")
    ida.press("Accept").look("accept")


def test_a_red_one_rings_on_every_page_of_that_team(visitor):
    petra = visitor().sign_in("petra")
    petra.open("/cases/")
    assert petra.page.get_by_role("alert").is_visible()
    petra.look("rings")
    petra.page.get_by_role("alert").get_by_role("link").click()
    petra.page.wait_for_load_state()
    assert "Sara Hollis" in petra.text

    ida = visitor().sign_in("ida")
    ida.open("/cases/")
    assert not ida.page.get_by_role("alert").is_visible()
