"""Whether an order is in force, when its end is near, and what may be written of one."""

from dataclasses import dataclass
from datetime import date, timedelta

from onestory.agencies.area.conduct import OrderKind
from onestory.agencies.area.vocabulary import Vocabulary
from onestory.kernel.errors import Refused
from onestory.people.rules.places import POSTCODE

NOT_BEGUN, IN_FORCE, ENDS_SOON, ENDED = "not-begun", "in-force", "ends-soon", "ended"
IN_WORDS = {
    NOT_BEGUN: "Has not begun",
    IN_FORCE: "In force",
    ENDS_SOON: "Ends soon",
    ENDED: "Ended",
}
COLOURS = {NOT_BEGUN: "blue", IN_FORCE: "green", ENDS_SOON: "orange", ENDED: "grey"}
NO_POSTCODE = (
    "Leave postcodes and addresses out: others may read this who must not know where she is. "
    "Write “her home” or “the school”."
)


@dataclass(frozen=True)
class Terms:
    """What an order says."""

    kind: str
    from_on: date
    until_on: date | None
    made_by: str
    conditions: str
    protects: str
    their_reference: str = ""


def state(order, kinds: Vocabulary[OrderKind], today: date) -> str:
    """Where an order stands on a day. Its last day is still in force."""
    if order.until_on and order.until_on < today:
        return ENDED
    if order.from_on > today:
        return NOT_BEGUN
    if order.until_on and order.until_on <= today + timedelta(days=warned(kinds, order.kind)):
        return ENDS_SOON
    return IN_FORCE


def is_in_force(order, today: date) -> bool:
    """On this day, both of its ends counted."""
    return order.from_on <= today and (order.until_on is None or today <= order.until_on)


def warned(kinds: Vocabulary[OrderKind], kind: str) -> int:
    """So many days before its end those who hold it are told; none where the kind is not known."""
    found = kinds.get(kind)
    return found.warn_days if found else 0


def check(terms: Terms, kinds: Vocabulary[OrderKind], today: date) -> None:
    """Refuse what cannot be so, in plain words."""
    kind = kinds.get(terms.kind)
    if kind is None:
        raise Refused("Choose what kind of order it is.")
    if not terms.made_by.strip():
        raise Refused("Say which court or police force made it.")
    if not terms.conditions.strip():
        raise Refused("Say what they must do or not do.")
    if terms.until_on and terms.until_on < terms.from_on:
        raise Refused("Its last day cannot be before its first.")
    if terms.from_on > today + timedelta(days=366):
        raise Refused("It cannot begin more than a year from now. Look at the year again.")
    if kind.most_days:
        _must_be_short(terms, kind)
    leave_places_out(terms.conditions, terms.made_by, terms.their_reference)


def _must_be_short(terms: Terms, kind: OrderKind) -> None:
    latest = terms.from_on + timedelta(days=kind.most_days)
    if terms.until_on is None:
        raise Refused(f"Give its last day: this kind lasts {kind.most_days} days at most.")
    if terms.until_on > latest:
        raise Refused(
            f"This kind lasts {kind.most_days} days at most: until {latest.day} {latest:%B %Y}. "
            "Look at both days again, or choose another kind."
        )


def leave_places_out(*words: str) -> None:
    """Nothing that is kept of somebody who uses abuse may say where anybody is."""
    if any(POSTCODE.search(text) for text in words):
        raise Refused(NO_POSTCODE)
