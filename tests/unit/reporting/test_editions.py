"""Editions on their way: begun, written, moved, frozen, published; and what is refused."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404

from onestory.access.models import Entry as Recorded
from onestory.analysis import disclosure
from onestory.analysis.frozen import fingerprint, from_plain
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.opening import Opening
from onestory.reporting.actions import editions, publishing
from onestory.reporting.models import Edition, Frozen, Move, Passage
from onestory.reporting.queries import editions as edition_queries
from onestory.reporting.releasing import folder
from tests.editions import WORDS, YEARS, begin, freeze, published, write
from tests.yearly_report import REPORT

pytestmark = pytest.mark.django_db(databases=["default", "figures"])
NEXT = (date(2016, 4, 1), date(2019, 3, 31))


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr("onestory.database.home", lambda: tmp_path)


def verbs(edition: Edition) -> list[str]:
    written = Recorded.objects.filter(subject=f"edition:{edition.pk}").order_by("id")
    return [one.verb for one in written]


def entries_of_record(as_, edition) -> list[str]:
    with as_("gwen"):
        return verbs(edition)


@pytest.mark.parametrize("name", ["vera", "mina"])
def test_who_writes_reports_begins_an_edition_at_the_first_version(as_, name):
    with as_(name) as by:
        edition = begin(by)
        assert (edition.version, edition.team.code) == ("first-draft", "housing-safeguarding")
    assert entries_of_record(as_, edition) == ["edition.begin"]


@pytest.mark.parametrize("name", ["tess", "olu", "dina", "gwen"])
def test_for_everybody_else_there_is_no_report_to_write(as_, name):
    with as_("vera") as by:
        edition = begin(by)
    with as_(name) as by:
        with pytest.raises(Http404):
            begin(by)
        with pytest.raises(Http404):
            write(by, edition)


def test_of_one_period_there_is_one_first_edition(as_):
    with as_("vera") as by:
        begin(by)
        with pytest.raises(Refused, match="already"):
            begin(by)
        assert begin(by, NEXT)


def test_a_period_that_makes_no_report_begins_no_edition(as_):
    with as_("vera") as by, pytest.raises(Refused, match="end before it begins"):
        begin(by, (YEARS[1], YEARS[0]))


def test_words_are_kept_from_year_to_year_until_somebody_changes_them(as_):
    with as_("vera") as by:
        first = begin(by)
        write(by, first)
        write(by, first, "Numbers fell.", "month")
        second = begin(by, NEXT)
        kept = edition_queries.passages_of(second)
        assert {key: one.words for key, one in kept.items()} == {
            "area": WORDS,
            "month": "Numbers fell.",
        }
        assert {one.kept_from_id for one in kept.values()} == {first.pk}
        write(by, second, "Numbers rose.", "month")
        assert edition_queries.passages_of(second)["month"].kept_from is None
        assert edition_queries.passages_of(first)["month"].words == "Numbers fell."


def test_a_page_that_saves_itself_is_one_entry_in_the_record(as_):
    with as_("vera") as by:
        edition = begin(by)
        for saving, words in enumerate(["Re", "Refer", WORDS], 1):
            write(by, edition, words, saving=saving)
        # What was sent before and arrives after it changes nothing.
        write(by, edition, "Ref", saving=2)
        assert Passage.objects.get(edition=edition).words == WORDS
    assert entries_of_record(as_, edition) == ["edition.begin", "edition.write"]


def test_of_two_who_write_one_section_the_second_is_shown_what_the_first_wrote(as_):
    with as_("vera") as by:
        edition = begin(by)
        write(by, edition)
    with as_("mina") as by:
        with pytest.raises(Stale) as stale:
            write(by, edition, "Nothing changed.", tab="two")
        assert stale.value.theirs.words == WORDS
        assert write(by, edition, "Both.", tab="two", version=1).version == 2
    with as_("vera") as by, pytest.raises(Stale):
        write(by, edition, "Mine.", saving=1)


def test_words_for_a_section_that_is_not_there(as_):
    with as_("vera") as by:
        edition = begin(by)
        with pytest.raises(Http404):
            write(by, edition, section="nowhere")
        with pytest.raises(Refused, match="at most 20,000"):
            write(by, edition, "x" * 20_001)


def test_versions_go_forward_freely_and_back_with_a_reason(as_):
    with as_("vera") as by:
        edition = begin(by)
        editions.move(by=by, edition_id=edition.pk, version="committee")
        for version, why in (
            ("committee", "already"),
            ("elsewhere", "Choose"),
            ("second-draft", "why"),
        ):
            with pytest.raises(Refused, match=why):
                editions.move(by=by, edition_id=edition.pk, version=version)
        editions.move(
            by=by, edition_id=edition.pk, version="second-draft", reason="Asked to cut it."
        )
        moves = Move.objects.filter(edition=edition).order_by("at", "id")
        assert [(m.from_version, m.to_version, m.reason) for m in moves] == [
            ("first-draft", "committee", ""),
            ("committee", "second-draft", "Asked to cut it."),
        ]
        edition.refresh_from_db()
        assert edition.version == "second-draft"


def test_frozen_it_holds_figures_and_words_and_nothing_can_be_changed(as_):
    with as_("vera") as by:
        edition = begin(by)
        write(by, edition)
        report, release = edition_queries.made(edition)
        frozen = freeze(by, edition)
        kept = from_plain(frozen.content)
        assert fingerprint(kept) == fingerprint(report)
        assert next(s for s in kept.sections if s.key == "area").comment == WORDS
        assert [disclosure.told(f).told for f in disclosure.kept(folder(REPORT))] == [release.told]
        for refused in (
            lambda: write(by, edition, "Other words.", tab="two", version=1),
            lambda: editions.move(by=by, edition_id=edition.pk, version="cabinet"),
            lambda: freeze(by, edition),
        ):
            with pytest.raises(Refused, match="frozen"):
                refused()


def test_what_changed_since_it_was_looked_at_is_not_frozen(as_):
    with as_("vera") as by:
        edition = begin(by)
        with pytest.raises(Refused, match="changed since you looked"):
            publishing.freeze(by=by, edition_id=edition.pk, seen="0" * 64)
        assert not Frozen.objects.exists()


def test_a_period_that_runs_is_not_frozen(as_):
    with as_("vera") as by:
        edition = begin(by, (date(2026, 4, 1), date(2027, 3, 31)))
        with pytest.raises(Refused, match="ends on 31 March 2027"):
            freeze(by, edition)


def test_published_once_frozen_and_withdrawn_with_a_reason(as_):
    with as_("vera") as by:
        edition = begin(by)
        with pytest.raises(Refused, match="Freeze it first"):
            publishing.publish(by=by, edition_id=edition.pk)
        freeze(by, edition)
        with pytest.raises(Refused, match="not published"):
            publishing.withdraw(by=by, edition_id=edition.pk, why="A wrong total.")
        publishing.publish(by=by, edition_id=edition.pk)
        with pytest.raises(Refused, match="already"):
            publishing.publish(by=by, edition_id=edition.pk)
        with pytest.raises(Refused, match="Say why"):
            publishing.withdraw(by=by, edition_id=edition.pk, why=" ")
        row = publishing.withdraw(by=by, edition_id=edition.pk, why="A wrong total.")
        assert (row.withdrawn_why, row.withdrawn_by_id) == ("A wrong total.", by.user_id)
        assert publishing.publish(by=by, edition_id=edition.pk).pk != row.pk
    assert entries_of_record(as_, edition) == [
        f"edition.{verb}" for verb in ("begin", "freeze", "publish", "withdraw", "publish")
    ]


def test_a_correction_says_what_it_replaces_and_begins_with_its_words(as_):
    with as_("vera") as by:
        edition = begin(by)
        with pytest.raises(Refused, match="can still be changed"):
            editions.correct(by=by, edition_id=edition.pk)
        write(by, edition)
        freeze(by, edition)
        correction = editions.correct(by=by, edition_id=edition.pk)
        assert correction.replaces_id == edition.pk
        assert edition_queries.passages_of(correction)["area"].words == WORDS
        with pytest.raises(Refused, match="already"):
            editions.correct(by=by, edition_id=edition.pk)


def test_what_was_begun_by_mistake_is_discarded_and_makes_room_for_another(as_):
    with as_("vera") as by:
        edition = begin(by)
        write(by, edition)
        editions.discard(by=by, edition_id=edition.pk)
        for then in (
            lambda: write(by, edition),
            lambda: freeze(by, edition),
            lambda: editions.discard(by=by, edition_id=edition.pk),
        ):
            with pytest.raises(Http404):
                then()
        again = begin(by)
        assert not edition_queries.passages_of(again)
        assert edition_queries.editions_of(by, REPORT).rows == [again]
    assert entries_of_record(as_, edition)[-1] == "edition.discard"


def test_a_correction_that_is_discarded_can_be_begun_again_and_what_is_frozen_stays(as_):
    with as_("vera") as by:
        edition = begin(by)
        freeze(by, edition)
        with pytest.raises(Refused, match="frozen"):
            editions.discard(by=by, edition_id=edition.pk)
        mistaken = editions.correct(by=by, edition_id=edition.pk)
        editions.discard(by=by, edition_id=mistaken.pk)
        assert editions.correct(by=by, edition_id=edition.pk).replaces_id == edition.pk


def test_numbers_are_entered_only_where_there_is_a_table_for_them(as_):
    with as_("vera") as by:
        edition = begin(by)
        with pytest.raises(Http404):
            editions.enter(by=by, edition_id=edition.pk, table="crime", numbers={}, source="Police")


def test_the_database_itself_refuses_to_change_what_is_frozen(as_):
    with as_("vera") as by:
        edition = published(by)
        assert Passage.objects.filter(edition=edition).update(words="Other.") == 0
        for change in (
            lambda: Frozen.objects.filter(pk=edition.pk).update(content={}),
            lambda: Frozen.objects.filter(pk=edition.pk).delete(),
            lambda: Edition.objects.filter(pk=edition.pk).update(report="other"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_an_opening_without_a_name_is_never_told_apart(as_):
    with as_("vera") as by:
        edition = begin(by)
        for words in ("One.", "Two."):
            editions.write(
                by=by, edition_id=edition.pk, section="area", words=words, opening=Opening()
            )
        assert Passage.objects.get(edition=edition).words == "Two."
