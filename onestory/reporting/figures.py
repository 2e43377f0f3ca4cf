"""A figure of a yearly report: what it is called, and how its cases are found in the database.

`analysis` says which cases a figure counts; the conditions here say the same to PostgreSQL, and
the tests hold the two against each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Self

from django.db.models import Q

from onestory.analysis.cases import (
    ALIASES,
    ALL,
    NOT_RECORDED,
    OTHER,
    ReportSettings,
    Selection,
)
from onestory.analysis.periods import ONE_DAY, in_words
from onestory.analysis.tally import MONTHS, REST
from onestory.kernel.calendar import FinancialYear

RISK = {
    "done": "Risk assessment completed",
    "percent": "Risk assessment completed",
    "missing": "Risk assessment not completed",
}
LONGEST_MONTH = 31
SEXUAL = dict.fromkeys(("cases", "percent"), "Sexual abuse cases")


@dataclass(frozen=True)
class Figure:
    """One figure, by the selection of cases that makes it up."""

    selection: Selection
    settings: ReportSettings

    @classmethod
    def of(cls, key: str, settings: ReportSettings) -> Self:
        """Read the key of a cell; ValueError if no cell of the report could have it."""
        selection = Selection.parse(key)
        figure = cls(selection, settings)
        known = selection.code in {ALL, *figure._labels}
        if selection.key != key or not known or selection.end < selection.start:
            raise ValueError(f"{key!r} is not the key of a cell.")
        return figure

    @property
    def table(self) -> str:
        """The table that counts it: a share counts the cases of its area."""
        return ALIASES.get(self.selection.table, self.selection.table)

    @property
    def label(self) -> str:
        """What is counted, as its row is called. Of a month, its period says it."""
        if self.selection.code == ALL or (self.table == "month" and self._is_a_month):
            return "All cases"
        return self._labels[self.selection.code]

    @property
    def period(self) -> str:
        """When it was opened: '2015/16', 'June 2016', or from which day to which."""
        start, end = self.selection.start, self.selection.end
        year = FinancialYear.of(start)
        if (start, end) == (year.start, year.end):
            return year.label
        return f"{start:%B %Y}" if self._is_a_month else f"{in_words(start)} to {in_words(end)}"

    @property
    def _is_a_month(self) -> bool:
        start, end = self.selection.start, self.selection.end
        past = end + ONE_DAY
        return start.day == past.day == 1 and (past - start).days <= LONGEST_MONTH

    @property
    def condition(self) -> Q:
        """Which of the cases opened in its time it counts."""
        if self.selection.code == ALL:
            return Q()
        return CONDITIONS[self.table](self.selection.code, self.settings)

    @property
    def _labels(self) -> Mapping[str, str]:
        known = {
            "month": MONTHS,
            "area": {**self.settings.areas, **REST},
            "group": {**self.settings.groups, **REST},
            "category": {**self.settings.categories, **REST},
            "risk": RISK,
            "sexual": SEXUAL,
        }
        return known.get(self.table, {})


def _coded(column: str, code: str, known: Mapping[str, str]) -> Q:
    if code == NOT_RECORDED:
        return Q(**{column: ""})
    if code == OTHER:
        return ~Q(**{column: ""}) & ~Q(**{f"{column}__in": list(known)})
    return Q(**{column: code})


def _assessed(settings: ReportSettings) -> Q:
    """A form counts for the kinds of abuse it names; a usual one for those that none names."""
    forms = settings.assessments
    named = [kind for form in forms.values() for kind in form.abuse]
    of_a_kind_not_named = Q(abuse=[]) | ~Q(abuse__contained_by=named)
    usual = {code for code, form in forms.items() if not form.abuse} or set(forms)
    counted = (
        Q(risk_assessment=code)
        & (
            (Q(abuse__overlap=list(form.abuse)) if form.abuse else Q(pk__in=[]))
            | (of_a_kind_not_named if code in usual else Q(pk__in=[]))
        )
        for code, form in forms.items()
    )
    return reduce(or_, counted, Q(pk__in=[]))


def _risk(code: str, settings: ReportSettings) -> Q:
    return ~_assessed(settings) if code == "missing" else _assessed(settings)


CONDITIONS: Mapping[str, Callable[[str, ReportSettings], Q]] = {
    "month": lambda code, settings: Q(opened_on__month=int(code)),
    "area": lambda code, settings: _coded("area", code, settings.areas),
    "group": lambda code, settings: _coded("group", code, settings.groups),
    "category": lambda code, settings: _coded("category", code, settings.categories),
    "risk": _risk,
    "sexual": lambda code, settings: Q(abuse__contains=[settings.sexual_abuse]),
}
