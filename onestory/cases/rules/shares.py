"""What a survivor said about one service: yes, no, or not that part."""

from dataclasses import dataclass
from datetime import date

from onestory.access.models import Kind
from onestory.agencies.models import Service
from onestory.kernel.errors import Refused

# Who somebody is goes with every yes: without it nobody can answer.
ALWAYS = (Kind.IDENTITY,)
# What a service may be told by a survivor's yes, if it is there. What she says of therapy and where
# she is hidden goes only where somebody has ticked it; conduct is not hers to give.
OFFERED = (
    Kind.IDENTITY,
    Kind.SAFE_CONTACT,
    Kind.NEEDS,
    Kind.STORY,
    Kind.RISK,
    Kind.WHEREABOUTS,
)


@dataclass(frozen=True)
class Share:
    """One service, and her answer. `kinds` is what she agreed to; with a no, what she was asked.

    `until` is the last day on which they may know; `how` and `capacity` are how she answered and how
    it was considered that she could.
    """

    service: Service
    agreed: bool
    kinds: frozenset[str]
    how: str
    capacity: str
    until: date | None = None
    age_note: str = ""
    words: str = ""


def check(shares: list[Share]) -> None:
    """Raise `Refused` unless there is something to send or to write down."""
    if not shares:
        raise Refused("Choose at least one service.")
    if len({share.service.pk for share in shares}) < len(shares):
        raise Refused("The same service is chosen twice.")
    for share in shares:
        if share.agreed and not set(share.kinds) >= set(ALWAYS):
            raise Refused("Who they are has to be shared, or nobody can answer.")
        if set(share.kinds) - set(OFFERED):
            raise Refused("This cannot be shared with a referral.")
