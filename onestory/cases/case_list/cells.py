"""Understands one cell: text, a date, a word of a vocabulary or several of them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from onestory.agencies.area import Column, Vocabulary
from onestory.agencies.area.vocabulary import plain, spellings
from onestory.cases.case_list.columns import did_you_mean, is_required, one_of
from onestory.cases.case_list.faults import Kind, Problem, shown
from onestory.cases.case_list.raw import Cell, filled

LONGEST = 100
EARLIEST = date(1990, 1, 1)  # Before any list kept on a computer: a slip, or a day of birth.

_NOTHING_VISIBLE = dict.fromkeys(map(ord, "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}"))
_FORMULA_SIGNS = tuple("=+-@＝＋－＠")
_SPREADSHEET_ERRORS = frozenset(
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"]
)
_IN_WORDS = ("%d %B %Y", "%d %b %Y")  # Never ambiguous, so no area has to say so.
_LIKE_A_DATE = re.compile(r"\d{1,4}[-/. ](\d{1,2}|[a-z]+)[-/. ]\d{1,4}")
_TIME_OF_DAY = re.compile(r"[ t]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?$")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")


class Reading(NamedTuple):
    """What a cell means, and what is wrong with it."""

    value: Any
    problems: tuple[Problem, ...] = ()


class Understood(NamedTuple):
    """How one spelling was read. `changed` says that it differs from the name of the term."""

    column: str
    found: str
    name: str
    code: str
    rows: int

    @property
    def changed(self) -> bool:
        return self.found != self.name


class Cells:
    """The cells of one column. Each spelling is worked out once: lists repeat themselves."""

    empty: Any = ""

    def __init__(self, column: Column):
        self.column = column
        self._readings: dict[Cell, Reading] = {}

    def read(self, cell: Cell) -> Reading:
        """What this cell means."""
        reading = self._readings.get(cell)
        if reading is None:
            reading = self._readings[cell] = self._read(cell)
        return reading

    def understood(self, header: str) -> Iterator[Understood]:
        """How each spelling was read, for those kinds where spellings vary."""
        return iter(())

    def _read(self, cell: Cell) -> Reading:
        if filled(cell):
            return self._understand(cell)
        if is_required(self.column):
            return Reading(self.empty, (Problem(Kind.MISSING, self._something()),))
        return Reading(self.empty)

    def _understand(self, cell: Cell) -> Reading:
        raise NotImplementedError

    def _something(self) -> str:
        return "something here in every row"


class Texts(Cells):
    """Words as they stand, less odd blanks. What a spreadsheet would take for a formula is refused:
    one day this goes out again, in a file that somebody opens."""

    def read(self, cell: Cell) -> Reading:
        return self._read(cell)  # Each is different: there is nothing to remember.

    def _understand(self, cell: Cell) -> Reading:
        if not isinstance(cell, str):
            return _wrong("", Kind.NOT_TEXT, "text, but the spreadsheet has made a date of it")
        text = unicodedata.normalize("NFC", " ".join(cell.translate(_NOTHING_VISIBLE).split()))
        if len(text) > LONGEST:
            return _wrong(
                "", Kind.TOO_LONG, f"up to {LONGEST} characters, but there are {len(text):,}"
            )
        if not text.isprintable():
            return _wrong("", Kind.CHARACTER, "letters, figures and signs only")
        if text in _SPREADSHEET_ERRORS:
            return _wrong("", Kind.NOT_TEXT, "text, but the formula in this cell fails")
        if text.startswith(_FORMULA_SIGNS):
            return _wrong("", Kind.FORMULA, "text that does not begin with = + - or @")
        return Reading(text)


class Dates(Cells):
    """A day, however it is written; not in the future, and not before such lists were kept."""

    empty = None

    def __init__(self, column: Column, formats: Sequence[str], epoch: date | None, today: date):
        super().__init__(column)
        self._formats, self._epoch, self._today = (*formats, *_IN_WORDS), epoch, today
        self._such_as = f"such as {date(2016, 3, 31).strftime(formats[0])}"

    def _something(self) -> str:
        return f"a date in every row, {self._such_as}"

    def _understand(self, cell: Cell) -> Reading:
        day = self._parse(cell) if isinstance(cell, str) else cell
        if day is None:
            text = _TIME_OF_DAY.sub("", plain(cell))
            if _LIKE_A_DATE.fullmatch(text):
                expected = f"a day that is in the calendar, {self._such_as}"
                return _wrong(None, Kind.IMPOSSIBLE_DATE, expected)
            return _wrong(None, Kind.NOT_A_DATE, f"a date, {self._such_as}")
        if day > self._today:
            return _wrong(None, Kind.FUTURE, f"a date up to today, {self._today:%d/%m/%Y}")
        if day < EARLIEST:
            return _wrong(None, Kind.TOO_EARLY, f"a date from {EARLIEST:%d/%m/%Y} on")
        return Reading(day)

    def _parse(self, cell: str) -> date | None:
        text = _TIME_OF_DAY.sub("", plain(cell))
        if self._epoch and _SERIAL.fullmatch(text):
            return self._epoch + timedelta(days=int(float(text)))
        for written in self._formats:
            try:
                return datetime.strptime(text, written).date()
            except ValueError:
                continue
        return None


class Terms(Cells):
    """One word of a vocabulary, kept by its code."""

    def __init__(self, column: Column, vocabulary: Vocabulary):
        super().__init__(column)
        self._vocabulary = vocabulary
        self._spellings = {text: term.name for term in vocabulary for text in spellings(term)}
        self._names = [term.name for term in vocabulary]
        self._rows: Counter[Cell] = Counter()

    def read(self, cell: Cell) -> Reading:
        self._rows[cell] += 1
        return super().read(cell)

    def understood(self, header: str) -> Iterator[Understood]:
        rows: Counter[str] = Counter()
        for cell, number in self._rows.items():
            for part in self._parts(cell):
                rows[part] += number
        for found, number in rows.most_common():
            term = self._vocabulary.find(found)
            if term:
                yield Understood(header, found, term.name, term.code, number)

    def _parts(self, cell: Cell) -> list[str]:
        return [cell] if isinstance(cell, str) and filled(cell) else []

    def _something(self) -> str:
        return one_of(self._names)

    def _understand(self, cell: Cell) -> Reading:
        text = cell if isinstance(cell, str) else shown(cell)
        term = self._vocabulary.find(text)
        return Reading(term.code) if term else Reading("", (self._unknown(text),))

    def _unknown(self, text: str) -> Problem:
        expected = one_of(self._names) + did_you_mean(text, self._spellings)
        return Problem(Kind.UNKNOWN_TERM, expected, text)


class SeveralTerms(Terms):
    """Any number of words of a vocabulary in one cell, kept in the vocabulary's order."""

    empty = ()

    def _parts(self, cell: Cell) -> list[str]:
        text = cell if isinstance(cell, str) else shown(cell)
        parts = re.split(rf"[{re.escape(self.column.separator)}\n]", text)
        return [part.strip() for part in parts if filled(part)]

    def _understand(self, cell: Cell) -> Reading:
        parts = self._parts(cell)
        codes = {term.code for part in parts if (term := self._vocabulary.find(part))}
        unknown = [self._unknown(part) for part in parts if not self._vocabulary.find(part)]
        if not codes and not unknown and is_required(self.column):
            unknown = [Problem(Kind.MISSING, self._something())]
        return Reading(tuple(t.code for t in self._vocabulary if t.code in codes), tuple(unknown))


def _wrong(value: object, kind: Kind, expected: str) -> Reading:
    return Reading(value, (Problem(kind, expected),))
