"""What her record says, in words for reading at night on a telephone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from onestory.access.queries.knowing import Knower
from onestory.agencies.models import Team

# So many lines of who opened her record are shown.
OPENINGS = 100

KINDS = {
    "identity": "your name and date of birth",
    "safe-contact": "how to reach you safely",
    "whereabouts": "where you are staying",
    "story": "what happened to you",
    "needs": "what you need",
    "risk": "how much danger you may be in",
    "support": "the help you get",
    "therapy": "notes of your counselling",
}


def kinds(codes: Iterable[str]) -> list[str]:
    """The kinds of knowledge, to her."""
    return [KINDS[code] for code in KINDS if code in set(codes)]


@dataclass(frozen=True)
class Share:
    """What one team may see, on one footing."""

    kinds: list[str]
    why: str
    asked_her: bool
    # She said yes, but not to a question of its own.
    yes_was_noted: bool
    since: datetime
    until: datetime | None
    ended: bool
    last_read: datetime | None
    # Set where she can take it back.
    consent_id: UUID | None


@dataclass
class TeamThatKnows:
    """A team, with everything that it may see of her or might once."""

    team: Team
    shares: list[Share] = field(default_factory=list)

    @property
    def now(self) -> list[Share]:
        return [share for share in self.shares if not share.ended]


def teams_that_know(knowers: Iterable[Knower]) -> list[TeamThatKnows]:
    """One entry for each team, in the order in which they come."""
    found: dict[UUID, TeamThatKnows] = {}
    for knower in knowers:
        entry = found.setdefault(knower.team.pk, TeamThatKnows(knower.team))
        entry.shares.append(_share(knower))
    return list(found.values())


def _share(knower: Knower) -> Share:
    asked = knower.consent_id is not None
    return Share(
        kinds=kinds(knower.kinds),
        why=_why(knower),
        asked_her=asked,
        yes_was_noted=knower.is_noted,
        since=knower.since,
        until=knower.until,
        ended=not knower.is_live,
        last_read=knower.last_read,
        consent_id=knower.consent_id if asked and knower.is_live else None,
    )


# What opens a record because the person themselves asked for something.
YOU_ASKED = {
    "subject-access": "You asked for a copy of your record, and they make it.",
    "correction": "You said that something is wrong, and they look at it.",
}


def _why(knower: Knower) -> str:
    if knower.consent_id is not None:
        return "You said yes."
    if knower.basis == "recorded":
        return "You told them, or they wrote it down first."
    if knower.basis == "break-glass":
        return "Somebody opened it in an emergency. Somebody else checks if that was right."
    if knower.basis in YOU_ASKED:
        return YOU_ASKED[knower.basis]
    if knower.is_noted:
        return "It was written down that you said yes."
    reason = f" Their reason: {knower.reason}" if knower.reason else ""
    return f"They did not ask you. The law lets them: {knower.basis_in_words}.{reason}"
