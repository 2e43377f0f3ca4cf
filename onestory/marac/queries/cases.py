"""Cases of the meeting, always for an actor; PostgreSQL decides what comes back."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.kernel.keyset import Window, window
from onestory.marac.models import Referral, Research, Telling

ORDER = ("-referred_on", "-id")
OPEN = Q(closed_at=None, declined_at=None, part_of=None)


def case(by: Actor, referral_id: UUID) -> Referral:
    """One case. `Http404` if it is not the actor's to see."""
    row = with_names(Referral.objects.filter(pk=referral_id)).first()
    if row is None:
        raise Http404
    return row


def locked(by: Actor, referral_id: UUID) -> Referral:
    """The same, held until the end of the transaction."""
    row = Referral.objects.select_for_update(of=("self",)).filter(pk=referral_id).first()
    if row is None:
        raise Http404
    return row


def to_decide(by: Actor) -> list[Referral]:
    """Referrals to the actor's tables that nobody has taken or sent back, the oldest first."""
    tables = tables_of(by)
    if not tables:
        return []
    rows = Referral.objects.filter(OPEN, to_team_id__in=tables, accepted_at=None)
    return list(with_names(rows).order_by("referred_on", "id")[:100])


def to_ask(by: Actor) -> list[Referral]:
    """Cases that the actor's tables took and about which nobody has been asked, the oldest first."""
    tables = tables_of(by)
    if not tables:
        return []
    asked = Research.objects.filter(referral=OuterRef("pk"))
    rows = Referral.objects.filter(OPEN, ~Exists(asked), to_team_id__in=tables)
    return list(
        with_names(rows.filter(accepted_at__isnull=False)).order_by("referred_on", "id")[:100]
    )


def cases(by: Actor, *, closed: bool, after: str = "", before: str = "") -> Window:
    """A page of the cases that the actor may see, open or closed, the latest first."""
    rows = with_names(Referral.objects.filter(~OPEN if closed else OPEN))
    return window(rows, ORDER, after=after, before=before)


def cases_of(by: Actor, person_ids: Sequence[UUID]) -> list[Referral]:
    """Somebody's cases, for their page, the latest first."""
    rows = Referral.objects.filter(person_id__in=person_ids)
    return list(with_names(rows).order_by("-referred_on", "-id"))


def is_told(case: Referral) -> bool:
    """Whether the survivor knows of the referral: then, or since."""
    return case.told_at is not None or Telling.objects.filter(referral=case).exists()


def tables_of(by: Actor) -> list[UUID]:
    """The teams for which the actor coordinates or chairs the meeting."""
    teams = {
        *by.teams_where(Permission.MARAC_COORDINATE),
        *by.teams_where(Permission.MARAC_CHAIR),
    }
    return sorted(teams)


def with_names(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    return rows.select_related("from_team", "to_team", "recorded_by")
