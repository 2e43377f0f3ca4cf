"""When a yes is a yes, who can give it, and how it stands on a day. No database."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from onestory.access.models.consent import Answer, Capacity
from onestory.kernel.calendar import LONDON

# Another decided, or had to judge: then it is said who, and on what.
WITH_A_NOTE = {Capacity.GILLICK, Capacity.PARENT, Capacity.LACKS}
NOT_THE_CHILD = (
    "A child under 13 does not decide this. Ask somebody with parental responsibility, if that is "
    "safe; or share on another legal basis, if one applies."
)
NOT_WITHOUT_CAPACITY = (
    "Somebody who cannot decide this cannot agree to it. Share on another legal basis, in their "
    "best interests, if one applies."
)
# The ages that each assessment is for: from, and up to but not including.
AGES = {
    Capacity.ADULT: (18, None),
    Capacity.SIXTEEN: (16, 18),
    Capacity.GILLICK: (None, 16),
    Capacity.PARENT: (None, 16),
    Capacity.CHILD: (None, 13),
    Capacity.LACKS: (16, None),
}


class State(StrEnum):
    """How a consent stands."""

    GIVEN = "given"
    PARTLY = "partly-withdrawn"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    ENDED = "ended"


def why_not(answer: str, capacity: str, note: str) -> str | None:
    """Why this cannot be recorded as it is, in words; None if it can."""
    if capacity in WITH_A_NOTE and not note.strip():
        return "Say who judged this, or who decided, and on what."
    if answer == Answer.REFUSED:
        return None
    if capacity == Capacity.CHILD:
        return NOT_THE_CHILD
    return NOT_WITHOUT_CAPACITY if capacity == Capacity.LACKS else None


def fits_age(capacity: str, age: int | None) -> bool:
    """Whether the assessment is one for somebody of this age; an unknown age fits any."""
    if age is None:
        return True
    youngest, older = AGES[Capacity(capacity)]
    return (youngest is None or age >= youngest) and (older is None or age < older)


def end_of(until: date | None) -> datetime | None:
    """The moment when a last day is over."""
    return until and datetime.combine(until + timedelta(days=1), time.min, LONDON)


def state(
    *,
    answer: str,
    kinds: Collection[str],
    taken_back: Collection[str],
    until: date | None,
    today: date,
    still_open: bool | None = None,
) -> State:
    """How a consent stands today. `still_open`: whether a grant by it is live, where one may know."""
    if answer == Answer.REFUSED:
        return State.REFUSED
    if set(kinds) <= set(taken_back):
        return State.WITHDRAWN
    if until and until < today:
        return State.LAPSED
    if still_open is False:
        return State.ENDED
    return State.PARTLY if taken_back else State.GIVEN
