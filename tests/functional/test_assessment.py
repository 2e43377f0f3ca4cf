"""One assessment over two sittings, and what another instrument then need not ask."""

import random
import re

from onestory.assessment.rules import conditions
from tests.functional.conftest import PHONE

WORDS = ("yes", "no", "maybe")
QUESTIONS = ("a.one", "a.two", "a.three")
OPS = ("=", "!=", "<", "<=", ">", ">=", "in", "has", "known", "and", "or", "not")


def assessment(ida, ids):
    ida.open(f"/people/{ids.things['meera']}/")
    return ida.follow("Assessment")


def group(ida, question):
    return ida.page.get_by_role("group", name=re.compile(f"^{re.escape(question)}"))


def first_sitting(ida, ids):
    assessment(ida, ids).look("overview")
    offer = ida.page.get_by_role("listitem").filter(has_text="Everything in her life")
    offer.get_by_role("button", name="Begin").click()
    ida.look("sitting").follow("Safety")
    ida.look("safety").press("Save and stop here").follow("Children")
    school = ida.page.get_by_label("Which school or nursery do they go to, and does it know?")
    assert not school.is_visible()
    group(ida, "Are there children in your life").get_by_label("Yes").check()
    ida.page.get_by_label("How many children live with you?").fill("2")
    school.wait_for(state="visible")
    school.fill("It knows. مدرسة 🏫")
    ida.page.locator("[data-question='children.saw']").get_by_label("left for now").check()
    ida.saved()
    ida.look("children")
    # The battery dies: whatever was typed is there.
    ida.page.reload()
    assert school.input_value() == "It knows. مدرسة 🏫"
    left = ida.page.locator("[data-question='children.saw']")
    assert (
        "Asked, and left for now" in left.inner_text() and not left.get_by_role("checkbox").count()
    )
    ida.press("Save and continue")
    assert ida.heading == "Immigration and language"
    group(ida, "Do you want an interpreter?").get_by_label("Yes, a woman").check()
    ida.press("Save and stop here").press("End this sitting")
    assert "Interpreter or translation" in ida.text


def test_an_assessment_over_two_sittings(visitor, ids):
    ida = visitor().sign_in("ida")
    first_sitting(ida, ids)
    ida.press("Ask the rest").follow("Children")
    ida.page.get_by_text("Known already: 3").click()
    ida.look("known")
    known = ida.page.locator("[data-question='children.at-home']")
    assert "Told to Ida Brennan" in known.inner_text()
    known.get_by_label("It has changed").check()
    known.get_by_label("How many children live with you?").fill("21")
    ida.press("Save and continue").look("too-many")
    assert "There is a problem" in ida.text
    known.get_by_label("How many children live with you?").fill("3")
    ida.press("Save and stop here").follow("All that is known").look("all-known")
    row = ida.page.locator(".govuk-summary-list__row", has_text="How many children")
    assert "\n3\n" in row.inner_text()
    ida.page.get_by_role("link", name=re.compile("History How many children")).click()
    ida.look("history")
    ida.open("/assessment/asked-again/")
    ida.look("asked-again")


def test_without_a_script_on_a_phone(chromium, server, ids):
    context = chromium.new_context(base_url=server, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail address").fill("ida@example.org")
    page.get_by_label("Password", exact=True).fill("a quiet word with Ruth")
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"/assessment/of/{ids.things['meera']}/")
    offer = page.get_by_role("listitem").filter(has_text="What a counsellor needs")
    offer.get_by_role("button").click()
    page.get_by_role("link", name="What it is about").click()
    reported = page.get_by_role("group", name="Have the police been told?")
    reported.get_by_label("Yes, by her", exact=True).check()
    assert not page.get_by_role("group", name="How far has it gone?").is_visible()
    page.get_by_role("button", name="Save and continue").click()
    assert "further questions" in page.inner_text("main")
    page.get_by_role("group", name="How far has it gone?").get_by_label("It is over").check()
    page.get_by_role("button", name="Save and continue").click()
    assert page.inner_text("h1") == "How she would like it"
    context.close()


def a_tree(chance, depth=3):
    op = chance.choice(OPS if depth else OPS[:9])
    if op == "not":
        return {"op": op, "of": [a_tree(chance, depth - 1)]}
    if op in ("and", "or"):
        return {"op": op, "of": [a_tree(chance, depth - 1) for _ in range(2)]}
    values = [*WORDS, 0, 1, 2]
    value = {
        "in": chance.sample(values, 2),
        "has": chance.choice(WORDS),
        "known": None,
    }.get(op, chance.choice(values if op in ("=", "!=") else [0, 1, 2]))
    test = {"op": op, "question": chance.choice(QUESTIONS), "value": value}
    return test if op != "known" else {"op": op, "question": test["question"]}


def some_answers(chance):
    kinds = (*WORDS, 0, 1, 2, ["yes"], ["yes", "maybe"], "not-said")
    return {q: chance.choice(kinds) for q in QUESTIONS if chance.random() < 0.7}


def test_the_page_decides_as_the_server_does(visitor):
    """The same trees and answers, read by Python here and by the page's script there."""
    chance = random.Random(48)
    cases = []
    for _ in range(800):
        items = [(q, a_tree(chance) if chance.random() < 0.8 else None) for q in QUESTIONS]
        cases.append((items, some_answers(chance)))
    expected = [conditions.asked(items, answers) for items, answers in cases]
    assert len({tuple(one) for one in expected}) == 8, "every way of asking three questions"
    ida = visitor().sign_in("ida")
    found = ida.page.evaluate(
        """async (cases) => {
          const { asked } = await import("/static/assessment/conditions.js");
          return cases.map(([items, answers]) => asked(items, answers));
        }""",
        cases,
    )
    assert found == expected
