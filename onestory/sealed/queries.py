"""Accounts of the actor's teams, and those that were released to them."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F, Min, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.keyset import Window, window
from onestory.sealed.models import Account, Echo, Evidence, Release, Slip

ORDER = ("-recorded_at", "-id")
# More stand on no page: the most urgent come first, and go as they are told.
MOST = 50
STILL_KEPT = Q(evidence__ended_at=None)


@dataclass(frozen=True)
class EchoSeen:
    """An echo, and the team on the other side once both survivors are willing."""

    echo: Echo
    team: Team | None


def accounts(by: Actor, *, after: str = "", before: str = "") -> Window:
    """A page of the accounts that the actor's teams keep, the latest first, each with `keep_until`:
    the day when the first of its evidence is let go. Destroyed ones are left out. One query."""
    rows = (
        Account.objects.filter(team_id__in=by.teams_where(Permission.SEALED_WORK))
        .filter(destroyed_at=None)
        .annotate(keep_until=Min("evidence__keep_until", filter=STILL_KEPT))
        .defer("code")
    )
    return window(rows, ORDER, after=after, before=before)


def released(by: Actor) -> tuple[list[Account], list[Slip]]:
    """What survivors chose to show the actor's teams: whole accounts, and slips. Two queries."""
    theirs = Account.objects.exclude(team_id__in=by.team_ids).filter(destroyed_at=None)
    own = Release.objects.filter(account__team_id__in=by.team_ids, slip__isnull=False)
    slips = Slip.objects.exclude(pk__in=own.values("slip")).exclude(words="")
    return list(theirs.defer("code").order_by(*ORDER)), list(slips.order_by(*ORDER))


def account(by: Actor, account_id: UUID) -> Account:
    """One account. `Http404` if there is none for this actor."""
    found = Account.objects.filter(pk=account_id).select_related("team").defer("code").first()
    if found is None:
        raise Http404
    return found


def is_own(by: Actor, found: Account) -> bool:
    """Whether the actor's team keeps it, and may therefore change it."""
    return found.team_id in by.teams_where(Permission.SEALED_WORK) and not found.destroyed_at


def evidence(found: Account) -> list[Evidence]:
    return list(Evidence.objects.filter(account=found).order_by("ended_at", "keep_until", "id"))


def one_evidence(by: Actor, evidence_id: UUID) -> Evidence:
    """`Http404` if there is none for this actor, or it is kept no longer."""
    found = Evidence.objects.filter(pk=evidence_id, ended_at=None).select_related("account").first()
    if found is None or not is_own(by, found.account):
        raise Http404
    return found


def releases(found: Account) -> list[Release]:
    return list(
        Release.objects.filter(account=found)
        .select_related("to_team__organisation", "slip", "recorded_by")
        .order_by("recorded_at")
    )


def echoes(by: Actor, found: Account) -> list[EchoSeen]:
    """That there are others, and with whom to speak where both are willing."""
    seen = []
    for echo in Echo.objects.filter(account=found).order_by("recorded_at"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed_other_team(%s)", [echo.pair])
            (team_id,) = cursor.fetchone() or (None,)
        seen.append(EchoSeen(echo, _team(team_id)))
    return seen


def waiting(by: Actor) -> int:
    """What a keeper of accounts should look at: echoes not answered, and whom to tell of evidence.

    One query: it is asked on every page.
    """
    teams = by.teams_where(Permission.SEALED_WORK)
    if not teams:
        return 0
    own = Q(account__team_id__in=teams, account__destroyed_at=None)
    echoes = Echo.objects.filter(own, answered_at=None).values("pk")
    return echoes.union(_to_tell(by).values("pk"), all=True).count()


def tellings(by: Actor) -> list[Evidence]:
    """Evidence of which whoever keeps it has to be told something, the most urgent first."""
    rows = _to_tell(by).select_related("account").defer("account__code")
    return list(rows.order_by("keep_until", "id")[:MOST])


def to_tell(by: Actor, evidence_id: UUID, *, lock: bool = False) -> Evidence:
    """One of those. `Http404` if there is none for this actor."""
    rows = _to_tell(by).select_related("account").filter(pk=evidence_id)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise Http404
    return found


def _to_tell(by: Actor) -> QuerySet[Evidence]:
    soon = timezone.localdate() + timedelta(days=pack().sealed.warn_days)
    near = Q(ended_at=None, keep_until__lte=soon)
    near &= Q(told_until=None) | ~Q(told_until=F("keep_until"))
    teams = by.teams_where(Permission.SEALED_WORK)
    return Evidence.objects.filter(~Q(tell="") | near, account__team_id__in=teams)


def _team(team_id: UUID | None) -> Team | None:
    if team_id is None:
        return None
    return Team.objects.select_related("organisation").get(pk=team_id)
