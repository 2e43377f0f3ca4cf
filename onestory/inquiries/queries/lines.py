"""Lines of a chronology: what was written, what was opened to whom or closed again, what was read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db import models
from django.utils import timezone

from onestory.access.models import Grant, Kind, Protected
from onestory.access.queries import Opening
from onestory.access.queries.knowing import BASES
from onestory.agencies.models import Membership, Team
from onestory.agencies.pack import pack
from onestory.kernel.calendar import local
from onestory.rights.queries.telling import Teller
from onestory.rights.words import TOLD, How

WRITTEN, OPENED, CLOSED, READ = "written", "opened", "closed", "read"
# When something happened, where its table says so: the first of these that it has.
HAPPENED = (
    "received_at",
    "received_on",
    "sent_at",
    "assessed_at",
    "starts_at",
    "at",
    "on",
    "from_on",
    "opened_on",
    "decided_on",
    "asked_on",
    "last_at",
)
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
    team: Team | None = None
    who: str = ""
    facts: tuple[Fact, ...] = ()
    # When it was written down, where that is another day.
    written_at: datetime | None = None
    # Teams to which it was open when it was written, and those to which it was opened later.
    at_once: tuple[str, ...] = ()
    later: tuple[tuple[str, datetime], ...] = ()

    @property
    def moment(self) -> datetime:
        """For the order: a day without an hour begins it."""
        if isinstance(self.when, datetime):
            return self.when
        return timezone.make_aware(datetime.combine(self.when, time.min))

    @property
    def day(self) -> date:
        return local(self.moment).date()


@dataclass
class Writers:
    """In which team somebody wrote on a day."""

    teams: dict[UUID, Team]
    memberships: dict[UUID, list[Membership]] = field(default_factory=dict)

    @classmethod
    def of(cls, user_ids: Iterable[UUID]) -> "Writers":
        found = cls(Team.objects.select_related("organisation").in_bulk())
        for row in Membership.objects.filter(user_id__in=set(user_ids), works_cases=True):
            found.memberships.setdefault(row.user_id, []).append(row)
        return found

    def team(self, row: Protected) -> Team | None:
        """The team that the row names, or else that in which its writer worked then."""
        named = getattr(row, "from_team_id", None) or getattr(row, "team_id", None)
        if named:
            return self.teams.get(named)
        day = local(row.recorded_at).date()
        for one in self.memberships.get(row.recorded_by_id, ()):
            if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on):
                return self.teams.get(one.team_id)
        return None


class Written:
    """Turns rows into lines, in the words of a copy of a record."""

    def __init__(self, kinds: dict[UUID, str], grants: Iterable[Grant], names: dict[UUID, str]):
        self.kinds, self.names = kinds, names
        self.teller = Teller(kinds)
        self.grants: dict[UUID, list[Grant]] = {}
        for grant in grants:
            self.grants.setdefault(grant.envelope_id, []).append(grant)

    def lines(self, rows: list[Protected], of: dict[UUID, UUID]) -> Iterator[Line]:
        """One for each row; `of` says which person an envelope is of."""
        writers = Writers.of(row.recorded_by_id for row in rows)
        for row in rows:
            entry = self.teller.entry(row)
            if not entry.lines:
                continue
            when = happened(row)
            kind = Kind(self.kinds[row.envelope_id]).label
            yield Line(
                when=when,
                kind=WRITTEN,
                person_id=of[row.envelope_id],
                title=str(row._meta.verbose_name).capitalize(),
                source=f"{kind}, {row._meta.verbose_name} {str(row.pk)[-6:]}",
                team=writers.team(row),
                who=str(row.recorded_by),
                facts=tuple(self._facts(row, entry)),
                written_at=row.recorded_at,
                **self._knew(row),
            )

    def _facts(self, row: Protected, entry) -> Iterator[Fact]:
        for line in entry.lines:
            column = line.place.rpartition("/")[2]
            if column == "team":
                continue  # Said of every line.
            if line.how == How.OTHER:
                named = self.names.get(getattr(row, f"{column}_id"))
                yield Fact(line.label, named or line.words)
            else:
                yield Fact(line.label, line.words)

    def _knew(self, row: Protected) -> dict:
        """Who could see it when it was written, and who from when on."""
        at_once, later = {}, {}
        for grant in self.grants.get(row.envelope_id, ()):
            name = str(grant.team)
            if grant.starts_at <= row.recorded_at:
                if grant.ends_at is None or grant.ends_at > row.recorded_at:
                    at_once[name] = True
            else:
                later[name] = min(later.get(name, grant.starts_at), grant.starts_at)
        return {
            "at_once": tuple(sorted(at_once)),
            "later": tuple(sorted((n, t) for n, t in later.items() if n not in at_once)),
        }


def happened(row: models.Model) -> date | datetime:
    """When it happened, as its own columns say; or else when it was written down."""
    for name in HAPPENED:
        if name in TOLD[row._meta.label].columns and (found := getattr(row, name, None)):
            return found
    return row.recorded_at


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
        team=first.team,
        who=str(first.given_by) if kind == OPENED else str(first.ended_by or ""),
        facts=facts,
    )


def _kinds(grants: Iterable[Grant]) -> str:
    found = {grant.envelope.kind for grant in grants}
    return ", ".join(Kind(kind).label for kind in Kind.values if kind in found)
