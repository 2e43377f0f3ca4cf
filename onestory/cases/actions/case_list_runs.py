"""A case list on its way from the upload to the cases: checked, confirmed, imported, or not."""

import time
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.actions.case_list import Faulty, Progress, import_case_list
from onestory.cases.case_list import CaseList, Faults, read_case_list
from onestory.cases.models import CaseListImport
from onestory.cases.queries.case_list import (
    Comparison,
    compare,
    find_import,
    nobody_imports,
    wait_for_turn,
)
from onestory.kernel import record
from onestory.kernel.errors import Refused

State = CaseListImport.State
LONGEST_NAME = 200
MOST_SPELLINGS = 500  # Of more, nobody would read the rest.


class Cancelled(Refused):
    """Somebody asked to stop, so nothing was stored."""

    def __init__(self):
        super().__init__("The import was cancelled. Nothing was stored.")


@transaction.atomic
def check_case_list(*, by: Actor, team_id: UUID, file_name: str, content: bytes) -> CaseListImport:
    """Read a list and compare it with what is there. It waits for a yes, or has faults.

    What is kept of this person's earlier lists is thrown away.
    """
    by.must(Permission.CASE_LIST_IMPORT, team_id)
    _forget_earlier(by, team_id)
    name = file_name[:LONGEST_NAME]
    found = read_case_list(content, pack=pack(), today=timezone.localdate(), filename=name)
    comparison = compare(by, team_id, found) if found.ok else Comparison()
    faults = found.faults or comparison.faults
    run = CaseListImport.objects.create(
        team_id=team_id,
        file_name=name,
        file_digest=found.digest,
        file=None if faults else content,
        findings=_findings(found, faults),
        state=State.REFUSED if faults else State.CHECKED,
        rows=found.found,
        faults=len(faults),
        started_by_id=by.user_id,
        started_at=timezone.now(),
        ended_at=timezone.now() if faults else None,
        **comparison.counts,
    )
    _write("check", by, run, rows=run.rows, faults=run.faults)
    return run


@transaction.atomic
def queue_import(*, by: Actor, import_id: UUID) -> CaseListImport:
    """Say yes to a list that was checked; a worker imports it. `Refused` if it is no longer so."""
    run = find_import(by, import_id)
    _move(run, [State.CHECKED], State.WAITING)
    _write("queue", by, run)
    return run


@transaction.atomic
def begin_import(*, by: Actor, import_id: UUID) -> CaseListImport:
    """Take a list in hand. `Refused` if it was cancelled, or somebody else has taken it."""
    run = find_import(by, import_id)
    _move(run, [State.CHECKED, State.WAITING], State.RUNNING)
    _write("begin", by, run)
    return run


@transaction.atomic
def run_import(*, by: Actor, import_id: UUID, progress: Progress | None = None) -> CaseListImport:
    """Read the list once more and import it, in this one transaction.

    `progress` is told of the list's rows: half for reading them, half for storing. It may raise
    `Cancelled`. The row of the import itself is not touched before the end, so that progress
    can be written to it from another connection.
    """
    run = find_import(by, import_id)
    wait_for_turn(run.team_id)
    content = CaseListImport.objects.only("file").get(pk=run.pk).file
    if run.state != State.RUNNING or content is None:
        raise Cancelled
    tell = progress or (lambda done, total: None)
    case_list = read_case_list(
        bytes(content),
        pack=pack(),
        today=timezone.localdate(),
        filename=run.file_name,
        progress=lambda done, total: tell(done, total * 2),
    )
    counts = import_case_list(
        by=by,
        team_id=run.team_id,
        case_list=case_list,
        run=run,
        progress=lambda done, total: tell(total + done, total * 2),
    )
    ended = _ended(State.DONE, done=run.rows, **counts._asdict())
    if not _while(run, State.RUNNING).filter(cancel_asked=False).update(**ended):
        raise Cancelled
    return find_import(by, import_id)


@transaction.atomic
def import_at_once(*, by: Actor, import_id: UUID) -> CaseListImport:
    """Say yes to a list that was checked, and import it now; whatever comes of it."""
    begin_import(by=by, import_id=import_id)
    try:
        return run_import(by=by, import_id=import_id)
    except Refused as refused:
        return end_import(by=by, import_id=import_id, why=refused)


@transaction.atomic
def end_import(*, by: Actor, import_id: UUID, why: Exception) -> CaseListImport:
    """Write down why a list that was taken in hand was not imported."""
    run = find_import(by, import_id)
    if isinstance(why, Faulty):
        changes = _ended(State.REFUSED, findings=_of_faults(why.faults), faults=len(why.faults))
    elif isinstance(why, Cancelled):
        changes = _ended(State.CANCELLED)
    else:
        said = why.reason if isinstance(why, Refused) else ""
        changes = _ended(State.FAILED, findings={"why": said})
    _while(run, State.RUNNING).update(**changes)
    run = find_import(by, import_id)
    _write("end", by, run, state=run.state)
    return run


@transaction.atomic
def cancel_import(*, by: Actor, import_id: UUID) -> CaseListImport:
    """Stop a list before it is imported. One that is being imported is stopped at its next step."""
    run = find_import(by, import_id)
    before = [State.CHECKED, State.WAITING]
    if run.state == State.RUNNING and nobody_imports(run.team_id):
        before.append(State.RUNNING)  # Its worker is no more.
    if not _while(run, *before).update(**_ended(State.CANCELLED)):
        _while(run, State.RUNNING).update(cancel_asked=True)
    _write("cancel", by, run)
    return find_import(by, import_id)


class Watched:
    """Lets others see how far an import is, and hears from them when it is to stop.

    It has a connection of its own, for what the import's own transaction writes is seen by nobody
    before its end. It acts as the one who imports.
    """

    EVERY = 0.5  # seconds

    def __init__(self, by: Actor, import_id: UUID):
        self._by, self._import_id = by, import_id
        self._next = 0.0

    def __enter__(self) -> "Watched":
        self._connection = connection.copy()
        with self._connection.cursor() as cursor:
            # For the whole life of this connection, which is nobody else's.
            cursor.execute(
                "SELECT set_config('onestory.actor', %s, false)", [str(self._by.user_id)]
            )
        return self

    def __exit__(self, *error) -> None:
        self._connection.close()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() < self._next:
            return
        with self._connection.cursor() as cursor:
            cursor.execute(
                "UPDATE cases_caselistimport SET done = rows * %s::bigint / %s"
                " WHERE id = %s AND state = 'running' AND NOT cancel_asked",
                [done, max(total, 1), self._import_id],
            )
            if not cursor.rowcount:
                raise Cancelled
        self._next = time.monotonic() + self.EVERY


def _forget_earlier(by: Actor, team_id: UUID) -> None:
    mine = CaseListImport.objects.filter(team_id=team_id, started_by_id=by.user_id)
    mine.filter(state=State.CHECKED).update(**_ended(State.CANCELLED))
    mine.exclude(state__in=[State.WAITING, State.RUNNING]).exclude(findings={}).update(findings={})


def _move(run: CaseListImport, before: list[str], after: str) -> None:
    if not _while(run, *before).update(state=after):
        raise Refused("This list is no longer waiting: it was imported or cancelled meanwhile.")
    run.state = after


def _while(run: CaseListImport, *states: str) -> QuerySet[CaseListImport]:
    """The row of this import, while it is in one of these states in the database."""
    return CaseListImport.objects.filter(pk=run.pk, state__in=states)


def _ended(state: str, **more) -> dict:
    return {"state": state, "file": None, "ended_at": timezone.now(), **more}


def _findings(found: CaseList, faults: Faults) -> dict:
    """What a page shows of a list that was checked."""
    return {
        "years": {year.label: dict(numbers) for year, numbers in found.by_year.items()},
        "understood": [
            [word.column, word.found, word.name, word.rows, word.changed]
            for word in found.mapping[:MOST_SPELLINGS]
        ],
        "notes": list(found.notes),
        **_of_faults(faults),
    }


def _of_faults(faults: Faults) -> dict:
    return {
        "faults": [[f.row, f.column, f.value, f.kind, f.expected] for f in faults],
        "kinds": faults.by_kind.most_common(),
        "left_out": faults.left_out,
    }


def _write(verb: str, by: Actor, run: CaseListImport, **detail) -> None:
    record.write(f"case-list.{verb}", by=by, subject=f"case-list:{run.pk}", detail=detail)
