"""What guardians do to watch over access. That they looked is itself on the record."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404

from onestory.access import queries
from onestory.access.acting import acting
from onestory.access.queries.seals import Verdict
from onestory.agencies.actor import Actor, system_actor
from onestory.agencies.models import User
from onestory.agencies.roles import Permission
from onestory.kernel import record

LATEST_SEALS = 50


@transaction.atomic
def look_up_person(*, by: Actor, person_id: UUID) -> str:
    """Look up what was done with somebody's record. Gives their reference; `Http404` if absent."""
    by.must(Permission.RECORD_READ)
    reference = queries.references(by, [person_id]).get(person_id)
    if reference is None:
        raise Http404
    record.write("record.look", by=by, person_id=person_id)
    return reference


@transaction.atomic
def look_up_known(*, by: Actor, person_id: UUID, team_id: UUID, on: date) -> queries.Known:
    """Look up what a team knew of somebody on a day: for guardians and commands everything, for who
    works with the person what they hold themselves. `Http404` if the person is not theirs to see."""
    watches = by.is_system or by.may(Permission.RECORD_READ)
    found = (
        queries.references(by, [person_id]) if watches else queries.open_envelopes(by, person_id)
    )
    if not found:
        raise Http404
    known = queries.known_on(by, person_id, team_id, on)
    record.write(
        "known.look",
        by=by,
        person_id=person_id,
        subject=f"team:{team_id}",
        detail={"on": on.isoformat()},
    )
    return known


@transaction.atomic
def look_up_staff(*, by: Actor, user_id: UUID | None = None) -> User | None:
    """Look up what somebody who works here did; or, without one, who opened a great many records."""
    by.must(Permission.RECORD_READ)
    user = User.objects.filter(pk=user_id).first() if user_id else None
    if user_id and user is None:
        raise Http404
    record.write("record.look", by=by, subject=f"user:{user_id}" if user_id else "busy")
    return user


@transaction.atomic
def check_seals(*, by: Actor) -> Verdict:
    """Compare the latest seals with their entries. As the system, since a guardian may be barred
    from some."""
    by.must(Permission.RECORD_READ)
    with acting(system_actor(), purpose="access:seals") as scope:
        verdict = queries.verify(scope.actor, latest=LATEST_SEALS)
    record.write("record.check", by=by, detail={"holds": verdict.fault is None})
    return verdict
