"""What an area says of supporting people: how soon a first call, which sessions, which endings."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from onestory.agencies.area.vocabulary import Code, Entry, Term

SNAKE = r"^[a-z0-9]+(_[a-z0-9]+)*$"


class FirstCall(Entry):
    """A team that speaks to whoever is referred to it, within a timescale of the pack."""

    team: Code
    timescale: Annotated[str, StringConstraints(pattern=SNAKE)]
    source: str = ""


class SessionKind(Term):
    """What a session is. `own = false`: support while waiting, not what the service is for."""

    own: bool = True


class AbsenceReason(Term):
    """Why a session was not attended, and whose doing that was."""

    by: Literal["survivor", "service", "nobody"]


class Rhythm(Term):
    """How often whoever holds a case asks how somebody is."""

    days: int = Field(gt=0, le=366)


class EndingOutcome(Term):
    """What came of the work. `met = false`: a need that was not met, and counts as one."""

    met: bool = True


SUPPORT_VOCABULARIES: dict[str, type[Term]] = {
    "session_kinds": SessionKind,
    "session_channels": Term,
    "absence_reasons": AbsenceReason,
    "check_in_rhythms": Rhythm,
    "ending_outcomes": EndingOutcome,
    "keep_reasons": Term,
}
