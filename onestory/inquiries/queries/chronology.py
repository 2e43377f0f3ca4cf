"""What happened when, and who knew what when, across every agency's entries for those concerned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onestory.access import queries as access
from onestory.access.acting import now
from onestory.access.models import Envelope, Grant, Protected
from onestory.agencies.actor import Actor
from onestory.agencies.models import Organisation, Team
from onestory.inquiries.models import Inquiry, InquiryPerson
from onestory.inquiries.queries import lines as making
from onestory.inquiries.queries.lines import OF_REVIEWS, Line
from onestory.people.queries import names, records
from onestory.rights.queries.telling import given, protected

ROWS = "SELECT t.* FROM inquiries_rows(%s, '{0}') r, jsonb_populate_record(NULL::{0}, r) t"


@dataclass(frozen=True)
class Narrowed:
    """What of it is wanted; empty is all."""

    person_id: UUID | None = None
    organisation_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    # Without what was opened, closed and read.
    written_only: bool = False

    def has(self, line: Line) -> bool:
        return (
            self.person_id in (None, line.person_id)
            and (self.organisation_id is None or _is_of(line.team, self.organisation_id))
            and (self.since is None or self.since <= line.day)
            and (self.until is None or line.day <= self.until)
            and (not self.written_only or line.kind == making.WRITTEN)
        )


@dataclass(frozen=True)
class Chronology:
    """All the lines that are wanted, the earliest first, and whom it is about."""

    inquiry: Inquiry
    people: list[InquiryPerson]
    names: dict[UUID, str]
    # The organisations of any line, wanted or not.
    organisations: list[tuple[UUID, str]]
    lines: list[Line]
    made_at: datetime

    def part(self, person_id: UUID) -> str:
        found = (one for one in self.people if one.person_id == person_id)
        return next((one.get_part_display() for one in found), "")


def chronology(by: Actor, inquiry: Inquiry, wanted: Narrowed) -> Chronology:
    """The chronology of a review that is open to the actor. Loading it is a reading, as ever."""
    people = [one for one in inquiry.people.order_by("added_at", "id") if one.opened_at]
    named = _names(by, people)
    found: list[Line] = []
    of, kinds, grants = {}, {}, []
    for one in people:
        ids = [person.pk for person in records(by, one.person_id)]
        for envelope in Envelope.objects.filter(person_id__in=ids):
            of[envelope.pk], kinds[envelope.pk] = one.person_id, envelope.kind
        held = [grant for key in ids for grant in access.grants_on(by, key) if _of_work(grant)]
        grants += held
        found += making.opened_and_closed(one.person_id, held, now())
        found += making.readings(one.person_id, _openings(by, inquiry, one.person_id))
    found += making.Written(kinds, grants, named).lines(_rows(inquiry, kinds), of)
    found.sort(key=lambda line: (line.moment, line.title))
    return Chronology(
        inquiry=inquiry,
        people=people,
        names=named,
        organisations=_organisations(found),
        lines=[line for line in found if wanted.has(line)],
        made_at=now(),
    )


def _rows(inquiry: Inquiry, kinds: dict[UUID, str]) -> list[Protected]:
    """Every row of every table, that is told of at all, in what the review has opened."""
    rows: list[Protected] = []
    for model in filter(given, protected()):
        found = model.objects.raw(ROWS.format(model._meta.db_table), [inquiry.pk])
        rows += found.prefetch_related("recorded_by")
    return [row for row in rows if row.envelope_id in kinds]


def _names(by: Actor, people: list[InquiryPerson]) -> dict[UUID, str]:
    known = names(by, [one.person_id for one in people]) if people else {}
    references = access.references(by, [one.person_id for one in people])
    return {
        one.person_id: str(known.get(one.person_id) or references.get(one.person_id, ""))
        for one in people
    }


def _openings(by: Actor, inquiry: Inquiry, person_id: UUID) -> list[access.Opening]:
    """Without what the appointed one reads for the review itself."""
    return [
        one
        for one in access.shown(by, person_id).openings
        if not (one.user and one.user.pk == inquiry.handler_id and one.last >= inquiry.confirmed_at)
    ]


def _of_work(grant: Grant) -> bool:
    return grant.basis != OF_REVIEWS


def _is_of(team: Team | None, organisation_id: UUID) -> bool:
    return team is not None and team.organisation_id == organisation_id


def _organisations(found: Iterable[Line]) -> list[tuple[UUID, str]]:
    ids = {line.team.organisation_id for line in found if line.team}
    rows = Organisation.objects.filter(pk__in=ids).order_by("name", "id")
    return list(rows.values_list("id", "name"))
