"""Lines of a chronology: what was written, what was opened to whom or closed again, what was read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from onestory.access.models import Grant, Kind, Protected
from onestory.access.queries import Opening
from onestory.access.queries.knowing import BASES
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.inquiries.queries.moments import RECORDED, Moment
from onestory.kernel.calendar import local
from onestory.rights.queries.telling import Teller
from onestory.rights.words import How

WRITTEN, OPENED, CLOSED, READ = "written", "opened", "closed", "read"
# Whose own review this is: it would only tell of itself.
OF_REVIEWS = "review"


@dataclass(frozen=True)
class Fact:
    """One column of what was written."""

    label: str
    words: str


@dataclass(frozen=True)
class Line:
    """Something of one moment, and where it is from."""

    when: date | datetime
    kind: str
    person_id: UUID
    title: str
    source: str
    # Whoever wrote, gave or read, and for which team.
    team: Team | None = None
    who: str = ""
    # To which team something was opened.
    to: Team | None = None
    facts: tuple[Fact, ...] = ()
    # When it was written down, where that is another day.
    written_at: datetime | None = None
    # Teams to which it was open when it was written, and those to which it was opened later.
    at_once: tuple[str, ...] = ()
    later: tuple[tuple[str, datetime], ...] = ()

    @property
    def moment(self) -> datetime:
        """For the order: a day without an hour begins it."""
        return beginning(self.when)

    @property
    def day(self) -> date:
        return local(self.moment).date()


def beginning(when: date | datetime) -> datetime:
    """The moment itself, or that at which a day begins."""
    if isinstance(when, datetime):
        return when
    return timezone.make_aware(datetime.combine(when, time.min))


class Written:
    """Turns rows into lines, in the words of a copy of a record."""

    def __init__(self, kinds: dict[UUID, str], grants: Iterable[Grant], names: dict[UUID, str]):
        self.kinds, self.names = kinds, names
        self.teller = Teller(kinds)
        self.grants: dict[UUID, list[Grant]] = {}
        for grant in grants:
            self.grants.setdefault(grant.envelope_id, []).append(grant)

    def line(self, row: Protected, moment: Moment, person_id: UUID, team: Team | None) -> Line:
        """One event that a row tells of."""
        when = moment.when(row)
        kind, what = Kind(self.kinds[row.envelope_id]).label, row._meta.verbose_name
        first = moment.who == RECORDED
        return Line(
            when=when,
            kind=WRITTEN,
            person_id=person_id,
            title=moment.title,
            source=f"{kind}, {what} {str(row.pk)[-6:]}",
            team=team,
            who=str(getattr(row, moment.who) or "") if moment.who else "",
            facts=tuple(self._facts(row, moment, team)),
            written_at=row.recorded_at if first else None,
            **self._knew(row.envelope_id, row.recorded_at if first else beginning(when)),
        )

    def _facts(self, row: Protected, moment: Moment, writer: Team | None) -> Iterator[Fact]:
        for line in self.teller.entry(row).lines:
            column = line.place.rpartition("/")[2]
            if not moment.tells(column):
                continue
            if column == "team" and writer and row.team_id == writer.pk:
                continue  # It is said of every line.
            if line.how == How.OTHER:
                named = self.names.get(getattr(row, f"{column}_id"))
                yield Fact(line.label, named or line.words)
            else:
                yield Fact(line.label, line.words)

    def _knew(self, envelope_id: UUID, at: datetime) -> dict:
        """Who could see it when it was written, and who from when on."""
        at_once, later = {}, {}
        for grant in self.grants.get(envelope_id, ()):
            name = str(grant.team)
            if grant.starts_at <= at:
                if grant.ends_at is None or grant.ends_at > at:
                    at_once[name] = True
            else:
                later[name] = min(later.get(name, grant.starts_at), grant.starts_at)
        return {
            "at_once": tuple(sorted(at_once)),
            "later": tuple(sorted((n, t) for n, t in later.items() if n not in at_once)),
        }


def opened_and_closed(person_id: UUID, grants: Iterable[Grant], now: datetime) -> Iterator[Line]:
    """What was opened to which team on which basis, and when it was closed: grants given together are
    one line."""
    given: dict[tuple, list[Grant]] = {}
    ended: dict[tuple, list[Grant]] = {}
    for grant in grants:
        key = (grant.team_id, grant.user_id, grant.basis, grant.starts_at)
        given.setdefault(key, []).append(grant)
        if grant.ends_at and grant.ends_at <= now:
            ended.setdefault((grant.team_id, grant.user_id, grant.ends_at), []).append(grant)
    for together in given.values():
        first = together[0]
        basis = BASES.get(first.basis) or pack().bases.name(first.basis)
        facts = (Fact("What", _kinds(together)), Fact("On what basis", basis))
        if first.reason and first.basis in pack().bases:
            facts += (Fact("The reason", first.reason),)
        yield _of_grants(OPENED, first.starts_at, person_id, together, facts)
    for together in ended.values():
        facts = (Fact("What", _kinds(together)),)
        yield _of_grants(CLOSED, together[0].ends_at, person_id, together, facts)


def readings(person_id: UUID, openings: Iterable[Opening]) -> Iterator[Line]:
    """Who read what of it on which day."""
    for one in openings:
        times = "once" if one.times == 1 else f"{one.times} times"
        yield Line(
            when=one.first,
            kind=READ,
            person_id=person_id,
            title="Read",
            source="Record of access",
            team=one.team,
            who=one.who,
            facts=(Fact("What", ", ".join(one.titles)), Fact("That day", times)),
        )


def _of_grants(kind: str, when: datetime, person_id: UUID, grants: list[Grant], facts) -> Line:
    first = grants[0]
    to = f"{first.team}, {first.user} alone" if first.user_id else str(first.team)
    return Line(
        when=when,
        kind=kind,
        person_id=person_id,
        title=f"{'Opened' if kind == OPENED else 'Closed'} to {to}",
        source="Record of who may know",
        to=first.team,
        who=str(first.given_by) if kind == OPENED else str(first.ended_by or ""),
        facts=facts,
    )


def _kinds(grants: Iterable[Grant]) -> str:
    found = {grant.envelope.kind for grant in grants}
    return ", ".join(Kind(kind).label for kind in Kind.values if kind in found)
