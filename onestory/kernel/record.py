"""The record: one entry for each action and each reading, in the same transaction.

Its table, its policies and its seals are in `access`; every room writes to it.
"""

import json
from collections.abc import Iterable
from uuid import UUID

from django.db import connection

# The transaction is numbered before the entry is, so that whoever seals the record can tell an entry
# that is still to come from one that never will.
_INSERT = """
    INSERT INTO access_entry
        (at, transaction, actor_id, verb, person_id, envelopes, subject, detail)
    SELECT clock_timestamp(), t.number, %s::uuid, %s, %s::uuid, %s::uuid[], %s, %s::jsonb
    FROM (SELECT pg_current_xact_id()::text::bigint AS number OFFSET 0) AS t
"""


def write(
    verb: str,
    *,
    by,
    person_id: UUID | None = None,
    envelopes: Iterable[UUID] = (),
    subject: str = "",
    detail: dict | None = None,
) -> None:
    """Add an entry. `verb` is `noun.verb`; `subject` names a row, as `contact:<id>`.

    `by` is the actor, or None where nobody is signed in. `detail` holds codes and counts, never a name, a date of birth or somebody's words.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                by.user_id if by else None,
                verb,
                person_id,
                sorted(envelopes),
                subject,
                json.dumps(detail or {}),
            ],
        )
