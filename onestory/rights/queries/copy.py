"""Copies of a record: what a survivor takes away by herself, and what is given on a request."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from onestory.access import queries as access
from onestory.access.models import Envelope, Kind, Protected
from onestory.agencies.actor import Actor
from onestory.people.queries import records
from onestory.rights.models import Choice, CopyRequest
from onestory.rights.queries.corrections import fact
from onestory.rights.queries.telling import (
    PARTS,
    POLICE,
    Entry,
    Line,
    Part,
    Teller,
    given,
    protected,
)
from onestory.rights.words import How

# Words in which there may be others, where nobody has read them through.
NOT_READ = (
    "Left out here, because other people may be named in it. Ask for it, and we read it first."
)
# Parts that are not given by the way: somebody says that they are, or why not.
DECIDED_APART = (Kind.WHEREABOUTS, POLICE, Kind.RISK, Kind.CONDUCT, Kind.THERAPY)
LEFT_OUT = "Left out: {why}."
A_PART = "{words} (A part is left out: {why}.)"
ROWS = "SELECT t.* FROM rights_rows(%s, '{0}') r, jsonb_populate_record(NULL::{0}, r) t"


@dataclass(frozen=True)
class Copy:
    """One person's record in plain words, part by part."""

    reference: str
    made_at: datetime
    parts: list[Part]


@dataclass(frozen=True)
class Draft:
    """A copy that is being made on a request: everything, and what was decided about it so far."""

    parts: list[Part]
    # Of these somebody has to say whether they are given, even where they are not open to the handler.
    apart: list[str]
    choices: dict[str, Choice]

    @property
    def to_read(self) -> list[Line]:
        """The words that a person reads, but those of a part that is left out as a whole."""
        return [
            line
            for part in self.parts
            if not self._is_out(part.key)
            for entry in part.entries
            for line in entry.lines
            if line.how == How.READ
        ]

    @property
    def undecided(self) -> list[str]:
        """The places about which nothing is decided yet: parts first."""
        places = [*self.apart, *(line.place for line in self.to_read)]
        return [place for place in places if place not in self.choices]

    def finished(self) -> list[Part]:
        """The parts as they are given."""
        return [self._given(part) for part in self.parts]

    def left_out(self) -> list[tuple[str, str]]:
        """Parts that are not given as a whole, and why."""
        return [
            (PARTS[key], self.choices[key].get_why_display())
            for key in self.apart
            if self._is_out(key)
        ]

    def _is_out(self, place: str) -> bool:
        choice = self.choices.get(place)
        return choice is not None and choice.what == Choice.What.WITHHOLD

    def _given(self, part: Part) -> Part:
        if self._is_out(part.key):
            return replace(part, entries=[])
        entries = [
            replace(entry, lines=[self._line(line) for line in entry.lines])
            for entry in part.entries
        ]
        return replace(part, entries=entries)

    def _line(self, line: Line) -> Line:
        if line.how != How.READ:
            return line
        choice = self.choices.get(line.place)
        # Closed unless somebody has said otherwise.
        if choice is None:
            return replace(line, words=NOT_READ)
        why = choice.get_why_display().lower()
        if choice.what == Choice.What.WITHHOLD:
            return replace(line, words=LEFT_OUT.format(why=why))
        if choice.what == Choice.What.PART:
            return replace(line, words=A_PART.format(words=choice.words, why=why))
        return line


def copy_of(by: Actor, person_id: UUID) -> Copy:
    """What is open to the actor of this person, with nobody else in it. `Http404` never: a part that
    is not open is not there.

    For the survivor's own pages. Words in which there may be others are left out, and no member of
    staff is named: teams are.
    """
    same = records(by, person_id)
    kinds = dict(
        Envelope.objects.filter(person_id__in=[p.pk for p in same]).values_list("id", "kind")
    )
    rows: list[Protected] = []
    for model in filter(given, protected()):
        rows += model.objects.filter(envelope_id__in=kinds)
    parts = [
        replace(part, entries=[_closed(e) for e in part.entries]) for part in _told(kinds, rows)
    ]
    reference = same[0].reference if same else ""
    return Copy(reference, timezone.now(), parts)


def fact_as_copied(by: Actor, person_id: UUID, row_id: UUID) -> Entry:
    """One row as her copy has it. `Http404` if it is not open to the actor."""
    row = fact(by, person_id, row_id)
    return _closed(Teller({}).entry(row))


def draft_of(by: Actor, request: CopyRequest) -> Draft:
    """Everything that a confirmed request has opened to its handler, with what is decided so far."""
    same = [person.pk for person in records(by, request.person_id)]
    kinds = dict(Envelope.objects.filter(person_id__in=same).values_list("id", "kind"))
    rows: list[Protected] = []
    for model in filter(given, protected()):
        rows += model.objects.raw(ROWS.format(model._meta.db_table), [request.pk])
    parts = _told(kinds, rows)
    covers = {cover.kind for person_id in same for cover in access.envelopes_of(by, person_id)}
    there = {part.key for part in parts} | (covers & {Kind.THERAPY})
    choices = {choice.place: choice for choice in request.choices.all()}
    return Draft(parts, [key for key in DECIDED_APART if key in there], choices)


def _told(kinds: dict[UUID, str], rows: list[Protected]) -> list[Part]:
    return Teller(kinds).parts([row for row in rows if row.envelope_id in kinds])


def _closed(entry: Entry) -> Entry:
    lines = [
        replace(line, words=NOT_READ) if line.how == How.READ else line for line in entry.lines
    ]
    return replace(entry, lines=lines)
