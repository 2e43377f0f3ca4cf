"""What a count means, and what a judgement may say of it.

Bands belong to one version of one form, from one day until another. A form without bands of its own
is judged by the worker; no other form's bands are ever put to it.
"""

from dataclasses import dataclass
from datetime import date

from onestory.agencies.area.risk import RiskThreshold
from onestory.agencies.area.schema import Pack
from onestory.assessment.rules.scores import Counted

LOWER = "A judgement may raise the level, never lower it. By the count it is at least {level}."
WHY_HIGHER = "Say why you judge it higher than the count."
WHY = "Say why you judge it so: this form has no level by count."
TOO_LITTLE = "Say why you judge it so: too little is known for a level by count."


@dataclass(frozen=True)
class Computed:
    """The level by a rule of the area; both empty where no rule says one."""

    level: str = ""
    threshold: str = ""


def threshold(pack: Pack, instrument: str, version: int, on: date) -> RiskThreshold | None:
    """The rule of this very form that was in force that day."""
    for rule in pack.risk_thresholds:
        of_form = (rule.instrument, rule.version) == (instrument, version)
        if of_form and rule.from_ <= on and (rule.until is None or on <= rule.until):
            return rule
    return None


def computed(rule: RiskThreshold | None, yes: int, answered: int) -> Computed:
    """What so many yes mean. More can only raise it, so the highest level needs no more answers."""
    band = rule and next((band for band in rule.bands if band.from_ <= yes <= band.to), None)
    if not band or (answered < rule.fewest and band != rule.bands[-1]):
        return Computed()
    return Computed(band.level, rule.code)


def of_count(pack: Pack, instrument: str, version: int, on: date, count: Counted) -> Computed:
    """The level of a checklist that was asked here."""
    rule = threshold(pack, instrument, version, on)
    return computed(rule, count.yes, count.yes + count.no + count.unknown)


def fault(pack: Pack, by_count: Computed, level: str, reason: str, *, has_rule: bool) -> str:
    """What is wrong with a judgement, in words; nothing if it may stand."""
    if level not in pack.risk_levels:
        return "Choose the level as you judge it."
    ranks = [term.code for term in pack.risk_levels]
    if by_count.level:
        above = ranks.index(level) - ranks.index(by_count.level)
        if above < 0:
            name = pack.risk_levels.name(by_count.level).lower()
            return LOWER.format(level=name)
        return WHY_HIGHER if above and not reason.strip() else ""
    if reason.strip():
        return ""
    return TOO_LITTLE if has_rule else WHY


def is_too_young(pack: Pack, instrument: str, years: int | None) -> str:
    """The form that somebody of this age is asked instead, if this one is not for them."""
    form = pack.risk_forms.get(instrument)
    if years is None or form is None or form.from_age is None or years >= form.from_age:
        return ""
    return form.instead
