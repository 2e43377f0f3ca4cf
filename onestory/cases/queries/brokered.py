"""Everything that was asked of services for one survivor, and how it stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.cases.models import Referral, Refusal
from onestory.cases.queries.queue import places
from onestory.cases.queries.referrals import is_taken_back
from onestory.cases.rules.states import is_escalated, is_late, referral_state
from onestory.people.queries import PersonView

MOST = 100


@dataclass(frozen=True)
class Leg:
    """One referral. `place` is where they stand in the queue now; None if they do not wait."""

    referral: Referral
    state: str
    late: bool
    escalated: bool
    place: int | None
    taken_back: bool


@dataclass(frozen=True)
class Journey:
    """The latest first."""

    legs: list[Leg]
    refusals: list[Refusal]


def journey(by: Actor, person: PersonView) -> Journey:
    """What the actor's teams sent for this person, and what she refused. Five queries."""
    ids, now = person.ids, timezone.now()
    sent = Referral.objects.filter(person_id__in=ids, from_team__in=by.team_ids)
    sent = sent.select_related(
        "to_team", "service", "sent_by", "offered_service", "moved_from", "consent"
    )
    found = list(sent.prefetch_related("consent__withdrawals").order_by("-sent_at", "-id")[:MOST])
    queued = places(by, [row.pk for row in found if referral_state(row) == "accepted"])
    refusals = Refusal.objects.filter(person_id__in=ids).select_related("service__team")
    return Journey(
        [_leg(row, queued, now) for row in found],
        list(refusals.order_by("-recorded_at", "-id")[:MOST]),
    )


def _leg(row: Referral, queued: dict[UUID, int], now: datetime) -> Leg:
    over = is_taken_back(row)
    return Leg(
        referral=row,
        state=referral_state(row),
        late=not over and is_late(row, now),
        escalated=not over and is_escalated(row, now),
        place=queued.get(row.pk),
        taken_back=over,
    )
