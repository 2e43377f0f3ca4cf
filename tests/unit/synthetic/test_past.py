"""The past is allotted from tables: the counts are exact, and the rows are those of the actions."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from django.conf import settings
from django.utils import timezone

from onestory.access.acting import acting
from onestory.agencies.actor import system_actor
from onestory.analysis.figures import check, read_printed, read_ways, unexplained
from onestory.analysis.figures.check import Outcome
from onestory.analysis.figures.measured import measured
from onestory.analysis.figures.ways import Measured
from onestory.assessment import actions as assessment
from onestory.kernel.calendar import local
from onestory.people import actions as people
from onestory.reporting import snapshots
from onestory.reporting.published import FIGURES, WAYS
from onestory.rights.actions import retention
from synthetic.county import ledger, tables
from synthetic.county.couples import couples
from synthetic.county.place import Place
from synthetic.county.scribe import Scribe
from synthetic.past import draw, housing, hub, load, marac, quotas, sericc, staff
from synthetic.past.teller import Teller
from tests.unit.synthetic.test_county import asked, compare, everybody
from tests.unit.synthetic.test_county_danger import Named, Player, doing, hold_meeting, whole

PRINTED = settings.AREAS / "thurrock" / FIGURES
# The headings of appendix 7, and the services of the pack that each counts.
APPENDIX = {
    "adult-isva": {"isva"},
    "children-isva": {"childrens-isva"},
    "adult-counselling": {"sexual-violence-counselling"},
    "young-counselling": {"young-peoples-counselling"},
    "advocacy-advocacy": {"sexual-violence-floating-support"},
    "child-family": {"young-childrens-support", "brighter-futures-sexual-violence"},
}
COLUMNS = {"females": "female", "males": "male", "other": "not-said"}


def printed() -> dict[str, int]:
    with open(PRINTED, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {row["id"]: int(row["published"]) for row in rows if row["id"].startswith("SV-")}


@pytest.mark.parametrize("year", [2017, 2018])
@pytest.mark.parametrize("heading", APPENDIX)
def test_the_table_of_quotas_is_what_appendix_7_prints(heading, year):
    figures, services = printed(), APPENDIX[heading]
    years = {one.span.start.year: one for one in quotas.sericc()}
    found = Counter()
    for row in years[year].people:
        for _ in services & set(row.services):
            found.update(row.sexes)
    for column, sex in COLUMNS.items():
        assert found[sex] == figures[f"SV-{heading}-{column}-{year}"], column
    there = sum(
        row.there[year - before - 1]
        for before, one in years.items()
        for row in one.people
        if before < year and len(row.there) >= year - before and services & set(row.services)
    )
    assert there == figures[f"SV-{heading}-existing-{year}"]
    assert there + found.total() == figures[f"SV-{heading}-total-{year}"]


def test_a_table_that_does_not_add_up_is_refused():
    span = quotas.housing()[0].span
    with pytest.raises(ValueError, match="not 3 in all"):
        quotas.HousingYear(span, 3, 1, {"domestic-abuse": 2})
    with pytest.raises(ValueError, match="more are 'there' than came"):
        quotas.Row(("isva",), (18, 60), {"female": 2}, (3,))


def test_what_is_drawn_by_lot_comes_out_exactly():
    random = Random("lots")
    assert Counter(draw.shuffled(random, {"a": 3, "b": 4})) == {"a": 3, "b": 4}
    assert sum(draw.some(random, 7, 30)) == 7
    waits = draw.around(random, 49, 39, 135)
    assert sum(waits) == 49 * 135 and min(waits) >= 10
    grades, outcomes = ["red"] * 20 + ["blue"] * 80, ["on"] * 30 + ["no"] * 70
    pairs = draw.aligned(random, grades, outcomes)
    assert Counter(grade for grade, _ in pairs) == Counter(grades)
    assert Counter(outcome for _, outcome in pairs) == Counter(outcomes)
    assert sum(pair == ("red", "on") for pair in pairs) > 12


SPAN = quotas.Span(date(2018, 4, 1), date(2019, 3, 31))
FEW_CONTACTS = quotas.HubYear(
    span=SPAN,
    contacts=12,
    grades={"red": 3, "amber": 4, "green": 2, "blue": 3},
    outcomes={"childrens-social-care": 4, "referral": 3, "advice": 2, "no-further-action": 3},
    sources={"police": 7, "school": 5},
    abuse={"domestic-abuse": 5, "psychological": 7},
    domestic_abuse_besides=2,
    in_time=9,
    referrals=quotas.Referrals(social_care=5, assessed=4, early_help_accepted=1, in_time=5),
)
FEW_SURVIVORS = quotas.SericcYear(
    span=SPAN,
    people=(
        quotas.Row(("sexual-violence-counselling",), (25, 60), {"female": 2}, (2,)),
        quotas.Row(
            ("isva", "sexual-violence-floating-support", "sexual-violence-counselling"),
            (25, 60),
            {"male": 1, "not-said": 1},
            (1,),
        ),
        quotas.Row((), (18, 60), {"female": 1}, ()),
    ),
    again=0,
    again_responder=0,
    domestic_abuse=1,
    mean_wait=49,
)
THEIR_NEXT_YEAR = replace(
    FEW_SURVIVORS,
    span=quotas.Span(date(2019, 4, 1), date(2020, 3, 31)),
    people=(),
    again=2,
    again_responder=1,
)


@pytest.mark.slow
def test_the_past_is_loaded_as_the_actions_would_leave_it(county):
    teller = Teller(Random("few"), county)
    told = [
        *hub.stories(teller, 9, [FEW_CONTACTS]),
        *housing.stories(teller, [quotas.HousingYear(SPAN, 3, 1, {"domestic-abuse": 3})]),
        *sericc.stories(teller, [FEW_SURVIVORS, THEIR_NEXT_YEAR]),
    ]
    assert compare(county, told) == len(told) == 9 + 3 + 5
    referred = [one for each in told for heard in each.heard for one in heard.referrals]
    assert {one.answer for one in referred} == {"accept", "decline"}
    assert {one.service for one in referred} > {"first-responder", "child-assessment"}


@pytest.fixture
def few_meetings(county):
    """As of the past, but lately: what was opened for a case long ago has ended by itself."""
    first = timezone.localdate(county.now) - timedelta(days=105)
    return marac.stories(Teller(Random("few"), county), first, first + timedelta(days=70))


@pytest.mark.slow
def test_marac_is_loaded_as_the_actions_would_leave_it(county, few_meetings):
    held, pairs = few_meetings
    kinds = {
        "again": lambda pair: len(pair.dangers) > 1,
        "checklist": lambda pair: len(pair.dangers) == 1 and pair.dangers[0].answers,
        "not told": lambda pair: not pair.told and not pair.dangers[0].answers and pair.said,
    }
    told = [next(filter(kind, pairs)) for kind in kinds.values()]
    before = everybody()
    for meeting in held:
        hold_meeting(meeting)
    for pair in told:
        play(county, pair)
    by_actions = everybody() - before
    load_pairs(county, told)
    in_bulk = everybody() - before - by_actions
    assert len(in_bulk) == len(by_actions) == 2 * len(told)
    expected, found = (whole.rows_about(them, Named(them)) for them in (by_actions, in_bulk))
    for name in expected:
        assert list((expected[name] - found[name]).elements()) == [], f"{name}: not loaded"
        assert list((found[name] - expected[name]).elements()) == [], f"{name}: not made"
    assert found["marac_telling"] and found["marac_action"] and found["assessment_answer"]


def play(where: Place, pair: marac.Pair) -> None:
    with doing(pair.added) as by:
        how = {"by": by, "team_id": by.home_team_id}
        her = people.add_person(**how, facts=pair.who).pk
        him = people.add_person(**how, facts=pair.other.facts, kinds=("identity",)).pk
        tie = {"kind": pair.other.relationship, "lives_with": pair.other.lives_with}
        people.relate(by=by, person_id=her, other_id=him, uses_abuse=True, **tie)
    with doing(pair.asked) as by:
        how = {"by": by, "team_id": by.home_team_id, "person_id": her}
        sitting = assessment.begin_sitting(**how, instrument=marac.FORM).pk
        given = [assessment.Given(*one) for one in pair.said.items()]
        assessment.save(by=by, sitting_id=sitting, given=given)
        assessment.end_sitting(by=by, sitting_id=sitting)
    with tables.connect() as owner:
        known = couples(owner, where.pack.marac_rule(marac.FIRST))
    [of] = (of for _, of in known if of.person == str(her))
    for danger in pair.dangers:
        Player(where, of).play(danger)


def load_pairs(where: Place, told: list[marac.Pair]) -> None:
    scribe = Scribe(where, ledger.Ledger(Random("pairs"), 1, 1))
    marac.write(scribe, [], told)
    with tables.connect() as owner, owner.transaction():
        for name, rows in scribe.ledger.rows.items():
            tables.copy(owner, name, ledger.COLUMNS[name], rows)


def test_marac_of_the_past_has_all_that_its_dataset_counts(county):
    held, pairs = load.at_marac(county)
    heard = [one.brought for pair in pairs for one in pair.dangers]
    assert 4 <= len(heard) / len(held) <= 6
    assert {one.meeting.id for one in heard} == {one.id for one in held}
    assert 0.15 < sum("repeat" in one.criteria for one in heard) / len(heard) < 0.35
    assert 0.25 < sum(pair.team != marac.POLICE for pair in pairs) / len(pairs) < 0.5
    assert any(pair.who.sex == "male" for pair in pairs)
    assert any(pair.other.relationship == "child" for pair in pairs)
    assert any(not pair.said.get("about.ethnicity") for pair in pairs)
    assert all(offer.done or offer.left for one in heard for offer in one.offers)
    assert max(local(one.closed.at).date() for one in heard) <= staff.LEFT
    assert (held, pairs) == load.at_marac(county)


def test_all_of_it_was_over_long_ago_and_had_an_answer(county):
    told = list(load.stories(county))
    heard = [one for each in told for one in each.heard]
    referred = [one for each in heard for one in each.referrals]
    works = [one.work for one in (*heard, *referred) if one.work]
    assert all(one.decided for one in heard)
    assert all(one.answered for one in referred)
    assert max(work.closed.at for work in works) < county.now - timedelta(days=365)
    assert all(local(work.opened.at).date() == work.facts.opened_on for work in works)
    assert told == list(load.stories(county))


@pytest.mark.slow
def test_every_printed_count_of_it_is_made_from_its_rows(own_database, tmp_path, monkeypatch):
    """And nothing of it waits for anybody of today; a second loading changes nothing."""
    assert load.load() > 0
    assert load.load() == 0
    monkeypatch.setattr(snapshots, "folder", lambda: tmp_path)
    made = snapshots.make()
    folder = settings.AREAS / "thurrock"
    printed = read_printed(folder / FIGURES)
    ways = read_ways(folder / WAYS, list(printed))
    counted = {key: way for key, way in ways.items() if isinstance(way.maker, Measured)}
    maker = {Measured: measured(lambda: made)}
    lines = check({key: printed[key] for key in counted}, counted, maker)
    differ = {line.printed.id for line in lines if line.outcome is not Outcome.EQUAL}
    assert differ == {"SERICC-new-mean"} and not unexplained(lines)
    assert len(lines) > 80
    assert asked("SELECT count(*) FROM marac_referral WHERE closed_at IS NULL") == [(0,)]
    cases = made.table("marac_cases").to_pyarrow().to_pylist()
    assert {one["harmed_by_child"] for one in cases} == {True, False}
    assert {16, 17} & {one["age"] for one in cases}
    assert all(one["closed_on"] and one["age"] >= 16 for one in cases)
    with acting(system_actor(), purpose="test") as scope:
        assert retention.find_due(by=scope.actor, today=timezone.localdate()) == 0
