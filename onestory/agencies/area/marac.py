"""What an area has agreed on its MARAC: who sits there, how often, by which rules from which day."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from onestory.agencies.area.vocabulary import Code, Entry, Term, Text, Vocabulary


class MaracRule(Entry):
    """How the meeting works from a day on (until the last day in force).

    `coordinators` is the team to which referrals come; `youngest` the age from which somebody is a
    survivor here, and not a child for whom others act. Escalation is so many events in so many
    months. A repeat is any abuse between the same two within `repeat_months` of the last referral;
    `repeat_version` is what a case keeps of that rule, and `repeat_words` say it. `basis` is what sharing rests on;
    what was opened to an agency lapses after `lapse_days`, if no review has closed it before. The
    MARAC that receives a transfer answers with its receipt within `receipt_working_days`.
    """

    code: Code
    from_: date = Field(alias="from")
    until: date | None = None
    coordinators: Code
    every_days: int = Field(gt=0)
    youngest: int = Field(gt=0, le=18)
    minutes_available: int = Field(gt=0)
    minutes_a_case: int = Field(gt=0)
    escalation_events: int = Field(gt=0)
    escalation_months: int = Field(gt=0)
    repeat_months: int = Field(gt=0)
    repeat_version: Code
    repeat_words: Text
    research_working_days: int = Field(gt=0)
    action_days: int = Field(gt=0)
    review_days: int = Field(gt=0)
    lapse_days: int = Field(gt=0)
    receipt_working_days: int = Field(gt=0)
    basis: Code
    source: Text
    verified: bool

    @model_validator(mode="after")
    def _in_order(self):
        if self.until and self.until < self.from_:
            raise ValueError(f"'until' ({self.until}) is before 'from' ({self.from_})")
        if self.minutes_a_case > self.minutes_available:
            raise ValueError("'minutes_available' is too short for one case")
        return self

    @property
    def cases(self) -> int:
        """How many cases a meeting has time for."""
        return self.minutes_available // self.minutes_a_case


class MaracSeat(Entry):
    """A team at the table. `advocates`: it brings the wishes of the survivor, and tells them."""

    team: Code
    advocates: bool = False
    source: str = ""


class Criterion(Term):
    """On what somebody is referred. `rule`: how it is looked at; `needs_reason`: only with one.

    `transfer` is said of a case that another MARAC hands over; nobody refers on it.
    """

    rule: Literal["high", "judgement", "escalation", "repeat", "transfer"]
    needs_reason: bool = False


class MaracElsewhere(Term):
    """The MARAC of another area. `contact`: its secure address, where one is agreed."""

    contact: str = ""


class MaracOutcome(Term):
    """How a case ends. `early`: it may end so before everything agreed is done."""

    early: bool = False


MARAC_VOCABULARIES: dict[str, type[Term]] = {
    "marac_criteria": Criterion,
    "marac_outcomes": MaracOutcome,
    "marac_declines": Term,
    "marac_elsewhere": MaracElsewhere,
}


@dataclass(frozen=True, kw_only=True)
class PartOfPackMarac:
    """What a pack has of these. An area without rules has no MARAC here."""

    marac_rules: tuple[MaracRule, ...]
    marac_seats: dict[str, MaracSeat]
    marac_criteria: Vocabulary[Criterion]
    marac_outcomes: Vocabulary[MaracOutcome]
    marac_declines: Vocabulary[Term]
    marac_elsewhere: Vocabulary[MaracElsewhere]

    def marac_rule(self, on: date) -> MaracRule | None:
        """The rule in force on that day, if the area has a MARAC then."""
        for rule in self.marac_rules:
            if rule.from_ <= on and (not rule.until or on <= rule.until):
                return rule
        return None
