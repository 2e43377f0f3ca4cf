"""Where each line of a chronology stands, without its words: so a page reads no more than it shows."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from onestory.access.models import Protected
from onestory.agencies.models import Membership, Team
from onestory.inquiries.models import Inquiry
from onestory.inquiries.queries.moments import Moment, moments
from onestory.rights.queries.telling import given, protected

_MARKS = """
    SELECT '{label}', v.moment, t.id, t.envelope_id, v.at, {team}, t.recorded_by_id,
      (t.recorded_at AT TIME ZONE 'Europe/London')::date
    FROM inquiries_rows(%(inquiry)s, '{table}') r, jsonb_populate_record(NULL::{table}, r) t,
      LATERAL (VALUES {moments}) v (moment, at)
    WHERE v.at IS NOT NULL
"""
_ROWS = """
    SELECT t.* FROM inquiries_rows(%s, '{table}') r, jsonb_populate_record(NULL::{table}, r) t
    WHERE t.id = ANY(%s)
"""
# The team that a row names, the first of these that it has.
TEAMS = ("from_team", "team")


class Place(NamedTuple):
    """An event of a row: its table, which of the events of such a row, and the row."""

    label: str
    number: int
    row_id: UUID

    @property
    def model(self) -> type[Protected]:
        return apps.get_model(self.label)

    @property
    def moment(self) -> Moment:
        return moments(self.model)[self.number]


class Mark(NamedTuple):
    """Something that was written: where it is, when it happened, in whose envelope, which team the row
    names, and for which team its writer worked then."""

    place: Place
    envelope_id: UUID
    at: datetime
    team_id: UUID | None
    writer_team_id: UUID | None


def marks(inquiry: Inquiry) -> Iterator[Mark]:
    """Of every row of every table that is told of at all, in what the review has opened. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"inquiry": inquiry.pk})
        found = cursor.fetchall()
    writers = _Writers(row[6] for row in found)
    for label, number, key, envelope_id, at, team_id, writer_id, day in found:
        writer_team_id = writers.team_id(writer_id, day)
        yield Mark(Place(label, number, key), envelope_id, at, team_id, writer_team_id)


def rows(inquiry: Inquiry, places: Iterable[Place]) -> dict[UUID, Protected]:
    """The rows of these places. Loading them is a reading. Two queries for each table."""
    wanted: dict[str, set[UUID]] = {}
    for place in places:
        wanted.setdefault(place.label, set()).add(place.row_id)
    found: dict[UUID, Protected] = {}
    for label, ids in wanted.items():
        model = apps.get_model(label)
        who = {moment.who for moment in moments(model)} - {""}
        read = model.objects.raw(
            _ROWS.format(table=model._meta.db_table), [inquiry.pk, list(ids)]
        ).prefetch_related(*sorted(who))
        found |= {row.pk: row for row in read}
    return found


class _Writers:
    """In which team somebody wrote on a day."""

    def __init__(self, user_ids: Iterable[UUID]):
        self.memberships: dict[UUID, list[Membership]] = {}
        for row in Membership.objects.filter(user_id__in=set(user_ids), works_cases=True):
            self.memberships.setdefault(row.user_id, []).append(row)

    def team_id(self, user_id: UUID, day: date) -> UUID | None:
        for one in self.memberships.get(user_id, ()):
            if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on):
                return one.team_id
        return None


def teams(marks: Iterable[Mark]) -> dict[UUID, Team]:
    """The teams that are named in them, with their organisations."""
    ids = {key for mark in marks for key in (mark.team_id, mark.writer_team_id)} - {None}
    return Team.objects.select_related("organisation").in_bulk(ids)


@cache
def _statement() -> str:
    """One question for all tables. Every name in it is of our own models."""
    return "UNION ALL".join(map(_of_table, filter(given, protected())))


def _of_table(model: type[Protected]) -> str:
    names = {field.name for field in model._meta.concrete_fields}
    named = [f"t.{name}_id" for name in TEAMS if name in names]
    values = (f"({n}, {_at(model, one)})" for n, one in enumerate(moments(model)))
    return _MARKS.format(
        label=model._meta.label,
        table=model._meta.db_table,
        team=f"coalesce({', '.join(named)})" if named else "NULL::uuid",
        moments=", ".join(values),
    )


def _at(model: type[Protected], moment: Moment) -> str:
    """A day without an hour begins it."""
    on = []
    for name in moment.on:
        field = model._meta.get_field(name)
        is_day = not isinstance(field, models.DateTimeField)
        on.append(f't."{field.column}"{"::timestamp" * is_day}{ZONE * is_day}')
    found = f"coalesce({', '.join(on)})"
    if not moment.needs:
        return found
    needs = model._meta.get_field(moment.needs).column
    return f"CASE WHEN t.\"{needs}\"::text <> '' THEN {found} END"


ZONE = " AT TIME ZONE 'Europe/London'"
