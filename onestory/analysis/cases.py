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
COUNTED = {("risk", "percent"): "done", ("sexual", "percent"): "cases"}
ALIASES = {"share": "area", "mean": "total"}
TABLES = ("total", "month", "area", "group", "category", "risk", "sexual")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case, in codes, without anything that says whose it is; or several cases alike.

    Where they are alike only in what some tables ask, `tables` names those.
    """

    opened: date
    category: str = ""
    area: str = ""
    group: str = ""
    abuse: frozenset[str] = frozenset()
    risk_assessment: str | None = None
    cases: int = 1
    tables: tuple[str, ...] = TABLES


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

    `areas`, `groups`, `categories` and `abuses` go from code to printed label, in printed order;
    `assessments` from code to form; `published` from the key of a cell to the figure that
    `published_in` printed for it.
    """

    title: str
    team: str
    areas: Mapping[str, str]
    groups: Mapping[str, str]
    categories: Mapping[str, str]
    abuses: Mapping[str, str]
    sexual_abuse: str
    assessments: Mapping[str, Assessment]
    source: str = "the team's own case list"
    introduction: tuple[str, ...] = ()
    published: Mapping[str, float] = field(default_factory=dict)
    published_in: str = "the earlier report"

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


def _row(code: str | None, known: Mapping[str, str]) -> str:
    """The row that counts a code, so that no case falls out of a table."""
    if not code:
        return NOT_RECORDED
    return code if code in known else OTHER


CODES: Mapping[str, Callable[[CaseRow, ReportSettings], tuple[str, ...]]] = {
    "total": lambda row, settings: (ALL,),
    "month": lambda row, settings: (MONTH_CODES[row.opened.month],),
    "area": lambda row, settings: (_row(row.area, settings.areas),),
    "group": lambda row, settings: (_row(row.group, settings.groups),),
    "category": lambda row, settings: (_row(row.category, settings.categories),),
    "risk": lambda row, settings: ASSESSED if settings.is_assessed(row) else NOT_ASSESSED,
    "sexual": lambda row, settings: SEXUAL if settings.sexual_abuse in row.abuse else (),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """The cases behind a cell: those of one row of a table, opened between two days.

    Its key goes into addresses and into an area's list of published figures, so it is readable:
    `category.casework.2015-04-01.2016-03-31`.
    """

    table: str
    code: str
    start: date
    end: date

    @property
    def key(self) -> str:
        return f"{self.table}.{self.code}.{self.start}.{self.end}"

    @property
    def who(self) -> str:
        """Whom it counts: the same wherever the same cases are counted, in whatever table."""
        table = ALIASES.get(self.table, self.table)
        # The cases of one month are all cases of its days; a share is made of those it is a share of.
        everything = self.code == ALL or table == "month"
        code = COUNTED.get((table, self.code), self.code)
        return f"{ALL if everything else f'{table}.{code}'}.{self.start}.{self.end}"

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
