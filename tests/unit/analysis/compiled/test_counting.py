"""What a compiled report counts: its shape, what it compares, and what it says where nothing is."""

from datetime import date
from fractions import Fraction

import pytest

from onestory.analysis import compiled, disclosure
from onestory.analysis.compiled import Chapter, Definition, EntryTable, Part
from onestory.analysis.periods import Span
from tests.snapshot_made import written

NOW = Span("2024/25", date(2024, 4, 1), date(2025, 3, 31), complete=True)
BEFORE = Span("2023/24", date(2023, 4, 1), date(2024, 3, 31), complete=True)
CRIME = EntryTable(
    key="crime",
    section="one",
    title="Recorded crime",
    rows={"robbery": "Robbery", "burglary": "Burglary"},
    columns={"total": "Total"},
    source="The police",
    public=True,
)
WORDS = {"police": "Police", "school": "Schools", "gp": "GP"}


def contacts(year: int, source: str, count: int, team: str = "hub", **more) -> list[dict]:
    day = date(year, 5, 6)
    return [
        {"contact": f"{year}{source}{team}{n}", "person": f"p{source}{team}{n}", "to_team": team}
        | {"received_on": day, "source": source, "in_time": n % 4 > 0}
        | more
        for n in range(count)
    ]


ROWS = [
    *contacts(2023, "police", 40),
    *contacts(2023, "school", 20),
    *contacts(2024, "police", 50),
    *contacts(2024, "school", 10),
    *contacts(2024, "gp", 3),
    *contacts(2024, "police", 7, team="elsewhere"),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return written(tmp_path_factory.mktemp("compiled"), {"contacts": ROWS})


def part(*measures: str, **more) -> Part:
    return Part(**{"key": "it", "measures": measures, "where": {}} | more)


def definition(*parts: Part, teams=("hub",), entries=()) -> Definition:
    return Definition(
        code="made-up",
        title="Made up",
        owner="The hub",
        period="year",
        teams={team: team.capitalize() for team in teams},
        chapters=(Chapter(key="one", heading="One", parts=parts, entries=entries),),
    )


def counted(snapshot, *parts: Part, now=NOW, before=BEFORE, targets=None, **more):
    return compiled.count(
        definition(*parts, **more),
        snapshot,
        now,
        before,
        made_at=snapshot.made_at,
        words=lambda group, table: WORDS if group == "source" else {},
        targets=targets or {},
    )


def table(snapshot, one: Part, **more):
    return counted(snapshot, one, **more).tables["it"]


def texts(made) -> dict[str, list[str]]:
    return {row: [cell.text for cell in cells] for row, cells in made.lines}


def test_a_row_for_each_measure_beside_the_period_before_with_the_change(snapshot):
    made = table(snapshot, part("contacts-received", "contacts-people"))
    assert made.columns == ("2023/24", "2024/25", "Change")
    assert texts(made) == {
        "Contacts received": ["60", "63", "+5%"],
        "People of whom contacts came in": ["60", "63", "+5%"],
    }
    assert made.made == "counted"
    assert made.about.startswith("Counted from records.")
    assert "Only of Hub." in made.about


def test_a_row_for_each_group_and_one_for_all_without_groups_of_which_nothing_is_there(snapshot):
    made = table(snapshot, part("contacts-received", by="source"))
    assert texts(made) == {
        "Police": ["40", "50", "+25%"],
        "Schools": ["20", "10", "−50%"],
        "GP": ["0", "3", "n/a"],
        "Total": ["60", "63", "+5%"],
    }


def test_shares_have_no_change_and_what_is_aimed_for_stands_beside_them(snapshot):
    targets = {"contacts-in-time": Fraction(91)}
    made = table(snapshot, part("contacts-in-time", target=True), targets=targets)
    assert made.columns == ("2023/24", "2024/25", "Target")
    [(row, cells)] = texts(made).items()
    assert row == "Contacts decided in time"
    assert cells[2] == "91.0%"
    without = table(snapshot, part("contacts-in-time", target=True))
    assert texts(without)[row][2] == "none"


def test_only_the_teams_and_rows_that_are_named_are_counted(snapshot):
    one = part("contacts-received", title="Of schools", where={"source": "school"})
    assert texts(table(snapshot, one)) == {"Of schools": ["20", "10", "−50%"]}
    everybody = table(snapshot, part("contacts-received"), teams=())
    assert texts(everybody)["Contacts received"] == ["60", "70", "+17%"]
    both = table(snapshot, part("contacts-received"), teams=("hub", "elsewhere"))
    assert texts(both) == texts(everybody)
    assert "Only of Hub, Elsewhere." in both.about


def test_the_same_count_has_one_name_and_another_has_another(snapshot):
    """Else `disclosure` would take one for the other, or not see that they are the same."""
    made = counted(
        snapshot,
        part("contacts-received", key="all"),
        part("contacts-received", key="by", by="source"),
        part("contacts-received", key="some", title="Some", where={"source": "police"}),
    ).tables
    everything = made["all"].cells[0][1].who
    assert everything == made["by"].cell("Total", "2024/25").who
    assert made["by"].cell("Police", "2024/25").who == made["some"].cells[0][1].who != everything
    assert disclosure.release(tuple(made.values()), disclosure.Rule())


def test_months_are_rows_of_one_column(snapshot):
    chart = part("contacts-in-time", by="month", compared=False, chart="lines", target=True)
    made = counted(snapshot, chart, targets={"contacts-in-time": Fraction(91)})
    assert made.tables["it"].columns == ("2024/25",)
    assert len(made.tables["it"].rows) == 13
    drawn = made.charts["it"]
    assert (drawn.kind, drawn.reference, drawn.reference_label) == ("lines", 91, "Target: 91.0%")
    assert "Target: 91.0%." in drawn.alt


def test_a_chart_draws_the_periods_and_not_the_change_also_when_it_is_released(snapshot):
    made = counted(snapshot, part("contacts-received", by="source", chart="bars"))
    whole = compiled.report(made, {}, {})
    release = disclosure.release(whole.tables, disclosure.Rule())
    shown = disclosure.published(whole, release, disclosure.Rule())
    for report in (whole, shown):
        [chart] = report.charts
        assert chart.table.columns == ("2023/24", "2024/25")
    assert shown.charts[0].table.cell("GP", "2024/25").text == "*"


def test_where_nothing_was_recorded_before_nothing_is_compared(snapshot):
    first = Span("2022/23", date(2022, 4, 1), date(2023, 3, 31), complete=True)
    made = table(snapshot, part("contacts-received"), now=BEFORE, before=first)
    assert made.columns == ("2023/24",)
    assert texts(made) == {"Contacts received": ["60"]}
    assert "Of 2022/23 nothing is recorded." in made.about


def test_where_nothing_is_recorded_at_all_no_figure_is_made_up(snapshot):
    made = table(snapshot, part("sessions-held", "sessions-people"))
    assert texts(made) == {"Sessions held": ["n/a"], "People seen": ["n/a"]}
    assert "Of 2024/25 nothing is recorded." in made.about
    chart = part("sessions-held", by="kind", chart="bars")
    assert counted(snapshot, chart).charts == {}


def test_what_stood_at_some_time_in_the_period_is_counted_whenever_it_began(tmp_path):
    spans = [
        (date(2020, 1, 1), None),
        (date(2020, 1, 1), date(2024, 4, 1)),
        (date(2020, 1, 1), date(2024, 3, 31)),
        (date(2025, 3, 31), None),
        (date(2025, 4, 1), None),
    ]
    rows = [
        {"case_key": f"{n}", "person": f"p{n % 2}", "team": "hub", "opened_on": on, "closed_on": to}
        for n, (on, to) in enumerate(spans)
    ]
    made = table(
        written(tmp_path, {"cases": rows}), part("cases-supported", "cases-people-supported")
    )
    assert [cells[1].value for cells in made.cells] == [3, 2]


def said(snapshot, *parts: Part, entries=(), entered=None, before=None):
    made = counted(snapshot, *parts, entries=entries)
    return compiled.report(made, entered or {}, before or {}).sections[1]


def test_sentences_are_written_from_the_tables(snapshot):
    groups = part("contacts-received", key="by", by="source")
    assert said(snapshot, part("contacts-received"), groups).paragraphs == (
        "Contacts received: 63 in 2024/25 and 60 in 2023/24 (+5%).",
        (
            "Contacts received by source: the most in 2024/25 were Police (50, 79%), Schools"
            " (10, 16%) and GP (3, 5%)."
        ),
        "Police rose most (+25%) and Schools fell most (−50%), against the period before.",
    )


def test_what_is_entered_stands_beside_the_last_edition_and_says_so(snapshot):
    section = said(
        snapshot,
        entries=(CRIME,),
        entered={"crime": {"robbery.total": "189", "source": "Police return of May"}},
        before={"crime": {"robbery.total": "159", "burglary.total": "696"}},
    )
    [made] = section.tables
    assert texts(made) == {
        "Robbery": ["159", "189", "+18.9%"],
        "Burglary": ["696", "not entered", "n/a"],
    }
    assert made.made == "entered"
    assert made.about == "Entered by hand, not counted here. Source: Police return of May."
    assert section.paragraphs == ("Robbery: 189 in 2024/25 and 159 in 2023/24 (+18.9%).",)


@pytest.mark.parametrize(
    ("entered", "wrong"),
    [
        ({"crime": {"robbery.total": "many"}}, "Robbery, Total must be a number of nought or more"),
        ({"crime": {"robbery.total": "-3"}}, "but is '-3'"),
        ({"crime": {"arson.total": "3"}}, "there is no place 'arson.total'"),
        ({"grime": {}}, "no table to enter called grime"),
    ],
)
def test_what_is_no_figure_is_refused_by_its_place(snapshot, entered, wrong):
    with pytest.raises(ValueError, match=wrong):
        said(snapshot, entries=(CRIME,), entered=entered)


def test_figures_of_people_that_nobody_has_printed_are_hidden_like_others(snapshot):
    own = EntryTable(
        **{
            field: getattr(CRIME, field)
            for field in ("key", "section", "title", "rows", "columns", "source")
        }
    )
    with pytest.raises(ValueError, match="must be a whole number"):
        said(snapshot, entries=(own,), entered={"crime": {"robbery.total": "1.5"}})
    made = compiled.report(
        counted(snapshot, entries=(own,)), {"crime": {"robbery.total": "4"}}, {}
    ).table("crime")
    [released] = disclosure.release([made], disclosure.Rule()).tables
    assert released.cell("Robbery", "2024/25").text == "*"
    public = compiled.report(
        counted(snapshot, entries=(CRIME,)), {"crime": {"robbery.total": "4"}}, {}
    ).table("crime")
    assert disclosure.release([public], disclosure.Rule()).tables[0] == public
