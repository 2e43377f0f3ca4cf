"""Files for publication: read back, they hold what may be known and nothing more."""

import base64
import csv
import io
import re
from datetime import date, datetime

import lxml.html
import pytest
from docx import Document
from odf.opendocument import load
from odf.table import Table as Sheet
from odf.table import TableCell, TableRow
from odf.teletype import extractText

from onestory.analysis.disclosure import Rule, publish
from onestory.analysis.performance import report
from onestory.reporting.documents import FORMATS
from tests.housing_safeguarding import SETTINGS, cases
from tests.tagged_pdf import TaggedPdf

RULE = Rule()
COMMENT = "One of them lives in Grays."
NUMBER = re.compile(r"(?<![\w/.])\d{1,3}(?:,\d{3})*(?![\w/.])")


@pytest.fixture(scope="module")
def whole():
    return report(
        cases(),
        SETTINGS,
        date(2015, 4, 1),
        date(2018, 3, 31),
        made_at=datetime(2018, 6, 1, 9, 30),
        comments={"area": COMMENT},
    )


@pytest.fixture(scope="module")
def made(whole):
    return publish(whole, RULE)


@pytest.fixture(scope="module")
def files(made):
    return {name: kind.render(made) for name, kind in FORMATS.items()}


def sheets(content: bytes) -> list[list[list[str]]]:
    return [
        [
            [extractText(cell) for cell in row.getElementsByType(TableCell)]
            for row in sheet.getElementsByType(TableRow)
        ]
        for sheet in load(io.BytesIO(content)).getElementsByType(Sheet)
    ]


def page_tables(content: bytes) -> list[list[list[str]]]:
    return [
        [[cell.text_content() for cell in row.iter("th", "td")] for row in table.iter("tr")]
        for table in lxml.html.fromstring(content).iter("table")
    ]


READ = {
    "html": page_tables,
    "pdf": lambda content: TaggedPdf(content).tables(),
    "docx": lambda content: [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(io.BytesIO(content)).tables
    ],
}


def texts(name: str, content: bytes) -> str:
    """Every word of a file, the letters of its pictures and what describes them."""
    if name == "html":
        page = lxml.html.fromstring(content)
        pictures = [
            base64.b64decode(image.get("src").partition(",")[2]).decode()
            for image in page.iter("img")
        ]
        letters = [
            " ".join(lxml.html.fromstring(svg.encode()).xpath("//text/text()")) for svg in pictures
        ]
        described = [image.get("alt") for image in page.iter("img")]
        for style in page.xpath("//style"):
            style.drop_tree()
        return " ".join([page.text_content(), *letters, *described])
    if name == "pdf":
        pdf = TaggedPdf(content)
        described = [str(figure.Alt) for figure in pdf.elements("Figure") if "/Alt" in figure]
        return " ".join([pdf.text(pdf.root.StructTreeRoot), *described])
    if name == "docx":
        word = Document(io.BytesIO(content))
        described = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
        return " ".join([*(p.text for p in word.paragraphs), *described])
    if name == "ods":
        return extractText(load(io.BytesIO(content)).spreadsheet)
    return content.decode()


def printed(made) -> list[list[list[str]]]:
    return [
        [
            [table.corner, *table.columns],
            *([label, *(cell.text for cell in cells)] for label, cells in table.lines),
        ]
        for table in made.tables
    ]


@pytest.mark.parametrize("name", READ)
def test_each_document_holds_the_published_tables(made, files, name):
    assert READ[name](files[name]) == printed(made)


def test_the_spreadsheet_holds_them(made, files):
    for rows, expected in zip(sheets(files["ods"])[1:], printed(made), strict=True):
        assert rows[-len(expected) :] == expected


def test_the_csv_holds_them_with_an_asterisk_for_what_is_hidden(made, files):
    lines = list(csv.reader(io.StringIO(files["csv"].decode())))
    assert ["month", "January", "2015/16", "*", "counted"] in lines
    assert ["area", "Grays", "2015/16", "75", "counted"] in lines
    assert len(lines) == 1 + sum(len(cells) for table in made.tables for _, cells in table.lines)


@pytest.mark.parametrize("name", FORMATS)
def test_no_exact_count_is_left_anywhere(whole, files, name):
    """The counts that are no multiples of five and stand in no date are in no sentence or picture."""
    exact = {
        cell.value
        for table in whole.tables
        for cells in table.cells
        for cell in cells
        if cell.unit == "cases" and cell.value % 5
    }
    harmless = {1, 3, 4, 7, 9, 23, 26, 31}  # days, sections, the rule itself, and shares in percent
    found = {int(n.replace(",", "")) for n in NUMBER.findall(texts(name, files[name]))}
    assert {244, 226, 38, 73, 84} <= exact
    assert not found & (exact - harmless - shares(files))


def shares(files) -> set[int]:
    """The percentages that are printed, which may happen to be the same number as some count."""
    lines = csv.DictReader(io.StringIO(files["csv"].decode()))
    kinds = {"share", "mean", "change"}
    return {
        abs(int(line["value"]))
        for line in lines
        if line["value"] != "*" and (line["table"] in kinds or "Share" in line["row"])
    }


@pytest.mark.parametrize("name", ["html", "pdf", "docx", "ods"])
def test_each_document_says_by_which_rule_and_leaves_out_the_authors_words(files, name):
    text = " ".join(texts(name, files[name]).split())
    assert RULE.words in text
    assert "hidden because it is small" in text
    assert COMMENT not in text
    assert "not for publication" not in text
    assert "the report of 2018" not in text
