"""Joined records: which people are one human being, as far as the actor may see."""

from uuid import UUID

from django.db import connection

from onestory.agencies.actor import Actor


def same_person(by: Actor, person_id: UUID) -> list[UUID]:
    """The ids of all records of one human being that the actor may see, the first recorded first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE same (id, joined_into_id) AS (
              SELECT p.id, p.joined_into_id FROM people_person p WHERE p.id = %s
              UNION
              SELECT next.id, next.joined_into_id FROM same CROSS JOIN LATERAL (
                SELECT p.id, p.joined_into_id FROM people_person p WHERE p.id = same.joined_into_id
                UNION ALL
                SELECT p.id, p.joined_into_id FROM people_person p WHERE p.joined_into_id = same.id
              ) AS next
            )
            SELECT p.id FROM people_person p JOIN same ON same.id = p.id ORDER BY p.added_at, p.id
            """,
            [person_id],
        )
        return [row[0] for row in cursor.fetchall()]
