"""What the pages of a survivor's own have in common."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onestory.kernel.errors import Refused, Stale


def sent(request: HttpRequest):
    """What was sent, for a form; None while the page is only being opened."""
    return request.POST if request.method == "POST" else None


def done(form: Form, act: Callable[[], object]) -> bool:
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


def page(request: HttpRequest, template: str, **context) -> HttpResponse:
    """A page of hers, with a way back to the first."""
    context.setdefault("back", {"url": reverse("portal:home"), "text": "Back"})
    return render(request, f"portal/{template}.html", context)
