"""The page of somebody who uses abuse: orders, breaches, who holds them. It leads to nobody else.

A survivor's own page of orders is in `against`.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onestory.access.models import Kind
from onestory.access.views.pages import done, sent
from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.people.queries import names, open_person
from onestory.risk import queries
from onestory.risk.actions import orders as actions
from onestory.risk.forms.orders import NEVER, BreachForm, EndForm, OrderForm
from onestory.risk.models import Breach, Order, OrderSeen
from onestory.risk.rules.orders import is_in_force
from onestory.risk.views import order_words as words
from onestory.risk.views import pages


@pages.works
@require_GET
def conduct(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everything that is known of how somebody treats others, as far as it is open to the actor."""
    by, today = request.actor, timezone.localdate()
    view = open_person(by, person_id)
    found = queries.conduct_of(by, person_id)
    fresh, broken = queries.unseen(by, view.ids)
    shown = [_shown(found, order, fresh, broken, today) for order in found.now(today)]
    context = {
        "name": str(view.identity) if view.identity else "Name closed to you",
        "person_id": view.person.pk,
        "is_open": Kind.CONDUCT not in view.covers or view.is_open(Kind.CONDUCT),
        "orders": shown,
        "over": [_shown(found, order, fresh, broken, today) for order in found.over(today)],
        "notes": found.notes,
        "columns": words.KNOWN_BY,
        "holders": words.holders(found.holders),
        "may_write": view.may_write(Kind.CONDUCT),
        "back": {"url": reverse("people:person", args=[view.person.pk]), "text": "Back"},
    }
    return render(request, "risk/conduct.html", context)


def _shown(found, order: Order, fresh: dict, broken: set, today) -> dict:
    stands, colour = words.state(order)
    return {
        "order": order,
        "kind": words.kind(order),
        "state": stands,
        "colour": colour,
        "in_force": is_in_force(order, today),
        "facts": words.facts(order, found.before.get(order.series, ())),
        "breaches": [(b, b.pk in broken) for b in found.breaches.get(order.series, ())],
        "to_see": fresh.get(order.pk, ""),
    }


@pages.works
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Writing an order down."""
    by = request.actor
    view = open_person(by, person_id)
    form = OrderForm(sent(request))

    def keep():
        key = view.person.pk
        actions.record_order(
            by=by, person_id=key, team_id=pages.team_of(by, Permission.CASE_WORK), terms=form.terms
        )

    if done(form, keep):
        messages.success(request, "The order is written down.")
        return redirect("risk:conduct", view.person.pk)
    return _page(request, form, view.person.pk, "Write an order down")


@pages.works
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Saying what an order says now."""
    by, order = request.actor, queries.order(request.actor, order_id)
    initial = {name: getattr(order, name) for name in OrderForm.base_fields}
    form = OrderForm(sent(request), initial=initial)

    def keep():
        actions.change_order(
            by=by,
            order_id=order_id,
            team_id=pages.team_of(by, Permission.CASE_WORK),
            terms=form.terms,
        )

    if done(form, keep):
        messages.success(request, "Changed. What it said before stays to be seen.")
        return redirect("risk:conduct", order.person_id)
    return _page(request, form, order.person_id, f"Change: {words.kind(order)}")


@pages.works
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Saying that an order has ended before its day, or was never so."""
    by, order = request.actor, queries.order(request.actor, order_id)
    form = EndForm(sent(request))

    def keep():
        if form.cleaned_data["how"] == NEVER:
            actions.take_back_order(by=by, order_id=order_id)
        else:
            actions.end_order(
                by=by,
                order_id=order_id,
                team_id=pages.team_of(by, Permission.CASE_WORK),
                **form.cleaned_data,
            )

    if done(form, keep):
        messages.success(request, "Written down.")
        return redirect("risk:conduct", order.person_id)
    return _page(request, form, order.person_id, f"End: {words.kind(order)}")


@pages.works
@require_http_methods(["GET", "POST"])
def break_(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Writing down what was done against an order."""
    order = queries.order(request.actor, order_id)
    form = BreachForm(sent(request))
    if done(form, lambda: record(request.actor, order, form)):
        messages.success(request, "The breach is written down.")
        return redirect("risk:conduct", order.person_id)
    return _page(request, form, order.person_id, f"Broken: {words.kind(order)}")


@pages.works
@require_POST
def seen(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The actor's team has seen it: it leaves their worklist."""
    by = request.actor
    key = _uuid(request.POST.get("breach"))
    breach = queries.breach(by, key) if key else None
    order = breach.order if breach else queries.order(by, order_id)
    if order.pk != order_id:
        raise Http404
    what = OrderSeen.What.BROKEN if breach else request.POST.get("what", "")
    for team_id in by.teams_where(Permission.CASE_WORK):
        actions.see_order(
            by=by,
            order_id=order_id,
            team_id=team_id,
            what=what,
            breach_id=breach.pk if breach else None,
        )
    messages.success(request, "Seen, by your team.")
    return redirect("risk:conduct", order.person_id)


def record(by: Actor, order: Order, form: BreachForm) -> Breach:
    """What a form says was done against an order."""
    return actions.record_breach(
        by=by,
        order_id=order.pk,
        team_id=pages.team_of(by, Permission.CASE_WORK),
        **form.cleaned_data,
    )


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None


def _page(request: HttpRequest, form, person_id: UUID, heading: str) -> HttpResponse:
    known = names(request.actor, [person_id]).get(person_id)
    context = {
        "form": form,
        "name": str(known) if known else "Name closed to you",
        "heading": heading,
        "button": "Save",
        "back": words.conduct_url(person_id),
    }
    return render(request, "people/form.html", context)
