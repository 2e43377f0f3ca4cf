"""The pages of an assessment, as a browser without a script asks for them."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onestory.assessment import actions, bank, queries
from onestory.assessment.models import Asking

STATEMENTS = 20


@pytest.fixture
def sitting(as_, ines):
    with as_("nora") as by:
        return actions.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=ines, instrument="needs-assessment"
        )


def section(sitting, name, view="section"):
    return reverse(f"assessment:{view}", args=[sitting.pk, name])


def hidden(page):
    """What the form of a page sends along."""
    return {
        name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])
        for name in ("seen", "tab", "shown")
    }


def fill(browser, url, **typed):
    page = browser.get(url).content.decode()
    return browser.post(url, {**hidden(page), **typed, "action": "next"})


def known(as_, person_id):
    with as_("nora") as by:
        return queries.known(by, person_id)


def test_from_the_person_to_a_sitting_and_back(browse, ines, as_):
    browser = browse("nora")
    overview = browser.get(reverse("assessment:overview", args=[ines])).content.decode()
    assert "Needs assessment" in overview and "Begin" in overview
    begun = browser.post(reverse("assessment:begin", args=[ines, "needs-assessment"]))
    page = browser.get(begun["Location"]).content.decode()
    assert "Police and court" in page and "0 of" in page
    answer = fill(browser, f"{begun['Location']}money-and-work/", money__debts="yes")
    assert answer["Location"].endswith("/children/")
    assert known(as_, ines)["money.debts"].value == "yes"
    after = browser.get(reverse("assessment:overview", args=[ines])).content.decode()
    assert "Money, benefits or debt" in after and "Go on" in after
    browser.post(f"{begun['Location']}end/")
    after = browser.get(reverse("assessment:overview", args=[ines])).content.decode()
    assert "Ask the rest" in after


def test_what_is_known_is_asked_only_whether_it_holds(browse, ines, sitting, as_):
    with as_("nora") as by:
        actions.answer(by=by, sitting_id=sitting.pk, question="children.any", value="no")
        intake = actions.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=ines, instrument="refuge-intake"
        )
    browser, url = browse("nora"), section(intake, "who-comes")
    page = browser.get(url).content.decode()
    assert "Known already: 1" in page and "Told to Nora Fielding" in page
    assert 'name="children__any-holds"' in page
    fill(browser, url, **{"children__any-holds": "yes"})
    assert known(as_, ines)["children.any"].confirmed_by
    fill(browser, url, **{"children__any-holds": "changed", "children__any": "yes"})
    assert known(as_, ines)["children.any"].value == "yes"


def test_without_a_script_further_questions_follow_on_the_same_page(browse, ines, sitting):
    browser, url = browse("nora"), section(sitting, "children")
    assert hidden(browser.get(url).content.decode())["shown"] == "children.any"
    answer = fill(browser, url, children__any="yes")
    assert answer["Location"] == url
    page = browser.get(url).content.decode()
    assert "further questions" in page and "children.at-home" in hidden(page)["shown"]
    answer = fill(browser, url, **{"children__any": "yes", "children__at-home": "2"})
    assert answer["Location"] == url, "the school is asked of children at home"
    assert fill(browser, url, children__any="yes")["Location"] != url


def test_what_is_no_longer_asked_is_not_kept(browse, ines, sitting, as_):
    typed = {"children__any": "no", "children__at-home": "2"}
    fill(browse("nora"), section(sitting, "children"), **typed)
    assert "children.at-home" not in known(as_, ines)


def test_what_is_wrong_is_said_and_the_rest_is_kept(browse, ines, sitting, as_):
    typed = {"wishes__first": "x" * 20_001, "wishes__worker": "woman"}
    answer = fill(browse("nora"), section(sitting, "wishes"), **typed)
    page = answer.content.decode()
    assert "Keep it to 20,000 characters" in page and "x" * 20_001 in page
    assert set(known(as_, ines)) == {"wishes.worker"}


def test_a_question_is_left_for_now_and_that_is_not_to_have_not_asked(browse, sitting, ines, as_):
    browser, url = browse("nora"), section(sitting, "safety")
    answer = fill(browser, url, **{"safety__now-left": "on"})
    assert answer.status_code == 302
    page = browser.get(url).content.decode()
    assert page.count(">Asked, and left for now</strong>") == 1
    assert 'name="safety__now-left"' not in page and 'name="safety__now"' in page
    overview = browser.get(reverse("assessment:sitting", args=[sitting.pk])).content.decode()
    assert overview.count("1 left for now") == 1
    with as_("nora"):
        asking = Asking.objects.get(sitting=sitting)
        assert (asking.question, asking.outcome, asking.known) == ("safety.now", "left", False)
    fill(browser, url, safety__now="yes", **{"safety__now-left": "on"})
    assert known(as_, ines)["safety.now"].value == "yes"
    with as_("nora"):
        assert Asking.objects.get(sitting=sitting).outcome == "answered"


def test_a_measure_is_not_left(browse, ines, as_):
    with as_("nora") as by:
        measure = actions.begin_sitting(
            by=by,
            team_id=by.home_team_id,
            person_id=ines,
            instrument="how-things-are",
            occasion="start",
        )
    part = bank.instrument("how-things-are").sections[0].code
    page = browse("nora").get(section(measure, part)).content.decode()
    assert "left for now" not in page


def test_somebody_else_was_faster(browse, ines, sitting, as_):
    browser, url = browse("nora"), section(sitting, "wishes")
    page = browser.get(url).content.decode()
    with as_("nora") as by:
        actions.answer(by=by, sitting_id=sitting.pk, question="wishes.first", value="Sleep")
    sent = {**hidden(page), "wishes__first": "A dog", "wishes__times": "Mornings"}
    page = browser.post(url, sent).content.decode()
    assert "answered meanwhile: Sleep" in page and "A dog" in page
    assert known(as_, ines)["wishes.times"].value == "Mornings"
    browser.post(url, {**sent, **hidden(page)})
    assert known(as_, ines)["wishes.first"].value == "A dog"


def test_a_page_saves_itself_while_somebody_types(browse, ines, sitting, as_):
    browser = browse("nora")
    form = hidden(browser.get(section(sitting, "wishes")).content.decode())
    save = section(sitting, "wishes", "save")
    for words in ("I want", "I want to sleep"):
        assert browser.post(save, {**form, "wishes__first": words}).status_code == 204
    assert known(as_, ines)["wishes.first"].value == words
    with as_("nora") as by:
        assert len(queries.history(by, ines, "wishes.first")) == 1
        actions.end_sitting(by=by, sitting_id=sitting.pk)
    late = browser.post(save, {**form, "wishes__first": "I want to sleep well"})
    assert late.status_code == 409


def assert_few(asked):
    """Without the marks that only a test within a transaction sets."""
    found = [q["sql"][:90] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(found) <= STATEMENTS, found


def test_every_section_opens_in_few_statements(browse, ines, sitting):
    browser = browse("nora")
    browser.get(section(sitting, "safety"))
    for part in ("safety", "housing", "justice", "about"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(section(sitting, part)).status_code == 200
        assert_few(asked)
    for name in ("overview", "known"):
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse(f"assessment:{name}", args=[ines]))
        assert_few(asked)


def test_a_measure_is_taken_and_shown(browse, ines):
    browser = browse("nora")
    begun = browser.post(
        reverse("assessment:begin", args=[ines, "how-things-are"]), {"occasion": "start"}
    )
    typed = dict.fromkeys(("safe", "control", "day", "troubled", "hope"), "2")
    answer = fill(
        browser, f"{begun['Location']}now/", **{f"wellbeing__{k}": v for k, v in typed.items()}
    )
    assert answer.status_code == 302
    page = browser.get(reverse("assessment:overview", args=[ines])).content.decode()
    assert "14 of 28" in page and "Mixed" in page and "At the start" in page


def test_the_history_of_a_question(browse, ines, sitting, as_):
    with as_("nora") as by:
        first = actions.answer(by=by, sitting_id=sitting.pk, question="housing.now", value="owner")
        last = actions.answer(
            by=by, sitting_id=sitting.pk, question="housing.now", value="street", seen=first.pk
        )
    page = browse("nora").get(reverse("assessment:history", args=[last.pk])).content.decode()
    assert "Owner or buying" in page and "On the street" in page


def test_asked_again_is_shown_as_counts_alone(browse, ines, sitting, as_):
    with as_("nora") as by:
        actions.answer(by=by, sitting_id=sitting.pk, question="housing.now", value="owner")
    page = browse("nora").get(reverse("reporting:asked_again")).content.decode()
    assert "Asked again" in page and "Ines" not in page and "0%" in page
