"""Sittings and answers: one history for a question, and nothing lost."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.assessment import actions, queries
from onestory.assessment.actions import Given
from onestory.assessment.models import Answer, Asking, Sitting
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.opening import Opening
from synthetic import assessments


@pytest.fixture
def meera(world):
    return world.id("meera")


def begun(by, person_id, instrument="needs-assessment", **more):
    return actions.begin_sitting(
        by=by, team_id=by.home_team_id, person_id=person_id, instrument=instrument, **more
    )


def answered(by, sitting, question, value, **more):
    return actions.answer(by=by, sitting_id=sitting.pk, question=question, value=value, **more)


def aged(monkeypatch, days):
    """From now on, it is so many days later."""
    later = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)


def test_an_answer_is_known_with_who_asked_and_when(as_, meera):
    with as_("ida") as by:
        answered(by, begun(by, meera), "housing.now", "street", note="By the river")
        known = queries.known(by, meera)["housing.now"]
    assert known.in_words == "On the street, or in a car"
    assert (known.who, known.note, known.holds) == ("Ida Brennan", "By the river", True)
    assert known.asked_by and known.ask_again_on


def test_what_is_answered_is_missing_in_no_other_instrument(as_, meera):
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


def test_who_would_rather_not_say_has_answered(as_, meera):
    with as_("ida") as by:
        answered(by, begun(by, meera), "about.religion", "not-said")
        assert "about.religion" in queries.known(by, meera)
        missing = {q.code for q in queries.missing(by, meera, "needs-assessment")}
    assert "about.religion" not in missing


def test_two_people_answer_at_once_and_nothing_is_lost(as_, meera):
    with as_("ida") as by:
        sitting = begun(by, meera)
        first = answered(by, sitting, "housing.now", "street")
        with pytest.raises(Stale) as stale:
            answered(by, sitting, "housing.now", "owner", seen=None)
        assert stale.value.theirs == first
        answered(by, sitting, "housing.now", "owner", seen=first.pk)
        history = queries.history(by, meera, "housing.now")
        assert [one.value for one in history] == ["owner", "street"]
        assert Answer.objects.get(pk=first.pk).superseded_at


def test_one_that_is_stale_keeps_no_other_back(as_, meera):
    with as_("ida") as by:
        sitting = begun(by, meera)
        answered(by, sitting, "housing.now", "street")
        both = [Given("housing.now", "owner"), Given("housing.pets", "no")]
        saved = actions.save(by=by, sitting_id=sitting.pk, given=both)
        assert set(saved.stale) == {"housing.now"}
        assert queries.known(by, meera)["housing.pets"].value == "no"


def test_what_is_still_being_typed_is_one_answer(as_, meera):
    with as_("ida") as by:
        sitting = begun(by, meera)
        for words in ("A safe", "A safe place", "A safe place with my dog"):
            given = [Given("wishes.first", words)]
            actions.save(by=by, sitting_id=sitting.pk, given=given, opening=Opening("one"))
        assert [one.value for one in queries.history(by, meera, "wishes.first")] == [words]
        given = [Given("wishes.first", "Sleep")]
        saved = actions.save(by=by, sitting_id=sitting.pk, given=given, opening=Opening("another"))
        assert saved.stale["wishes.first"].value == words


def test_what_arrives_late_does_not_take_the_place_of_newer_words(as_, meera):
    with as_("ida") as by:
        sitting = begun(by, meera)

        def save(words, saving):
            given = [Given("wishes.first", words)]
            opening = Opening("one", saving=saving)
            actions.save(by=by, sitting_id=sitting.pk, given=given, opening=opening)
            return queries.known(by, meera)["wishes.first"].value

        assert save("A safe", 1) == "A safe"
        assert save("A safe place", 3) == "A safe place"
        assert save("A safe pl", 2) == "A safe place"
        assert save("Sleep", 4) == "Sleep"


def test_to_confirm_keeps_who_asked_first(as_, meera, monkeypatch):
    with as_("ida") as by:
        answered(by, begun(by, meera), "housing.now", "owner")
        aged(monkeypatch, 45)
        assert not queries.known(by, meera)["housing.now"].holds
        actions.confirm(by=by, sitting_id=begun(by, meera).pk, question="housing.now")
        known = queries.known(by, meera)["housing.now"]
    assert known.holds and known.confirmed_by
    assert known.confirmed_at - known.at > timedelta(days=44)


def test_first_still_so_and_then_not_and_then_still_so(as_, meera, monkeypatch):
    """All from one page, which saves itself each time."""
    with as_("ida") as by:
        first = answered(by, begun(by, meera), "housing.now", "owner")
        aged(monkeypatch, 1)
        sitting = begun(by, meera)
        still = Given("housing.now", seen=first.pk, outcome="confirmed")
        other = Given("housing.now", "street", seen=first.pk)
        for given, expected in ((still, "owner"), (other, "street"), (still, "owner")):
            saved = actions.save(
                by=by, sitting_id=sitting.pk, given=[given], opening=Opening("one")
            )
            assert not saved.stale
            assert queries.known(by, meera)["housing.now"].value == expected
        assert Asking.objects.get(sitting=sitting).outcome == "confirmed"


def test_each_question_asked_counts_once_a_sitting(as_, meera):
    with as_("ida") as by:
        sitting = begun(by, meera)
        first = answered(by, sitting, "housing.now", "owner")
        answered(by, sitting, "housing.now", "street", seen=first.pk)
        actions.leave(by=by, sitting_id=sitting.pk, question="housing.pets")
        actions.end_sitting(by=by, sitting_id=sitting.pk)
        actions.confirm(by=by, sitting_id=begun(by, meera).pk, question="housing.now")
        today = timezone.localdate()
        (counted,) = queries.asked_again(by.home_team_id, today, today)
    assert (counted.asked, counted.known, counted.held) == (3, 1, 1)
    assert counted.share == pytest.approx(1 / 3)


def test_a_measure_is_asked_each_time_and_never_counts_as_asked_again(as_, meera, monkeypatch):
    with as_("ida") as by:
        for occasion, value in (("start", 1), ("review", 3)):
            sitting = begun(by, meera, "how-things-are", occasion=occasion)
            for code in ("safe", "control", "day", "hope"):
                standing = queries.known(by, meera).get(f"wellbeing.{code}")
                seen = standing.answer_id if standing else None
                answered(by, sitting, f"wellbeing.{code}", value, seen=seen)
            answered_help = queries.known(by, meera).get("wellbeing.knows-help")
            answered(
                by,
                sitting,
                "wellbeing.knows-help",
                "yes",
                seen=answered_help.answer_id if answered_help else None,
            )
            actions.end_sitting(by=by, sitting_id=sitting.pk)
            aged(monkeypatch, 30)
        found = queries.measures(by, meera, "how-things-are")
        assert not Asking.objects.exists()
    assert [(one.occasion, one.score.points) for one in found] == [
        ("At the start", 11),
        ("At a review", 22),
    ]
    assert [one.score.band.name for one in found] == ["Hard", "Well"]


def test_an_old_version_is_read_as_it_was_asked(as_, meera):
    with as_("ida") as by:
        sitting = begun(by, meera, "how-things-are", occasion="start")
        old = Sitting.objects.create(
            person_id=meera,
            envelope_id=sitting.envelope_id,
            recorded_by_id=by.user_id,
            recorded_at=timezone.now(),
            team_id=by.home_team_id,
            instrument="how-things-are",
            version=1,
            occasion="start",
            last_at=timezone.now(),
        )
        for code in ("safe", "control", "day", "alone"):
            answered(by, old, f"wellbeing.{code}", 4)
        (found,) = queries.measures(by, meera, "how-things-are")
    assert (found.score.version, found.score.most, found.score.points) == (1, 20, 15)


def test_whoever_comes_back_the_same_day_goes_on(as_, meera, monkeypatch):
    with as_("ida") as by:
        first = begun(by, meera)
        assert begun(by, meera) == first
        aged(monkeypatch, 2)
        assert begun(by, meera) != first
        assert Sitting.objects.get(pk=first.pk).ended_at


def test_an_ended_sitting_takes_no_more_answers(as_, meera):
    with as_("ida") as by:
        sitting = begun(by, meera)
        actions.end_sitting(by=by, sitting_id=sitting.pk)
        with pytest.raises(Refused, match="has ended"):
            answered(by, sitting, "housing.now", "street")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("housing.now", "a castle"),
        ("housing.now", ["street"]),
        ("children.at-home", 21),
        ("children.at-home", True),
        ("safety.fear", "a lot"),
        ("network.trusted", ["nobody", "friends"]),
        ("network.trusted", []),
        ("justice.trial-on", "tomorrow"),
        ("wishes.first", "   "),
        ("wishes.first", "x" * 20_001),
        ("no.such", "yes"),
    ],
)
def test_what_cannot_be_an_answer_is_refused(as_, meera, question, value):
    with as_("ida") as by:
        sitting = begun(by, meera)
        with pytest.raises(Refused):
            answered(by, sitting, question, value)


@pytest.mark.parametrize("words", ["x" * 20_000, "🫖 tea 👩‍👧", "أريد بيتاً آمناً", "M", "a\0b"])
def test_words_of_every_kind_are_kept(as_, meera, words):
    with as_("ida") as by:
        answered(by, begun(by, meera), "wishes.first", words)
        assert queries.known(by, meera)["wishes.first"].value == words.replace("\0", "")


def test_what_she_puts_right_herself_stands_and_says_so(as_, meera):
    with as_("ida") as by:
        answered(by, begun(by, meera), "housing.now", "street")
        actions.correct(
            by=by, person_id=meera, question="housing.now", value="owner", words="It is mine"
        )
        known = queries.known(by, meera)["housing.now"]
        assert (known.in_words, known.note, known.how_now) == (
            "Owner or buying",
            "It is mine",
            "corrected",
        )
        assert len(queries.history(by, meera, "housing.now")) == 2


def test_nobody_sits_down_with_somebody_they_do_not_know(as_, world):
    with as_("nora") as by, pytest.raises(Http404):
        begun(by, world.id("meera"))


def test_nobody_answers_in_the_sitting_of_another_team(as_, meera):
    with as_("ida") as by:
        sitting = begun(by, meera)
    with as_("tess") as by, pytest.raises(Http404):
        answered(by, sitting, "housing.now", "street")


def test_what_is_on_record_is_not_asked(as_, meera):
    with as_("ida") as by:
        known = queries.picture(by, meera).known["about.sex"]
        missing = {q.code for q in queries.missing(by, meera, "needs-assessment")}
    assert (known.in_words, known.answer_id) == ("Female", None)
    assert "about.sex" not in missing


def test_the_demonstration_has_somebody_asked(as_, world, meera):
    assessments.add(world)
    with as_("ida") as by:
        assert "housing-advice" in queries.needs_found(by, meera)
        assert queries.measures(by, meera, "how-things-are")[0].score.points == 12
