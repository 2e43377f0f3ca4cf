"""What the form pages of this room have in common."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onestory.kernel.errors import Refused, Stale
from onestory.people import queries


def sent(request: HttpRequest):
    """What was sent, for a form; None while the page is only being opened."""
    return request.POST if request.method == "POST" else None


def name_of(request: HttpRequest, person_id: UUID, otherwise: str = "this person") -> str:
    """The name to show of somebody, if it is open."""
    identity = queries.names(request.actor, [person_id]).get(person_id)
    return str(identity) if identity else otherwise


def done(form: Form, act: Callable) -> bool:
    """Whether the form was sent, is valid, and the action did it. A refusal becomes an error."""
    if not form.is_valid():
        return False
    try:
        act()
    except Stale:
        raise
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def saved(request: HttpRequest, person_id: UUID, words: str = "Saved.") -> HttpResponse:
    """Back to the person, and say that it is done."""
    messages.success(request, words)
    return redirect("people:person", person_id)


def form_page(
    request: HttpRequest, person_id: UUID, form: Form, heading: str, **more
) -> HttpResponse:
    """A page with one form about one person."""
    context = {
        "form": form,
        "heading": heading,
        "name": name_of(request, person_id),
        "button": "Save",
        "back": reverse("people:person", args=[person_id]),
        **more,
    }
    return render(request, "people/form.html", context)
