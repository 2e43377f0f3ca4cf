"""How soon a copy or a correction is due, and how long a record is kept: by the area's dated rules."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from onestory.agencies.area.rights import Retention, RightsClock

# What the law says where the area says nothing: one month, and two more at most.
MONTHS, EXTEND_MONTHS = 1, 2
# The codes of the clocks in an area's pack.
COPY, CORRECTION = "copy", "correction"


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month if it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def copy_due(clocks: Iterable[RightsClock], received_on: date) -> date:
    """By when a copy asked for on this day is given."""
    clock = _in_force(clocks, COPY, received_on)
    return months_after(received_on, clock.months if clock else MONTHS)


def correction_due(clocks: Iterable[RightsClock], asked_on: date) -> date:
    """By when somebody is told what became of what they said is wrong."""
    clock = _in_force(clocks, CORRECTION, asked_on)
    return months_after(asked_on, clock.months if clock else MONTHS)


def latest_due(clocks: Iterable[RightsClock], received_on: date) -> date:
    """By when at the latest, if the request is hard to answer."""
    clock = _in_force(clocks, COPY, received_on)
    extension = clock.extend_months if clock else EXTEND_MONTHS
    return months_after(copy_due(clocks, received_on), extension)


def retention_rules(
    retention: Iterable[Retention], today: date
) -> dict[str, dict[str, int | None]]:
    """The rules in force, as the database asks for them: by whom they apply to.

    Where an area names no rule for children, that of adults holds for them.
    """
    rules = {
        rule.applies_to: {"years": rule.years, "until_age": rule.until_age}
        for rule in sorted(retention, key=lambda rule: rule.from_)
        if _holds(rule, today)
    }
    if "adult" in rules:
        rules.setdefault("child", rules["adult"])
    return rules


def _in_force(clocks: Iterable[RightsClock], code: str, day: date) -> RightsClock | None:
    held = [clock for clock in clocks if clock.code == code and _holds(clock, day)]
    return max(held, key=lambda clock: clock.from_, default=None)


def _holds(rule: RightsClock | Retention, day: date) -> bool:
    return rule.from_ <= day and (rule.ended is None or rule.ended > day)
