"""The tables of a report as one long CSV: a line for each figure, for machines to read."""

import csv
from io import StringIO

from onestory.analysis.report import Report

HEADER = ("table", "row", "column", "value")


def render(report: Report) -> bytes:
    """`table,row,column,value`, in the order of the report; cells without a figure are left out."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEADER)
    for table in report.tables:
        for row, cells in table.lines:
            for column, cell in zip(table.columns, cells, strict=True):
                if cell.value is not None:
                    writer.writerow((table.name, row, column, cell.value))
    return file.getvalue().encode()
