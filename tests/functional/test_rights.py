"""A copy of Sara's record: asked for, confirmed, read through, given; and Amina's record is deleted."""

import re
from datetime import date, timedelta

from tests.functional.conftest import Visitor


def check(visitor: Visitor, group: str, answer: str) -> None:
    options = visitor.page.get_by_role("group", name=group)
    options.get_by_label(answer, exact=True).check()


def on(visitor: Visitor, group: str, day: date) -> None:
    boxes = visitor.page.get_by_role("group", name=group)
    for part in ("day", "month", "year"):
        boxes.get_by_label(part.capitalize(), exact=True).fill(str(getattr(day, part)))


def test_a_copy_is_asked_for_confirmed_read_through_and_given(visitor, ids):
    tess = visitor().sign_in("tess")
    tess.open(f"/people/{ids.id('sara')}/")
    tess.follow("Copy of the record")
    tess.press("Save")
    assert "Select who asks" in tess.text
    check(tess, "Who asks?", "The survivor")
    tess.page.get_by_label("How was it checked", exact=False).fill(
        "Passport, at the counter, alone"
    )
    tess.page.get_by_label("Who answers it?").select_option(label="Tess Marlow")
    tess.look("ask").press("Save")
    assert "A guardian looks at" in tess.text

    gwen = visitor().sign_in("gwen").follow("Rights")
    assert "Waits for a guardian" in gwen.text and "Sara" not in gwen.text
    gwen.look("requests").page.locator("table a").first.click()
    check(gwen, "Is it safe to open the record to whoever answers this?", "Yes, I confirm it")
    gwen.look("confirm").press("Save")
    assert "Confirmed by" in gwen.text and "Read through" not in gwen.text

    tess.page.reload()
    tess.look("confirmed").press("Read through")
    parts, words = read_through(tess)
    assert parts and words
    assert "Everything is read through" in tess.text
    tess.follow("What was decided so far").look("decided").follow("Back")
    paper = tess.page.request.get(tess.page.url + "copy.html")
    said = paper.text()
    assert "Hollis" in said and "Came to the counter" in said
    assert "A friend rang" in said and "Derek took her keys" not in said
    assert "it is about somebody else" in said
    assert tess.page.request.get(tess.page.url + "copy.pdf").body().startswith(b"%PDF")
    check(tess, "What came of it?", "A copy was given")
    tess.page.get_by_label("How was it given", exact=False).fill("Handed over at the counter")
    tess.press("Save")
    assert "Handed over" in tess.text
    assert tess.open(re.sub(r"\?.*", "", tess.page.url) + "copy.html") == 404


def read_through(tess: Visitor) -> tuple[int, int]:
    """Decide about every part and all words; of what Sara told, a part is given."""
    parts = words = 0
    while "/read/" in tess.page.url:
        about_words = tess.page.get_by_role("group", name="Are these words given?").count()
        if not about_words:
            parts += 1
            check(tess, "Is this part given?", "Yes")
        elif "took her keys" in tess.text:
            words += 1
            check(tess, "Are these words given?", "Give a part of it")
            tess.page.get_by_label("What is given of them").fill(
                "Came to the counter. A friend rang."
            )
            tess.page.get_by_label("Why the rest is left out").select_option(
                label="It is about somebody else"
            )
            tess.look("words")
        else:
            words += 1
            check(tess, "Are these words given?", "Give it as it is")
        tess.press("Save and go on")
    return parts, words


def test_a_record_is_deleted_by_two_unless_it_is_held(visitor, ids):
    tess = visitor().sign_in("tess")
    tess.open(f"/people/{ids.id('amina')}/")
    reference = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", tess.text).group()
    tess.follow("Hold for an inquiry")
    tess.page.get_by_label("Who asks for it?").fill("The coroner")
    tess.page.get_by_label("Why?").fill("A letter")
    on(tess, "When is it looked at again?", date.today() + timedelta(days=30))
    tess.look("hold").press("Save")

    gwen = visitor().sign_in("gwen")
    gwen.open("/rights/deletions/")
    ask_for_deletion(gwen, reference)
    assert "It is held for an inquiry" in gwen.text
    gwen.open("/rights/holds/")
    gwen.look("holds").follow(reference)
    gwen.page.get_by_label("Why?").fill("It is over")
    gwen.press("Save")
    gwen.open("/rights/deletions/")
    ask_for_deletion(gwen, reference)
    assert "Waits for a second person" in gwen.text
    gwen.look("deletions").follow(reference)
    assert "Yes, delete this record" not in gwen.page.content()

    tess.open("/rights/deletions/")
    tess.follow(reference).look("deletion").press("Yes, delete this record")
    assert "Confirmed" in tess.text
    gwen.open("/rights/due/")
    gwen.look("due")


def ask_for_deletion(gwen: Visitor, reference: str) -> None:
    gwen.page.get_by_label("The reference of the record").fill(reference)
    gwen.page.get_by_label("Why?").fill("She asked for it, and nothing speaks against it")
    gwen.press("Save")
