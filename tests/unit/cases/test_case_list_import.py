"""What becomes of a team's case list: all of it or nothing, and nothing twice."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onestory.access.models import Entry, Envelope, Grant
from onestory.agencies.models import Team
from onestory.cases.actions import case_list as importing
from onestory.cases.actions import close_case
from onestory.cases.actions.case_list import Counts, Faulty, import_case_list
from onestory.cases.models import Case, CaseListImport
from onestory.kernel.errors import Refused
from tests.team_lists import HEADER, REAL_LIST, content, read, row, text, workbook

TABLES = (Case, Envelope, Grant, CaseListImport)


@pytest.fixture
def bring_in(as_):
    """``bring_in(list, "mina")``: she imports it for the housing safeguarding team."""

    def do(source, who="mina", team="housing-safeguarding", **options):
        with as_(who) as by:
            team_id = Team.objects.get(code=team).pk
            return import_case_list(by=by, team_id=team_id, case_list=read(source), **options)

    return do


@pytest.fixture
def stored(as_):
    """``stored("1")``: the case of this reference, as the team sees it."""

    def find(reference):
        with as_("mina"):
            return Case.objects.get(reference=reference)

    return find


def numbers(as_):
    with as_("mina"):
        return {table.__name__: table.objects.count() for table in TABLES}


def test_the_teams_own_list_gives_685_cases(bring_in, as_):
    assert bring_in(REAL_LIST) == Counts(added=685, changed=0, unchanged=0)
    assert numbers(as_)["Case"] == 685


def test_the_same_list_again_adds_not_one_row_or_grant(bring_in, as_):
    bring_in(REAL_LIST)
    before = numbers(as_)
    assert bring_in(REAL_LIST) == Counts(added=0, changed=0, unchanged=685)
    assert numbers(as_) == before


def test_all_cases_of_a_list_lie_in_one_envelope_which_is_nobodys(bring_in, as_):
    bring_in(content(row("1"), row("2")))
    bring_in(content(row("3")))
    with as_("mina"):
        envelope = Envelope.objects.get(pk__in=Case.objects.values("envelope"))
        grant = Grant.objects.get(envelope=envelope)
        assert set(Case.objects.values_list("person", "contact", "referral")) == {(None,) * 3}
    assert (envelope.person_id, envelope.kind) == (None, "support")
    assert grant.team.code == "housing-safeguarding"


def test_a_row_becomes_a_case_in_codes(bring_in, stored):
    both = "Stalking; Domestic abuse"
    bring_in(content(row("A/7", area="O/S Thurrock/Refuge", abuse=both, closed="11/06/2015")))
    case = stored("A/7")
    assert (case.opened_on, case.closed_on) == (date(2015, 4, 7), date(2015, 6, 11))
    assert (case.category, case.area, case.group) == ("marac", "outside-thurrock", "female")
    assert set(case.abuse) == {"domestic-abuse", "stalking"}
    assert (case.risk_assessment, case.referred_by) == ("dash", "police")
    assert (case.close_reason, case.version) == ("not-recorded", 0)


def test_an_open_case_has_no_reason_for_closing(bring_in, stored):
    bring_in(content(row("1")))
    assert (stored("1").closed_on, stored("1").close_reason) == (None, "")


def test_a_row_that_changed_changes_its_case_once(bring_in, stored):
    bring_in(content(row("1"), row("2")))
    newer = content(row("1", closed="11/06/2015", category="MASH"), row("2"))
    assert bring_in(newer) == Counts(added=0, changed=1, unchanged=1)
    case = stored("1")
    assert (case.category, case.closed_on, case.version) == ("mash", date(2015, 6, 11), 1)
    assert case.close_reason == "not-recorded"
    assert bring_in(newer) == Counts(added=0, changed=0, unchanged=2)
    assert bring_in(content(row("1"))) == Counts(added=0, changed=1, unchanged=0)
    assert (stored("1").closed_on, stored("1").close_reason) == (None, "")


def test_what_has_left_the_list_stays(bring_in, stored):
    bring_in(content(row("1"), row("2")))
    bring_in(content(row("2")))
    assert stored("1").version == 0


def test_a_column_that_the_list_has_not_got_is_left_alone(bring_in, stored):
    bring_in(content(row("1", closed="11/06/2015")))
    columns = [name for name in HEADER if name not in ("closed", "referred_by")]
    fewer = content(row("1", category="MASH"), columns=columns)
    assert bring_in(fewer) == Counts(added=0, changed=1, unchanged=0)
    case = stored("1")
    assert (case.category, case.referred_by) == ("mash", "police")
    assert case.closed_on == date(2015, 6, 11)


def test_capitals_in_a_reference_make_no_other_case(bring_in, stored):
    bring_in(content(row("hs/1")))
    assert bring_in(content(row("HS/1"))) == Counts(added=0, changed=1, unchanged=0)
    assert stored("HS/1").version == 1


@pytest.fixture
def closed_here(bring_in, stored, as_):
    """A case from the list that somebody has closed in OneStory since."""
    bring_in(content(row("1"), row("2")))
    case = stored("1")
    with as_("petra") as by:
        close_case(
            by=by,
            case_id=case.pk,
            version=case.version,
            closed_on=date(2016, 2, 1),
            reason="not-recorded",
        )


def test_what_was_done_here_is_not_overwritten(closed_here, bring_in, stored):
    with pytest.raises(Faulty) as faulty:
        bring_in(content(row("3"), row("1"), row("2", category="MASH")))
    [fault] = faulty.value.faults
    assert (fault.row, fault.column, fault.value) == (3, "closed", "")
    assert fault.kind == "Changed here since"
    assert fault.expected.startswith("'01/02/2016', as it stands here")
    assert stored("1").closed_on == date(2016, 2, 1)
    assert stored("2").category == "marac"


def test_a_list_that_says_the_same_as_was_done_here_is_taken(closed_here, bring_in):
    newer = content(row("1", closed="01/02/2016"), row("2"), row("3"))
    assert bring_in(newer) == Counts(added=1, changed=0, unchanged=2)


def test_a_reference_of_a_case_that_cannot_be_seen_is_refused(bring_in, stored, as_):
    bring_in(content(row("1")))
    with as_("mina"), pytest.raises(Refused, match="in use for another case"):
        writing = importing._Writing(*_writing(stored("1")))
        writing.add(read(content(row("1"))).rows)


def _writing(case):
    class By:
        user_id = case.recorded_by_id

    return By, case.imported, case.envelope_id, ()


FAULTS = {
    "impossible date": row("2", opened="31/02/2016"),
    "no date": row("2", opened="soon"),
    "in the future": row("2", opened="02/04/2020"),
    "too early": row("2", opened="14/04/1951"),
    "closed before opened": row("2", closed="06/04/2015"),
    "unknown category": row("2", category="Something else"),
    "unknown area": row("2", area="Grays Thurrok"),
    "unknown kind of abuse": row("2", abuse="Domestic abuse; Stalkng"),
    "reference twice": row("1"),
    "no reference": row(""),
    "no category": row("2", category=" "),
    "a formula": row("=1+1"),
    "too long": row("2" * 101),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_one_fault_and_nothing_is_stored(bring_in, as_, kind):
    before = numbers(as_)
    with pytest.raises(Faulty) as faulty:
        bring_in(content(row("1"), FAULTS[kind], row("3")))
    assert [fault.row for fault in faulty.value.faults] == [3]
    assert numbers(as_) == before


@pytest.mark.parametrize(
    "source",
    [
        text(row("é–1", area="Tilbury "), delimiter=";").encode("cp1252"),
        text(row("é–1", area="tilbury")).encode("utf-8-sig"),
        workbook(row("é–1", area="TILBURY")),
    ],
    ids=["Windows-1252 with semicolons", "UTF-8 with a mark", "Excel"],
)
def test_every_way_of_writing_a_list(bring_in, stored, source):
    assert bring_in(source) == Counts(added=1, changed=0, unchanged=0)
    assert stored("é–1").area == "tilbury"


def test_progress_is_told_and_can_stop_it(bring_in, as_, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    rows = [row(str(number)) for number in range(5)]
    told = []
    bring_in(content(*rows), progress=lambda *done: told.append(done))
    assert told == [(0, 5), (2, 5), (4, 5), (5, 5)]

    def stop(done, total):
        if done:
            raise Refused("Stop.")

    before = numbers(as_)
    more = [row(f"more {number}") for number in range(5)]
    with pytest.raises(Refused, match="Stop"):
        bring_in(content(*more), progress=stop)
    assert numbers(as_) == before


def test_queries_grow_with_batches_and_not_with_rows(bring_in, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 50)
    monkeypatch.setattr("onestory.cases.queries.case_list.BATCH", 50)

    def queries(first, past):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            bring_in(content(*(row(str(number)) for number in range(first, past))))
        return len(captured)

    queries(0, 1)
    assert queries(1, 2) == queries(2, 52) < 40
    assert queries(52, 152) - queries(152, 202) <= 5


def test_it_goes_on_the_record_with_its_counts(bring_in, as_):
    bring_in(content(row("1"), row("2")))
    with as_("gwen"):
        entry = Entry.objects.filter(verb="case-list.import").latest("id")
    assert entry.detail == {"added": 2, "changed": 0, "unchanged": 0}
    assert len(entry.envelopes) == 1
