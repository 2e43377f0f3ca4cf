"""Sittings and answers: one history for a question, and nothing lost."""

import pytest
from django.http import Http404

from onestory.assessment import actions, queries
from onestory.assessment.actions import Given
from onestory.assessment.models import Answer, Asking
from onestory.kernel.errors import Refused, Stale


@pytest.fixture
def meera(world):
    return world.id("meera")


def begun(by, person_id, instrument="needs-assessment", **more):
    return actions.begin_sitting(
        by=by, team_id=by.home_team_id, person_id=person_id, instrument=instrument, **more
    )


def answered(by, sitting, question, value, **more):
    return actions.answer(by=by, sitting_id=sitting.pk, question=question, value=value, **more)


def test_an_answer_is_known_with_who_asked_and_when(as_, meera):
    with as_("ida") as by:
        sitting = begun(by, meera)
        answered(by, sitting, "housing.now", "street", note="By the river")
        known = queries.known(by, meera)["housing.now"]
    assert known.in_words == "On the street, or in a car"
    assert (known.who, known.note, known.holds) == ("Ida Brennan", "By the river", True)
    assert known.asked_by and known.ask_again_on


def test_what_is_answered_is_no_longer_missing_in_any_instrument(as_, meera):
    with as_("ida") as by:
        before = {q.code for q in queries.missing(by, meera, "refuge-intake")}
        answered(by, begun(by, meera), "health.pregnant", "no")
        after = {q.code for q in queries.missing(by, meera, "refuge-intake")}
    assert before - after == {"health.pregnant"}


def test_needs_found_are_those_of_the_area_in_its_order(as_, meera):
    with as_("ida") as by:
        sitting = begun(by, meera)
        answered(by, sitting, "immigration.interpreter", "woman")
        answered(by, sitting, "housing.now", "street")
        found = queries.needs_found(by, meera)
    assert found == ["somewhere-safe-tonight", "risk-of-homelessness", "language"]


def test_two_people_answer_at_once_and_nothing_is_lost(as_, meera):
    with as_("ida") as by:
        sitting = begun(by, meera)
        first = answered(by, sitting, "housing.now", "street")
        with pytest.raises(Stale) as stale:
            answered(by, sitting, "housing.now", "owner", seen=None)
        assert stale.value.theirs == first
        second = answered(by, sitting, "housing.now", "owner", seen=first.pk)
        assert [one.value for one in queries.history(by, meera, "housing.now")] == [
            "owner",
            "street",
        ]
    first.refresh_from_db()
    assert first.superseded_at and not second.superseded_at
