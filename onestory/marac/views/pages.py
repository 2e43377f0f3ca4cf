"""What the pages of this room have in common."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onestory.access.views.pages import done
from onestory.agencies.actor import Actor
from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.kernel.forms import Form
from onestory.kernel.ids import new_id
from onestory.marac.models import Referral
from onestory.marac.views import words
from onestory.people.queries import names

attends = needs(Permission.MARAC_ATTEND)
refers = needs(Permission.MARAC_REFER)
coordinates = needs(Permission.MARAC_COORDINATE)
leads = needs(Permission.MARAC_COORDINATE, Permission.MARAC_CHAIR)


def page_id(request: HttpRequest) -> UUID:
    """Given by the page, so that what is sent twice is there once."""
    if request.method != "POST":
        return new_id()
    return uuid_of(request.POST.get("id", ""))


def uuid_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def form_page(
    request: HttpRequest, form: Form, *, heading: str, back: str, button: str, **more
) -> HttpResponse:
    """A page with one form on it."""
    context = {"form": form, "heading": heading, "back": back, "button": button, **more}
    return render(request, "marac/form.html", context)


def versioned(request: HttpRequest, act: Callable[[int], object]) -> Callable[[], object]:
    """The action with the version that the page was opened at."""
    posted = request.POST.get("version", "")
    version = int(posted) if posted.isascii() and posted.isdecimal() else -1
    return lambda: act(version)


def decision(
    request: HttpRequest,
    case: Referral,
    form: Form,
    act: Callable[..., object],
    *,
    said: str,
    to: str = "",
    **page,
) -> HttpResponse:
    """A form by which a case is decided; and when it is, to `to`, or to the case."""
    here = reverse("marac:case", args=[case.pk])
    step = versioned(
        request,
        lambda version: act(
            by=request.actor, referral_id=case.pk, version=version, **form.cleaned_data
        ),
    )
    if done(form, step):
        messages.success(request, said)
        return redirect(to or here)
    name = survivor_name(request.actor, case)
    return form_page(request, form, back=here, version=case.version, name=name, **page)


def back_home() -> dict[str, str]:
    """The way back to the first page of this room."""
    return {"url": reverse("marac:home"), "text": "MARAC"}


def survivor_name(by: Actor, case: Referral) -> str:
    """Whom a page is about, for its head."""
    return words.name(names(by, [case.person_id]).get(case.person_id))
