"""Case lists of a made-up area, written the ways that people write them."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

from onestory.agencies.area import CaseList, Column, Term, Vocabulary
from onestory.cases import case_list

DATA = Path(__file__).parent / "data" / "case_lists"
TODAY = date(2018, 4, 1)
HEADER = ["ref", "opened", "category", "area", "survivor", "abuse", "form", "sent by", "closed"]
ROW = ["A/1", "07/04/2015", "Hub", "Hill", "Women", "Stalking", "DASH", "Police", "11/06/2015"]


def _vocabulary(**terms: list[str]) -> Vocabulary:
    return Vocabulary(
        Term(code=code.replace("_", "-"), name=name, variants=variants)
        for code, (name, *variants) in terms.items()
    )


class Area:
    """As much of an area pack as a case list needs."""

    case_list = CaseList(
        default_team="housing",
        encodings=["utf-8-sig", "cp1252"],
        delimiters=[",", ";"],
        date_formats=["dd/mm/yyyy", "dd/mm/yy", "yyyy-mm-dd"],
        columns=[
            Column(name="ref", field="ref", kind="text", required=True, aliases=["Reference"]),
            Column(name="opened", field="opened", kind="date", required=True),
            Column(
                name="category",
                field="category",
                kind="term",
                required=True,
                vocabulary="categories",
            ),
            Column(
                name="area",
                field="locality",
                kind="term",
                required=True,
                vocabulary="localities",
                aliases=["Where"],
            ),
            Column(name="survivor", field="group", kind="term", vocabulary="groups"),
            Column(name="abuse", field="abuse", kind="terms", required=True, vocabulary="abuse"),
            Column(name="form", field="risk_assessment", kind="term", vocabulary="forms"),
            Column(name="sent by", field="source", kind="term", vocabulary="sources"),
            Column(name="closed", field="closed", kind="date"),
        ],
    )
    vocabularies = {
        "categories": _vocabulary(hub=["Hub", "The hub"], panel=["Panel"], safe_home=["Safe home"]),
        "localities": _vocabulary(
            hill=["Hill"], quay=["Quay/Harbour", "Quay"], chateau=["Château"], away=["Elsewhere"]
        ),
        "groups": _vocabulary(women=["Women", "Female"], men=["Men"]),
        "abuse": _vocabulary(
            domestic=["Domestic abuse", "DA"], stalking=["Stalking"], honour=["Honour based"]
        ),
        "forms": _vocabulary(dash=["DASH"], other_form=["Another form"]),
        "sources": _vocabulary(police=["Police"], gp=["GP"], self=["Self"]),
    }

    def vocabulary(self, name: str) -> Vocabulary:
        return self.vocabularies[name]


AREA = Area()


def read(content: bytes | Path, **options) -> case_list.CaseList:
    """What the reader makes of a file, on the day of these tests."""
    return case_list.read_case_list(content, pack=AREA, today=TODAY, **options)


def row(**changes: str) -> list[str]:
    """A row without fault, but for these changes."""
    return [
        changes.get(name.replace(" ", "_"), cell) for name, cell in zip(HEADER, ROW, strict=True)
    ]


def as_csv(rows, *, encoding: str = "utf-8", delimiter: str = ",", end: str = "\r\n") -> bytes:
    """A text file of these rows."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows, *, sheets=(), **of_sheet) -> bytes:
    """A workbook of these rows, with more sheets of their own after it."""
    book = Workbook()
    for number, (title, content) in enumerate([("Cases", rows), *sheets]):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = title
        for cells in content:
            sheet.append(cells)
        if number == 0:
            for name, value in of_sheet.items():
                setattr(sheet, name, value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def in_excel(cells: list[str]) -> list:
    """A row as Excel keeps it: dates as dates, nothing for empty."""
    return [_as_date(cell) or cell or None for cell in cells]


def _as_date(cell: str) -> datetime | None:
    try:
        return datetime.strptime(cell, "%d/%m/%Y")
    except ValueError:
        return None


def told(read: case_list.CaseList) -> list[tuple]:
    """Its faults, short: row, column, value and kind."""
    return [(f.row, f.column, f.value, f.kind) for f in read.faults]
