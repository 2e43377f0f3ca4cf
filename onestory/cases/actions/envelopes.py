"""Which of a person's envelopes work is written in, made where they are not there yet."""

from collections.abc import Iterable
from uuid import UUID

from onestory.access import queries as access
from onestory.access.actions import make_envelopes
from onestory.access.models import Envelope, Kind
from onestory.agencies.actor import Actor
from onestory.kernel.errors import Refused


def ensure(*, by: Actor, person_id: UUID, kinds: Iterable[str], team_id: UUID) -> None:
    """Make those of the kinds that the person has not got, open to the team."""
    there = {cover.kind for cover in access.envelopes_of(by, person_id)}
    missing = [kind for kind in kinds if kind not in there]
    if missing:
        make_envelopes(by=by, person_id=person_id, kinds=missing, team_id=team_id)


def for_work(*, by: Actor, person_id: UUID, team_id: UUID) -> Envelope:
    """The envelope that a referral or a case of this team is written in.

    That is `support`, made if need be. Where other teams keep that to themselves, it is `needs`:
    nobody is kept from referring a survivor on because somebody else already supports them.
    """
    ensure(by=by, person_id=person_id, kinds=[Kind.SUPPORT], team_id=team_id)
    writable = {c.kind: c.id for c in access.envelopes_of(by, person_id) if c.may_write}
    for kind in (Kind.SUPPORT, Kind.NEEDS):
        if kind in writable:
            return Envelope.objects.get(pk=writable[kind])
    raise Refused(
        "Your team may not write in this person's record. Ask a team that works with them."
    )
