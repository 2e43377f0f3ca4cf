"""A survivor's page of orders against whoever uses abuse against her.

Here alone a pair is seen together, and only by whoever holds both.
"""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onestory.access.views.pages import done, sent
from onestory.agencies.actor import Actor
from onestory.people.queries import PersonView
from onestory.risk import queries
from onestory.risk.forms.orders import BreachForm
from onestory.risk.queries import Against
from onestory.risk.views import order_words as words
from onestory.risk.views import pages
from onestory.risk.views.orders import record

# Breaches as old as this may still be news for how much danger she is in.
LATELY = timedelta(days=90)


@pages.works
@require_GET
def against(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Orders in force against whoever uses abuse against her, and what broke them lately."""
    view = pages.of_survivor(request.actor, person_id)
    found = _against(request.actor, view)
    context = {
        "name": pages.name(view),
        "person_id": view.person.pk,
        "people": [_shown(one) for one in found],
        "back": {"url": reverse("people:person", args=[view.person.pk]), "text": "Back"},
    }
    return render(request, "risk/against.html", context)


@pages.works
@require_http_methods(["GET", "POST"])
def break_against(request: HttpRequest, person_id: UUID, order_id: UUID) -> HttpResponse:
    """Writing down a breach from her side, from where it may go on to a change of her risk."""
    view = pages.of_survivor(request.actor, person_id)
    orders = {o.pk: o for one in _against(request.actor, view) for o in one.orders}
    if order_id not in orders:
        raise Http404
    form = BreachForm(sent(request))
    if done(form, lambda: record(request.actor, orders[order_id], form)):
        messages.success(
            request,
            "The breach is written down. Does it change how much danger they are in? Then say so.",
        )
        return redirect("risk:against", view.person.pk)
    context = {
        "form": form,
        "name": pages.name(view),
        "heading": f"Broken: {words.kind(orders[order_id])}",
        "button": "Save",
        "back": reverse("risk:against", args=[view.person.pk]),
    }
    return render(request, "people/form.html", context)


def _against(by: Actor, view: PersonView) -> list[Against]:
    return queries.against(by, view.ids, since=timezone.localdate() - LATELY)


def _shown(one: Against) -> dict:
    return {
        "person_id": one.person_id,
        "name": str(one.name) if one.name else "",
        "orders": [(order, words.kind(order), words.facts(order)) for order in one.orders],
        "breaches": [(breach, words.kind(breach.order)) for breach in one.breaches],
    }
