"""The yearly performance report of a housing safeguarding team, from its own case list.

The list holds the 685 cases of 2015 to 2018; what the council printed of them in 2018 is in
`tests/data/figures-housing-safeguarding.csv`.
"""

from dataclasses import replace
from datetime import date, datetime

import pytest

from onestory.analysis.cases import Assessment, CaseRow, Selection
from onestory.analysis.performance import report
from tests.housing_safeguarding import SETTINGS, cases, figures

MADE_AT = datetime(2018, 6, 1, 9, 30)
THREE_YEARS = (date(2015, 4, 1), date(2018, 3, 31))
YEARS = {"2015": "2015/16", "2016": "2016/17", "2017": "2017/18"}
MONTHS = {
    "apr": "April",
    "may": "May",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
    "jan": "January",
    "feb": "February",
    "mar": "March",
}
ROWS = {
    "month": MONTHS,
    "area": SETTINGS.areas,
    "group": SETTINGS.groups,
    "category": SETTINGS.categories,
}
OTHERS = {
    "HS-total-2015": ("total", "Total", "2015/16"),
    "HS-total-2016": ("total", "Total", "2016/17"),
    "HS-total-2017": ("total", "Total", "2017/18"),
    "HS-total": ("total", "Total", "Whole period"),
    "HS-monthly-mean": ("mean", "Monthly mean", "Whole period"),
    "HS-share-grays": ("share", "Grays", "Whole period"),
    "HS-share-tilbury": ("share", "Tilbury", "Whole period"),
    "HS-share-outside": ("share", "Outside Thurrock/Refuge", "Whole period"),
    "HS-risk-assessed": ("risk", "Share completed", "Whole period"),
    "HS-sexual-2017": ("sexual", "Sexual abuse cases", "2017/18"),
}
CUT_INSTEAD_OF_ROUNDED = {"HS-share-grays": 35, "HS-share-tilbury": 24}


@pytest.fixture(scope="module")
def made():
    return report(cases(), SETTINGS, *THREE_YEARS, made_at=MADE_AT)


def place(figure: str) -> tuple[str, str, str]:
    """Table, row and column of a printed figure, from its name: HS-area-grays-2015."""
    if figure in OTHERS:
        return OTHERS[figure]
    _, table, rest = figure.split("-", 2)
    row, _, year = rest.rpartition("-")
    return table, ROWS[table][row], YEARS[year]


@pytest.mark.parametrize("figure", figures())
def test_every_figure_that_was_printed_comes_out_of_the_case_list(made, figure):
    table, row, column = place(figure)
    expected = CUT_INSTEAD_OF_ROUNDED.get(figure, figures()[figure])
    assert made.table(table).cell(row, column).value == expected


def test_a_note_says_where_the_printed_share_was_cut(made):
    notes = next(section.notes for section in made.sections if section.key == "area")
    assert notes == (
        (
            "Share of cases by area: Grays, Whole period: 35% here, 34% in the report of 2018,"
            " where 34.9% was cut instead of rounded."
        ),
        (
            "Share of cases by area: Tilbury, Whole period: 24% here, 23% in the report of 2018,"
            " where 23.5% was cut instead of rounded."
        ),
    )


def test_a_printed_figure_that_simply_differs_is_said_to():
    settings = replace(SETTINGS, published={"total._all.2015-04-01.2018-03-31": 700})
    made = report(cases(), settings, *THREE_YEARS, made_at=MADE_AT)
    assert [note for section in made.sections for note in section.notes] == [
        "Cases opened: Total, Whole period: 685 here, 700 in the report of 2018."
    ]


def test_tables_have_the_rows_and_columns_of_the_printed_report(made):
    month, area = made.table("month"), made.table("area")
    assert month.columns == area.columns == ("2015/16", "2016/17", "2017/18")
    assert month.rows == (*MONTHS.values(), "Total")
    assert area.rows == (*SETTINGS.areas.values(), "Total")
    assert made.table("group").rows == ("Female", "Male", "LGBT+", "Total")
    assert made.table("category").rows == ("MARAC", "MASH", "Casework", "Sanctuary Scheme", "Total")


def test_every_table_says_what_it_counts_from_what_and_how(made):
    for table in made.tables:
        assert table.definition and table.source and table.method


def said(made, key: str) -> str:
    return " ".join(next(s.paragraphs for s in made.sections if s.key == key))


def test_the_case_numbers_in_plain_english(made):
    assert said(made, "month") == (
        "The team opened 685 cases in the three years: 215 in 2015/16, 244 in 2016/17 and 226 in"
        " 2017/18. The average number of cases in a month was 19."
        " The most cases in one month were 38, in June 2016. The most in each year: 29 in"
        " February 2016; 38 in June 2016; 28 in November 2017."
        " 2016/17 had 29 more cases than 2015/16 (up 13%). 2017/18 had 18 fewer cases than"
        " 2016/17 (down 7%)."
    )


def test_the_areas_in_plain_english(made):
    assert said(made, "area") == (
        "The areas with most cases were Grays, 239 of 685 (35%); Tilbury, 161 of 685 (24%);"
        " South Ockendon/Aveley, 153 of 685 (22%)."
        " Between 2015/16 and 2017/18, Outside Thurrock/Refuge rose most (from 12 to 23) and"
        " South Ockendon/Aveley fell most (from 53 to 45)."
    )


def test_sexual_abuse_and_risk_assessments_in_plain_english(made):
    assert said(made, "sexual") == (
        "The team opened 7 sexual abuse cases in 2017/18 (3% of 226 cases)."
    )
    assert said(made, "risk") == (
        "A risk assessment was completed in 100% of cases (685 of 685)."
        " The risk assessments that count: DASH for domestic abuse, honour based abuse or"
        " stalking; SERICC referral form for sexual abuse."
    )


def test_the_report_counts_cases_and_says_that_it_does_not_count_people(made):
    assert "Counts are of cases, not people: one person may have several." in said(
        made, "introduction"
    )


def test_no_cause_is_computed_but_its_author_may_comment():
    comment = "The team took over the Sanctuary Scheme in July 2015."
    made = report(cases(), SETTINGS, *THREE_YEARS, made_at=MADE_AT, comments={"category": comment})
    assert [(s.key, s.comment) for s in made.sections if s.comment] == [("category", comment)]


def test_a_dash_does_not_count_in_a_case_of_sexual_abuse_alone():
    day = date(2017, 5, 1)
    wrong = CaseRow(day, "mash", "grays", "female", frozenset({"sexual-abuse"}), "dash")
    right = replace(wrong, risk_assessment="sericc")
    both = replace(wrong, abuse=frozenset({"sexual-abuse", "domestic-abuse"}))
    made = report([wrong, right, both], SETTINGS, *THREE_YEARS, made_at=MADE_AT)
    assert made.table("risk").cell("Completed", "2017/18").value == 2
    assert "2 of 3 cases (67%); 1 had none that counts." in said(made, "risk")


def test_small_numbers_are_flagged_until_they_are_protected(made):
    assert made.contains_small_numbers
    assert made.warning == "Contains small numbers: for the partnership, not for publication."
    plain = CaseRow(date(2015, 5, 1), "mash", "grays", "female", frozenset(), "dash")
    many = report([plain] * 8, SETTINGS, date(2015, 5, 1), date(2015, 5, 31), made_at=MADE_AT)
    assert not many.contains_small_numbers
    assert not many.warning


def test_each_cell_opens_to_the_cases_it_counts(made):
    rows = cases()
    for table in made.tables:
        for row in table.cells:
            for cell in row:
                if cell.unit == "cases":
                    selection = Selection.parse(cell.key)
                    assert cell.value == sum(selection.holds(case, SETTINGS) for case in rows)


def test_part_years_are_labelled_and_not_compared():
    made = report(cases(), SETTINGS, date(2015, 7, 1), date(2017, 12, 31), made_at=MADE_AT)
    assert made.table("total").columns == (
        "2015/16 (from 1 July 2015)",
        "2016/17",
        "2017/18 (to 31 December 2017)",
        "Whole period",
    )
    assert made.table("month").cell("April", "2015/16 (from 1 July 2015)").text == "n/a"
    assert "change" not in {table.name for table in made.tables}
    assert "Not a whole year, and so not compared with other years" in said(made, "introduction")


def test_a_period_that_has_not_ended_says_so():
    made = report(cases(), SETTINGS, *THREE_YEARS, made_at=datetime(2018, 1, 10, 12))
    assert made.table("total").columns[2] == "2017/18 (so far)"
    assert "The period has not ended: cases are counted up to 10 January 2018" in said(
        made, "introduction"
    )
    assert made.table("month").cell("March", "2017/18 (so far)").value is None
    assert made.table("mean").cell("Monthly mean", "2017/18 (so far)").value == 18


def test_a_single_year_reads_well():
    made = report(cases(), SETTINGS, date(2015, 4, 1), date(2016, 3, 31), made_at=MADE_AT)
    assert said(made, "month") == (
        "The team opened 215 cases in 2015/16. The average number of cases in a month was 18."
        " The most cases in one month were 29, in February 2016."
    )
    assert made.table("total").columns == ("2015/16",)


def test_a_period_without_cases_reads_well():
    made = report([], SETTINGS, *THREE_YEARS, made_at=MADE_AT)
    assert said(made, "month") == "The team opened no cases in the period."
    assert said(made, "area") == "No cases were opened in the period."
    assert said(made, "sexual") == "No sexual abuse cases were opened in the period."
    assert made.table("total").cells[0][0].value == 0
    assert made.table("share").cells[0][0].text == "n/a"
    assert not made.charts


def test_a_year_without_cases_reads_well():
    rows = [case for case in cases() if case.opened < date(2016, 4, 1)]
    made = report(rows, SETTINGS, *THREE_YEARS, made_at=MADE_AT)
    assert "215 in 2015/16, none in 2016/17 and none in 2017/18." in said(made, "month")
    assert "2017/18 had as many cases as 2016/17: 0." in said(made, "month")
    assert made.table("change").cell("Percent", "2016/17 to 2017/18").text == "n/a"


def test_months_that_tie_are_all_named():
    case = CaseRow(date(2015, 5, 1), "mash", "grays", "female")
    tied = [case, replace(case, opened=date(2015, 9, 9))]
    made = report(tied, SETTINGS, date(2015, 4, 1), date(2016, 3, 31), made_at=MADE_AT)
    assert "The most cases in one month was 1, in May 2015 and September 2015." in said(
        made, "month"
    )


def test_a_code_that_is_on_no_row_still_counts():
    case = CaseRow(date(2015, 5, 1), "mash", "chafford-hundred", "")
    made = report([case], SETTINGS, *THREE_YEARS, made_at=MADE_AT)
    assert made.table("area").cell("Any other", "2015/16").value == 1
    assert made.table("group").cell("Not recorded", "2015/16").value == 1


def test_a_form_that_names_no_abuse_is_the_usual_one():
    forms = {"dash": Assessment("DASH"), "sericc": Assessment("SERICC form", ("sexual-abuse",))}
    settings = replace(SETTINGS, assessments=forms)
    made = report(cases(), settings, *THREE_YEARS, made_at=MADE_AT)
    assert made.table("risk").cell("Share completed", "Whole period").value == 100
    assert "The risk assessments that count: DASH; SERICC form for sexual abuse." in said(
        made, "risk"
    )
