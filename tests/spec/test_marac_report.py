"""The quarterly dataset of MARAC, as its report prints it: by meeting, released, the benchmark beside.

Fifteen months of a meeting every month: 24 cases in each, 8 of them repeats, 15 from the police, 1 man.
"""

import csv
import io
from datetime import date

import pytest

from onestory import database
from onestory.analysis.disclosure.counts import TOTALS
from onestory.reporting import making
from onestory.reporting.documents import FORMATS
from tests.snapshot_made import written

QUARTER = (date(2026, 4, 1), date(2026, 6, 30))
MONTHS = [(2025, month) for month in range(4, 13)] + [(2026, month) for month in range(1, 7)]
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
    written(home, {"marac_cases": cases(months)})
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


def test_the_rate_is_of_twelve_months_and_has_its_benchmark(report):
    """288 cases, released as 290, of 69,700 women: 41.6, at the end of either quarter."""
    table = report.table(RATE)
    [[before, now, benchmark]] = [[cell.text for cell in cells] for _, cells in table.lines]
    assert (before, now, benchmark) == ("41.6", "41.6", "40")
    assert "69,700" in table.method
    assert table.method.count("not verified") == 2  # neither the population nor the benchmark


def test_without_twelve_months_there_is_no_rate(world, tmp_path, monkeypatch):
    table = made(tmp_path, monkeypatch, MONTHS[-7:]).table(RATE)
    [cells] = table.cells
    assert [cell.value for cell in cells[:2]] == [None, None]
    assert "nothing is recorded of the first of its quarters" in cells[1].text


def test_by_meeting_there_are_sums_and_nobody_can_be_found_in_them(report):
    found = printed(report, "marac-cases-by-meeting")
    assert {row: cells for row, cells in found.items() if row not in TOTALS} == dict.fromkeys(
        LAST, ["25"]
    )
    men = printed(report, "marac-men-by-meeting")
    assert all(men[meeting] == ["*"] for meeting in LAST)


def test_the_return_is_a_file_by_meeting(report):
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"].render(report).decode())))
    by_meeting = [row for row in rows if row["table"] == "marac-cases-by-meeting"]
    assert [row["row"] for row in by_meeting][:3] == LAST
    assert not [row for row in rows if row["row"].startswith("c2026") or "p2026" in row["row"]]
    assert FORMATS["ods"].render(report)[:2] == b"PK"
