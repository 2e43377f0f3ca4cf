"""The chapter on the hub, as its annual report prints it: counted from a snapshot, and read back out
of every file.

The figures are those that the council printed of 2021/22, made of records in the same proportions.
"""

import csv
import io
from datetime import date

import docx
import lxml.html
import pytest
from odf.opendocument import load
from odf.table import Table as Sheet
from odf.table import TableCell, TableRow
from odf.teletype import extractText

from onestory import database
from onestory.kernel.errors import Refused
from onestory.reporting import making
from onestory.reporting.documents import FORMATS
from tests.snapshot_made import written

YEAR = (date(2021, 4, 1), date(2022, 3, 31))
TABLE = "contacts-received-by-source"
SOURCES = {"police": 2050, "school": 1576, "hospital": 875, "public": 1493}
AS_PRINTED = {
    ("Police", "2,050", "34%"),
    ("School or college", "1,575", "26%"),
    ("Member of the public", "1,495", "25%"),
}
GRADES = {"red": 86, "amber": 310, "green": 149, "blue": 455}
CRIME = {"sexual-offences.total": "507", "robbery.total": "189", "source": "Essex Police, May 2024"}
CRIME_BEFORE = {"sexual-offences.total": "508", "robbery.total": "159"}


def contacts() -> list[dict]:
    grades = [grade for grade, share in GRADES.items() for _ in range(share)]
    sources = [source for source, number in SOURCES.items() for _ in range(number)]
    return [
        {
            "contact": f"c{number}",
            "person": f"p{number % 4148}",
            "to_team": "mash",
            "received_on": date(2021, 4 + number % 9, 1 + number % 28),
            "source": source,
            "grade": grades[number % 1000],
        }
        for number, source in enumerate(sources)
    ]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hub")
    written(folder, {"contacts": contacts()})
    return folder


@pytest.fixture
def report(world, home, monkeypatch):
    monkeypatch.setattr(database, "home", lambda: home)
    return making.made_for_edition(
        "mash", *YEAR, comments={"sources": "Schools tell us more than elsewhere."}, entered={}
    )[0]


@pytest.fixture
def lines(report) -> list[list[str]]:
    """The table of who told the hub, as it is printed."""
    table = report.table(TABLE)
    head = [table.corner, *table.columns]
    return [head, *([row, *(cell.text for cell in cells)] for row, cells in table.lines)]


def test_the_table_has_the_figures_that_were_printed_rounded_as_the_rule_says(report, lines):
    assert lines == [
        ["Source", "2021/22"],
        ["Member of the public", "1,495"],
        ["Police", "2,050"],
        ["Hospital", "875"],
        ["School or college", "1,575"],
        ["Total", "5,995"],
    ]
    [section] = [section for section in report.sections if section.key == "sources"]
    assert section.comment == "Schools tell us more than elsewhere."
    [said] = section.paragraphs
    assert all(f"{row} ({number}, {share})" in said for row, number, share in AS_PRINTED)


def test_word_has_the_table(report, lines):
    document = docx.Document(io.BytesIO(FORMATS["docx"].render(report)))
    assert lines in [
        [[c.text for c in row.cells] for row in table.rows] for table in document.tables
    ]
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Counted from records." in said
    assert "Schools tell us more than elsewhere." in said


def test_the_page_has_the_table(report, lines):
    page = lxml.html.fromstring(FORMATS["html"].render(report))
    [table] = page.xpath(f"//table[@id='table-{TABLE}']")
    assert [
        [cell.text_content() for cell in row.iter("th", "td")] for row in table.iter("tr")
    ] == lines


def test_the_spreadsheet_has_the_table(report, lines):
    book = load(io.BytesIO(FORMATS["ods"].render(report)))
    [sheet] = [one for one in book.getElementsByType(Sheet) if one.getAttribute("name") == TABLE]
    rows = [
        [extractText(cell) for cell in row.getElementsByType(TableCell)]
        for row in sheet.getElementsByType(TableRow)
    ]
    assert rows[-len(lines) :] == lines
    assert any("Counted from records." in cell for row in rows for cell in row)


def test_the_csv_says_of_each_figure_how_it_came_about(report, lines):
    found = list(csv.DictReader(io.StringIO(FORMATS["csv"].render(report).decode())))
    ours = [line for line in found if line["table"] == TABLE]
    assert [[one["row"], one["value"]] for one in ours] == [
        [row, number.replace(",", "")] for row, number in lines[1:]
    ]
    assert {one["made"] for one in ours} == {"counted"}


def test_crimes_are_entered_and_say_so_in_every_file(world, home, monkeypatch):
    monkeypatch.setattr(database, "home", lambda: home)
    report, _ = making.made_for_edition(
        "community-safety",
        *YEAR,
        comments={},
        entered={"police-recorded-crime": CRIME},
        entered_before={"police-recorded-crime": CRIME_BEFORE},
    )
    table = report.table("police-recorded-crime")
    assert [cell.text for cell in table.cells[table.rows.index("Robbery")]] == [
        "159",
        "189",
        "+18.9%",
    ]
    assert table.cell("Sexual offences", "Change").text == "−0.2%"
    assert table.made == "entered"
    found = csv.DictReader(io.StringIO(FORMATS["csv"].render(report).decode()))
    assert {line["made"] for line in found if line["table"] == table.name} == {"entered"}
    for kind in ("html", "docx"):
        assert FORMATS[kind].render(report)
    assert "Entered by hand, not counted here." in FORMATS["html"].render(report).decode()


def test_what_is_entered_is_asked_for_by_its_table(world):
    [table] = making.entries_of("community-safety")
    assert (table.key, table.section) == ("police-recorded-crime", "crime")
    assert table.rows["robbery"] == "Robbery"
    assert making.entries_of("mash") == ()
    assert [key for key, _ in making.sections_of("mash")][:3] == [
        "introduction",
        "contacts",
        "timeliness",
    ]


@pytest.mark.parametrize(
    ("from_", "to", "says"),
    [
        (date(2021, 4, 2), date(2022, 3, 31), "This report is of a financial year"),
        (date(2021, 4, 1), date(2023, 3, 31), "This report is of a financial year"),
        (date(2026, 4, 1), date(2027, 3, 31), "2026/27 is not over in the latest snapshot"),
    ],
)
def test_other_days_are_refused(world, home, monkeypatch, from_, to, says):
    monkeypatch.setattr(database, "home", lambda: home)
    with pytest.raises(Refused, match=says):
        making.made_for_edition("mash", from_, to, comments={}, entered={})


def test_without_a_snapshot_there_is_no_report(world, tmp_path, monkeypatch):
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    with pytest.raises(Refused, match="there is none yet"):
        making.made_for_edition("mash", *YEAR, comments={}, entered={})
