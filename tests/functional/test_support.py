"""From the first call to the end of a case: Nora at work, and Tess, who referred, looking on."""

import re
from datetime import date, timedelta

from tests.functional.conftest import Visitor


def check(visitor: Visitor, group: str, answer: str) -> None:
    options = visitor.page.get_by_role("group", name=group)
    options.get_by_label(answer, exact=True).check()


def fill(visitor: Visitor, **values) -> None:
    for label, value in values.items():
        visitor.page.get_by_label(label.replace("_", " "), exact=False).first.fill(value)


def on(visitor: Visitor, group: str, day: date) -> None:
    boxes = visitor.page.get_by_role("group", name=group)
    for part in ("day", "month", "year"):
        boxes.get_by_label(part.capitalize(), exact=True).fill(str(getattr(day, part)))


def test_first_call_waiting_session_and_ending(visitor, ids):
    sara = ids.id("sara")
    tess = visitor().sign_in("tess").follow("Sara Hollis")
    check(tess, "What do you decide?", "Referral")
    tess.page.get_by_label("What should the sender know?").fill("Nora rings her.")
    tess.press("Decide").page.get_by_label("SERICC first contact", exact=False).first.check()
    tess.press("Send")

    nora = visitor().sign_in("nora").follow("My people")
    assert "First calls" in nora.text
    nora.look("first-calls").follow("Sara Hollis")
    call(nora)
    accept(nora)
    wait_and_meet(nora)

    tess.open(f"/support/people/{sara}/journey/")
    assert "Started" in tess.text and "Room 2" not in tess.text
    tess.look("journey")

    end(nora)
    tess.page.reload()
    assert "Ended" in tess.text


def call(nora: Visitor) -> None:
    """The check comes first, and the number after it; nobody answers."""
    assert "Derek" in nora.text and "900142" not in nora.page.content().replace(" ", "")
    nora.page.get_by_text("Show the code word").click()
    check(nora, "Is now a safe time to call?", "No")
    nora.look("before-the-call").press("Show the number")
    assert "Do not call now" in nora.text
    check(nora, "Is now a safe time to call?", "Yes")
    check(nora, "Which number was agreed?", "Ending 142. Safe to call")
    nora.page.get_by_label("I will say nothing", exact=False).check()
    nora.press("Show the number")
    assert nora.heading == "Call 07700 900142"
    assert "Did you leave anything" not in nora.text
    check(nora, "What came of the call?", "Somebody else answered")
    nora.look("call").press("Write it down")
    assert "Write down what was said" in nora.text
    check(nora, "What came of the call?", "Nobody answered")
    on(nora, "Try again on", date.today() + timedelta(days=1))
    nora.press("Write it down").look("called")
    assert "Nobody answered." in nora.text
    assert re.search(r"Attempts so far\s+1", nora.text)


def accept(nora: Visitor) -> None:
    nora.open("/?show=referrals")
    nora.follow("Sara Hollis").press("Accept").page.get_by_label("Casework").check()
    for box in nora.page.get_by_role("group", name="Kind of abuse").get_by_role("checkbox").all():
        if not box.is_checked():
            box.check()
            break
    nora.press("Accept")
    nora.open("/support/?show=nobodys")
    nora.follow("Sara Hollis").follow("Take it on")
    check(nora, "How often does the holder ask how they are?", "Every week")
    nora.press("Save")
    assert "Nora Fielding" in nora.text and "Waiting" in nora.text


def wait_and_meet(nora: Visitor) -> None:
    """Support while waiting is counted apart; a plan; an appointment; the first session."""
    nora.follow("Add a goal")
    nora.page.get_by_label("What do they want?").fill("To sleep through the night")
    nora.page.get_by_label("How near is it today").select_option("3")
    nora.press("Save").follow("Add a step")
    fill(nora, What_was_agreed="A letter to the school", Who_does_it="Nora")
    nora.press("Save").press("Done")
    assert "3 at the start" in nora.text and "done" in nora.text
    record(nora, "Emotional support while waiting", "By telephone")
    assert "Waiting" in nora.text and re.search(r"Support while waiting\s+1", nora.text)
    nora.press("Plan an appointment")
    check(nora, "What is it?", "Counselling")
    check(nora, "How do you meet?", "Face to face")
    fill(nora, Where="Room 2", Time="10:00")
    on(nora, "Day", date.today() + timedelta(days=3))
    nora.look("appointment").press("Plan it")
    assert "Room 2" in nora.text
    record(nora, "First session or assessment", "Face to face")
    assert "Started" in nora.text and re.search(r"Sessions\s+1", nora.text)
    nora.look("case")


def record(nora: Visitor, kind: str, channel: str) -> None:
    nora.press("Record a session")
    check(nora, "What is it?", kind)
    check(nora, "How do you meet?", channel)
    on(nora, "Day", date.today())
    fill(nora, Time="00:00")
    check(nora, "Did they come?", "Yes")
    nora.press("Record it")


def end(nora: Visitor) -> None:
    """Nothing is left hanging; what was opened stays open for a reason, until a day."""
    nora.follow("End the case").press("End the case")
    assert "There is a problem" in nora.text
    check(nora, "Why does it end?", "Support completed")
    check(nora, "What came of it?", "The goals were partly reached")
    check(nora, "Does the survivor know", "Yes")
    check(nora, "Must anything stay open", "Yes")
    check(nora, "Why?", "A complaint or an inquiry is open")
    on(nora, "If so, until when?", date.today() + timedelta(days=30))
    check(nora, "‘To sleep through the night’", "Partly reached")
    check(nora, "One session is still planned", "The work ended before")
    nora.look("end").press("End the case")
    assert "has ended" in nora.text
