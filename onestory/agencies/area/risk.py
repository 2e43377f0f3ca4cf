"""What an area says of danger: levels and who decides them, safety plans, what changes the danger."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from onestory.agencies.area.vocabulary import Code, Entry, Term, Text, Vocabulary

QuestionCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")]


class RiskLevel(Term):
    """How great the danger is, the least first. `means`: what follows from it, told beforehand."""

    means: Text


class RiskForm(Term):
    """A checklist, by the code of its instrument, or a form that others send results of.

    `before`: what is said before it is begun. `outside`: it is not asked here. `from_age`: younger
    people are not asked by it, but by `instead`.
    """

    before: Text = ""
    outside: bool = False
    from_age: int | None = Field(default=None, gt=0, le=100)
    instead: Code | None = None

    @model_validator(mode="after")
    def _whole(self):
        if (self.from_age is None) != (self.instead is None):
            raise ValueError("'from_age' and 'instead' belong together")
        if not self.outside and not self.before:
            raise ValueError("say what is told before it is begun: 'before'")
        return self


class RiskBand(Entry):
    """From so many yes up to so many."""

    level: Code
    from_: int = Field(alias="from", ge=0)
    to: int


class RiskThreshold(Term):
    """Which level so many yes mean: of one version of one form, from one day until another.

    `fewest`: with fewer answers than this, only the highest level is said; for the others too little
    is known.
    """

    instrument: Code
    version: int = Field(gt=0)
    fewest: int = Field(default=1, gt=0)
    bands: Annotated[tuple[RiskBand, ...], Field(min_length=1, strict=False)]
    from_: date = Field(alias="from")
    until: date | None = None

    @model_validator(mode="after")
    def _in_order(self):
        spans = [number for band in self.bands for number in (band.from_, band.to)]
        if spans != sorted(spans) or len({*spans[1:-1]}) < len(spans[1:-1]):
            raise ValueError("the bands must go from the least to the most, none twice")
        if self.until and self.until < self.from_:
            raise ValueError(f"'until' ({self.until}) is before 'from' ({self.from_})")
        return self


class PlanSuggestion(Term):
    """A step of a safety plan, in its name, suggested where one of these was answered with yes."""

    heading: Code
    questions: Annotated[tuple[QuestionCode, ...], Field(strict=False)] = ()


class SafetyPlans(Entry):
    """When a safety plan is looked at again, at the latest."""

    review_days: int = Field(default=28, gt=0, le=366)
    source: str = ""
    verified: bool = False


RISK_VOCABULARIES: dict[str, type[Term]] = {
    "risk_levels": RiskLevel,
    "risk_forms": RiskForm,
    "risk_thresholds": RiskThreshold,
    "risk_changes": Term,
    "plan_headings": Term,
    "plan_suggestions": PlanSuggestion,
}


@dataclass(frozen=True, kw_only=True)
class PartOfPackRisk:
    """What a pack has of these."""

    safety_plans: SafetyPlans
    risk_levels: Vocabulary[RiskLevel]
    risk_forms: Vocabulary[RiskForm]
    risk_thresholds: Vocabulary[RiskThreshold]
    risk_changes: Vocabulary[Term]
    plan_headings: Vocabulary[Term]
    plan_suggestions: Vocabulary[PlanSuggestion]
