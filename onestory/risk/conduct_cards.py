"""What the page of a person says of orders and of Clare's Law."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.kernel.components import Event, Row
from onestory.kernel.templatetags.pages import moment
from onestory.people.about import About
from onestory.risk import queries
from onestory.risk.models import Breach, Order
from onestory.risk.rules.orders import is_in_force
from onestory.risk.views import order_words as words
from onestory.risk.views.disclosures import stands

# A breach as old as this is still said on the survivor's page.
LATELY = timedelta(days=28)
NONE_OPEN = "None that is open to your team"


def conduct(about: About) -> Iterable[Row]:
    """On their own card: how many orders are in force, and the way to them. One query."""
    if not about.by.may(Permission.CASE_WORK):
        return
    today = timezone.localdate()
    standing = [one for one in about.once(_orders) if is_in_force(one, today)]
    said = "; ".join(map(words.short, standing)) or "None in force"
    yield Row("Orders", said, words.conduct_url(about.ids[0]), "Orders and breaches")


def risk(about: About) -> Iterable[Row]:
    """On a survivor's card of risk: orders against whoever uses abuse against her, and Clare's Law."""
    if not about.by.may(Permission.CASE_WORK):
        return
    key = about.ids[0]
    url = reverse("risk:against", args=[key])
    for one in queries.against(about.by, about.ids, since=timezone.localdate() - LATELY):
        who = f"Orders against {one.name}" if one.name else "Orders"
        said = "; ".join(map(words.short, one.orders)) or NONE_OPEN
        if one.breaches:
            said += f". Broken on {moment(one.breaches[0].on)}"
        yield Row(who, said, url, "See them")
    for row in about.once(queries.disclosures_of):
        at = reverse("risk:disclosure", args=[row.pk])
        yield Row("Clare’s Law", f"{stands(row)}, asked {moment(row.received_on)}", at, "See it")
    ask = reverse("risk:disclosure-ask", args=[key])
    yield Row("Somebody’s past", "Ask under Clare’s Law", ask, "Take a request down")


def events(about: About) -> Iterable[Event]:
    """Orders and breaches on the timeline of whoever they are against; Clare's Law on that of whoever
    may be in danger."""
    if not about.by.may(Permission.CASE_WORK):
        return
    if Kind.CONDUCT in about.open:
        yield from _of_conduct(about)
    for one in about.once(queries.disclosures_of):
        url = reverse("risk:disclosure", args=[one.pk])
        title = f"Clare’s Law, {one.get_route_display().lower()}"
        yield Event(one.received_on, title, by=str(one.team), url=url)
        if one.told_on:
            yield Event(one.told_on, f"{title}: told", by=str(one.team), url=url)


def _of_conduct(about: About) -> Iterable[Event]:
    for one in about.once(_orders):
        url = words.conduct_url(one.person_id)
        yield Event(one.from_on, words.kind(one), f"By {one.made_by}", str(one.team), url)
    breaches = Breach.objects.filter(person_id__in=about.ids).select_related("order", "team")
    for one in breaches:
        title = f"Broken: {words.kind(one.order)}"
        yield Event(one.on, title, by=str(one.team), url=words.conduct_url(one.person_id))


def _orders(by: Actor, person_ids: Sequence[UUID]) -> QuerySet[Order]:
    rows = Order.objects.filter(person_id__in=person_ids, superseded_at=None)
    return rows.select_related("team")
