"""Two windows on one draft; a referral declined or accepted; the case that comes of it."""

import re


def test_two_windows_show_both_versions(visitor):
    olu = visitor().sign_in("olu")
    olu.open("/record/")
    olu.page.get_by_role("button", name=re.compile("Start without|Record somebody new")).click()
    olu.page.wait_for_load_state()
    other = olu.context.new_page()
    other.goto(olu.page.url)
    other.get_by_label("First name").fill("Mary")
    other.get_by_role("button", name="Continue").click()
    other.wait_for_load_state()
    olu.page.get_by_label("First name").fill("Marie")
    olu.press("Continue")
    assert "changed in another window" in olu.text and "Mary" in olu.text
    olu.look("two-windows").press("Continue").follow("Back")
    assert olu.page.get_by_label("First name").input_value() == "Marie"


def test_who_declines_sees_it_no_longer(visitor):
    tess = visitor().sign_in("tess").follow("Sara Hollis")
    outcomes = tess.page.get_by_role("group", name="What do you decide?")
    outcomes.get_by_label("Referral").check()
    tess.page.get_by_label("What should the sender know?").fill("IDVA rings her at ten.")
    tess.press("Decide")
    assert tess.page.get_by_label("What should they know?").input_value()
    tess.page.get_by_label("IDVA, Independent").check()
    tess.press("Send").look("decided")

    ida = visitor().sign_in("ida").follow("Sara Hollis")
    assert "Came to the counter" not in ida.text
    ida.press("Decline").look("decline").press("Decline")
    assert "Select why you decline" in ida.text
    ida.page.get_by_label("No room or no staff").check()
    ida.page.get_by_label("Nothing", exact=True).check()
    ida.press("Decline")
    assert "closed to you" in ida.text and "Sara Hollis" not in ida.text

    tess.open("/?show=answers")
    tess.look("answers").follow("Sara Hollis").look("declined").press("I have seen this answer")


def test_accepting_opens_a_case(visitor):
    ida = visitor().sign_in("ida").follow("Amina Yusuf").press("Accept")
    ida.press("Accept")
    assert "Select the category" in ida.text
    ida.page.get_by_label("Casework").check()
    ida.page.get_by_label("Honour based abuse").check()
    ida.look("accept").press("Accept")
    ida.open("/cases/")
    ida.look("cases").follow(re.compile("^....-....$")).look("case").press("Close the case")
    for answer in ("The survivor ended it", "It never began"):
        ida.page.get_by_label(answer).check()
    ida.page.get_by_label("What should be known of the ending?").fill("She is with her sister.")
    ida.page.get_by_role("group", name="Does the survivor know").get_by_label("Yes").check()
    ida.look("close").press("End the case")
    assert "has ended" in ida.text and "closed" in ida.text


def test_who_has_no_worklist_is_told_where_to_go(visitor):
    visitor().sign_in("gwen").look("start")
