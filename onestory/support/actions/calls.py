"""Calls: every attempt, whatever came of it, and what it moves on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.cases.actions import envelopes
from onestory.kernel import record
from onestory.people.models import Phone, SafeContact
from onestory.people.queries import fact_now
from onestory.support.actions.episodes import asked, save
from onestory.support.actions.once import create_once, sent_before
from onestory.support.models import Call, Episode
from onestory.support.rules import calling


@transaction.atomic
def record_call(
    *,
    by: Actor,
    team_id: UUID,
    person_id: UUID,
    call_id: UUID,
    outcome: str,
    phone_id: UUID | None = None,
    left: str = "",
    said: str = "",
    next_at: datetime | None = None,
) -> Call:
    """Keep one attempt to speak to somebody, answered or not, and when it is tried again.

    Raises `Refused` for a message that the rules of safe contact do not allow: not known is no.
    """
    by.must(Permission.CASE_WORK, team_id)
    if before := sent_before(Call, call_id, person_id=person_id, team_id=team_id):
        return before
    if Kind.SAFE_CONTACT not in access.open_envelopes(by, person_id):
        raise Http404
    if phone_id and not Phone.objects.filter(pk=phone_id, person_id=person_id).exists():
        raise Http404
    now = timezone.now()
    rules = fact_now(by, SafeContact, person_id)
    calling.check(rules, outcome=outcome, left=left, said=said, next_at=next_at, now=now)
    envelope = envelopes.for_work(by=by, person_id=person_id, team_id=team_id)
    call = create_once(
        Call,
        call_id,
        envelope=envelope,
        person_id=person_id,
        team_id=team_id,
        at=now,
        phone_id=phone_id,
        outcome=outcome,
        left=left,
        said=said.strip(),
        next_at=None if outcome == Call.Outcome.ANSWERED else next_at,
        recorded_at=now,
        recorded_by_id=by.user_id,
    )
    if outcome == Call.Outcome.ANSWERED:
        _asked_how_she_is(person_id, team_id)
    record.write(
        "call.record",
        by=by,
        person_id=person_id,
        envelopes=[envelope.pk],
        subject=f"call:{call.pk}",
        detail={"outcome": outcome, "left": left},
    )
    return call


def _asked_how_she_is(person_id: UUID, team_id: UUID) -> None:
    """A call that was answered is a check-in, for every open case of the team."""
    rows = Episode.objects.select_for_update(of=("self",)).order_by("pk")
    for episode in rows.filter(person_id=person_id, team_id=team_id, ended_on=None):
        asked(episode, timezone.localdate())
        save(episode, "check_in_on")
