"""Calls to somebody, and the clock that a first call runs on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from onestory.access import queries as access
from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.cases.models import Case, Referral
from onestory.cases.rules import clocks
from onestory.kernel.keyset import Window, window
from onestory.people.models import Identity, Phone, SafeContact
from onestory.people.queries import names, records
from onestory.support.models import Call


@dataclass(frozen=True)
class ClockOfCall:
    """By when somebody is to be spoken to, what was tried, and when it is tried again."""

    referral: Referral
    due_at: datetime
    attempts: int
    next_at: datetime | None
    reached_at: datetime | None


@dataclass(frozen=True)
class Reach:
    """What must be known before somebody is called."""

    person_id: UUID
    ids: list[UUID]
    identity: Identity | None
    safe: SafeContact | None
    # Numbers that nobody has called unsafe.
    phones: list[Phone]
    calls: list[Call]
    clock: ClockOfCall | None
    # Whether the actor may write down what they learn of how to reach them.
    may_write: bool


def reach(by: Actor, person_id: UUID) -> Reach:
    """How to reach somebody safely, and what was tried. `Http404` unless safe contact is open."""
    same = records(by, person_id)
    covers = {cover.kind: cover for cover in access.envelopes_of(by, person_id)} if same else {}
    cover = covers.get(Kind.SAFE_CONTACT)
    if cover is None or not cover.is_open:
        raise Http404
    ids = [person.pk for person in same]
    found = calls(by, ids)
    numbers = Phone.objects.filter(person_id__in=ids, superseded_at=None)
    safe = SafeContact.objects.filter(person_id__in=ids, superseded_at=None)
    return Reach(
        person_id=person_id,
        ids=ids,
        identity=names(by, [person_id]).get(person_id),
        safe=min(safe, key=lambda row: ids.index(row.person_id), default=None),
        phones=[p for p in numbers.order_by("recorded_at", "id") if p.safe != SafeContact.Safe.NO],
        calls=found,
        clock=clock_of_call(by, ids, found),
        may_write=cover.may_write,
    )


def calls(by: Actor, person_ids: Sequence[UUID]) -> list[Call]:
    """The calls of the actor's teams to this person, the latest first. One query."""
    rows = Call.objects.filter(person_id__in=person_ids, team_id__in=by.team_ids)
    return list(rows.select_related("recorded_by", "phone").order_by("-at", "-id"))


def clock_of_call(by: Actor, person_ids: Sequence[UUID], found: list[Call]) -> ClockOfCall | None:
    """The clock of the latest referral of this person to a team that makes first calls."""
    teams = teams_that_call(by)
    if not teams:
        return None
    rows = Referral.objects.filter(
        person_id__in=person_ids, to_team_id__in=teams, declined_at=None, withdrawn_at=None
    )
    referral = rows.select_related("to_team", "from_team").order_by("-sent_at", "-id").first()
    return referral and clock(referral, found)


def clock(referral: Referral, found: Sequence[Call]) -> ClockOfCall:
    """How the first call that a referral asks for stands, by the calls made since."""
    since = sorted(
        (c for c in found if c.team_id == referral.to_team_id and c.at >= referral.sent_at),
        key=lambda call: call.at,
    )
    reached = next((c.at for c in since if c.outcome == Call.Outcome.ANSWERED), None)
    tried = [c for c in since if reached is None or c.at <= reached]
    return ClockOfCall(
        referral=referral,
        due_at=due(referral),
        attempts=len(tried),
        next_at=tried[-1].next_at if tried and reached is None else None,
        reached_at=reached,
    )


def due(referral: Referral) -> datetime:
    """By when whoever is referred is to be spoken to."""
    timescale = pack().first_calls[referral.to_team.code].timescale
    return clocks.due(pack(), timescale, referral.sent_at)


def teams_that_call(by: Actor) -> list[UUID]:
    """The actor's teams that speak to whoever is referred to them. No query."""
    return [hat.team_id for hat in by.hats if hat.works_cases and hat.team in pack().first_calls]


def first_calls(by: Actor, *, after: str = "", before: str = "") -> Window:
    """Referrals to such a team after which nobody has spoken to the survivor yet: those that wait
    for an answer, and those whose case is open. The longest wait first. One query."""
    rows = _to_call(teams_that_call(by)).select_related("to_team", "from_team")
    return window(rows, ("sent_at", "id"), after=after, before=before)


def how_many_to_call(by: Actor) -> int:
    """How many wait for a first call. One query, or none."""
    teams = teams_that_call(by)
    return _to_call(teams).count() if teams else 0


def _to_call(teams: Sequence[UUID]) -> QuerySet[Referral]:
    open_cases = Case.objects.filter(
        team_id__in=teams, closed_on=None, referral__isnull=False
    ).exclude(episode__first_session_on__isnull=False)
    spoken = Call.objects.filter(
        person_id=OuterRef("person_id"),
        team_id=OuterRef("to_team_id"),
        at__gte=OuterRef("sent_at"),
        outcome=Call.Outcome.ANSWERED,
    )
    unanswered = Referral.objects.filter(
        to_team_id__in=teams, accepted_at=None, declined_at=None, withdrawn_at=None
    )
    # Each found by what is open: with an OR between them, all that was ever sent would be read.
    waiting = unanswered.values("pk").union(open_cases.values("referral_id"))
    return Referral.objects.filter(pk__in=waiting, to_team_id__in=teams).exclude(Exists(spoken))


def latest_calls(referrals: Sequence[Referral]) -> list[Call]:
    """The calls to the people of these referrals, for the clocks of a list. One query."""
    ids = {referral.person_id for referral in referrals}
    teams = {referral.to_team_id for referral in referrals}
    return list(Call.objects.filter(person_id__in=ids, team_id__in=teams)) if ids else []
