"""A case as the figures see it, what an area says of its report, and which cases a cell counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

ALL = "_all"
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


@dataclass(frozen=True, kw_only=True)
class ReportSettings:
    """What is particular to an area: its words, their order, and what its earlier report printed.

    `areas`, `groups`, `categories`, `abuses` and `risk_assessments` go from code to the printed
    label, in printed order. `published` goes from the key of a cell to the figure that
    `published_in` printed for it.
    """

    title: str
    team: str
    areas: Mapping[str, str]
    groups: Mapping[str, str]
    categories: Mapping[str, str]
    abuses: Mapping[str, str]
    sexual_abuse: str
    risk_assessments: Mapping[str, str]
    usual_risk_assessments: frozenset[str]
    risk_assessments_by_abuse: Mapping[str, frozenset[str]] = field(default_factory=dict)
    source: str = "the team's own case list"
    introduction: tuple[str, ...] = ()
    published: Mapping[str, float] = field(default_factory=dict)
    published_in: str = "the earlier report"

    def is_assessed(self, row: CaseRow) -> bool:
        """Whether the case has a risk assessment that counts for one of its kinds of abuse."""
        by_abuse, usual = self.risk_assessments_by_abuse, self.usual_risk_assessments
        if not row.abuse:
            return row.risk_assessment in usual
        return any(row.risk_assessment in by_abuse.get(kind, usual) for kind in row.abuse)


def codes(table: str, row: CaseRow, settings: ReportSettings) -> tuple[str, ...]:
    """The rows of `table` in which a case is counted. Tables and the cases behind them both ask."""
    return CODES[table](row, settings)


CODES: Mapping[str, Callable[[CaseRow, ReportSettings], tuple[str, ...]]] = {
    "total": lambda row, settings: (ALL,),
    "month": lambda row, settings: (MONTH_CODES[row.opened.month],),
    "area": lambda row, settings: (row.area or NOT_RECORDED,),
    "group": lambda row, settings: (row.group or NOT_RECORDED,),
    "category": lambda row, settings: (row.category or NOT_RECORDED,),
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
