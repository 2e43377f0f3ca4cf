"""The directory of services: the list, one entry with its history, and what would fit somebody."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Service, ServiceChange
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.agencies.rules.suggesting import Suggestion, WhoFor, judge, suggestions
from onestory.kernel.keyset import Window, window

ORDER = ("name", "id")
PAGE = 50
NO_NEED = "It is for other needs than those found"


@dataclass(frozen=True)
class Filters:
    """What narrows the list. Empty or None leaves it as it is."""

    words: str = ""
    need: str = ""
    locality: str = ""
    age: int | None = None


ALL = Filters()


def directory(filters: Filters = ALL, *, after: str = "", before: str = "") -> Window:
    """A page of the services that are offered now. One query."""
    return window(_narrowed(_offered(), filters), ORDER, after=after, before=before, size=PAGE)


def public_directory(filters: Filters = ALL, *, after: str = "") -> Window:
    """A page of what everybody may see. What is not for everybody's eyes is not even fetched."""
    return window(_narrowed(_public(), filters), ORDER, after=after, size=PAGE)


def public_service(service_id: UUID) -> Service:
    """One service that everybody may see. `Http404` otherwise."""
    found = _public().filter(pk=service_id).first()
    if found is None:
        raise Http404
    return found


def service(service_id: UUID) -> Service:
    """One service, also one that was closed, with who last confirmed it. `Http404` otherwise."""
    found = Service.objects.select_related(
        "team__organisation", "checked_by", "wait_by", "closed_by"
    )
    if (one := found.filter(pk=service_id).first()) is None:
        raise Http404
    return one


def history(service_id: UUID, *, after: str = "") -> Window:
    """Who did what to the entry, the latest first; for the team whose entry it is."""
    rows = ServiceChange.objects.filter(service_id=service_id).select_related("by")
    return window(rows, ("-at", "-id"), after=after)


def stale(by: Actor) -> QuerySet[Service]:
    """The entries that the actor keeps, and that nobody has confirmed for as long as the pack allows."""
    last = timezone.now() - timedelta(days=pack().directory.confirm_days)
    mine = _offered().filter(team__in=by.teams_where(Permission.DIRECTORY_KEEP))
    return mine.filter(Q(checked_at=None) | Q(checked_at__lt=last)).order_by(*ORDER)


def offered() -> list[Service]:
    """Every service that is offered now, by name. One query."""
    return list(_offered().order_by(*ORDER))


def suggest(needs: Sequence[str], about: WhoFor, also: Collection[str] = ()) -> list[Suggestion]:
    """Services for somebody with these needs (the presenting one first), with what speaks for and
    against each. Last those of `also`, by their codes, that meet none of them. One query."""
    asked = Q(needs__overlap=list(needs)) | Q(code__in=list(also))
    rows, today = list(_offered().filter(asked).order_by(*ORDER)), timezone.localdate()
    found = suggestions(pack(), rows, needs, about, today=today)
    there = {one.service.pk for one in found}
    others = [
        judge(pack(), service, needs, about, today=today)
        for service in rows
        if service.pk not in there
    ]
    return found + [replace(one, why_not=[NO_NEED, *one.why_not]) for one in others]


def _offered() -> QuerySet[Service]:
    today = timezone.localdate()
    going_on = Q(ended_on=None) | Q(ended_on__gt=today)
    return Service.objects.filter(going_on).select_related("team__organisation")


def _public() -> QuerySet[Service]:
    return _offered().filter(listed=True).defer("contract", "funder", "source")


def _narrowed(rows: QuerySet[Service], filters: Filters) -> QuerySet[Service]:
    for word in filters.words.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(summary__icontains=word)
            | Q(for_whom__icontains=word)
            | Q(team__name__icontains=word)
            | Q(team__organisation__name__icontains=word)
        )
    if filters.need:
        rows = rows.filter(needs__contains=[filters.need])
    if filters.age is not None:
        rows = rows.filter(Q(age_from=None) | Q(age_from__lte=filters.age))
        rows = rows.filter(Q(age_to=None) | Q(age_to__gte=filters.age))
    if where := pack().localities.get(filters.locality):
        rows = rows.filter(Q(localities=[]) | Q(localities__contains=[where.code]))
        rows = rows if where.inside else rows.exclude(residents_only=True)
    return rows
