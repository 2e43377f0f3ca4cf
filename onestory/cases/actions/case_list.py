"""Bringing in a team's own case list: whole, or not at all."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from onestory.access.actions import make_envelopes
from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.cases.case_list import CaseList, CheckedRow, Faults
from onestory.cases.models import Case, CaseListImport
from onestory.cases.queries.case_list import (
    BATCH,
    COLUMNS,
    Comparison,
    compare,
    headers_of,
    wait_for_turn,
)
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id

# A list says that a case was closed, not why.
CLOSE_REASON = "not-recorded"

Progress = Callable[[int, int], None]
T = TypeVar("T")

# By way of JSON, a case takes a fifth of the time that it takes through the model.
_ROWS = """
    jsonb_to_recordset(%s::jsonb) AS v(
        id uuid, version integer, reference text, opened_on date, closed_on date,
        close_reason text, category text, area text, "group" text, abuse text[],
        risk_assessment text, referred_by text)
"""
_INSERT = f"""
    INSERT INTO cases_case (
        team_id, envelope_id, imported_id, recorded_at, recorded_by_id, id, version, list_version,
        reference, opened_on, closed_on, close_reason, category, area, "group", abuse,
        risk_assessment, referred_by)
    SELECT %s, %s, %s, %s, %s, v.id, v.version, v.version,
        v.reference, v.opened_on, v.closed_on, v.close_reason, v.category, v.area, v."group",
        v.abuse, v.risk_assessment, v.referred_by
    FROM {_ROWS}
"""
_UPDATE = f"""
    UPDATE cases_case c SET
        reference = v.reference, opened_on = v.opened_on, closed_on = v.closed_on,
        close_reason = v.close_reason, category = v.category, area = v.area, "group" = v."group",
        abuse = v.abuse, risk_assessment = v.risk_assessment, referred_by = v.referred_by,
        imported_id = %s, version = c.version + 1, list_version = c.version + 1
    FROM {_ROWS}
    WHERE c.id = v.id AND c.version = v.version
"""


class Counts(NamedTuple):
    added: int
    changed: int
    unchanged: int


class Faulty(Refused):
    """The list has faults, so nothing of it was stored."""

    def __init__(self, faults: Faults):
        super().__init__("The list has faults. Nothing was imported.")
        self.faults = faults


@transaction.atomic
def import_case_list(
    *,
    by: Actor,
    team_id: UUID,
    case_list: CaseList,
    run: CaseListImport | None = None,
    progress: Progress | None = None,
) -> Counts:
    """Add the cases that are new and change those that differ; what has left the list stays.

    `run` is the import that this belongs to; without one it is made, if there is anything to do.
    `progress` is told how many cases are stored, of how many; whatever it raises undoes it all.
    Raises `Faulty` where the list has faults or would undo what was done here.
    """
    by.must(Permission.CASE_LIST_IMPORT, team_id)
    _refuse(case_list.faults)
    wait_for_turn(team_id)
    found = compare(by, team_id, case_list)
    _refuse(found.faults)
    counts = Counts(**found.counts)
    detail = counts._asdict()
    envelopes = []
    if counts.added or counts.changed:
        run = run or _run_for(by, team_id, case_list, counts)
        envelope_id = _envelope(by, team_id)
        envelopes = [envelope_id]
        writing = _Writing(by, run, envelope_id, tuple(headers_of(case_list)))
        _write_all(writing, found, progress or _quietly)
    record.write(
        "case-list.import", by=by, envelopes=envelopes, subject=f"team:{team_id}", detail=detail
    )
    return counts


@dataclass(frozen=True)
class _Writing:
    """What every case that is written has in common."""

    by: Actor
    run: CaseListImport
    envelope_id: UUID
    fields: Sequence[str]  # Those that the list has a column for.

    def add(self, rows: Sequence[CheckedRow]) -> None:
        same = [self.run.team_id, self.envelope_id, self.run.pk, timezone.now(), self.by.user_id]
        try:
            with transaction.atomic():
                _execute(_INSERT, *same, json.dumps([_new(row) for row in rows], default=str))
        except IntegrityError as error:
            if error.__cause__.diag.constraint_name != "one_case_per_reference":
                raise
            raise Refused(
                "A reference of the list is in use for another case. Nothing was imported."
            ) from error

    def change(self, pairs: Sequence[tuple[Case, CheckedRow]]) -> None:
        values = [_changed(case, row, self.fields) for case, row in pairs]
        if _execute(_UPDATE, self.run.pk, json.dumps(values, default=str)) != len(pairs):
            raise Refused(
                "Somebody changed a case of the list at this moment. "
                "Nothing was imported; try again."
            )


def _write_all(writing: _Writing, found: Comparison, progress: Progress) -> None:
    total = len(found.new) + len(found.changed)
    done = 0
    progress(done, total)
    for rows in _batches(found.new):
        writing.add(rows)
        progress(done := done + len(rows), total)
    for pairs in _batches(found.changed):
        writing.change(pairs)
        progress(done := done + len(pairs), total)


def _new(row: CheckedRow) -> dict:
    """A case as it is written first. Its closing says no reason: the list has none."""
    reason = CLOSE_REASON if row.closed else ""
    return {"id": new_id(), "version": 0, "close_reason": reason, **_columns(row, COLUMNS)}


def _changed(case: Case, row: CheckedRow, fields: Sequence[str]) -> dict:
    """The whole case as it is to be. Columns that the list has not got stay as they are."""
    here = {column: getattr(case, column) for column in COLUMNS.values()}
    there = {**here, **_columns(row, fields)}
    reason = (case.close_reason or CLOSE_REASON) if there["closed_on"] else ""
    return {"id": case.pk, "version": case.version, "close_reason": reason, **there}


def _columns(row: CheckedRow, fields: Sequence[str]) -> dict:
    return {COLUMNS[name]: getattr(row, name) for name in fields}


def _execute(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _envelope(by: Actor, team_id: UUID) -> UUID:
    """The envelope of this team's list: one for all its cases, since they are nobody's."""
    found = Case.objects.filter(team_id=team_id, person=None, imported__isnull=False)
    envelope_id = found.values_list("envelope_id", flat=True).first()
    if envelope_id is None:
        made = make_envelopes(by=by, person_id=None, kinds=[Kind.SUPPORT], team_id=team_id)
        envelope_id = made[Kind.SUPPORT].pk
    return envelope_id


def _run_for(by: Actor, team_id: UUID, case_list: CaseList, counts: Counts) -> CaseListImport:
    now = timezone.now()
    return CaseListImport.objects.create(
        team_id=team_id,
        file_name=case_list.filename,
        file_digest=case_list.digest,
        state=CaseListImport.State.DONE,
        rows=case_list.found,
        done=case_list.found,
        started_by_id=by.user_id,
        started_at=now,
        ended_at=now,
        **counts._asdict(),
    )


def _refuse(faults: Faults) -> None:
    if faults:
        raise Faulty(faults)


def _quietly(done: int, total: int) -> None:
    """Nobody asked to be told."""
