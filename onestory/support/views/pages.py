"""What the form pages of this room share: one thing asked, done once, nothing typed lost."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onestory.agencies.actor import Actor
from onestory.cases.models import Case
from onestory.cases.views import words as cases
from onestory.cases.views.asked import number, uuid
from onestory.kernel.components import Row
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.ids import new_id
from onestory.people.queries import names


def sent(request: HttpRequest):
    """What was typed; None where nothing was."""
    return request.POST if request.method == "POST" else None


def key(request: HttpRequest) -> UUID:
    """The id of the row that a page adds: made with the page, so that two sendings are one."""
    return uuid(request.POST["key"]) if "key" in request.POST else new_id()


def version(request: HttpRequest) -> int:
    return number(request.POST.get("version", ""))


def form_page(
    request: HttpRequest,
    case: Case,
    form: Form,
    act: Callable[[], object],
    *,
    title: str,
    button: str,
    done: str,
    version: int | None = None,
    theirs: Callable[[object], list[Row]] | None = None,
    **context,
) -> HttpResponse:
    """Ask, do, and go back to the case. Where somebody else was faster, both versions are shown."""
    shown, seen = request.POST.get("version", version), request.POST.get("seen", "")
    if form.is_bound and form.is_valid():
        try:
            act()
        except Stale as stale:
            form.add_error(None, f"{stale.reason} Compare the two, then send yours or go back.")
            context["theirs"] = theirs(stale.theirs) if theirs and stale.theirs else []
            shown = getattr(stale.theirs, "version", shown)
            seen = getattr(stale.theirs, "pk", seen)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, done)
            return redirect(context.get("to") or reverse("support:case", args=[case.pk]))
    context |= {
        "form": form,
        "title": title,
        "button": button,
        "version": shown,
        "seen": seen,
        "key": request.POST.get("key") or new_id(),
        "caption": f"Case {case.reference}, {name(request.actor, case)}",
        "back": reverse("support:case", args=[case.pk]),
    }
    return render(request, "support/form.html", context)


def name(by: Actor, case: Case) -> str:
    """Who the case is about, as far as it is open."""
    return cases.name(names(by, [case.person_id]), case.person_id)
