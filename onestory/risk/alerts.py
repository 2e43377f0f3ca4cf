"""What of risk stands at the head of the worklist: changes of danger, plans to look at again, orders
that end or are broken, and steps of Clare's Law."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.alerts import Alert
from onestory.kernel.templatetags.pages import moment
from onestory.risk import queries
from onestory.risk.models import OrderSeen
from onestory.risk.rules import disclosures as rules
from onestory.risk.views import order_words, words

# So many of each; as they are seen, the next come up.
MOST = 20
# So long before a step of Clare's Law is due it stands there.
SOON = timedelta(days=2)


def changes(by: Actor) -> Iterable[Alert]:
    """Changes of danger that nobody of the actor's teams has seen yet. One query."""
    for row in queries.changes_to_see(by, MOST):
        yield Alert(
            person_id=row.person_id,
            url=reverse("risk:changed", args=[row.pk]),
            tag="Danger has changed",
            facts=(words.change(row), f"On {moment(row.on)}", f"From {row.by_team}"),
        )


def plans(by: Actor) -> Iterable[Alert]:
    """Safety plans of the actor's teams that are to be looked at again. One query."""
    if not by.may(Permission.CASE_WORK):
        return
    for row in queries.plans_to_review(by, MOST):
        yield Alert(
            person_id=row.person_id,
            url=reverse("risk:plan", args=[row.person_id]),
            tag="Safety plan to review",
            facts=("The danger has changed since",) if row.changed else (),
            due=None if row.changed else row.review_on,
            tag_colour="red" if row.changed else "orange",
        )


def orders(by: Actor) -> Iterable[Alert]:
    """Orders that end soon or have ended, until somebody of the team has seen it."""
    if not by.may(Permission.CASE_WORK):
        return
    for one in queries.orders_to_see(by):
        over = one.what == OrderSeen.What.ENDED
        yield Alert(
            person_id=one.person_id,
            url=order_words.conduct_url(one.person_id),
            tag="Order has ended" if over else "Order ends soon",
            facts=(order_words.short(one),),
            due=None if over else one.until_on,
            tag_colour="red" if over else "orange",
        )


def breaches(by: Actor) -> Iterable[Alert]:
    """Breaches, until somebody of the team has seen them."""
    if not by.may(Permission.CASE_WORK):
        return
    for one in queries.breaches_to_see(by):
        yield Alert(
            person_id=one.person_id,
            url=order_words.conduct_url(one.person_id),
            tag="Order broken",
            facts=(pack().order_kinds.name(one.order_kind), f"On {moment(one.on)}"),
        )


def disclosures(by: Actor) -> Iterable[Alert]:
    """Requests under Clare's Law of the actor's teams, whose next step is due."""
    if not by.may(Permission.CASE_WORK):
        return
    soon = timezone.localdate() + SOON
    for row in queries.disclosures_to_do(by):
        step = rules.next_step(row, checked=row.checked)
        due: date | None = queries.due_on(row, step)
        if due and due <= soon:
            yield Alert(
                person_id=row.person_id,
                url=reverse("risk:disclosure", args=[row.pk]),
                tag="Clare’s Law",
                facts=(rules.STANDS[step],),
                due=due,
                tag_colour="purple",
            )
