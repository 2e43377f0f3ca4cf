"""Joined records: which people are one human being, as far as the actor may know."""

from collections.abc import Iterable
from uuid import UUID

from onestory.agencies.actor import Actor
from onestory.people.models import Identity, Person

# Whoever may see no envelope of a person does not know them (guardians see the bare row).
KNOWN = "EXISTS (SELECT 1 FROM access_envelope e WHERE e.person_id = p.id)"

_RECORDS = f"""
    WITH RECURSIVE same (id, joined_into_id) AS (
      SELECT p.id, p.joined_into_id FROM people_person p WHERE p.id = %s AND {KNOWN}
      UNION
      SELECT next.id, next.joined_into_id FROM same CROSS JOIN LATERAL (
        SELECT p.id, p.joined_into_id FROM people_person p
        WHERE p.id = same.joined_into_id AND {KNOWN}
        UNION ALL
        SELECT p.id, p.joined_into_id FROM people_person p
        WHERE p.joined_into_id = same.id AND {KNOWN}
      ) AS next
    )
    SELECT p.* FROM people_person p JOIN same ON same.id = p.id ORDER BY p.added_at, p.id
"""

_NAMES = """
    WITH RECURSIVE up (asked, id, joined_into_id) AS (
      SELECT p.id, p.id, p.joined_into_id FROM people_person p WHERE p.id = ANY(%s::uuid[])
      UNION
      SELECT up.asked, p.id, p.joined_into_id
      FROM up JOIN people_person p ON p.id = up.joined_into_id
    )
    SELECT i.*, up.asked, up.joined_into_id AS next FROM up
      JOIN people_identity i ON i.person_id = up.id AND i.superseded_at IS NULL
"""


def records(by: Actor, person_id: UUID) -> list[Person]:
    """All records of one human being that the actor knows of, the one that is kept first."""
    found = list(Person.objects.raw(_RECORDS, [person_id]))
    ids = {person.pk for person in found}
    return sorted(found, key=lambda person: person.joined_into_id in ids)


def names(by: Actor, person_ids: Iterable[UUID]) -> dict[UUID, Identity]:
    """Who these people are, by the id asked for. One query, for lists.

    A joined record goes by the identity of the one that is kept, where that is open to the actor.
    Whoever's identity is closed is left out.
    """
    chains: dict[UUID, dict[UUID, Identity]] = {}
    for row in Identity.objects.raw(_NAMES, [list(set(person_ids))]):
        chains.setdefault(row.asked, {})[row.person_id] = row
    return {asked: _last(asked, chain) for asked, chain in chains.items()}


def _last(asked: UUID, chain: dict[UUID, Identity]) -> Identity:
    """The end of a chain of joinings; one whose beginning is closed goes by what there is."""
    row = chain.get(asked) or next(iter(chain.values()))
    while row.next in chain:
        row = chain[row.next]
    return row
