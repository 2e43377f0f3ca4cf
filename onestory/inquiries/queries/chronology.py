"""What happened when, in the records that a review has opened, and who knew it from when on.

All lines are known by where they stand; words are made of those that are shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from onestory.access import queries as access
from onestory.access.acting import now
from onestory.access.models import Envelope, Grant
from onestory.agencies.actor import Actor
from onestory.agencies.models import Team
from onestory.inquiries.models import Inquiry, InquiryPerson
from onestory.inquiries.queries import lines as making
from onestory.inquiries.queries import marks as marking
from onestory.inquiries.queries.lines import OF_REVIEWS, Line, Written
from onestory.inquiries.queries.marks import Place
from onestory.kernel.calendar import local
from onestory.people.queries import names, records


class Entry(NamedTuple):
    """Where a line stands: when, about whom, which team it is of, and which team wrote it. What was
    written has its place, the rest the line itself."""

    at: datetime
    kind: str
    person_id: UUID
    team: Team | None
    writer: Team | None = None
    line: Line | None = None
    place: Place | None = None

    @property
    def order(self) -> tuple:
        """The same every time, so that no page repeats what another has shown."""
        if self.line:
            return self.at, self.line.title, ""
        return self.at, self.place.label, str(self.place.row_id), self.place.number


@dataclass(frozen=True)
class Narrowed:
    """What of it is wanted; empty is all."""

    person_id: UUID | None = None
    organisation_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    # Without what was opened, closed and read.
    written_only: bool = False

    def has(self, entry: Entry) -> bool:
        return (
            self.person_id in (None, entry.person_id)
            and (self.organisation_id is None or _is_of(entry.team, self.organisation_id))
            and (self.since is None or self.since <= local(entry.at).date())
            and (self.until is None or local(entry.at).date() <= self.until)
            and (not self.written_only or entry.kind == making.WRITTEN)
        )


@dataclass(frozen=True)
class Chronology:
    """Where every line stands, the earliest first, and whom it is about."""

    inquiry: Inquiry
    people: list[InquiryPerson]
    names: dict[UUID, str]
    entries: list[Entry]
    made_at: datetime
    written: Written

    @property
    def organisations(self) -> list[tuple[UUID, str]]:
        """Those of any line."""
        teams = {entry.team.pk: entry.team for entry in self.entries if entry.team}.values()
        found = {team.organisation_id: team.organisation.name for team in teams}
        return sorted(found.items(), key=lambda one: (one[1], one[0]))

    def wanted(self, narrowed: Narrowed) -> list[Entry]:
        return [entry for entry in self.entries if narrowed.has(entry)]

    def lines(self, entries: Sequence[Entry]) -> list[Line]:
        """These in words. To load what was written is a reading, as ever."""
        rows = marking.rows(self.inquiry, [entry.place for entry in entries if entry.place])
        return [entry.line or self._written(entry, rows) for entry in entries]

    def _written(self, entry: Entry, rows: dict) -> Line:
        row = rows[entry.place.row_id]
        return self.written.line(row, entry.place.moment, entry.person_id, entry.writer)


def chronology(by: Actor, inquiry: Inquiry) -> Chronology:
    """The chronology of a review that is open to the actor."""
    people = [one for one in inquiry.people.order_by("added_at", "id") if one.opened_at]
    named = _names(by, people)
    found: list[Entry] = []
    of, kinds, grants = {}, {}, []
    for one in people:
        ids = [person.pk for person in records(by, one.person_id)]
        for envelope in Envelope.objects.filter(person_id__in=ids):
            of[envelope.pk], kinds[envelope.pk] = one.person_id, envelope.kind
        held = [grant for key in ids for grant in access.grants_on(by, key) if _of_work(grant)]
        grants += held
        found += _said(making.opened_and_closed(one.person_id, held, now()))
        found += _said(making.readings(one.person_id, _openings(by, inquiry, one.person_id)))
    found += _written(inquiry, of)
    found.sort(key=lambda entry: entry.order)
    return Chronology(
        inquiry=inquiry,
        people=people,
        names=named,
        entries=found,
        made_at=now(),
        written=Written(kinds, grants, named),
    )


def _said(lines: Iterable[Line]) -> Iterator[Entry]:
    for line in lines:
        yield Entry(line.moment, line.kind, line.person_id, line.to or line.team, line=line)


def _written(inquiry: Inquiry, of: dict[UUID, UUID]) -> Iterator[Entry]:
    """`of` says which person an envelope is of."""
    marks = [mark for mark in marking.marks(inquiry) if mark.envelope_id in of]
    teams = marking.teams(marks)
    for mark in marks:
        named, writer = teams.get(mark.team_id), teams.get(mark.writer_team_id)
        yield Entry(
            at=mark.at,
            kind=making.WRITTEN,
            person_id=of[mark.envelope_id],
            team=named or writer,
            writer=writer or named,
            place=mark.place,
        )


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
