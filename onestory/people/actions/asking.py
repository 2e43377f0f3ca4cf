"""A team asks for what is closed to it, and whoever may share it answers."""

from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import queries
from onestory.access.actions import share
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.people.actions.envelopes import lock
from onestory.people.models import AccessRequest


@transaction.atomic
def ask(
    *, by: Actor, person_id: UUID, kind: str, team_id: UUID, purpose: str, words: str
) -> AccessRequest:
    """Ask those who hold a closed envelope of this person to open it to the team."""
    by.must(Permission.PERSON_FIND, team_id)
    lock(person_id, by=by)
    cover = next((c for c in queries.envelopes_of(by, person_id) if c.kind == kind), None)
    if cover is None:
        raise Http404
    if cover.is_open:
        raise Refused("This is open to you already.")
    if purpose not in pack().purposes:
        raise Refused("Choose what your team needs it for.")
    if not words.strip():
        raise Refused("Say why your team needs to see it.")
    waiting = AccessRequest.objects.filter(envelope_id=cover.id, team_id=team_id, answered_at=None)
    if waiting.exists():
        raise Refused("Your team has asked for this already, and waits for an answer.")
    request = AccessRequest.objects.create(
        envelope_id=cover.id,
        person_id=person_id,
        team_id=team_id,
        purpose=purpose,
        words=words.strip(),
        asked_by_id=by.user_id,
        asked_at=timezone.now(),
    )
    record.write(
        "access.ask",
        by=by,
        person_id=person_id,
        envelopes=[cover.id],
        subject=f"request:{request.pk}",
        detail={"kind": kind, "team": str(team_id), "purpose": purpose},
    )
    return request


@transaction.atomic
def answer_request(
    *,
    by: Actor,
    request_id: UUID,
    agreed: bool,
    basis: str = "",
    reason: str = "",
    answer: str = "",
) -> AccessRequest:
    """Open the envelope to the team that asked, on a basis of the area pack; or say no, and why."""
    may_share = AccessRequest.objects.select_for_update(of=("self",), no_key=True)
    request = may_share.filter(pk=request_id).select_related("team", "envelope").first()
    if request is None:
        raise Http404
    if request.answered_at:
        raise Refused("Somebody else has answered this.")
    if not agreed and not answer.strip():
        raise Refused("Say why not, so that they know what to do next.")
    if agreed:
        share(
            by=by,
            envelopes=[request.envelope],
            team=request.team,
            purpose=request.purpose,
            basis=basis,
            reason=reason,
        )
    request.answered_at, request.answered_by_id = timezone.now(), by.user_id
    request.agreed, request.answer = agreed, answer.strip()
    request.save(update_fields=["answered_at", "answered_by", "agreed", "answer"])
    record.write(
        "access.answer",
        by=by,
        person_id=request.person_id,
        envelopes=[request.envelope_id],
        subject=f"request:{request.pk}",
        detail={"agreed": agreed},
    )
    return request
