"""Reports compiled from measures and from figures entered by hand.

A `Definition` says what a report is made of, `faults` what is wrong with one; `count` gives what a
snapshot says of it, `report` the whole with what was entered, and `worded` writes its sentences.
"""

from onestory.analysis.compiled.counting import Counted, count
from onestory.analysis.compiled.definition import Chapter, Definition, Part, faults
from onestory.analysis.compiled.entering import SOURCE, EntryTable
from onestory.analysis.compiled.making import headings, report, worded

__all__ = [
    "SOURCE",
    "Chapter",
    "Counted",
    "Definition",
    "EntryTable",
    "Part",
    "count",
    "faults",
    "headings",
    "report",
    "worded",
]
