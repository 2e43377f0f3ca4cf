"""The tables of a report as a spreadsheet: real numbers, one sheet for each table."""

from decimal import Decimal
from io import BytesIO

from odf import dc
from odf import number as numbers
from odf.opendocument import OpenDocument, OpenDocumentSpreadsheet
from odf.style import ParagraphProperties, Style, TableColumnProperties, TextProperties
from odf.table import Table as Sheet
from odf.table import TableCell, TableColumn, TableHeaderRows, TableRow
from odf.text import P

from onestory.analysis.report import Cell, Report, Table

ABOUT = "about"
MOST_PLACES = 4


def render(report: Report) -> bytes:
    """A sheet about the report, then its tables, each with its header row marked as such."""
    book = OpenDocumentSpreadsheet()
    book.meta.addElement(dc.Title(text=report.title))
    book.meta.addElement(dc.Language(text="en-GB"))
    _add_styles(book)
    book.spreadsheet.addElement(_about(report))
    for table in report.tables:
        book.spreadsheet.addElement(_sheet(table, report.warning if table.small else ""))
    file = BytesIO()
    book.write(file)
    return file.getvalue()


def _add_styles(book: OpenDocument) -> None:
    for places in range(MOST_PLACES + 1):
        _add_number_styles(book, places)
    for name, weight, align in (
        ("title", "bold", "start"),
        ("row", "bold", "start"),
        ("column", "bold", "end"),
    ):
        style = Style(name=name, family="table-cell")
        size = "14pt" if name == "title" else "11pt"
        style.addElement(TextProperties(fontweight=weight, fontsize=size, fontfamily="Arial"))
        style.addElement(ParagraphProperties(textalign=align))
        book.automaticstyles.addElement(style)
    for name, width in (("wide", "7cm"), ("narrow", "4cm")):
        style = Style(name=name, family="table-column")
        style.addElement(TableColumnProperties(columnwidth=width))
        book.automaticstyles.addElement(style)


def _add_number_styles(book: OpenDocument, places: int) -> None:
    """How counts, shares and money with so many decimals look."""
    plain = numbers.NumberStyle(name=f"number-{places}")
    percent = numbers.PercentageStyle(name=f"percent-{places}")
    pounds = numbers.CurrencyStyle(name=f"money-{places}")
    pounds.addElement(numbers.CurrencySymbol(text="£"))
    for style in (plain, percent, pounds):
        style.addElement(numbers.Number(decimalplaces=places, minintegerdigits=1, grouping="true"))
    percent.addElement(numbers.Text(text="%"))
    for name, data in (("cases", plain), ("share", percent), ("pounds", pounds)):
        book.automaticstyles.addElement(data)
        style = Style(name=f"{name}-{places}", family="table-cell", datastylename=data)
        style.addElement(TextProperties(fontsize="11pt", fontfamily="Arial"))
        style.addElement(ParagraphProperties(textalign="end"))
        book.automaticstyles.addElement(style)


def _about(report: Report) -> Sheet:
    """The first sheet: what is true of all the others, in words."""
    sheet = Sheet(name=ABOUT)
    sheet.addElement(_line(report.title, "title"))
    lines = [*report.subtitle, report.warning]
    for section in report.sections:
        lines += [section.title, *section.paragraphs]
        lines += [*section.comment.splitlines(), *section.notes]
    for line in filter(None, lines):
        sheet.addElement(_line(line))
    return sheet


def _sheet(table: Table, warning: str) -> Sheet:
    sheet = Sheet(name=table.name)
    sheet.addElement(TableColumn(stylename="wide"))
    sheet.addElement(TableColumn(stylename="narrow", numbercolumnsrepeated=len(table.columns)))
    sheet.addElement(_line(table.title, "title"))
    for line in filter(None, (table.about, warning)):
        sheet.addElement(_line(line))
    header, head = TableHeaderRows(), TableRow()
    head.addElement(_text(table.corner, "row"))
    for column in table.columns:
        head.addElement(_text(column, "column"))
    header.addElement(head)
    sheet.addElement(header)
    for label, cells in table.lines:
        row = TableRow()
        row.addElement(_text(label, "row"))
        for cell in cells:
            row.addElement(_number(cell))
        sheet.addElement(row)
    return sheet


def _line(text: str, style: str | None = None) -> TableRow:
    row = TableRow()
    row.addElement(_text(text, style))
    return row


def _text(text: str, style: str | None = None) -> TableCell:
    cell = TableCell(valuetype="string", **({"stylename": style} if style else {}))
    cell.addElement(P(text=text))
    return cell


def _number(cell: Cell) -> TableCell:
    """A real number; percentages as spreadsheets keep them, 35% as 0.35."""
    if cell.value is None:
        made = TableCell(valuetype="string", stylename="column")
    elif cell.unit.endswith("percent"):
        style = f"share-{_places(cell)}"
        made = TableCell(valuetype="percentage", value=cell.value / 100, stylename=style)
    elif cell.unit == "pounds":
        style = f"pounds-{_places(cell)}"
        made = TableCell(valuetype="currency", currency="GBP", value=cell.value, stylename=style)
    else:
        style = f"cases-{_places(cell)}"
        made = TableCell(valuetype="float", value=cell.value, stylename=style)
    made.addElement(P(text=cell.text))
    return made


def _places(cell: Cell) -> int:
    """How many decimals are printed."""
    exponent = cell.value.as_tuple().exponent if isinstance(cell.value, Decimal) else 0
    return min(max(0, -exponent), MOST_PLACES)
