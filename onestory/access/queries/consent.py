"""What somebody agreed to, and what was shared without asking."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from onestory.access import acting
from onestory.access.models import (
    Capacity,
    Consent,
    Envelope,
    Grant,
    How,
    ShareWithoutConsent,
    Withdrawal,
)
from onestory.access.queries.same import same_person
from onestory.access.rules.consent import State, state
from onestory.agencies.actor import Actor
from onestory.agencies.models import Membership
from onestory.agencies.pack import pack
from onestory.agencies.roles import OWN_PAGES_TEAM, ROLES, Permission


@dataclass(frozen=True)
class Standing:
    """A consent as it stands now. `open` is what still holds of it."""

    consent: Consent
    state: State
    open: list[str]
    withdrawals: list[Withdrawal]
    grants: list[Grant]

    @property
    def how(self) -> str:
        return How(self.consent.how).label

    @property
    def capacity(self) -> str:
        return Capacity(self.consent.capacity).label


@dataclass(frozen=True)
class Without:
    """A share without consent as it stands now: which kinds are still open by it."""

    share: ShareWithoutConsent
    open: list[str]

    @property
    def basis(self) -> str:
        return pack().bases.name(self.share.basis)


def is_self(by: Actor, person_id: UUID) -> bool:
    """Whether the actor is this person, on their own pages."""
    if OWN_PAGES_TEAM not in by.team_ids:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_is_self(%s)", [person_id])
        return cursor.fetchone()[0]


def consents(by: Actor, person_id: UUID) -> list[Standing]:
    """Every time that somebody was asked, newest first. Four queries and those of the names."""
    people = same_person(by, person_id)
    rows = (
        Consent.objects.filter(person_id__in=people)
        .select_related("team", "to_team__organisation", "asked_by")
        .prefetch_related("withdrawals__withdrawn_by")
        .order_by("-asked_at", "-id")
    )
    given = _grants_by(people, "consent_id")
    return [_standing(row, given[row.pk]) for row in rows]


def askings_of(by: Actor, person_ids: Collection[UUID]) -> list[Consent]:
    """Every time that these records' human being was asked by the actor's teams or about them, with
    what was taken back since: for a timeline, without what still stands. What they said to others is
    not told there. Two queries, and a third where something was taken back."""
    ours = Q(team_id__in=by.team_ids) | Q(to_team_id__in=by.team_ids)
    rows = Consent.objects.filter(ours, person_id__in=person_ids)
    rows = rows.select_related("team", "to_team", "asked_by")
    return list(rows.prefetch_related("withdrawals__withdrawn_by").order_by("asked_at", "id"))


def shares_without_consent(by: Actor, person_id: UUID) -> list[Without]:
    """What teams were told of somebody without consent, newest first."""
    people = same_person(by, person_id)
    rows = (
        ShareWithoutConsent.objects.filter(person_id__in=people)
        .select_related(
            "team", "to_team__organisation", "shared_by", "second_opinion_by", "told_by"
        )
        .order_by("-shared_at", "-id")
    )
    given = _grants_by(people, "without_consent_id")
    today = timezone.localdate()
    return [Without(row, _open_of(row, row.kinds, given[row.pk], today)) for row in rows]


def person_of_consent(by: Actor, consent_id: UUID) -> UUID | None:
    """Whose consent this is, if the actor may know of it."""
    found = Consent.objects.filter(pk=consent_id).only("person_id").first()
    return found.person_id if found else None


def person_of_share(by: Actor, share_id: UUID) -> UUID | None:
    """Of whom something was shared without consent, if the actor may know of it."""
    found = ShareWithoutConsent.objects.filter(pk=share_id).only("person_id").first()
    return found.person_id if found else None


def second_opinions(by: Actor, team_id: UUID, basis: str) -> dict[UUID, str]:
    """Who, besides the actor, may give a second opinion on a share of this team, by name.

    A guardian always may; a colleague who may share too, where the basis asks for no more.
    """
    sharing = [role.code for role in ROLES.values() if Permission.SHARE in role.permissions]
    who = Q(role="guardian")
    term = pack().bases.get(basis)
    if term is None or term.second_opinion != "guardian":
        who |= Q(role__in=sharing, team_id=team_id)
    today = timezone.localdate()
    found = (
        Membership.objects.filter(who, starts_on__lte=today, user__is_active=True)
        .filter(Q(ends_on=None) | Q(ends_on__gte=today))
        .exclude(user_id=by.user_id)
        .select_related("user")
        .order_by("user__name")
    )
    return {row.user_id: row.user.name for row in found}


def _grants_by(people: Collection[UUID], column: str) -> dict[UUID, list[Grant]]:
    """The grants that rest on a consent or a decision, as far as the actor may know of them."""
    found = defaultdict(list)
    rows = Grant.objects.raw(
        "SELECT g.* FROM unnest(%s::uuid[]) AS p (id) CROSS JOIN LATERAL (SELECT g.*, e.kind"
        " FROM access_known(p.id) e JOIN access_who_knows(p.id) g ON g.envelope_id = e.id) g"
        f" WHERE g.{column} IS NOT NULL ORDER BY g.starts_at, g.id",
        [list(people)],
    )
    for grant in rows:
        grant.envelope = Envelope(id=grant.envelope_id, kind=grant.kind)
        found[getattr(grant, column)].append(grant)
    return found


def _standing(consent: Consent, grants: list[Grant]) -> Standing:
    withdrawals = sorted(consent.withdrawals.all(), key=lambda row: row.withdrawn_at)
    taken_back = {kind for row in withdrawals for kind in row.kinds}
    left = [kind for kind in consent.kinds if kind not in taken_back]
    today = timezone.localdate()
    left = _open_of(consent, left, grants, today)
    stands = state(
        answer=consent.answer,
        kinds=consent.kinds,
        taken_back=taken_back,
        until=consent.until,
        today=today,
        still_open=bool(left) if grants else None,
    )
    if stands not in (State.GIVEN, State.PARTLY):
        left = []
    return Standing(consent, stands, left, withdrawals, grants)


def _open_of(
    what: Consent | ShareWithoutConsent, kinds: Collection[str], grants: list[Grant], today: date
) -> list[str]:
    """Of these kinds, those still open by it. Of kinds that are closed to the actor its day tells."""
    now = acting.now()
    known = {grant.envelope.kind for grant in grants}
    live = {grant.envelope.kind for grant in grants if _is_live(grant, now)}
    lapsed = what.until is not None and what.until < today
    return [kind for kind in kinds if kind in live or (kind not in known and not lapsed)]


def _is_live(grant: Grant, now: datetime) -> bool:
    return grant.ends_at is None or grant.ends_at > now
