"""A case as the figures see it, what an area says of its report, and which cases a cell counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Self

ALL = "_all"
OTHER = "_other"
NOT_RECORDED = "_none"
MONTH_CODES = [f"{number:02}" for number in range(13)]
ASSESSED, NOT_ASSESSED = ("done", "percent"), ("missing",)
SEXUAL = ("cases", "percent")
ALIASES = {"share": "area", "mean": "total"}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case, in codes, without anything that says whose it is."""

    opened: date
    category: str
    area: str
    group: str
    abuse: frozenset[str] = frozenset()
    risk_assessment: str | None = None


@dataclass(frozen=True)
class Breakdown:
    """The printed rows of a table, in order, each with the codes counted in it.

    A code on no row counts under `other`, none at all under `missing`; both rows are printed only
    when there is something in them, so that no case falls out of a table.
    """

    rows: Mapping[str, tuple[str, ...]]
    other: str = "Other"
    missing: str = "Not recorded"

    def row(self, code: str | None) -> str:
        """The name, in the key of a cell, of the row that counts `code`."""
        return self._row_of.get(code, OTHER) if code else NOT_RECORDED

    def key(self, label: str) -> str:
        """The name, in the key of a cell, of the row printed as `label`."""
        return self.rows[label][0]

    @cached_property
    def labels(self) -> dict[str, str]:
        """The printed label of each row, by its name in the key of a cell."""
        return {codes[0]: label for label, codes in self.rows.items()}

    @cached_property
    def _row_of(self) -> dict[str, str]:
        return {code: codes[0] for codes in self.rows.values() for code in codes}


@dataclass(frozen=True)
class Assessment:
    """A form that assesses risk, and the kinds of abuse for which it counts.

    Without any it is a usual form: it counts for whatever kind no other form names.
    """

    label: str
    abuse: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReportSettings:
    """What is particular to an area: its words, their order, and what its earlier report printed.

    `abuses` goes from code to label, `assessments` from code to form. `published` goes from the key
    of a cell to the figure that `published_in` printed for it; `remarks` from the first day of a
    month to what the team said of that month.
    """

    title: str
    team: str
    area: Breakdown
    group: Breakdown
    category: Breakdown
    abuses: Mapping[str, str]
    sexual_abuse: str
    assessments: Mapping[str, Assessment]
    service: str = ""
    source: str = "the team's own case list"
    introduction: tuple[str, ...] = ()
    published: Mapping[str, float] = field(default_factory=dict)
    published_in: str = "the earlier report"
    remarks: Mapping[date, str] = field(default_factory=dict)

    def is_assessed(self, row: CaseRow) -> bool:
        """Whether the case has a form that counts for one of its kinds of abuse."""
        if row.risk_assessment not in self.assessments:
            return False
        return any(
            row.risk_assessment in self._forms.get(kind, self._usual)
            for kind in row.abuse or (None,)
        )

    @cached_property
    def _forms(self) -> dict[str, set[str]]:
        forms: dict[str, set[str]] = {}
        for code, form in self.assessments.items():
            for kind in form.abuse:
                forms.setdefault(kind, set()).add(code)
        return forms

    @cached_property
    def _usual(self) -> set[str]:
        usual = {code for code, form in self.assessments.items() if not form.abuse}
        return usual or set(self.assessments)


def codes(table: str, row: CaseRow, settings: ReportSettings) -> tuple[str, ...]:
    """The rows of `table` in which a case is counted. Tables and the cases behind them both ask."""
    return CODES[table](row, settings)


CODES: Mapping[str, Callable[[CaseRow, ReportSettings], tuple[str, ...]]] = {
    "total": lambda row, settings: (ALL,),
    "month": lambda row, settings: (MONTH_CODES[row.opened.month],),
    "area": lambda row, settings: (settings.area.row(row.area),),
    "group": lambda row, settings: (settings.group.row(row.group),),
    "category": lambda row, settings: (settings.category.row(row.category),),
    "risk": lambda row, settings: ASSESSED if settings.is_assessed(row) else NOT_ASSESSED,
    "sexual": lambda row, settings: SEXUAL if settings.sexual_abuse in row.abuse else (),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """The cases behind a cell: those of one row of a table, opened between two days.

    Its key goes into addresses and into an area's list of published figures, so it is readable:
    `area.grays.2015-04-01.2016-03-31`.
    """

    table: str
    code: str
    start: date
    end: date

    @property
    def key(self) -> str:
        return f"{self.table}.{self.code}.{self.start}.{self.end}"

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read a key back; ValueError for anything else."""
        table, _, rest = key.partition(".")
        code, *days = rest.rsplit(".", 2)
        if ALIASES.get(table, table) not in CODES or not code or len(days) != 2:
            raise ValueError(f"{key!r} is not the key of a cell.")
        return cls(table, code, *map(date.fromisoformat, days))

    def holds(self, row: CaseRow, settings: ReportSettings) -> bool:
        """Whether the cell counts this case."""
        return self.start <= row.opened <= self.end and (
            self.code == ALL
            or self.code in codes(ALIASES.get(self.table, self.table), row, settings)
        )
