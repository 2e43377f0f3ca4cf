"""Orders against somebody who uses abuse, and what was done against them.

From their side nothing leads to anybody whom they harm. A pair is joined from the survivor's side
alone, and there only where what is known of both is open to the actor.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.acting import now
from onestory.access.models import Grant, Kind
from onestory.agencies.actor import Actor
from onestory.people.models import Identity, Relationship
from onestory.people.queries import names, records
from onestory.risk.models import Breach, ConductNote, Order
from onestory.risk.queries.waiting import breaches_to_see, orders_to_see
from onestory.risk.rules.orders import is_in_force

NEWEST_ENDING_FIRST = ("-until_on", "-recorded_at", "-id")


@dataclass(frozen=True)
class Conduct:
    """What the page of somebody who uses abuse is made of."""

    orders: list[Order]
    # What was said of each before, by its series; and what was done against it.
    before: dict[UUID, list[Order]]
    breaches: dict[UUID, list[Breach]]
    notes: list[ConductNote]
    holders: list[Grant]

    def now(self, today: date) -> list[Order]:
        """Those that are not over, the one that ends soonest first."""
        left = [o for o in self.orders if o.until_on is None or o.until_on >= today]
        return sorted(left, key=lambda order: (order.until_on or date.max, order.from_on))

    def over(self, today: date) -> list[Order]:
        return [o for o in self.orders if o.until_on and o.until_on < today]


@dataclass(frozen=True)
class Against:
    """Somebody who uses abuse against the survivor, with the orders that are open to the actor too."""

    person_id: UUID
    name: Identity | None
    orders: list[Order] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)


def order(by: Actor, order_id: UUID) -> Order:
    """An order as it stands. `Http404` if it is not the actor's to see."""
    found = Order.objects.select_related("team").filter(pk=order_id, superseded_at=None).first()
    if found is None:
        raise Http404
    return found


def breach(by: Actor, breach_id: UUID) -> Breach:
    """Something done against an order. `Http404` if it is not the actor's to see."""
    found = Breach.objects.select_related("order").filter(pk=breach_id).first()
    if found is None:
        raise Http404
    return found


def orders_of(by: Actor, abuser_person_id: UUID) -> list[Order]:
    """The orders against somebody, from every record joined to theirs, as they stand now."""
    ids = [person.pk for person in records(by, abuser_person_id)]
    rows = Order.objects.filter(person_id__in=ids, superseded_at=None)
    return list(rows.select_related("team").order_by(*NEWEST_ENDING_FIRST))


def conduct_of(by: Actor, person_id: UUID) -> Conduct:
    """Everything of this kind that is known of somebody. `Http404` if they are not the actor's to see."""
    ids = [person.pk for person in records(by, person_id)]
    if not ids:
        raise Http404
    rows = Order.objects.filter(person_id__in=ids).select_related("team", "recorded_by")
    said = list(rows.order_by(*NEWEST_ENDING_FIRST))
    breaches = Breach.objects.filter(person_id__in=ids).select_related(
        "order", "team", "recorded_by"
    )
    notes = ConductNote.objects.filter(person_id__in=ids).select_related("team", "recorded_by")
    return Conduct(
        orders=[one for one in said if one.superseded_at is None],
        before=_by_series((one, one.series) for one in said if one.superseded_at),
        breaches=_by_series((b, b.order.series) for b in breaches.order_by("-on", "-id")),
        notes=list(notes.order_by("-on", "-id")),
        holders=[grant for key in ids for grant in access.grants_on(by, key) if _holds(grant)],
    )


def against(by: Actor, survivor_ids: Sequence[UUID], *, since: date | None = None) -> list[Against]:
    """Who uses abuse against a survivor, with their orders in force, and what broke them (since a day).

    It begins at her story, so nothing comes back for whoever cannot read that; and of each of them
    only what is open to the actor by itself.
    """
    rows = Relationship.objects.filter(
        person_id__in=survivor_ids, superseded_at=None, uses_abuse=True
    )
    others = list(dict.fromkeys(row.other_id for row in rows.order_by("recorded_at", "id")))
    known = names(by, others) if others else {}
    return [_against(by, other, known.get(other), since) for other in others]


def unseen(by: Actor, person_ids: Iterable[UUID]) -> tuple[dict[UUID, str], set[UUID]]:
    """Of this person: what of which order, and which breaches, nobody of the actor's teams has seen."""
    orders = orders_to_see(by, person_ids, most=None)
    broken = breaches_to_see(by, person_ids, most=None)
    return {one.pk: one.what for one in orders}, {one.pk for one in broken}


def _against(by: Actor, other: UUID, name: Identity | None, since: date | None) -> Against:
    today = timezone.localdate()
    ids = [person.pk for person in records(by, other)]
    orders = Order.objects.filter(person_id__in=ids, superseded_at=None).select_related("team")
    standing = [one for one in orders.order_by("until_on", "id") if is_in_force(one, today)]
    lately = Q(on__gte=since) if since else Q()
    breaches = Breach.objects.filter(lately, person_id__in=ids).select_related("order", "team")
    return Against(other, name, standing, list(breaches.order_by("-on", "-id")))


def _by_series(rows: Iterable[tuple]) -> dict[UUID, list]:
    found: dict[UUID, list] = {}
    for row, series in rows:
        found.setdefault(series, []).append(row)
    return found


def _holds(grant: Grant) -> bool:
    """By a grant that stands, on what is known of their conduct."""
    live = grant.starts_at <= now() and (grant.ends_at is None or grant.ends_at > now())
    return live and grant.envelope.kind == Kind.CONDUCT
