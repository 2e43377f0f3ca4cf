"""Which reviews there are, as far as the actor has to do with them."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.agencies.actor import Actor
from onestory.agencies.models import User
from onestory.agencies.roles import ROLES, Permission
from onestory.inquiries.models import Inquiry
from onestory.kernel.keyset import Window, window

LATEST_FIRST = ("-proposed_at", "-id")


def inquiries(by: Actor, *, after: str = "", before: str = "") -> Window:
    """All that the actor has to do with, the latest first."""
    return window(_with_names(), LATEST_FIRST, after=after, before=before)


def inquiry(by: Actor, inquiry_id: UUID) -> Inquiry:
    """One. `Http404` if the actor has nothing to do with it."""
    found = _with_names().filter(pk=inquiry_id).first()
    if found is None:
        raise Http404
    return found


def is_open_to(by: Actor, one: Inquiry) -> bool:
    """Whether its records are open to the actor now."""
    return bool(
        one.handler_id == by.user_id
        and one.confirmed_at
        and one.ended_at is None
        and timezone.localdate() <= one.until_on
    )


def handlers(by: Actor) -> QuerySet[User]:
    """Who may be appointed: whoever works with records and takes requests about them."""
    today = timezone.localdate()
    roles = [
        code
        for code, role in ROLES.items()
        if role.works_cases and Permission.RIGHTS_WORK in role.permissions
    ]
    live = Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=today)
    return access.staff(by).filter(live, memberships__role__in=roles).distinct()


def _with_names() -> QuerySet[Inquiry]:
    return Inquiry.objects.select_related(
        "team", "handler", "handler_team", "proposed_by", "confirmed_by", "ended_by"
    )
