"""What stands open to whom. Reads only, always for an actor."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from onestory.access.models import Envelope, Grant, Kind
from onestory.agencies.actor import Actor


@dataclass(frozen=True)
class Cover:
    """The outside of an envelope: that it is there, and whether it is open to the actor."""

    id: UUID
    kind: str
    is_open: bool
    may_write: bool

    @property
    def title(self) -> str:
        return Kind(self.kind).label


def open_envelopes(by: Actor, person_id: UUID) -> dict[str, Envelope]:
    """This person's envelopes that are open to the actor, by kind."""
    return {e.kind: e for e in Envelope.objects.filter(person_id=person_id)}


def envelopes_of(by: Actor, person_id: UUID) -> list[Cover]:
    """All of this person's envelopes, closed ones too, if the actor knows the person at all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id, e.kind, g.id IS NOT NULL, coalesce(g.may_write, false)"
            " FROM access_envelopes_of(%s) e LEFT JOIN LATERAL ("
            "   SELECT g.id, g.may_write FROM access_grant g WHERE g.envelope_id = e.id"
            "   ORDER BY g.may_write DESC LIMIT 1) g ON true",
            [person_id],
        )
        covers = {row[1]: Cover(*row) for row in cursor.fetchall()}
    return [covers[kind] for kind in Kind.values if kind in covers]


def may_share(by: Actor, envelopes: Iterable[Envelope]) -> set[UUID]:
    """Which of these envelopes the actor may open to others."""
    ids = [e.pk for e in envelopes]
    found = Grant.objects.filter(envelope_id__in=ids, may_share=True)
    return set(found.values_list("envelope_id", flat=True))


def held_by(team_id: UUID, person_ids: Iterable[UUID], *, may_write: bool) -> set[UUID]:
    """Which envelopes of these people the team holds now (at least as far as asked)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT g.envelope_id FROM unnest(%s::uuid[]) AS p(id), access_who_knows(p.id) g"
            " WHERE g.team_id = %s AND g.user_id IS NULL AND g.starts_at <= now()"
            " AND (g.ends_at IS NULL OR g.ends_at > now()) AND (g.may_write OR NOT %s)",
            [[p for p in person_ids if p], team_id, may_write],
        )
        return {row[0] for row in cursor.fetchall()}


def who_knows(by: Actor, person_id: UUID) -> list[Grant]:
    """Every grant on this person's envelopes, live and ended, that the actor may know of."""
    return list(
        Grant.objects.raw(
            "SELECT * FROM access_who_knows(%s) ORDER BY starts_at, id", [person_id]
        ).prefetch_related("envelope", "team", "given_by")
    )
