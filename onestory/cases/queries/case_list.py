"""What a case list would do to the cases that are there, and the lists brought in before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from uuid import UUID

from django.db import connection
from django.http import Http404

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.case_list import CaseList, CheckedRow, Faults, Kind
from onestory.cases.case_list.faults import Problem
from onestory.cases.models import Case, CaseListImport

BATCH = 2_000

# Field of the list -> column of the case.
COLUMNS = {
    "ref": "reference",
    "opened": "opened_on",
    "closed": "closed_on",
    "category": "category",
    "locality": "area",
    "group": "group",
    "abuse": "abuse",
    "risk_assessment": "risk_assessment",
    "source": "referred_by",
}


@dataclass(frozen=True)
class Comparison:
    """The rows of a list beside the cases of its team."""

    new: list[CheckedRow] = field(default_factory=list)
    changed: list[tuple[Case, CheckedRow]] = field(default_factory=list)
    unchanged: list[CheckedRow] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "added": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
        }


def compare(by: Actor, team_id: UUID, case_list: CaseList) -> Comparison:
    """Which rows are new, which differ from the case here, which do not.

    A row that differs from a case on which somebody worked here is a fault: what they did must
    not be lost.
    """
    found = Comparison()
    headers = headers_of(case_list)
    known = _known(by, team_id)
    rows = iter(case_list.rows)
    some = Case.objects.only(
        "envelope", "close_reason", "version", "list_version", *COLUMNS.values()
    )
    while batch := list(islice(rows, BATCH)):
        ids = {row.ref: known.get(row.ref.casefold()) for row in batch}
        cases = some.in_bulk([key for key in ids.values() if key])
        for row in batch:
            case = cases.get(ids[row.ref])
            if case is None:
                found.new.append(row)
            elif not (differing := differences(case, row, headers)):
                found.unchanged.append(row)
            elif case.version == case.list_version:
                found.changed.append((case, row))
            else:
                for name in differing:
                    _tell(found.faults, case, row, name, headers[name])
    return found


def headers_of(case_list: CaseList) -> dict[str, str]:
    """Field -> name of its column, for the columns that the list has."""
    found = dict(case_list.columns)
    return {
        column.field: found[column.name]
        for column in pack().case_list.columns
        if found.get(column.name)
    }


def differences(case: Case, row: CheckedRow, fields: Sequence[str]) -> list[str]:
    """In which of these fields the row says something else than the case."""
    return [name for name in fields if not _alike(getattr(case, COLUMNS[name]), getattr(row, name))]


def wait_for_turn(team_id: UUID) -> None:
    """One import of a team at a time: until the end of the transaction, all others wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_turn(team_id)])


def nobody_imports(team_id: UUID) -> bool:
    """Whether no import of this team is at work; if so, none can begin before we end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [_turn(team_id)]
        )
        return cursor.fetchone()[0]


def _turn(team_id: UUID) -> str:
    return f"case list of {team_id}"


def find_import(by: Actor, import_id: UUID) -> CaseListImport:
    """A list brought in by a team of the actor's, without its file. `Http404` if there is none."""
    run = (
        CaseListImport.objects.defer("file")
        .select_related("team", "started_by")
        .filter(pk=import_id, team_id__in=by.teams_where(Permission.CASE_LIST_IMPORT))
        .first()
    )
    if run is None:
        raise Http404
    return run


def imported_before(by: Actor, run: CaseListImport) -> CaseListImport | None:
    """The last time that this very file was imported for this team."""
    return (
        _imports(by)
        .filter(
            team_id=run.team_id,
            file_digest=run.file_digest,
            state=CaseListImport.State.DONE,
        )
        .exclude(pk=run.pk)
        .first()
    )


def last_imports(by: Actor, limit: int = 10) -> list[CaseListImport]:
    """The lists brought in last by the teams whose list the actor may bring in."""
    return list(_imports(by)[:limit])


def _imports(by: Actor):
    return (
        CaseListImport.objects.defer("file", "findings")
        .select_related("team", "started_by")
        .filter(team_id__in=by.teams_where(Permission.CASE_LIST_IMPORT))
        .order_by("-started_at", "-id")
    )


def _known(by: Actor, team_id: UUID) -> dict[str, UUID]:
    """The ids of the team's cases by reference; capitals make no difference."""
    found = Case.objects.filter(team_id=team_id).values_list("reference", "id")
    return {reference.casefold(): key for reference, key in found}


def _alike(here: object, there: object) -> bool:
    if isinstance(there, tuple):
        return set(here) == set(there)
    return here == there


def _tell(faults: Faults, case: Case, row: CheckedRow, name: str, header: str) -> None:
    here = _in_words(name, getattr(case, COLUMNS[name]))
    expected = (
        f"'{here}'" if here else "nothing"
    ) + ", as it stands here; write that in the list, or leave this row out"
    value = _in_words(name, getattr(row, name))
    faults.add(row.line, header, value, Problem(Kind.CHANGED_HERE, expected))


def _in_words(name: str, value: object) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if not value:
        return ""
    column = next(c for c in pack().case_list.columns if c.field == name)
    if column.vocabulary is None:
        return str(value)
    codes: Iterator[str] = iter([value] if isinstance(value, str) else value)
    return f"{column.separator} ".join(map(pack().vocabulary(column.vocabulary).name, codes))
