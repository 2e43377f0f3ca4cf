"""What the record says, for guardians: who did and read what, when, from which page, on what basis."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from onestory.access.models import EmergencyOpening, Entry, Kind
from onestory.access.queries.closed import references
from onestory.agencies.actor import Actor
from onestory.agencies.models import Team, User

# Somebody who opens more people's records than this on one day is shown to the guardian.
MANY = 50


@dataclass
class Line:
    """An entry as a guardian reads it. No name of a survivor is in it."""

    entry: Entry
    who: str
    # For each person that it is about: their reference, and the kinds of knowledge.
    about: dict[str, list[str]] = field(default_factory=dict)
    # What opened it to the one who acted: basis and team.
    under: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Busy:
    """Somebody who opened many people's records on a day."""

    user: User
    day: date
    people: int


def entries_about(by: Actor, person_id: UUID) -> QuerySet[Entry]:
    """All that the record says about a person."""
    return Entry.objects.filter(
        pk__in=RawSQL("SELECT id FROM access_entries_about(%s)", [person_id])
    )


def entries_by(by: Actor, user_id: UUID, since: date, until: date) -> QuerySet[Entry]:
    """All that somebody did and read from a day until the end of a day."""
    return Entry.objects.filter(
        actor_id=user_id, at__gte=_start(since), at__lt=_start(until + timedelta(days=1))
    )


def entries_under(by: Actor, opening: EmergencyOpening) -> QuerySet[Entry]:
    """What was done and read of the person under an emergency opening."""
    return entries_about(by, opening.person_id).filter(
        actor_id=opening.opened_by_id, at__gte=opening.opened_at, at__lt=opening.ends_at
    )


def lines(by: Actor, entries: Iterable[Entry], *, of: UUID | None = None) -> list[Line]:
    """The entries with names of staff, references of people and what opened it; `of` one person."""
    entries = list(entries)
    names = User.objects.in_bulk({e.actor_id for e in entries if e.actor_id})
    behind = _behind([e.pk for e in entries], of)
    people = {person for rows in behind.values() for person, *_ in rows}
    called = references(by, people | {e.person_id for e in entries if of in (None, e.person_id)})
    teams = dict(Team.objects.values_list("pk", "name"))
    return [_line(e, names, behind[e.pk], called, teams) for e in entries]


def busy(by: Actor, since: date, until: date) -> list[Busy]:
    """Who opened more than MANY people's records on one day, from a day until the end of a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor_id, day, people FROM access_opened_by_staff(%s, %s, %s)"
            " ORDER BY day DESC, people DESC",
            [_start(since), _start(until + timedelta(days=1)), MANY],
        )
        rows = cursor.fetchall()
    users = User.objects.in_bulk({row[0] for row in rows})
    return [Busy(users[actor_id], day, people) for actor_id, day, people in rows]


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _behind(entries: list[int], of: UUID | None) -> dict[int, list[tuple]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT entry_id, person_id, kind, team_id, basis FROM access_behind(%s)"
            " WHERE %s::uuid IS NULL OR person_id = %s",
            [entries, of, of],
        )
        rows = defaultdict(list)
        for entry_id, *rest in cursor.fetchall():
            rows[entry_id].append(rest)
    return rows


def _line(entry: Entry, names: dict, behind: list, called: dict, teams: dict) -> Line:
    user = names.get(entry.actor_id)
    line = Line(entry, user.name if user else "Nobody signed in")
    if entry.person_id in called:
        line.about[called[entry.person_id]] = []
    for person_id, kind in sorted({(p, k) for p, k, *_ in behind if p in called}, key=_in_order):
        line.about.setdefault(called[person_id], []).append(Kind(kind).label)
    line.under = sorted({(basis, teams[team]) for _, _, team, basis in behind if team})
    return line


def _in_order(of_person: tuple[UUID, str]) -> tuple[UUID, int]:
    return of_person[0], Kind.values.index(of_person[1])
