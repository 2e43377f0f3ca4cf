"""Reads a team's own case list: a file goes in, rows ready to import and every fault come out.

Nothing here knows the database. What the columns and words of a list may be comes from the area
pack.
"""

from onestory.cases.case_list.cells import Understood
from onestory.cases.case_list.check import CaseList, CheckedRow, read_case_list
from onestory.cases.case_list.faults import Fault, Faults, Kind
from onestory.cases.case_list.reader import LARGEST_FILE

__all__ = [
    "LARGEST_FILE",
    "CaseList",
    "CheckedRow",
    "Fault",
    "Faults",
    "Kind",
    "Understood",
    "read_case_list",
]
