"""What every verb of a referral needs: the row locked, the right to it, its grants ended."""

from uuid import UUID

from django.db import connection
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.actions import end_grant
from onestory.access.models import Envelope
from onestory.agencies.actor import Actor
from onestory.agencies.models import Service
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.actions.references import create_with_reference
from onestory.cases.models import Referral
from onestory.cases.queries.referrals import live_to
from onestory.cases.rules import clocks
from onestory.cases.rules.decisions import Target
from onestory.cases.rules.states import GONE, Verb, referral_state, verbs
from onestory.kernel import record
from onestory.kernel.components import day_in_words
from onestory.kernel.errors import Refused, Stale


class AlreadySent(Refused):
    """The same service is asked about the same survivor; once is enough."""

    def __init__(self, referral: Referral):
        day = day_in_words(timezone.localtime(referral.sent_at).date())
        super().__init__(
            f"{referral.service.name}: already sent on {day} by {referral.sent_by.name}."
        )
        self.referral = referral


def one_at_a_time(person_id: UUID) -> None:
    """Whoever sends a second referral about somebody waits here until the first is there to see."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"referral {person_id}"]
        )


def must_be_first(by: Actor, team_id: UUID, person_id: UUID, service: Service) -> None:
    """Raise `AlreadySent` while a referral of this team to the service is still live."""
    if found := live_to(by, team_id, person_id, [service.pk]).get(service.pk):
        raise AlreadySent(found)


def create(by: Actor, *, carrier: Envelope, target: Target, basis: str, **columns) -> Referral:
    """A new referral to a team, with its clocks."""
    now = timezone.now()
    acknowledge_by, answer_by = clocks.of_referral(pack(), now)
    referral = create_with_reference(
        Referral,
        envelope=carrier,
        person_id=carrier.person_id,
        to_team=target.team,
        service=target.service,
        sent_at=now,
        sent_by_id=by.user_id,
        acknowledge_by=acknowledge_by,
        answer_by=answer_by,
        escalate_at=clocks.escalation(pack(), now),
        recorded_at=now,
        recorded_by_id=by.user_id,
        **columns,
    )
    service = target.service.code if target.service else ""
    write("send", by, referral, to=target.team.code, service=service, basis=basis)
    return referral


def visible(referral_id: UUID) -> Referral:
    """The referral, locked until the end. `Http404` unless it is open to whoever acts."""
    referral = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("to_team", "from_team")
        .filter(pk=referral_id)
        .first()
    )
    if referral is None:
        raise Http404
    return referral


def locked(by: Actor, referral_id: UUID, verb: Verb, version: int) -> Referral:
    """The referral, locked until the end; `Stale` if it changed since `version`."""
    referral = visible(referral_id)
    if referral.version != version:
        state = referral_state(referral).value
        raise Stale(f"This referral was changed meanwhile: it is now {state}.", referral)
    must_allow(by, referral, verb)
    return referral


def must_allow(by: Actor, referral: Referral, verb: Verb) -> None:
    """Raise `Refused` unless the actor may do this with it now."""
    allowed = verbs(
        referral,
        sender=by.may(Permission.REFERRAL_SEND, referral.from_team_id)
        or (verb is Verb.SEE and referral.from_team_id in by.team_ids),
        receiver=by.may(Permission.REFERRAL_ANSWER, referral.to_team_id),
    )
    if verb not in allowed:
        state = referral_state(referral).value
        raise Refused(f"This cannot be done by you with a referral that is {state}.")


def save(referral: Referral, *fields: str) -> None:
    """Keep these columns, as the next version."""
    referral.version += 1
    referral.save(update_fields=[*fields, "version"])


def close(by: Actor, referral: Referral, why: str) -> None:
    """End the grants that came with a referral. After this the receiver sees it no longer.

    What another referral to the same team still rests on stays: two services of one team may have
    been agreed to in one breath.
    """
    others = Referral.objects.filter(person_id=referral.person_id, to_team_id=referral.to_team_id)
    kept = {
        grant_id
        for other in others.exclude(pk=referral.pk)
        if referral_state(other) not in GONE
        for grant_id in other.grants
    }
    live = {
        grant.pk
        for grant in access.grants_on(by, referral.person_id)
        if grant.pk in referral.grants and grant.ended_at is None
    }
    # The one that carries the referral was given first and goes last: it shows the others.
    for grant_id in reversed(referral.grants):
        if grant_id in live - kept:
            end_grant(by=by, grant_id=grant_id, reason=why)


def write(verb: str, by: Actor, referral: Referral, **detail: str) -> None:
    """One entry of the record."""
    record.write(
        f"referral.{verb}",
        by=by,
        person_id=referral.person_id,
        envelopes=[referral.envelope_id],
        subject=f"referral:{referral.pk}",
        detail=detail,
    )
