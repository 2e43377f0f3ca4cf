"""Who knows what of somebody, on which basis, what they read of it, and what they knew on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection

from onestory.access import acting
from onestory.access.models import Envelope, Grant, Kind
from onestory.access.queries.same import same_person
from onestory.agencies.actor import Actor
from onestory.agencies.models import Team, User
from onestory.agencies.pack import pack
from onestory.agencies.roles import OWN_PAGES_TEAM
from onestory.kernel.calendar import LONDON

# What opens an envelope besides the bases and purposes of the area pack.
BASES = {
    "recorded": "They recorded it",
    "break-glass": "Opened in an emergency",
    "subject-access": "A copy of the record was asked for",
    "review": "Appointed to a review of serious harm",
    "correction": "They say that something is wrong",
}
PURPOSES = {
    "recorded": "Their own work",
    "break-glass": "An emergency",
    "subject-access": "To make the copy",
    "correction": "To put it right",
}

_HELD = """
    SELECT g.* FROM unnest(%s::uuid[]) AS p (id) CROSS JOIN LATERAL (
      SELECT g.*, e.kind FROM access_known(p.id) e
        JOIN access_who_knows(p.id) g ON g.envelope_id = e.id) g
    WHERE g.team_id <> %s ORDER BY g.starts_at, g.id
"""
_READS = """
    SELECT r.team_id, r.actor_id, r.kind, (r.at AT TIME ZONE 'Europe/London')::date AS day,
      min(r.at), max(r.at), count(*)
    FROM unnest(%s::uuid[]) AS p (id), access_reads(p.id) r
    WHERE r.at < coalesce(%s::timestamptz, 'infinity') AND coalesce(r.team_id = %s::uuid, true)
    GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Opening:
    """Somebody of a team opened some of the record on a day."""

    team: Team
    user: User | None
    day: date
    kinds: tuple[str, ...]
    first: datetime
    last: datetime
    times: int

    @property
    def who(self) -> str:
        return self.user.name if self.user else "Somebody who has left"

    @property
    def titles(self) -> list[str]:
        return [Kind(kind).label for kind in self.kinds]


@dataclass(frozen=True)
class Knower:
    """What a team may or might see, by grants given together: on one basis, since and until when."""

    team: Team
    # Set where it is open to one member of the team alone.
    user: User | None
    kinds: tuple[str, ...]
    basis: str
    purpose: str
    reason: str
    since: datetime
    until: datetime | None
    is_live: bool
    may_write: bool
    given_by: User
    # Why it ended, where somebody ended it.
    end_reason: str
    consent_id: UUID | None
    without_consent_id: UUID | None
    last_read: datetime | None = None
    readers: tuple[str, ...] = ()

    @property
    def organisation(self):
        return self.team.organisation

    @property
    def titles(self) -> list[str]:
        return [Kind(kind).label for kind in self.kinds]

    @property
    def basis_in_words(self) -> str:
        return BASES.get(self.basis) or pack().bases.name(self.basis)

    @property
    def purpose_in_words(self) -> str:
        return PURPOSES.get(self.purpose) or pack().purposes.name(self.purpose)

    @property
    def is_consent(self) -> bool:
        term = pack().bases.get(self.basis)
        return bool(term and term.consent)

    @property
    def is_noted(self) -> bool:
        """Whether it rests on a yes that was noted with something else, and not on a question of
        its own."""
        return self.is_consent and self.consent_id is None


@dataclass(frozen=True)
class Shown:
    """What somebody may know of who knows them."""

    knowers: list[Knower]
    openings: list[Opening]


@dataclass(frozen=True)
class Known:
    """What one team knew of somebody on one day."""

    team: Team
    on: date
    knowers: list[Knower]
    # For each kind of envelope: how many rows of each table.
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    # Everything that the team had read until the end of that day.
    openings: list[Opening] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        found = {kind for knower in self.knowers for kind in knower.kinds}
        return [kind for kind in Kind.values if kind in found]


def who_knows(by: Actor, person_id: UUID) -> list[Knower]:
    """Every team to which something of this person is or was open, as far as the actor may know:
    of what they hold themselves, or everything for a guardian. What is open now comes first."""
    return shown(by, person_id).knowers


def shown(by: Actor, person_id: UUID) -> Shown:
    """Who knows, and who opened what on which day, newest first. Five queries."""
    grants, openings = _look(same_person(by, person_id))
    return Shown(_knowers(grants, openings), openings)


def shown_to_her(by: Actor, person_id: UUID) -> Shown:
    """The same for the person themselves: every kind of knowledge but that of conduct, and nothing
    of what somebody decided they must not be told. PostgreSQL knows who asks."""
    return shown(by, person_id)


def known_on(by: Actor, person_id: UUID, team_id: UUID, on: date) -> Known:
    """What a team knew of somebody on a day: what was open to it at any moment of that day and by
    which grants, how many rows lay there, and what it had read until the day was over."""
    people = same_person(by, person_id)
    since, until = day_of(on)
    held, openings = _look(people, until=until, team_id=team_id)
    grants = [
        grant
        for grant in held
        if grant.team_id == team_id
        and max(grant.starts_at, since) < min(grant.ends_at or until, until)
    ]
    team = Team.objects.select_related("organisation").get(pk=team_id)
    return Known(team, on, _knowers(grants, openings), _rows_on(people, team_id, on), openings)


def day_of(on: date) -> tuple[datetime, datetime]:
    """When a day begins and is over, where the people are."""
    begins = datetime.combine(on, time.min, LONDON)
    return begins, datetime.combine(on + timedelta(days=1), time.min, LONDON)


def _look(
    people: list[UUID], until: datetime | None = None, team_id: UUID | None = None
) -> tuple[list[Grant], list[Opening]]:
    """The grants, and what was read by them (until a moment, by one team), with everybody's names."""
    grants = list(Grant.objects.raw(_HELD, [people, OWN_PAGES_TEAM]))
    with connection.cursor() as cursor:
        cursor.execute(_READS, [people, until, team_id])
        reads = cursor.fetchall()
    ids = {grant.team_id for grant in grants} | {row[0] for row in reads}
    teams = Team.objects.select_related("organisation").in_bulk(ids)
    of_grants = {key for grant in grants for key in (grant.user_id, grant.given_by_id)}
    users = User.objects.in_bulk((of_grants | {row[1] for row in reads}) - {None})
    for grant in grants:
        grant.envelope = Envelope(id=grant.envelope_id, kind=grant.kind)
        grant.team, grant.user = teams[grant.team_id], users.get(grant.user_id)
        grant.given_by = users[grant.given_by_id]
    return grants, _openings(reads, teams, users)


def _openings(reads: list[tuple], teams: dict, users: dict) -> list[Opening]:
    """One for each member of a team and day, newest first."""
    found = defaultdict(list)
    for team, user, kind, day, first, last, times in reads:
        found[team, user, day].append((kind, first, last, times))
    made = [
        Opening(
            team=teams[team],
            user=users.get(user),
            day=day,
            kinds=_in_order(kind for kind, *_ in parts),
            first=min(first for _, first, _, _ in parts),
            last=max(last for _, _, last, _ in parts),
            times=max(times for *_, times in parts),
        )
        for (team, user, day), parts in found.items()
    ]
    return sorted(made, key=lambda one: (one.last, one.who), reverse=True)


def _knowers(grants: list[Grant], openings: list[Opening]) -> list[Knower]:
    together: dict[tuple, list[Grant]] = {}
    for grant in grants:
        key = (grant.team_id, grant.user_id, grant.basis, grant.purpose, grant.reason)
        key += (grant.starts_at, grant.ends_at, grant.consent_id, grant.without_consent_id)
        together.setdefault(key, []).append(grant)
    made = [_knower(given, openings) for given in together.values()]
    return sorted(made, key=lambda one: (not one.is_live, one.team.name, -one.since.timestamp()))


def _knower(grants: list[Grant], openings: list[Opening]) -> Knower:
    first, now = grants[0], acting.now()
    kinds = _in_order(grant.envelope.kind for grant in grants)
    theirs = [
        one
        for one in openings
        if one.team.pk == first.team_id
        and set(kinds) & set(one.kinds)
        and first.starts_at <= one.last
        and (first.ends_at is None or one.first < first.ends_at)
        and (first.user_id is None or (one.user and one.user.pk == first.user_id))
    ]
    return Knower(
        team=first.team,
        user=first.user,
        kinds=kinds,
        basis=first.basis,
        purpose=first.purpose,
        reason=first.reason,
        since=first.starts_at,
        until=first.ends_at,
        is_live=first.starts_at <= now and (first.ends_at is None or first.ends_at > now),
        may_write=any(grant.may_write for grant in grants),
        given_by=first.given_by,
        end_reason=first.end_reason,
        consent_id=first.consent_id,
        without_consent_id=first.without_consent_id,
        last_read=max((one.last for one in theirs), default=None),
        readers=tuple(dict.fromkeys(one.who for one in theirs)),
    )


def _rows_on(people: list[UUID], team_id: UUID, on: date) -> dict[str, dict[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.kind, r.what, sum(r.how_many)::int FROM unnest(%s::uuid[]) AS p (id),"
            " access_rows_on(p.id, %s, %s) r GROUP BY 1, 2 ORDER BY 2",
            [people, team_id, on],
        )
        rows = cursor.fetchall()
    return {
        kind: {what: how_many for of, what, how_many in rows if of == kind}
        for kind in _in_order(row[0] for row in rows)
    }


def _in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    found = set(kinds)
    return tuple(kind for kind in Kind.values if kind in found)
