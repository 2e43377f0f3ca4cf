"""Case lists of the housing safeguarding team, for tests of what becomes of them."""

import csv
import io
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from onestory.agencies.pack import pack
from onestory.cases.case_list import CaseList, read_case_list

REAL_LIST = Path(__file__).parents[1] / "synthetic" / "data" / "housing-safeguarding-cases.csv"
TODAY = date(2020, 4, 1)
HEADER = [
    "ref",
    "opened",
    "category",
    "area",
    "survivor",
    "abuse",
    "risk_assessment",
    "referred_by",
    "closed",
]
ROW = dict(
    zip(
        HEADER,
        ["1", "07/04/2015", "MARAC", "Tilbury", "Female", "Domestic abuse", "DASH", "Police", ""],
        strict=True,
    )
)


def row(ref: str = "1", **changes: str) -> dict[str, str]:
    """A row without fault, but for these changes."""
    return {**ROW, "ref": ref, **changes}


def text(*rows: dict[str, str], delimiter: str = ",", columns: list[str] = HEADER) -> str:
    """The rows as the text of a CSV file."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def content(*rows: dict[str, str], columns: list[str] = HEADER) -> bytes:
    """The rows as a CSV file."""
    return text(*rows, columns=columns).encode()


def workbook(*rows: dict[str, str]) -> bytes:
    """The rows as an Excel workbook."""
    book = Workbook()
    book.active.append(HEADER)
    for line in rows:
        book.active.append([line[name] for name in HEADER])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(source: bytes | Path) -> CaseList:
    """The list as it is understood on the day of these tests."""
    return read_case_list(source, pack=pack(), today=TODAY, filename="list.csv")
