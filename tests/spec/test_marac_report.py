"""The quarterly dataset of MARAC, as its report prints it: by meeting, released, the benchmark beside.

Fifteen months of a meeting every month: 24 cases in each, 8 of them repeats, 15 from the police, 1 man.
"""

import csv
import io
from datetime import date

import pytest

from onestory import database
from onestory.analysis.disclosure.counts import TOTALS
from onestory.analysis.report import MODELLED
from onestory.reporting import making
from onestory.reporting.documents import FORMATS
from tests.snapshot_made import written

QUARTER = (date(2026, 4, 1), date(2026, 6, 30))
MONTHS = [(2025, month) for month in range(4, 13)] + [(2026, month) for month in range(1, 7)]
FEW = ("-1", "-2", "-3", "-4", "-5", "-6")
LAST = ["2026-04-08 10:00", "2026-05-08 10:00", "2026-06-08 10:00"]
RATE = "cases-for-each-ten-thousand-women"


def cases(months) -> list[dict]:
    return [
        {
            "marac_case": f"c{year}-{month}-{number}",
            "person": f"p{year}-{month}-{number}",
            "team": "da-interventions",
            "heard_on": date(year, month, 8),
            "meeting": f"{year}-{month:02}-08 10:00",
            "from_organisation": "essex-police" if number < 15 else "thurrock-council",
            "from_police": number < 15,
            "repeat": number % 3 == 0,
            "sex": "male" if number == 5 else "female",
            "age": 30,
            "children": 2,
        }
        for year, month in months
        for number in range(24)
    ]


def made(home, monkeypatch, months=MONTHS):
    held = [
        {"meeting": f"m{y}-{m}", "team": "da-interventions", "held_on": date(y, m, 8)}
        for y, m in months
    ]
    written(home, {"marac_cases": cases(months), "marac_meetings": held})
    monkeypatch.setattr(database, "home", lambda: home)
    return making.made_for_edition("marac", *QUARTER, comments={}, entered={})[0]


@pytest.fixture
def report(world, tmp_path, monkeypatch):
    return made(tmp_path, monkeypatch)


def printed(report, key) -> dict[str, list[str]]:
    return {row: [cell.text for cell in cells] for row, cells in report.table(key).lines}


def test_the_quarter_stands_beside_the_one_before(report):
    found = printed(report, "cases-in-all")
    assert found["Cases at MARAC"][:2] == ["70", "70"]  # 72, rounded as the area's rule says
    # In a meeting is nobody: how many there were is never hidden.
    assert printed(report, "marac-meetings")["MARAC meetings held"] == ["3", "3", "0%"]


def test_the_rate_is_of_twelve_months_and_stands_beside_what_is_expected(report):
    """288 cases, released as 290, of 69,700 women: 41.6, at the end of either quarter."""
    assert printed(report, RATE) == {
        "Cases at MARAC in twelve months": ["290", "290", "279"],
        "Women of 16 and over, not verified": ["69,700", "69,700", ""],
        "Cases for each 10,000 women of 16 and over": ["41.6", "41.6", "40"],
    }
    said = report.table(RATE).method
    assert "69,700 (Reckoned roughly" in said
    assert (
        "40 (SafeLives, reviewing your MARAC data, read on 22 November 2026; not verified)" in said
    )


def test_whom_so_many_cases_need_is_an_estimate_with_its_source(report):
    """290 of them: one IDVA for each 100, one administrator for each 400."""
    table = report.table(f"{RATE}-staff")
    assert printed(report, table.name) == {
        "IDVAs, one for each 100": ["2.9", "2.9"],
        "Administrators, one for each 400": ["0.7", "0.7"],
    }
    assert table.made == MODELLED
    assert "Cases at a time for one IDVA: 60 to 80 (SafeLives" in table.method
    assert table.method.count("not verified") == 3


def without(*missing: int) -> list[tuple[int, int]]:
    """All months but those of some quarters, counted from the last."""
    return [pair for at, pair in enumerate(reversed(MONTHS)) if at // 3 not in missing][::-1]


def test_a_missing_quarter_is_that_of_the_quarter_before_and_says_so(world, tmp_path, monkeypatch):
    report = made(tmp_path, monkeypatch, without(1))
    assert printed(report, f"{RATE}-by-quarter") == {
        "2025/26 Q1": ["70", "n/a"],
        "2025/26 Q2": ["70", "70"],
        "2025/26 Q3": ["70", "70"],
        "2025/26 Q4: missing, 2025/26 Q3 stands in": ["70", "70"],
        "2026/27 Q1": ["n/a", "70"],
        "Total": ["290", "290"],
    }
    assert printed(report, RATE)["Cases for each 10,000 women of 16 and over"][1] == "41.6"


@pytest.mark.parametrize("months", [without(1, 2), MONTHS[-7:]])
def test_of_two_missing_in_a_row_there_is_no_rate(world, tmp_path, monkeypatch, months):
    report = made(tmp_path, monkeypatch, months)
    for key in (RATE, f"{RATE}-by-quarter", f"{RATE}-staff"):
        assert "two quarters in a row are missing" in list(printed(report, key).values())[-1][1]


def test_what_stands_in_tells_of_a_small_quarter_no_more_than_the_rule_allows(
    world, tmp_path, monkeypatch
):
    """A quarter of six, counted twice: 155 less twice 70 would leave it between five and seven."""
    few = [one for one in cases(without(1)) if one["heard_on"].month not in (10, 11)]
    few = [one for one in few if one["heard_on"].month != 12 or one["marac_case"][-2:] in FEW]
    monkeypatch.setitem(globals(), "cases", lambda months: few)
    table = made(tmp_path, monkeypatch, without(1)).table(f"{RATE}-by-quarter")
    small = [label for label, (_, now) in table.lines if now.suppressed]
    assert "2025/26 Q3" in small and len(small) > 2


def test_by_meeting_there_are_sums_and_nobody_can_be_found_in_them(report):
    found = printed(report, "marac-cases-by-meeting")
    assert {row: cells for row, cells in found.items() if row not in TOTALS} == dict.fromkeys(
        LAST, ["25"]
    )
    men = printed(report, "marac-men-by-meeting")
    assert all(men[meeting] == ["*"] for meeting in LAST)


def test_children_are_counted_like_others_rounded_and_few_of_them_hidden(
    world, tmp_path, monkeypatch
):
    """Two in each household but those of the last meeting, of which one has three."""
    some = cases(MONTHS)
    for one in some:
        if one["meeting"] == LAST[-1]:
            one["children"] = 3 * one["marac_case"].endswith("-0")
    monkeypatch.setitem(globals(), "cases", lambda months: some)
    report = made(tmp_path, monkeypatch)
    assert printed(report, "marac-children")["Children in the household"][0] == "145"  # of 144
    by_meeting = printed(report, "marac-children-by-meeting")
    assert [by_meeting[meeting][0] for meeting in LAST] == ["50", "50", "*"]


def test_the_return_is_a_file_by_meeting(report):
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"].render(report).decode())))
    by_meeting = [row for row in rows if row["table"] == "marac-cases-by-meeting"]
    assert [row["row"] for row in by_meeting][:3] == LAST
    assert not [row for row in rows if row["row"].startswith("c2026") or "p2026" in row["row"]]
    assert FORMATS["ods"].render(report)[:2] == b"PK"
