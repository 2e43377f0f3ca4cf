"""A navigator chooses services with a survivor; a counsellor answers at another browser."""

from tests.functional.test_recording import begin, tell

SERVICES = {
    "Sexual violence counselling": "yes",
    "Refuge": "part",
    "Complex needs support in safe accommodation": "no",
}
# What she ticks, by what she says.
KNOWN = {"yes": ("Safe contact", "Needs"), "part": ("Needs",), "no": ()}


def test_three_services_from_one_conversation(visitor):
    nora = visitor().sign_in("nora")
    begin(nora, "Rosa Lind 03/04/1986")
    tell(nora)
    nora.press("Send to").follow("Read the contact").follow("Rosa Lind")
    nora.follow("Referrals").press("Choose services").look("choose")
    choose(nora)
    assert "2 referrals sent. 1 service refused" in nora.text
    journey = nora.look("sent").page.url

    theo = visitor().sign_in("theo")
    theo.follow("Inbox").look("inbox").follow("Rosa Lind")
    theo.press("Acknowledge").press("Open the passport")
    assert "Not shared with you: what happened" in theo.text
    theo.look("passport").follow("Back").press("Accept")
    theo.page.get_by_label("They wait").check()
    theo.page.get_by_role("group", name="Open a case?").get_by_label("No").check()
    theo.look("accept").press("Accept")
    theo.open("/inbox/?show=waiting")
    assert "Rosa Lind" in theo.look("waiting").text

    nora.open(journey)
    assert "Number 1 of those who wait" in nora.look("answered").text

    theo.follow("Rosa Lind").press("Give back")
    theo.page.get_by_label("cannot keep its promise").check()
    theo.look("give-back").press("Give back")
    theo.open("/inbox/?show=gone")
    assert "was given back by your team" in theo.text and "Rosa" not in theo.look("gone").text
    nora.open("/?show=answers")
    assert "Given back" in nora.text


def choose(nora) -> None:
    """Yes to one service, yes but not all to the next, no to the last. One more is looked at."""
    nora.page.get_by_label("Another service of the directory").select_option("sanctuary-scheme")
    nora.press("Add this service")
    added = nora.page.locator("input[value=sanctuary-scheme][name=services]")
    assert added.is_checked()
    nora.look("added")
    added.uncheck()
    for name in SERVICES:
        nora.page.get_by_label(f"{name}, ").first.check()
    nora.press("Continue")
    for number in range(1, len(SERVICES) + 1):
        assert f"Service {number} of 3" in nora.text
        said = SERVICES[nora.heading.removeprefix("Should ").removesuffix(" know?")]
        if number == 1:
            nora.press("Continue")
            assert "Select yes or no" in nora.text
            nora.look("service")
        may_know = nora.page.get_by_role("group", name="What may they know?")
        for kind in KNOWN[said]:
            may_know.get_by_label(kind).check()
        if number == 1:  # how it was answered is proposed for the others
            nora.page.get_by_label("They said so").check()
            nora.page.get_by_label("An adult, who can decide this").check()
        if said != "no":
            nora.page.get_by_label("For a year").check()
            nora.page.get_by_label("Yes, this address goes along").check()
        answer = "No, not this service" if said == "no" else "Yes, with what is ticked"
        nora.page.get_by_label(answer).check()
        nora.press("Continue")
    nora.look("check").press("Send")
