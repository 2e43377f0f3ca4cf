"""What stands open to whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from onestory.access.models import Envelope, Grant, Kind
from onestory.access.queries.same import same_person
from onestory.agencies.actor import Actor
from onestory.agencies.models import Team, User
from onestory.agencies.pack import pack
from onestory.agencies.roles import OWN_PAGES_TEAM, Permission


@dataclass(frozen=True)
class Cover:
    """The outside of an envelope: that it is there, and whether it is open to the actor."""

    id: UUID
    kind: str
    is_open: bool
    may_write: bool

    @property
    def title(self) -> str:
        return Kind(self.kind).label


def open_envelopes(by: Actor, person_id: UUID) -> dict[str, Envelope]:
    """This person's envelopes that are open to the actor, by kind."""
    return {e.kind: e for e in Envelope.objects.filter(person_id=person_id)}


def envelopes_of(by: Actor, person_id: UUID) -> list[Cover]:
    """All of this person's envelopes, closed ones too, if the actor knows the person at all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id, e.kind, g.id IS NOT NULL, coalesce(g.may_write, false)"
            " FROM access_envelopes_of(%s) e LEFT JOIN LATERAL ("
            "   SELECT g.id, g.may_write FROM access_grant g WHERE g.envelope_id = e.id"
            "   ORDER BY g.may_write DESC LIMIT 1) g ON true",
            [person_id],
        )
        covers = {row[1]: Cover(*row) for row in cursor.fetchall()}
    return [covers[kind] for kind in Kind.values if kind in covers]


def may_share(by: Actor, envelopes: Iterable[Envelope]) -> set[UUID]:
    """Which of these envelopes the actor may open to others."""
    return set(sharing_until(by, envelopes))


def finds_services(team: Team, basis: str) -> bool:
    """Whether a team may pass on what it reads: one that calls whoever is referred to it, and then
    chooses services with her. It is hers to say to each of them; so only what she agreed to."""
    return pack().bases[basis].consent and team.code in pack().first_calls


def sharing_until(
    by: Actor, envelopes: Iterable[Envelope], *, may_write: bool = False
) -> dict[UUID, datetime | None]:
    """Until when the actor may share each of these envelopes (None: without an end).

    Left out are those that they may not share, or not for writing if that is asked.
    """
    found = Grant.objects.filter(envelope_id__in=[e.pk for e in envelopes], may_share=True)
    if may_write:
        found = found.filter(may_write=True)
    ends: dict[UUID, datetime | None] = {}
    for envelope_id, end in found.values_list("envelope_id", "ends_at"):
        known = ends.get(envelope_id, end)
        ends[envelope_id] = max(known, end) if known and end else None
    return ends


def sharing_team(by: Actor, person_id: UUID) -> tuple[UUID, list[str]] | None:
    """The actor's team that may share what is known of this person, and which kinds: who they are
    above all, or there is nobody to ask."""
    teams = by.teams_where(Permission.SHARE)
    found = Grant.objects.filter(
        envelope__person_id__in=same_person(by, person_id), may_share=True, team_id__in=teams
    ).values_list("team_id", "envelope__kind")
    kinds: dict[UUID, set[str]] = {}
    for team_id, kind in found:
        kinds.setdefault(team_id, set()).add(kind)
    teams = [team for team in teams if Kind.IDENTITY in kinds.get(team, ())]
    if not teams:
        return None
    most = max(teams, key=lambda team: len(kinds[team]))
    return most, [kind for kind in Kind.values if kind in kinds[most]]


def recipients(by: Actor) -> QuerySet[Team]:
    """The teams that may be told something: all that there are, but not the people themselves."""
    teams = Team.objects.filter(ended_on=None).exclude(pk=OWN_PAGES_TEAM)
    return teams.select_related("organisation").order_by("organisation__name", "name")


def held_by(
    team_id: UUID,
    person_ids: Iterable[UUID],
    *,
    may_write: bool,
    until: datetime | None = None,
) -> set[UUID]:
    """Which envelopes of these people the team holds now, at least as far and as long as asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT g.envelope_id FROM unnest(%s::uuid[]) AS p(id), access_who_knows(p.id) g"
            " WHERE g.team_id = %s AND g.user_id IS NULL AND g.starts_at <= now()"
            " AND (g.ends_at IS NULL OR g.ends_at >= greatest(%s::timestamptz, now()))"
            " AND (g.ends_at IS NULL OR %s::timestamptz IS NOT NULL) AND (g.may_write OR NOT %s)",
            [[p for p in person_ids if p], team_id, until, until, may_write],
        )
        return {row[0] for row in cursor.fetchall()}


def grants_on(by: Actor, person_id: UUID) -> list[Grant]:
    """Every grant on this person's envelopes, live and ended, that the actor may know of.

    Left out is what is open to the person themselves, on their own pages.

    Three queries: the grants, their teams, and everybody who is named in them.
    """
    grants = list(
        Grant.objects.raw(
            "SELECT g.*, e.kind FROM access_known(%s) e JOIN access_who_knows(%s) g"
            " ON g.envelope_id = e.id AND g.team_id <> %s ORDER BY g.starts_at, g.id",
            [person_id, person_id, OWN_PAGES_TEAM],
        )
    )
    teams = Team.objects.in_bulk({grant.team_id for grant in grants})
    users = User.objects.in_bulk(
        {key for g in grants for key in (g.user_id, g.given_by_id, g.ended_by_id) if key}
    )
    for grant in grants:
        # A guardian sees the outside of the envelope only, which its own policy does not show.
        grant.envelope = Envelope(id=grant.envelope_id, kind=grant.kind, person_id=person_id)
        grant.team, grant.user = teams[grant.team_id], users.get(grant.user_id)
        grant.given_by, grant.ended_by = users[grant.given_by_id], users.get(grant.ended_by_id)
    return grants
