"""What is on record already is shown with who recorded it, and asked only whether it still holds."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from onestory.access.actions import end_grant
from onestory.access.models import Grant, Kind
from onestory.assessment import actions, queries
from onestory.people.actions import Facts, add_address, add_person, relate


@pytest.fixture
def family(as_, ines):
    """A son of about seven and a daughter whose name alone is known at home; a grown-up elsewhere."""
    year = timezone.localdate().year
    with as_("nora") as by:
        for facts, kind, at_home in (
            (Facts("Ben", "Carver", birth_year=year - 7), "child", True),
            (Facts("Ada", "Carver"), "child", True),
            (Facts("Zoe", "Carver", birth_year=year - 15), "grandchild", False),
            (Facts("Max", "Carver", birth_year=year - 30), "child", True),
            (Facts("Dean", "Carver"), "husband-or-wife", True),
        ):
            other = add_person(by=by, team_id=by.home_team_id, facts=facts)
            relate(by=by, person_id=ines, other_id=other.pk, kind=kind, lives_with=at_home)
    return ines


def known(by, person_id):
    return queries.picture(by, person_id).known


def test_children_are_known_by_how_many_and_how_old(as_, family):
    with as_("nora") as by:
        found = known(by, family)
        asked = {question.code for question in queries.missing(by, family, "needs-assessment")}
    at_home, any_ = found["children.at-home"], found["children.any"]
    assert (at_home.value, at_home.note) == (2, "Ben Carver, about 7; Ada Carver")
    assert (any_.value, any_.note) == ("yes", f"{at_home.note}; Zoe Carver, about 15")
    assert (any_.who, any_.answer_id, any_.holds) == ("Nora Fielding", None, True)
    assert not asked & {"children.any", "children.at-home"}
    assert "children.safe" in asked


def test_that_no_child_is_recorded_says_nothing(as_, ines):
    with as_("nora") as by:
        assert not {"children.any", "children.at-home"} & set(known(by, ines))


def test_where_they_live_is_the_kind_of_place_that_was_recorded_last(as_, ines, monkeypatch):
    with as_("nora") as by:
        for housing, confidential in (("owner", False), ("refuge-or-safe-home", True), ("", False)):
            add_address(
                by=by,
                person_id=ines,
                lines="14 Dock Road",
                housing=housing,
                confidential=confidential,
            )
        found = known(by, ines)["housing.now"]
        assert found.in_words == "Refuge or other safe accommodation"
        assert "Dock" not in found.note and found.holds
        whereabouts = Grant.objects.get(envelope__person_id=ines, envelope__kind=Kind.WHEREABOUTS)
        end_grant(by=by, grant_id=whereabouts.pk, reason="No longer needed.")
        assert known(by, ines)["housing.now"].value == "owner"
        later = timezone.now() + timedelta(days=31)
        monkeypatch.setattr(timezone, "now", lambda: later)
        assert not known(by, ines)["housing.now"].holds


def test_whoever_may_not_see_the_family_learns_nothing_of_it(as_, family):
    with as_("nora") as by:
        story = Grant.objects.get(envelope__person_id=family, envelope__kind=Kind.STORY)
        end_grant(by=by, grant_id=story.pk, reason="No longer needed.")
        assert not {"children.any", "children.at-home"} & set(known(by, family))


def test_what_she_answers_herself_goes_before_the_record(as_, family):
    with as_("nora") as by:
        sitting = actions.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=family, instrument="needs-assessment"
        )
        actions.answer(by=by, sitting_id=sitting.pk, question="children.at-home", value=3)
        found = known(by, family)["children.at-home"]
    assert (found.value, found.note) == (3, "")


@pytest.mark.parametrize(("said", "value"), [("yes", 2), ("changed", 1)])
def test_the_page_asks_only_whether_it_still_holds(browse, as_, family, said, value):
    with as_("nora") as by:
        sitting = actions.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=family, instrument="needs-assessment"
        )
    browser, url = browse("nora"), reverse("assessment:section", args=[sitting.pk, "children"])
    page = browser.get(url).content.decode()
    assert "Ben Carver, about 7" in page and "Recorded by Nora Fielding on" in page
    hidden = dict(re.findall(r'<input type="hidden" name="(tab|shown)" value="([^"]*)"', page))
    typed = {"children__at-home-holds": said, "children__at-home": "1"}
    browser.post(url, {**hidden, "seen": "{}", **typed, "action": "later"})
    with as_("nora") as by:
        answer = queries.known(by, family)["children.at-home"]
    assert (answer.value, answer.how_now) == (value, "asked")
