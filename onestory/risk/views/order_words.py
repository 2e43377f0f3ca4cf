"""Orders and breaches in plain words."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from onestory.access.models import Grant
from onestory.agencies.pack import pack
from onestory.kernel.components import Row
from onestory.kernel.templatetags.pages import moment
from onestory.risk.models import Order
from onestory.risk.rules import orders as rules

KNOWN_BY = ["Team", "Since", "Until"]


def kind(order: Order) -> str:
    return pack().order_kinds.name(order.kind)


def period(order: Order) -> str:
    """'1 May 2026 to 3 May 2027', or without an end."""
    until = f"to {moment(order.until_on)}" if order.until_on else "with no end named"
    return f"{moment(order.from_on)} {until}"


def short(order: Order) -> str:
    """'Non-molestation order, until 3 May 2027'."""
    until = f"until {moment(order.until_on)}" if order.until_on else "no end named"
    return f"{kind(order)}, {until}"


def is_crime(order: Order) -> bool:
    """Whether to break it is a crime by itself."""
    found = pack().order_kinds.get(order.kind)
    return bool(found and found.crime)


def state(order: Order) -> tuple[str, str]:
    """Where it stands today, and in which colour."""
    stands = rules.state(order, pack().order_kinds, timezone.localdate())
    if stands == rules.ENDED and order.ended:
        return order.get_ended_display(), rules.COLOURS[stands]
    return rules.IN_WORDS[stands], rules.COLOURS[stands]


def facts(order: Order, before: Iterable[Order] = ()) -> list[Row]:
    """What an order says, with what was said of it before."""
    rows = [
        Row("From and until", period(order)),
        Row("Made by", ", ".join(filter(None, [order.made_by, order.their_reference]))),
        Row("Protects", order.get_protects_display()),
        Row("What it says", order.conditions),
        Row("Written down", f"{order.recorded_by}, {order.team}, {moment(order.recorded_at)}"),
    ]
    if is_crime(order):
        rows.insert(0, Row("If it is broken", "That is a crime by itself: call the police"))
    return rows + [Row("Said before", f"{period(old)}: {old.conditions}") for old in before]


def holders(grants: Iterable[Grant]) -> list[list[str]]:
    """Which teams hold what is known of somebody's conduct now."""
    return [
        [
            f"{grant.team}, {grant.user} alone" if grant.user_id else str(grant.team),
            moment(grant.starts_at),
            moment(grant.ends_at) if grant.ends_at else "No end set",
        ]
        for grant in grants
    ]


def conduct_url(person_id) -> str:
    return reverse("risk:conduct", args=[person_id])
