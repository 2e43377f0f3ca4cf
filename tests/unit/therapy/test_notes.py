"""Therapy notes: written once, never changed, for the therapists alone; and who asks for them."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.access.models import Entry
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.ids import new_id
from onestory.kernel.opening import Opening
from onestory.therapy import actions, queries
from onestory.therapy.models import LONGEST
from tests import kept
from tests.survivors import record_ruth

RIGHT_TO_LEFT = "\u202eهي بخير\u202c 🌱"


@pytest.fixture
def known(as_, world):
    """Somebody whom the counselling team works with."""
    return kept.counselled(as_)


def write(as_, person_id, words="A quiet hour.", **changes):
    with as_("theo") as by:
        values = {"note_id": new_id(), "on": timezone.localdate()}
        return actions.write_note(
            by=by,
            person_id=person_id,
            team_id=kept.team(kept.COUNSELLING),
            words=words,
            **{**values, **changes},
        )


def notes_of(as_, who, person_id):
    with as_(who) as by:
        return [note.words for note in queries.notes(by, person_id).rows]


class TestNotes:
    @pytest.mark.parametrize("words", ["A", RIGHT_TO_LEFT, "x" * LONGEST])
    def test_are_kept_as_they_were_written(self, as_, known, words):
        write(as_, known, words)
        assert notes_of(as_, "theo", known) == [words]

    def test_sent_twice_is_one(self, as_, known):
        first = write(as_, known)
        write(as_, known, note_id=first.pk)
        assert len(notes_of(as_, "theo", known)) == 1

    def test_refuse_too_much_nothing_and_days_to_come(self, as_, known):
        for words in ("x" * (LONGEST + 1), " \n "):
            with pytest.raises(Refused):
                write(as_, known, words)
        with pytest.raises(Refused, match="day that has been"):
            write(as_, known, on=timezone.localdate() + timedelta(days=1))

    def test_are_put_right_by_a_later_one(self, as_, known):
        first = write(as_, known, "On Monday.")
        later = write(as_, known, "It was Tuesday.", amends=first.pk)
        assert later.amends_id == first.pk
        assert set(notes_of(as_, "theo", known)) == {"On Monday.", "It was Tuesday."}

    @pytest.mark.parametrize("who", ["dina", "nora", "isla", "tess", "gwen"])
    def test_are_nothing_to_anybody_else(self, as_, known, who):
        write(as_, known)
        assert notes_of(as_, who, known) == []

    def test_are_not_written_by_whoever_is_no_therapist(self, as_, known):
        with as_("dina") as by, pytest.raises(Refused):
            actions.write_note(
                by=by,
                person_id=known,
                team_id=kept.team(kept.COUNSELLING),
                note_id=new_id(),
                on=timezone.localdate(),
                words="x",
            )

    def test_about_somebody_unknown_there_is_nothing(self, as_, world):
        ruth = record_ruth(as_, world)
        with pytest.raises(Http404):
            write(as_, ruth)

    def test_the_record_has_no_word_of_them(self, as_, known):
        write(as_, known, "Maud")
        with as_("gwen"):
            entry = Entry.objects.filter(verb="therapy.write", person_id=known).get()
            assert "Maud" not in str(entry.detail) + entry.subject


class TestDrafts:
    def save(self, as_, person_id, words, tab="a", version=0, note_id=None, saving=0):
        with as_("theo") as by:
            return actions.save_draft(
                by=by,
                person_id=person_id,
                team_id=kept.team(kept.COUNSELLING),
                note_id=note_id or new_id(),
                typed={"words": [words]},
                opening=Opening(tab, version, saving),
            )

    def test_are_kept_until_written_down(self, as_, known):
        self.save(as_, known, "Half a sen")
        with as_("theo") as by:
            assert queries.draft(by, known, kept.team(kept.COUNSELLING)).typed == {
                "words": ["Half a sen"]
            }
        write(as_, known)
        with as_("theo") as by:
            assert queries.draft(by, known, kept.team(kept.COUNSELLING)) is None

    def test_what_arrives_after_the_note_is_no_draft_of_it(self, as_, known):
        note = write(as_, known)
        assert self.save(as_, known, "Half a sen", note_id=note.pk) is None
        with as_("theo") as by:
            assert queries.draft(by, known, kept.team(kept.COUNSELLING)) is None

    def test_what_was_typed_later_stands_whichever_arrives_last(self, as_, known):
        self.save(as_, known, "One two", saving=2)
        assert self.save(as_, known, "One", saving=1).typed == {"words": ["One two"]}
        assert self.save(as_, known, "One two three", saving=3).typed == {
            "words": ["One two three"]
        }

    def test_two_windows_lose_nothing(self, as_, known):
        self.save(as_, known, "one", tab="a")
        self.save(as_, known, "two", tab="b", version=1)
        with pytest.raises(Stale) as stale:
            self.save(as_, known, "three", tab="a", version=1)
        assert stale.value.theirs == {"words": ["two"]}

    def test_thrown_away_is_gone(self, as_, known):
        self.save(as_, known, "one")
        with as_("theo") as by:
            team = kept.team(kept.COUNSELLING)
            actions.discard_draft(by=by, person_id=known, team_id=team)
            with pytest.raises(Http404):
                actions.discard_draft(by=by, person_id=known, team_id=team)


class TestProceedings:
    def test_the_latest_holds(self, as_, known):
        with as_("theo") as by:
            for stage in ("investigation", "charged"):
                actions.set_proceedings(
                    by=by, person_id=known, team_id=kept.team(kept.COUNSELLING), stage=stage
                )
            assert queries.proceedings(by, known).stage == "charged"
        with as_("dina") as by:
            assert queries.proceedings(by, known) is None


class TestRequests:
    def asked(self, as_, person_id, **changes):
        return kept.asked_for_notes(as_, person_id, **changes)

    def step(self, as_, who, action, asked, **given):
        with as_(who) as by:
            return action(by=by, request_id=asked, **given)

    def test_due_by_the_rule_of_the_area_or_by_the_paper(self, as_, known):
        today = timezone.localdate()
        with as_("dina") as by:
            asked = queries.request(by, self.asked(as_, known))
            assert asked.due_on == today + timedelta(days=28)
            named = self.asked(as_, known, due_on=today + timedelta(days=3))
            assert queries.request(by, named).due_on == today + timedelta(days=3)

    def test_from_asking_to_answer(self, as_, known):
        asked = self.asked(as_, known)
        with pytest.raises(Refused, match="Tell the survivor first"):
            self.step(as_, "dina", actions.decide_notes_request, asked, decision="part", words="x")
        self.step(as_, "dina", actions.tell_of_notes_request, asked, view="objects", words="No.")
        self.step(
            as_, "dina", actions.decide_notes_request, asked, decision="refused", words="Too wide."
        )
        with pytest.raises(Refused, match="somebody else has to agree"):
            self.step(as_, "dina", actions.agree_notes_request, asked, agrees=True)
        given = {"given": "A letter", "how": "letter", "answered_on": timezone.localdate()}
        with pytest.raises(Refused, match="Two people"):
            self.step(as_, "dina", actions.answer_notes_request, asked, **given)
        self.step(as_, "theo", actions.agree_notes_request, asked, agrees=True)
        self.step(as_, "dina", actions.answer_notes_request, asked, **given)
        with as_("dina") as by:
            assert queries.requests(by, answered=False).rows == []
        with as_("gwen"):
            verbs = Entry.objects.filter(person_id=known, verb__startswith="notes.")
            assert list(verbs.order_by("id").values_list("verb", flat=True)) == [
                "notes.ask",
                "notes.tell",
                "notes.decide",
                "notes.agree",
                "notes.answer",
            ]

    def test_sent_back_it_is_decided_anew(self, as_, known):
        asked = self.asked(as_, known)
        self.step(as_, "dina", actions.tell_of_notes_request, asked, view="agrees")
        self.step(as_, "dina", actions.decide_notes_request, asked, decision="full", words="All.")
        self.step(as_, "theo", actions.agree_notes_request, asked, agrees=False)
        with as_("dina") as by:
            assert queries.request(by, asked).decision == ""
        self.step(as_, "dina", actions.decide_notes_request, asked, decision="part", words="Some.")

    def test_not_told_needs_a_reason(self, as_, known):
        asked = self.asked(as_, known)
        with pytest.raises(Refused, match="why"):
            self.step(as_, "dina", actions.tell_of_notes_request, asked, view="not-told")

    def test_what_rests_on_consent_is_not_given_without(self, as_, known):
        asked = self.asked(as_, known, basis="solicitor-with-consent")
        self.step(as_, "dina", actions.tell_of_notes_request, asked, view="objects")
        with pytest.raises(Refused, match="have not agreed"):
            self.step(as_, "dina", actions.decide_notes_request, asked, decision="full", words="x")

    @pytest.mark.parametrize("who", ["nora", "isla", "tess"])
    def test_other_teams_do_not_know_of_it(self, as_, known, who):
        asked = self.asked(as_, known)
        with as_(who) as by, pytest.raises(Http404):
            queries.request(by, asked)
