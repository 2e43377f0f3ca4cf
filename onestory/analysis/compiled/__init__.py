"""Reports compiled from measures and from figures entered by hand.

A `Definition` says what a report is made of, `faults` what is wrong with one; `count` gives what a
snapshot says of it, `report` the whole with what was entered, and `worded` writes its sentences.
`to_plain` and `from_plain` keep what was counted.
"""

from onestory.analysis.compiled.counting import Counted, count
from onestory.analysis.compiled.definition import Chapter, Definition, Part, faults
from onestory.analysis.compiled.entering import SOURCE, EntryTable
from onestory.analysis.compiled.keeping import from_plain, to_plain
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
    "from_plain",
    "headings",
    "report",
    "to_plain",
    "worded",
]
