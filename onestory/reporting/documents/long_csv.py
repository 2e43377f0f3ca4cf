"""The tables of a report as one long CSV: a line for each figure, for machines to read."""

import csv
from io import StringIO

from onestory.analysis.report import Report

HEADER = ("table", "row", "column", "value", "made")


def render(report: Report) -> bytes:
    """`table,row,column,value,made`, in the order of the report; cells without a figure are left out.

    What is hidden for publication is there, with an asterisk in place of its figure.
    `made` says whether it is counted, modelled or entered by hand.
    """
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEADER)
    for table in report.tables:
        for row, cells in table.lines:
            for column, cell in zip(table.columns, cells, strict=True):
                if cell.suppressed or cell.value is not None:
                    figure = cell.text if cell.suppressed else cell.value
                    writer.writerow((table.name, row, column, figure, table.made))
    return file.getvalue().encode()
