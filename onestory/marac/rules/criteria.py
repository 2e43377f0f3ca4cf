"""On what somebody may be referred, and when it is a repeat. No database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from onestory.agencies.area.marac import Criterion, MaracRule
from onestory.agencies.area.vocabulary import Vocabulary

NO_REASON = "Give the reason: somebody else has to be able to judge it from your words."


@dataclass(frozen=True)
class Known:
    """What is known when somebody is referred: the level of the latest assessment, and events."""

    high: bool
    events: int | None
    reason: str


def why_not(
    codes: Collection[str], criteria: Vocabulary[Criterion], rule: MaracRule, known: Known
) -> str | None:
    """Why nobody can be referred on these, in words; None if they can. Any one is enough."""
    if not codes:
        return "Choose at least one criterion."
    if any(code not in criteria for code in codes):
        return "Choose the criteria from the list."
    chosen = [criteria[code] for code in codes]
    if any(one.rule == "transfer" for one in chosen):
        return "A case of another area is opened from the file that its MARAC sends."
    if any(one.rule == "high" for one in chosen) and not known.high:
        return (
            "The latest checklist does not say high risk. Ask it anew, or refer on your "
            "professional judgement and say why."
        )
    if any(one.rule == "escalation" for one in chosen) and (
        known.events is None or known.events < rule.escalation_events
    ):
        return (
            f"Escalation is {rule.escalation_events} events or more within "
            f"{rule.escalation_months} months. Say how many you know of, or refer on your "
            "professional judgement."
        )
    if any(one.needs_reason for one in chosen) and not known.reason.strip():
        return NO_REASON
    return None


def is_repeat(last: date, on: date, months: int) -> bool:
    """Whether `on` is within so many months of the last referral, the last day included."""
    return last <= on <= after_months(last, months)


def after_months(day: date, months: int) -> date:
    """The same day so many months on; at the end of a shorter month, its last."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, _length(year, month)))


def _length(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days
