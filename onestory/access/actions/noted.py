"""A yes that was noted with a contact or a referral, without a question of its own: taken back."""

from uuid import UUID

from django.db import connection, transaction
from django.http import Http404

from onestory.access import queries
from onestory.access.actions.consent import WITHDRAWN, lock
from onestory.access.models import How
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused


@transaction.atomic
def withdraw_noted(*, by: Actor, person_id: UUID, team_id: UUID, how: str) -> None:
    """What a team sees by such a yes closes at once. Whoever may take a consent back may do this:
    the person themselves, and those who know who they are and ask for consent at all. `Http404` if
    there is no such yes."""
    if not queries.is_self(by, person_id):
        by.must(Permission.SHARE)
    if how not in How:
        raise Refused("Choose how they let us know.")
    lock(person_id)
    ended = _end(queries.same_person(by, person_id), team_id)
    if not ended:
        raise Http404
    record.write(
        "consent.withdraw",
        by=by,
        person_id=person_id,
        envelopes=ended,
        subject=f"team:{team_id}",
        detail={"how": how},
    )


def _end(people: list[UUID], team_id: UUID) -> list[UUID]:
    """The envelopes that are closed by it."""
    bases = [basis.code for basis in pack().bases if basis.consent]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM access_end_noted(%s, %s, %s, %s)", [people, team_id, bases, WITHDRAWN]
        )
        return [envelope_id for (envelope_id,) in cursor.fetchall()]
