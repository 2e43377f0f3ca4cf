"""How soon: the clocks of contacts and referrals, and whether they were kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from onestory.agencies.area import Pack
from onestory.kernel import calendar

DECISION = "contact_decision"
TELLING = "contact_acknowledge"
ACKNOWLEDGEMENT = "referral_acknowledge"
ANSWER = "referral_decide"
ESCALATION = "referral_escalate"


@dataclass(frozen=True)
class Clock:
    """When something is due, and by which timescale of the area pack."""

    timescale: str
    due_at: datetime


@dataclass(frozen=True)
class Timeliness:
    """Whether a clock is or was kept. `late_by` counts to the deed, or to now while it waits."""

    done: bool
    late_by: timedelta

    @property
    def within(self) -> bool:
        return not self.late_by


def due(pack: Pack, timescale: str, start: datetime) -> datetime:
    """When a thing that came in at `start` is due, by the timescale in force on that day."""
    scale = pack.timescale(timescale, calendar.local(start).date())
    return calendar.deadline(start, hours=scale.hours, working_days=scale.working_days)


def of_contact(pack: Pack, received_at: datetime) -> Clock:
    """The clock of a contact that nobody has graded yet."""
    return Clock(DECISION, due(pack, DECISION, received_at))


def after_grading(pack: Pack, clock: Clock, received_at: datetime, rag: str) -> Clock:
    """The clock of a contact once it is graded, or graded again.

    A grade has its own time from receipt, where the pack names one. It may bring the due time
    forward and never puts it back: a promise once made is kept, and nobody gains time by grading
    a contact down, or by leaving it ungraded for a while.
    """
    grade = pack.rag[rag]
    if grade.timescale is None:
        return clock
    own = Clock(grade.timescale, due(pack, grade.timescale, received_at))
    return min(clock, own, key=lambda each: each.due_at)


def sender_told_by(pack: Pack, received_at: datetime) -> datetime:
    """By when whoever sent a contact has to be told what was decided."""
    return due(pack, TELLING, received_at)


def of_referral(pack: Pack, sent_at: datetime) -> tuple[datetime, datetime]:
    """By when a referral is to be acknowledged, and by when accepted or declined."""
    return due(pack, ACKNOWLEDGEMENT, sent_at), due(pack, ANSWER, sent_at)


def escalation(pack: Pack, sent_at: datetime) -> datetime | None:
    """When a referral that nobody has acknowledged goes before the receiver's manager.

    Never before it was to be acknowledged; an area may go without.
    """
    if ESCALATION not in {scale.code for scale in pack.timescales}:
        return None
    return max(due(pack, ESCALATION, sent_at), due(pack, ACKNOWLEDGEMENT, sent_at))


def timeliness(due_at: datetime, done_at: datetime | None, now: datetime) -> Timeliness:
    """How the clock was kept: to the very moment that it is due, a thing is in time."""
    late = (done_at or now) - due_at
    return Timeliness(done=done_at is not None, late_by=max(late, timedelta()))
