"""Where a fact goes: the envelope it lies in, locked, and the row that it replaces."""

from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.http import Http404
from django.utils import timezone

from onestory.access import queries
from onestory.access.actions import make_envelopes
from onestory.access.models import Grant
from onestory.agencies.actor import Actor
from onestory.kernel.errors import Refused
from onestory.people.models import Person, Superseded

READ_ONLY = "Your team may read this, but not change it."

Fact = TypeVar("Fact", bound=Superseded)


def lock(*person_ids: UUID, by: Actor) -> dict[UUID, Person]:
    """These people, held until the end of the transaction, in an order that cannot deadlock."""
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=person_ids)
    found = {person.pk: person for person in rows.order_by("pk")}
    if len(found) < len(set(person_ids)):
        raise Http404
    return found


def to_write(*, by: Actor, person_id: UUID, kind: str) -> UUID:
    """The envelope of this kind, for writing. Made if the person has none yet.

    The person must be locked: two people could make it at once.
    """
    covers = {cover.kind: cover for cover in queries.envelopes_of(by, person_id)}
    if not any(cover.is_open for cover in covers.values()):
        raise Http404
    cover = covers.get(kind)
    if cover is None:
        made = make_envelopes(
            by=by, person_id=person_id, kinds=[kind], team_id=_team_that_writes(person_id)
        )
        return made[kind].pk
    if not cover.is_open:
        _must_be_older(person_id, cover.id)
        raise Http404
    if not cover.may_write:
        raise Refused(READ_ONLY)
    return cover.id


def _must_be_older(person_id: UUID, envelope_id: UUID) -> None:
    """An envelope that somebody made after this transaction began is not open in it yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT created_at > now() FROM access_envelopes_of(%s) WHERE id = %s",
            [person_id, envelope_id],
        )
        if cursor.fetchone()[0]:
            raise Refused("Somebody else has just written about this person. Save it again.")


def _team_that_writes(person_id: UUID) -> UUID:
    """The actor's team that may write about this person."""
    grant = (
        Grant.objects.filter(envelope__person_id=person_id, may_write=True)
        .order_by("starts_at", "id")
        .first()
    )
    if grant is None:
        raise Refused(READ_ONLY)
    return grant.team_id


def row_to_end(*, by: Actor, model: type[Fact], row_id: UUID) -> Fact:
    """The fact that holds now, its person locked, for ending it."""
    found = model.objects.filter(pk=row_id, superseded_at=None).first()
    if found is None:
        raise Http404
    lock(found.person_id, by=by)
    if not Grant.objects.filter(envelope_id=found.envelope_id, may_write=True).exists():
        raise Refused(READ_ONLY)
    still = model.objects.filter(pk=row_id, superseded_at=None).first()
    if still is None:
        raise Refused("Somebody else has just ended this.")
    return still


def supersede(*, by: Actor, row: Superseded) -> None:
    """Say of a fact that it holds no longer."""
    row.superseded_at, row.superseded_by_id = timezone.now(), by.user_id
    row.save(update_fields=["superseded_at", "superseded_by"])


def written(*, by: Actor, person_id: UUID, envelope_id: UUID) -> dict:
    """What every new fact says of itself."""
    return {
        "person_id": person_id,
        "envelope_id": envelope_id,
        "recorded_by_id": by.user_id,
        "recorded_at": timezone.now(),
    }
