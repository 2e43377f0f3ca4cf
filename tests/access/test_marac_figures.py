"""What figures hold of a survivor before MARAC: groups made of what she said, and never guessed."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.utils.timezone import localdate

from onestory import database
from onestory.access.acting import acting
from onestory.assessment import actions as assessment
from onestory.assessment.actions import Given
from onestory.reporting.snapshots import make
from tests import marac

ETHNICITY, CONDITION, LIMITS = "about.ethnicity", "health.condition", "health.condition-limits"
ORIENTATION, GENDER = "about.orientation", "about.gender-same"
NOTHING = (None, None, None)
# What she said, and what figures hold: her group, whether disabled, whether LGBT+.
SAID = [
    ({}, NOTHING),
    ({ETHNICITY: "white-british"}, ("white-british", None, None)),
    ({ETHNICITY: "white-roma", CONDITION: "no"}, ("white-other", False, None)),
    ({ETHNICITY: "asian-indian", CONDITION: "yes"}, ("asian", None, None)),
    ({ETHNICITY: "arab", CONDITION: "yes", LIMITS: "a-little"}, ("other", True, None)),
    ({CONDITION: "yes", LIMITS: "not-at-all"}, (None, False, None)),
    ({CONDITION: "unknown", LIMITS: "a-lot"}, NOTHING),
    ({ORIENTATION: "bisexual"}, (None, None, True)),
    ({GENDER: "different"}, (None, None, True)),
    ({ORIENTATION: "straight"}, NOTHING),
    ({ORIENTATION: "straight", GENDER: "same"}, (None, None, False)),
]


@pytest.fixture
def as_(own_database, tmp_path, monkeypatch):
    @contextmanager
    def as_(name):
        with acting(own_database.actor(name), purpose="test") as scope:
            yield scope.actor

    monkeypatch.setattr(database, "home", lambda: tmp_path)
    marac.seat(own_database)
    return as_


def told(as_, person_id, said: dict[str, str]) -> None:
    with as_("petra") as by:
        sitting = assessment.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=person_id, instrument="needs-assessment"
        )
        given = [Given(question, value) for question, value in said.items()]
        assessment.save(by=by, sitting_id=sitting.pk, given=given)


def heard(as_, meeting, said: dict[str, str], children: int) -> marac.OnTheTable:
    them = marac.pair(as_, name=f"Rosa{'abcdefghijklmn'[children]}")
    told(as_, them.person_id, said)
    case = marac.accepted(as_, marac.referred(as_, them, children=children))
    item = marac.put(as_, case, meeting)
    found = marac.OnTheTable(them, case, {}, meeting, item)
    marac.minuted(as_, found)
    return found


def rows(made, table: str) -> list[dict]:
    return made.table(table).to_pyarrow().to_pylist()


def test_what_she_did_not_say_is_missing(as_):
    """Each survivor is told by her number of children."""
    meeting = marac.planned(as_)
    for number, (said, _) in enumerate(SAID):
        heard(as_, meeting, said, number)
    found = {
        row["children"]: (row["ethnicity_group"], row["disabled"], row["lgbt"])
        for row in rows(make(), "marac_cases")
    }
    assert found == {number: held for number, (_, held) in enumerate(SAID)}


def test_a_case_heard_in_two_meetings_counts_in_the_first(as_):
    first, second = marac.planned(as_), marac.planned(as_, days=21)
    found = heard(as_, first, {}, 1)
    waiting = marac.accepted(as_, marac.referred(as_, marac.pair(as_, name="Wanda")))
    marac.put(as_, waiting, first)
    again = marac.put(as_, found.case, second)
    marac.minuted(as_, replace(found, item=again), "It is lower now.")
    made = make()
    [case] = rows(made, "marac_cases")
    assert case["heard_on"] == localdate(first.starts_at)
    assert sorted((row["held_on"], row["heard"]) for row in rows(made, "marac_meetings")) == [
        (localdate(first.starts_at), 1),
        (localdate(second.starts_at), 1),
    ]
