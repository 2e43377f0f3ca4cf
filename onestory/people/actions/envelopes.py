"""Where a fact goes: the envelope it lies in, locked, and the row that it replaces."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.http import Http404
from django.utils import timezone

from onestory.access import queries
from onestory.access.actions import make_envelopes
from onestory.access.models import Envelope, Grant
from onestory.access.queries import Cover
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


@dataclass(frozen=True)
class Held:
    """Somebody who is locked until the end of the transaction, and what covers what is known of
    them: found out once, however many facts are then written."""

    by: Actor
    person_id: UUID
    covers: dict[str, Cover]

    def to_write(self, kind: str) -> UUID:
        """The envelope of this kind, for writing. Made if the person has none yet."""
        cover = self.covers.get(kind)
        if cover is None:
            team_id = _team_that_writes(self.person_id)
            made = make_envelopes(
                by=self.by, person_id=self.person_id, kinds=[kind], team_id=team_id
            )
            cover = self.covers[kind] = new_cover(made[kind])
        if not cover.is_open:
            _must_be_older(self.person_id, cover.id)
            raise Http404
        if not cover.may_write:
            raise Refused(READ_ONLY)
        return cover.id


def new_cover(envelope: Envelope) -> Cover:
    """Of an envelope that the actor has just made."""
    return Cover(envelope.pk, envelope.kind, is_open=True, may_write=True)


def hold(person_id: UUID, *others: UUID, by: Actor) -> Held:
    """Lock a person (and others with them) and look what covers there are. `Http404` if none is
    open."""
    lock(person_id, *others, by=by)
    covers = {cover.kind: cover for cover in queries.envelopes_of(by, person_id)}
    if not any(cover.is_open for cover in covers.values()):
        raise Http404
    return Held(by, person_id, covers)


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
