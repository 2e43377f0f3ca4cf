"""Writing down orders against somebody who uses abuse, how they change and end, and what breaks them."""

from dataclasses import asdict, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.people.actions.envelopes import hold, row_to_end, supersede, written
from onestory.risk.models import Breach, Order, OrderSeen
from onestory.risk.rules import orders as rules
from onestory.risk.rules.orders import Terms

CLOSED = (
    "Another team keeps what is known of how they treat others. Ask that team to open the conduct "
    "part to yours."
)
SURVIVOR = (
    "This is somebody’s record as a survivor. What they are said to have done to others is kept apart "
    "from it: record them anew, as the person using abuse, and say it there."
)
# What is kept of survivors, and never of somebody as a person using abuse.
HERS = {Kind.STORY, Kind.NEEDS, Kind.RISK, Kind.THERAPY}


@transaction.atomic
def record_order(*, by: Actor, person_id: UUID, team_id: UUID, terms: Terms) -> Order:
    """Write an order down. Said twice, of the same kind and days, it is refused: it is there."""
    by.must(Permission.CASE_WORK, team_id)
    rules.check(terms, pack().order_kinds, timezone.localdate())
    _must_say_whom(terms)
    envelope_id = conduct_envelope(by=by, person_id=person_id)
    same = {"kind": terms.kind, "from_on": terms.from_on, "until_on": terms.until_on}
    if Order.objects.filter(envelope_id=envelope_id, superseded_at=None, **same).exists():
        raise Refused("This order is here already. Change it, if something in it is wrong.")
    order = Order.objects.create(
        team_id=team_id,
        **_tidy(terms),
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
    )
    _write_down("order.record", by, order, kind=order.kind)
    return order


@transaction.atomic
def change_order(*, by: Actor, order_id: UUID, team_id: UUID, terms: Terms) -> Order:
    """Say of an order what it says now. What it said before stays to be seen."""
    by.must(Permission.CASE_WORK, team_id)
    rules.check(terms, pack().order_kinds, timezone.localdate())
    _must_say_whom(terms)
    before = row_to_end(by=by, model=Order, row_id=order_id)
    if before.ended:
        raise Refused("It has ended. If there is a new order, write it down as one.")
    return _instead(by, before, team_id, "order.change", **_tidy(terms))


@transaction.atomic
def end_order(*, by: Actor, order_id: UUID, team_id: UUID, how: str, on: date) -> Order:
    """Say that an order has ended before its day, and which was its last."""
    by.must(Permission.CASE_WORK, team_id)
    if how not in Order.Ended:
        raise Refused("Choose how it ended.")
    before = row_to_end(by=by, model=Order, row_id=order_id)
    if on > timezone.localdate():
        raise Refused("Write it down once it has ended.")
    if on < before.from_on:
        raise Refused("It cannot have ended before it began.")
    if before.until_on and on > before.until_on:
        raise Refused("It ended by itself before that day.")
    ended = asdict(_terms_of(before)) | {"until_on": on, "ended": how}
    made = _instead(by, before, team_id, "order.end", **ended)
    _seen(by, made, OrderSeen.What.ENDED, team_id)
    return made


@transaction.atomic
def take_back_order(*, by: Actor, order_id: UUID) -> None:
    """It was never so: written down of somebody else, or twice. What it said stays to be seen."""
    by.must(Permission.CASE_WORK)
    order = row_to_end(by=by, model=Order, row_id=order_id)
    if Breach.objects.filter(order__series=order.series).exists():
        raise Refused("Breaches are written down against it. Change it instead.")
    supersede(by=by, row=order)
    _write_down("order.take-back", by, order)


@transaction.atomic
def record_breach(
    *, by: Actor, order_id: UUID, team_id: UUID, on: date, what: str, police_know: str
) -> Breach:
    """Write down what was done against an order. Who told of it has no place here."""
    by.must(Permission.CASE_WORK, team_id)
    order = Order.objects.filter(pk=order_id, superseded_at=None).first()
    if order is None:
        raise Http404
    if on > timezone.localdate():
        raise Refused("It cannot have been broken on a day to come.")
    if not rules.is_in_force(order, on):
        raise Refused("The order was not in force on that day. Look at its days, and at this one.")
    if not what.strip():
        raise Refused("Say what was done.")
    if police_know not in Breach.Police:
        raise Refused("Say whether the police know of it.")
    rules.leave_places_out(what)
    envelope_id = hold(order.person_id, by=by).to_write(Kind.CONDUCT)
    same = Breach.objects.filter(order__series=order.series, on=on, what=what.strip())
    if same.exists():
        raise Refused("This is here already.")
    breach = Breach.objects.create(
        order=order,
        team_id=team_id,
        on=on,
        what=what.strip(),
        police_know=police_know,
        **written(by=by, person_id=order.person_id, envelope_id=envelope_id),
    )
    _seen(by, order, OrderSeen.What.BROKEN, team_id, breach=breach)
    _write_down("order.break", by, order, police=police_know)
    return breach


@transaction.atomic
def see_order(
    *, by: Actor, order_id: UUID, team_id: UUID, what: str, breach_id: UUID | None = None
) -> None:
    """A team has seen that an order ends, has ended, or was broken. Said twice, it is said once."""
    by.must(Permission.CASE_WORK, team_id)
    order = Order.objects.filter(pk=order_id).first()
    breach = Breach.objects.filter(pk=breach_id, order_id=order_id).first() if breach_id else None
    if (
        order is None
        or what not in OrderSeen.What
        or (what == OrderSeen.What.BROKEN) != bool(breach)
    ):
        raise Http404
    _seen(by, order, what, team_id, breach=breach)
    _write_down("order.see", by, order, what=what)


def conduct_envelope(*, by: Actor, person_id: UUID) -> UUID:
    """Where somebody's conduct is written, made if need be; never in what is kept of a survivor."""
    held = hold(person_id, by=by)
    if Kind.CONDUCT in held.covers:
        if not held.covers[Kind.CONDUCT].is_open:
            raise Refused(CLOSED)
    elif HERS & held.covers.keys():
        raise Refused(SURVIVOR)
    return held.to_write(Kind.CONDUCT)


def _must_say_whom(terms: Terms) -> None:
    if terms.protects not in Order.Protects:
        raise Refused("Choose whom it protects.")


def _tidy(terms: Terms) -> dict:
    words = {name: getattr(terms, name).strip() for name in WORDS}
    return asdict(replace(terms, **words))


WORDS = ("made_by", "conditions", "their_reference")


def _terms_of(order: Order) -> Terms:
    return Terms(**{name: getattr(order, name) for name in Terms.__dataclass_fields__})


def _instead(by: Actor, before: Order, team_id: UUID, verb: str, **values) -> Order:
    """The same order as it stands now, in the place of what was said of it before."""
    supersede(by=by, row=before)
    made = Order.objects.create(
        series=before.series,
        team_id=team_id,
        **values,
        **written(by=by, person_id=before.person_id, envelope_id=before.envelope_id),
    )
    _write_down(verb, by, made, kind=made.kind)
    return made


def _seen(
    by: Actor, order: Order, what: str, team_id: UUID, *, breach: Breach | None = None
) -> None:
    row = {"order": order, "what": what, "team_id": team_id, "breach": breach}
    if not OrderSeen.objects.filter(**row).exists():
        OrderSeen.objects.create(
            person_id=order.person_id, seen_by_id=by.user_id, seen_at=timezone.now(), **row
        )


def _write_down(verb: str, by: Actor, order: Order, **detail) -> None:
    record.write(
        verb,
        by=by,
        person_id=order.person_id,
        envelopes=[order.envelope_id],
        subject=f"order:{order.pk}",
        detail=detail,
    )
