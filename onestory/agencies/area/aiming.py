"""What a partnership aims for, and which figures its managers see first."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from onestory.agencies.area.vocabulary import Codes, Term, Vocabulary


class Target(Term):
    """What a measure should come to, from a day on. The measure names it by its code."""

    value: Annotated[Decimal, Field(ge=0, strict=False)]
    from_: date = Field(alias="from")


class Dashboard(Term):
    """The figures of some teams, by the codes of measures; without teams, of all others."""

    teams: Codes = ()
    measures: Annotated[Codes, Field(min_length=1)]


AIMING_VOCABULARIES: dict[str, type[Term]] = {"targets": Target, "dashboards": Dashboard}


@dataclass(frozen=True, kw_only=True)
class PartOfPackAiming:
    """What a pack has of these."""

    targets: Vocabulary[Target]
    dashboards: Vocabulary[Dashboard]

    def target(self, code: str | None, on: date) -> Target | None:
        """What is aimed for on a day, if anything was agreed by then and has not ended."""
        if code is None or code not in self.targets:
            return None
        found = self.targets[code]
        over = found.ended is not None and found.ended <= on
        return None if over or on < found.from_ else found

    def dashboard(self, team: str) -> Dashboard | None:
        """The figures of a team: its own, or those of all that have none of their own."""
        named = [one for one in self.dashboards if team in one.teams]
        others = [one for one in self.dashboards if not one.teams]
        return next(iter([*named, *others]), None)
