"""Every kind of file holds the same numbers, and can be read by everybody."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import lxml.html
import pytest
from docx import Document
from docx.oxml.ns import qn
from odf.opendocument import load
from odf.table import Table as Sheet
from odf.table import TableCell, TableHeaderRows, TableRow
from odf.teletype import extractText

from onestory.analysis.performance import report
from onestory.analysis.report import Cell, Report, Section, Table
from onestory.reporting.documents import FORMATS, docx, html, long_csv, ods, pdf
from tests.housing_safeguarding import SETTINGS, cases
from tests.tagged_pdf import TaggedPdf

PERIOD = (date(2015, 4, 1), date(2018, 3, 31))
MADE_AT = datetime(2018, 6, 1, 9, 30)
COMMENT = "Outside means that the survivor came from another borough."
WARNING = "Contains small numbers: for the partnership, not for publication."
AWKWARD = 'Fish & "Chips" <b>#1</b> *now* $x$ \\n `code` [link](x)'


@pytest.fixture(scope="module")
def made():
    return report(cases(), SETTINGS, *PERIOD, made_at=MADE_AT, comments={"area": COMMENT})


@pytest.fixture(scope="module")
def files(made):
    return {name: kind.render(made) for name, kind in FORMATS.items()}


@pytest.fixture(scope="module")
def word(files):
    return Document(io.BytesIO(files["docx"]))


@pytest.fixture(scope="module")
def tagged(files):
    return TaggedPdf(files["pdf"])


def printed(made) -> list[list[list[str]]]:
    """The tables as they should be printed: a header row, then each row with its label."""
    return [
        [
            [table.corner, *table.columns],
            *([label, *(cell.text for cell in cells)] for label, cells in table.lines),
        ]
        for table in made.tables
    ]


# The same numbers in all


def test_csv_is_long_and_holds_every_figure(made, files):
    lines = list(csv.reader(io.StringIO(files["csv"].decode())))
    assert lines[0] == ["table", "row", "column", "value", "made"]
    assert lines[1:] == [
        [table.name, row, column, str(cell.value), "counted"]
        for table in made.tables
        for row, cells in table.lines
        for column, cell in zip(table.columns, cells, strict=True)
    ]
    assert ["month", "June", "2016/17", "38", "counted"] in lines
    assert ["share", "Grays", "Whole period", "35", "counted"] in lines


def test_csv_leaves_out_cells_without_a_figure():
    none = report([], SETTINGS, *PERIOD, made_at=MADE_AT)
    lines = list(csv.DictReader(io.StringIO(long_csv.render(none).decode())))
    assert {line["table"] for line in lines} >= {"month", "area", "total"}
    assert not [line for line in lines if line["table"] == "share"]


def test_html_holds_every_figure(made, files):
    page = lxml.html.fromstring(files["html"])
    assert [
        [[cell.text_content() for cell in row.iter("th", "td")] for row in table.iter("tr")]
        for table in page.iter("table")
    ] == printed(made)


def test_word_holds_every_figure(made, word):
    assert [[[c.text for c in row.cells] for row in t.rows] for t in word.tables] == printed(made)


def test_pdf_holds_every_figure(made, tagged):
    assert tagged.tables() == printed(made)


def test_ods_holds_every_figure_as_a_real_number(made, files):
    sheets = {
        sheet.getAttribute("name"): sheet
        for sheet in load(io.BytesIO(files["ods"])).getElementsByType(Sheet)
    }
    assert list(sheets) == ["about", *(table.name for table in made.tables)]
    for table, expected in zip(made.tables, printed(made), strict=True):
        rows = [
            row.getElementsByType(TableCell)
            for row in sheets[table.name].getElementsByType(TableRow)
        ]
        body = rows[-len(expected) :]
        assert [[extractText(cell) for cell in row] for row in body] == expected
        for row, (_, cells) in zip(body[1:], table.lines, strict=True):
            for found, cell in zip(row[1:], cells, strict=True):
                scale = 100 if found.getAttribute("valuetype") == "percentage" else 1
                assert float(found.getAttribute("value")) * scale == pytest.approx(cell.value)


@pytest.mark.parametrize("name", ["html", "docx", "pdf", "ods"])
def test_prose_notes_comment_and_warning_are_in_every_document(made, files, word, tagged, name):
    texts = {
        "html": lambda: lxml.html.fromstring(files["html"]).text_content(),
        "docx": lambda: "\n".join(paragraph.text for paragraph in word.paragraphs),
        "pdf": lambda: tagged.text(tagged.root.StructTreeRoot),
        "ods": lambda: extractText(load(io.BytesIO(files["ods"])).spreadsheet),
    }
    text = " ".join(texts[name]().split())
    for section in made.sections:
        for words in (section.title, *section.paragraphs, *section.notes):
            assert words in text
    for words in (made.title, made.team, made.period, WARNING, COMMENT):
        assert words in text


# Readable by everybody


def test_pdf_is_tagged_to_the_accessibility_standard(made, tagged):
    assert bool(tagged.root.MarkInfo.Marked)
    assert str(tagged.root.Lang) == "en-GB"
    assert bool(tagged.root.ViewerPreferences.DisplayDocTitle)
    with tagged.file.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == made.title


def test_pdf_has_headings_header_cells_and_described_charts(made, tagged):
    headings = [tagged.text(element).strip() for element in tagged.elements("H1", "H2")]
    assert headings == [section.title for section in made.sections]
    header_cells = [tagged.text(cell).strip() for cell in tagged.elements("TH")]
    assert header_cells == [
        text for table in made.tables for text in (table.corner, *table.columns)
    ]
    described = [str(figure.Alt) for figure in tagged.elements("Figure") if "/Alt" in figure]
    assert described == [chart.alt for chart in made.charts]


def test_word_has_a_title_real_headings_and_a_language(made, word):
    assert word.core_properties.title == made.title
    assert word.core_properties.language == "en-GB"
    styles = [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs]
    assert ("Title", made.title) in styles
    assert [text for style, text in styles if style == "Heading 1"] == [
        section.title for section in made.sections
    ]
    assert [text for style, text in styles if style == "Table Caption"] == [
        table.title for table in made.tables
    ]
    language = next(word.styles.element.iter(qn("w:rPrDefault"))).find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"


def test_word_marks_header_rows_and_columns(word):
    for table in word.tables:
        first, *rest = (row._tr.trPr for row in table.rows)
        assert first.find(qn("w:tblHeader")) is not None
        assert all(row is None or row.find(qn("w:tblHeader")) is None for row in rest)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert look.get(qn("w:firstRow")) == look.get(qn("w:firstColumn")) == "1"


def test_word_describes_its_charts_and_is_a4(made, word):
    described = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert described == [chart.alt for chart in made.charts]
    assert round(word.sections[0].page_width.cm, 1) == 21.0


def test_html_is_one_described_british_page_that_loads_nothing(made, files):
    page = lxml.html.fromstring(files["html"])
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == page.findtext(".//h1") == made.title
    images = page.findall(".//img")
    assert [image.get("alt") for image in images] == [chart.alt for chart in made.charts]
    assert all(image.get("src").startswith("data:image/svg+xml;base64,") for image in images)
    assert not page.findall(".//script") and not page.findall(".//link")
    assert all(cell.get("scope") in {"row", "col"} for cell in page.iter("th"))
    assert [caption.text for caption in page.iter("caption")] == [t.title for t in made.tables]


def test_ods_marks_its_header_rows(made, files):
    heads = load(io.BytesIO(files["ods"])).getElementsByType(TableHeaderRows)
    assert [
        [extractText(cell) for cell in head.getElementsByType(TableCell)] for head in heads
    ] == [[table.corner, *table.columns] for table in made.tables]


# Awkward words, no cases


@pytest.fixture(scope="module")
def awkward():
    settings = replace(
        SETTINGS,
        title=AWKWARD,
        areas={"grays": AWKWARD},
    )
    return report(cases(), settings, *PERIOD, made_at=MADE_AT, comments={"month": AWKWARD})


def test_awkward_words_come_through_unharmed(awkward):
    page = lxml.html.fromstring(html.render(awkward))
    assert page.findtext(".//h1") == AWKWARD
    document = Document(io.BytesIO(docx.render(awkward)))
    assert document.core_properties.title == document.paragraphs[0].text == AWKWARD
    assert AWKWARD in [row.cells[0].text for table in document.tables for row in table.rows]
    tables = TaggedPdf(pdf.render(awkward)).tables()
    assert AWKWARD in [row[0] for table in tables for row in table]
    book = load(io.BytesIO(ods.render(awkward)))
    assert AWKWARD in [extractText(cell) for cell in book.getElementsByType(TableCell)]


def test_the_spreadsheet_shows_decimals_and_money_as_they_are_printed():
    cells = (
        Cell(Decimal("1.70"), "per 1,000"),
        Cell(1200, "pounds"),
        Cell(Decimal("4.5"), "percent"),
    )
    table = Table("t", "T", "Row", ("a", "b", "c"), ("r",), (cells,), "", "", "")
    one = Report("T", "", "", MADE_AT, (Section("t", "T", (), (table,)),))
    book = load(io.BytesIO(ods.render(one)))
    *_, rate, money, share = book.getElementsByType(TableCell)
    assert [extractText(cell) for cell in (rate, money, share)] == ["1.70", "£1,200", "4.5%"]
    kinds = [cell.getAttribute("valuetype") for cell in (rate, money, share)]
    assert kinds == ["float", "currency", "percentage"]
    assert [float(cell.getAttribute("value")) for cell in (rate, money, share)] == [
        1.7,
        1200,
        0.045,
    ]
    looks = [cell.getAttribute("stylename") for cell in (rate, money, share)]
    assert looks == ["cases-2", "pounds-0", "share-1"]


def test_a_report_without_cases_can_be_printed():
    none = report([], SETTINGS, *PERIOD, made_at=MADE_AT)
    assert TaggedPdf(pdf.render(none)).tables() == printed(none)
    document = Document(io.BytesIO(docx.render(none)))
    assert not document.inline_shapes
    assert not none.warning and WARNING not in [p.text for p in document.paragraphs]
    assert ods.render(none)
