"""Sealing the record in batches. The key lies outside the database."""

import json
import os
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from onestory import database
from onestory.access.acting import acting
from onestory.access.models import Seal
from onestory.access.queries.seals import LINE, anchor_file, last_seal
from onestory.access.rules import sealing
from onestory.agencies.actor import Actor

BATCH = 10_000
LOCK = 0x5EA1


def seal_all(*, by: Actor) -> int:
    """Seal whatever waits, a batch to a transaction. Gives back the number of seals made."""
    made = 0
    while seal(by=by):
        made += 1
    return made


@transaction.atomic(durable=True)
def seal(*, by: Actor) -> Seal | None:
    """Seal the entries that wait, up to a batch of them; None if none do.

    It writes no entry of its own, or there would always be one more to seal.
    """
    with acting(by, purpose="seal"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        before = last_seal(by)
        upto = before.upto if before else 0
        gaps = [sealing.Gap(*gap) for gap in before.missing] if before else []
        oldest_running = _number(cursor, "pg_snapshot_xmin(pg_current_snapshot())")
        late = _late(cursor, gaps)
        if len(late) == BATCH:
            # There may be more of them: none is given up yet, and nothing new begun.
            gaps, new = sealing.still_missing(gaps, late, oldest_running=0), {}
        else:
            gaps, new = sealing.still_missing(gaps, late, oldest_running), _new(cursor, upto)
        if not late and not new:
            return None
        # A transaction of our own, later than every one that has numbered an entry by now.
        gaps += sealing.holes(upto, list(new), _number(cursor, "pg_current_xact_id()"))
        lines = dict(sorted((late | new).items()))
        made = _signed(before, upto=max([upto, *new]), missing=gaps, lines=lines)
        made.save(force_insert=True)
        transaction.on_commit(partial(_keep_outside, made))
        return made


def _number(cursor, expression: str) -> int:
    cursor.execute(f"SELECT {expression}::text::bigint")
    return cursor.fetchone()[0]


def _late(cursor, gaps: list[sealing.Gap]) -> dict[int, str]:
    cursor.execute(
        f"SELECT id, {LINE} FROM unnest(%s::bigint[], %s::bigint[]) AS gap (first, last)"
        " JOIN access_entry ON id BETWEEN gap.first AND gap.last ORDER BY id LIMIT %s",
        [[gap.first for gap in gaps], [gap.last for gap in gaps], BATCH],
    )
    return dict(cursor.fetchall())


def _new(cursor, upto: int) -> dict[int, str]:
    cursor.execute(
        f"SELECT id, {LINE} FROM access_entry WHERE id > %s ORDER BY id LIMIT %s", [upto, BATCH]
    )
    return dict(cursor.fetchall())


def _signed(before: Seal | None, *, upto: int, missing: list, lines: dict[int, str]) -> Seal:
    key = database.secret("seal")
    content = sealing.Content(
        number=before.number + 1 if before else 1,
        sealed_at=timezone.now(),
        upto=upto,
        missing=missing,
        entries=list(lines),
        digests=b"".join(map(sealing.digest, lines.values())),
        previous=bytes(before.signature) if before else b"",
        key=sealing.name_of(key),
    )
    return Seal(**content._asdict(), signature=sealing.sign(key, content))


def _keep_outside(made: Seal) -> None:
    """Keep the last signature outside the database, so that a shortened record is found out."""
    path = anchor_file()
    text = json.dumps({"number": made.number, "signature": bytes(made.signature).hex()})
    fresh = path.with_suffix(".new")
    fresh.write_text(text)
    os.replace(fresh, path)
