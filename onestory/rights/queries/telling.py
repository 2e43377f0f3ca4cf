"""Rows as somebody reads them in a copy of their record: what each column is called, and says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from onestory.access.models import Kind, Protected
from onestory.agencies.models import Service, Team
from onestory.agencies.pack import pack
from onestory.assessment import bank
from onestory.assessment.models import Answer
from onestory.assessment.rules import values
from onestory.cases.models import Contact
from onestory.kernel.templatetags.pages import moment
from onestory.rights.words import TOLD, How, Say

POLICE = "police"
PARTS = {
    Kind.IDENTITY: "Who you are",
    Kind.SAFE_CONTACT: "How it is safe to reach you",
    Kind.WHEREABOUTS: "Where you are staying",
    Kind.STORY: "What happened",
    POLICE: "What the police told us",
    Kind.NEEDS: "What you need",
    Kind.RISK: "How danger was judged",
    Kind.SUPPORT: "The work with you",
    Kind.THERAPY: "Therapy",
    Kind.CONDUCT: "What is written about your own conduct",
}
SOMEBODY_ELSE = "Somebody else, who is not named here"


@dataclass(frozen=True)
class Line:
    """One column of one row. `place` names it for good, for whoever decides whether it is given."""

    place: str
    label: str
    words: str
    how: How


@dataclass(frozen=True)
class Entry:
    """One row: what it is, when and by which team it was written down, and what it says."""

    title: str
    when: datetime
    team: str
    lines: list[Line]
    # The table and row, for good, and whether a later one took its place.
    place: str = ""
    superseded: bool = False


@dataclass(frozen=True)
class Part:
    """What lies in the envelopes of one kind."""

    key: str
    entries: list[Entry]

    @property
    def title(self) -> str:
        return PARTS.get(self.key, self.key)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The part as plain lines of (what, words)."""
        return [
            (f"{entry.title}: {line.label}", line.words)
            for entry in self.entries
            for line in entry.lines
        ]


def protected() -> list[type[Protected]]:
    """Every table whose rows lie in envelopes, in the order of the rooms."""
    return [model for model in apps.get_models() if issubclass(model, Protected)]


def given(model: type[Protected]) -> bool:
    """Whether anything of this table is told at all."""
    told = TOLD.get(model._meta.label)
    return bool(told and told.columns)


def model_of(place: str) -> tuple[type[Protected], UUID]:
    """The table that a place names, and the row of it."""
    label, key = place.split("/")[:2]
    return apps.get_model(label), UUID(key)


class Teller:
    """Puts rows into words. Teams and services are looked up once for all of them."""

    def __init__(self, kinds: dict[UUID, str]):
        self.kinds = kinds

    @cached_property
    def teams(self) -> dict[UUID, Team]:
        return Team.objects.in_bulk()

    @cached_property
    def services(self) -> dict[UUID, Service]:
        return Service.objects.in_bulk()

    def parts(self, rows: Iterable[Protected]) -> list[Part]:
        """All of these rows, by what they are about, oldest first."""
        found: dict[str, list[Entry]] = {}
        for row in sorted(rows, key=lambda row: (row.recorded_at, row.pk)):
            entry = self.entry(row)
            if entry.lines:
                found.setdefault(self._part(row), []).append(entry)
        return [Part(key, found[key]) for key in PARTS if key in found]

    def entry(self, row: Protected) -> Entry:
        told = TOLD[row._meta.label]
        place = f"{row._meta.label}/{row.pk}"
        lines = [line for name, say in told.columns.items() if (line := self._line(row, name, say))]
        superseded = getattr(row, "superseded_at", None)
        if lines and superseded:
            since = moment(superseded)
            lines.append(Line(f"{place}/superseded_at", "No longer so since", since, How.PLAIN))
        team = self.teams.get(getattr(row, "team_id", None))
        said_by = str(team) if team else ""
        return Entry(told.title, row.recorded_at, said_by, lines, place, bool(superseded))

    def _part(self, row: Protected) -> str:
        """Its envelope; but what the police told is decided about by itself."""
        if isinstance(row, Contact) and self.teams[row.from_team_id].kind == POLICE:
            return POLICE
        return self.kinds[row.envelope_id]

    def _line(self, row: Protected, name: str, say: Say) -> Line | None:
        if say.how == How.SYSTEM or (say.needs and not getattr(row, say.needs)):
            return None
        how = How.READ if _is_free_answer(row, name) else say.how
        said = SOMEBODY_ELSE if how == How.OTHER else self._words(row, name, say)
        place = f"{row._meta.label}/{row.pk}/{name}"
        return Line(place, say.label, said, how) if said else None

    def _words(self, row: Protected, name: str, say: Say) -> str:
        field = row._meta.get_field(name)
        if isinstance(row, Answer) and name in ("question", "value"):
            return _answer(row, name)
        if isinstance(field, models.ForeignKey):
            key = getattr(row, field.attname)
            return str(self.teams.get(key) or self.services.get(key) or "")
        if field.choices:
            return str(getattr(row, f"get_{name}_display")())
        value = getattr(row, name)
        if say.terms and value:
            terms = pack().vocabulary(say.terms)
            return "; ".join(map(terms.name, value if isinstance(value, list) else [value]))
        return _plain(value)


def _is_free_answer(row: Protected, name: str) -> bool:
    """An answer in somebody's own words may be about others, as any words may."""
    if not isinstance(row, Answer) or name != "value":
        return False
    question = bank.questions().get(row.question)
    return question is None or question.kind == "text"


def _answer(row: Answer, name: str) -> str:
    question = bank.questions().get(row.question)
    if name == "question":
        return question.text if question else row.question
    return values.in_words(question, row.value) if question else str(row.value)


def _plain(value: Any) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return moment(value)
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value)
