"""Cells, keys and rounding."""

import subprocess
import sys
from datetime import date
from fractions import Fraction

import pytest

from onestory.analysis.cases import Selection
from onestory.analysis.report import Cell
from onestory.analysis.tally import rounded

ANALYSIS = ["cases", "charts", "performance", "periods", "prose", "report", "tables"]


@pytest.mark.parametrize(
    ("exact", "expected"),
    [
        (Fraction(23900, 685), 35),
        (Fraction(1, 2), 1),
        (Fraction(5, 2), 3),
        (Fraction(-5, 2), -3),
        (Fraction(-1, 3), 0),
        (Fraction(0), 0),
    ],
)
def test_halves_are_rounded_away_from_nought(exact, expected):
    assert rounded(exact) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell(1204), "1,204"),
        (Cell(0), "0"),
        (Cell(None), "n/a"),
        (Cell(35, "percent"), "35%"),
        (Cell(29, "change"), "+29"),
        (Cell(-18, "change"), "\N{MINUS SIGN}18"),
        (Cell(-7, "change percent"), "\N{MINUS SIGN}7%"),
        (Cell(0, "change percent"), "0%"),
    ],
)
def test_cells_as_people_read_them(cell, expected):
    assert cell.text == expected


@pytest.mark.parametrize(
    ("cell", "small"),
    [
        (Cell(0), False),
        (Cell(1), True),
        (Cell(7), True),
        (Cell(8), False),
        (Cell(3, "percent"), False),
        (Cell(None), False),
    ],
)
def test_counts_from_one_to_seven_are_small(cell, small):
    assert cell.small is small


def test_the_key_of_a_cell_reads_back():
    selection = Selection("area", "south.ockendon", date(2015, 4, 1), date(2016, 3, 31))
    assert selection.key == "area.south.ockendon.2015-04-01.2016-03-31"
    assert Selection.parse(selection.key) == selection


@pytest.mark.parametrize(
    "key",
    [
        "",
        "area",
        "area.grays",
        "area.grays.2015-04-01",
        "area..2015-04-01.2016-03-31",
        "secrets.grays.2015-04-01.2016-03-31",
        "area.grays.2015-04-01.yesterday",
    ],
)
def test_what_is_no_key_is_refused(key):
    with pytest.raises(ValueError):
        Selection.parse(key)


def test_the_analysis_needs_no_django():
    imports = "; ".join(f"import onestory.analysis.{module}" for module in ANALYSIS)
    code = f"import sys; {imports}; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
