"""A figure by its key: what it is called, and that it opens to just the cases that it counts."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from onestory.access.acting import acting
from onestory.analysis.cases import Assessment, CaseRow, Selection
from onestory.analysis.performance import report
from onestory.analysis.periods import Period
from onestory.analysis.tally import Tally
from onestory.cases.export import case_rows
from onestory.cases.models import Case
from onestory.reporting.figures import Figure
from tests.yearly_report import TEAM, bring_in, bring_in_for_good, settings

PERIOD = date(2015, 4, 1), date(2018, 3, 31)
WHOLE = "2015-04-01.2018-03-31"
YEAR = "2015-04-01.2016-03-31"


@pytest.fixture
def words(world):
    return settings()


@pytest.mark.parametrize(
    ("key", "label", "period"),
    [
        (f"area.grays.{YEAR}", "Grays", "2015/16"),
        (f"share.grays.{WHOLE}", "Grays", "1 April 2015 to 31 March 2018"),
        (f"area._other.{YEAR}", "Any other", "2015/16"),
        (f"group._none.{YEAR}", "Not recorded", "2015/16"),
        (f"mean._all.{WHOLE}", "All cases", "1 April 2015 to 31 March 2018"),
        ("month.06.2016-06-01.2016-06-30", "All cases", "June 2016"),
        ("month.06.2016-06-10.2016-06-30", "June", "10 June 2016 to 30 June 2016"),
        (f"month.06.{WHOLE}", "June", "1 April 2015 to 31 March 2018"),
        (f"risk.percent.{YEAR}", "Risk assessment completed", "2015/16"),
        (f"sexual.cases.{YEAR}", "Sexual abuse cases", "2015/16"),
    ],
)
def test_what_a_figure_is_called(words, key, label, period):
    figure = Figure.of(key, words)
    assert (figure.label, figure.period) == (label, period)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "area",
        f"area.nowhere.{YEAR}",
        f"people.grays.{YEAR}",
        f"month.13.{YEAR}",
        f"total.grays.{YEAR}",
        f"area.grays.{YEAR}.2016-03-31",
        "area.grays.20150401.20160331",
        "area.grays.2016-03-31.2015-04-01",
        "area.grays.2015-04-01.tomorrow",
    ],
)
def test_what_is_the_key_of_no_figure(words, key):
    with pytest.raises(ValueError):
        Figure.of(key, words)


def behind(selection: Selection, words) -> set:
    """The ids of the cases that PostgreSQL finds behind a figure."""
    opened = {"opened_on__gte": selection.start, "opened_on__lte": selection.end}
    found = Case.objects.filter(Figure.of(selection.key, words).condition, **opened)
    return set(found.values_list("pk", flat=True))


def row_of(case: Case) -> CaseRow:
    return CaseRow(
        case.opened_on,
        case.category,
        case.area,
        case.group,
        frozenset(case.abuse),
        case.risk_assessment or None,
    )


def test_every_figure_opens_to_just_the_cases_it_counts(as_, words):
    with as_("mina") as by:
        bring_in(by)
        rows = {case.pk: row_of(case) for case in Case.objects.all()}
        made = report(rows.values(), words, *PERIOD, made_at=datetime(2018, 6, 1))
        opened = 0
        for table in made.tables:
            for cell in (cell for line in table.cells for cell in line if cell.key):
                selection = Selection.parse(cell.key)
                found = behind(selection, words)
                assert found == {key for key, row in rows.items() if selection.holds(row, words)}
                assert cell.unit != "cases" or len(found) == cell.value
                opened += 1
        assert opened > 80


@pytest.mark.parametrize(
    "days",
    [PERIOD, (date(2015, 6, 10), date(2017, 2, 20)), (date(2016, 5, 3), date(2016, 5, 20))],
    ids=["whole years", "years cut short", "part of a month"],
)
def test_postgresql_counts_as_one_would_case_by_case(own_database, days):
    bring_in_for_good(own_database)
    with acting(own_database.actor("mina"), purpose="test"):
        one_by_one = [row_of(case) for case in Case.objects.all()]
    period = Period(*days, date(2026, 6, 1))
    counted = Tally.of(case_rows(TEAM, *days), settings(), period)
    assert counted.counts == Tally.of(one_by_one, settings(), period).counts
    assert counted.all(period.whole)


@pytest.mark.parametrize(
    "forms",
    [
        {},
        {"dash": Assessment("DASH")},
        {"dash": Assessment("DASH"), "sericc": Assessment("SERICC", ("sexual-abuse",))},
        {
            "dash": Assessment("DASH", ("domestic-abuse", "stalking")),
            "sericc": Assessment("SERICC", ("sexual-abuse",)),
        },
    ],
    ids=["no forms", "one for all", "a usual one and another", "each its kinds"],
)
def test_whichever_forms_count_both_find_the_same_cases(as_, words, forms):
    words = replace(words, assessments=forms)
    abuses = [[], ["sexual-abuse"], ["domestic-abuse"], ["honour-based"]]
    abuses += [["sexual-abuse", "domestic-abuse"], ["honour-based", "sexual-abuse"]]
    with as_("mina") as by:
        bring_in(by)
        cases = list(Case.objects.all()[:18])
        for number, case in enumerate(cases):
            case.abuse = abuses[number % 6]
            case.risk_assessment = ["", "dash", "sericc"][number // 6]
            case.save(update_fields=["abuse", "risk_assessment"])
        rows = {case.pk: row_of(case) for case in Case.objects.all()}
        for code in ("done", "missing"):
            selection = Selection("risk", code, *PERIOD)
            assert behind(selection, words) == {
                key for key, row in rows.items() if selection.holds(row, words)
            }


def test_what_is_on_no_row_is_found_under_the_rest(as_, words):
    words = replace(words, areas={"grays": "Grays"})
    with as_("mina") as by:
        bring_in(by)
        elsewhere, nowhere = Case.objects.exclude(area="grays")[:2]
        nowhere.area = ""
        nowhere.save(update_fields=["area"])
        assert elsewhere.pk in behind(Selection("area", "_other", *PERIOD), words)
        assert behind(Selection("area", "_none", *PERIOD), words) == {nowhere.pk}
