"""A call: first what must hold, then the number, then what came of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.cases.views import words as cases
from onestory.kernel.closed import keeps_words
from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id
from onestory.people.models import SafeContact
from onestory.support import actions
from onestory.support.forms.calls import BeforeForm, CallForm
from onestory.support.queries.calling import Reach, reach, teams_that_call
from onestory.support.views import words
from onestory.support.views.pages import key, sent

COLUMNS = ["When", "What came of it", "What was said", "By", "Try again"]
CHECKED = "call-checked"


@needs(Permission.CASE_WORK)
def call(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The safe-contact check. No number stands on this page."""
    found = reach(request.actor, person_id)
    form = None
    if _may_call(found):
        form = BeforeForm(sent(request), phones=found.phones, safe=found.safe)
        if form.is_bound and form.is_valid():
            phone = form.cleaned_data["phone"]
            # For this browser alone, and until the call is written down.
            request.session[CHECKED] = [*request.session.get(CHECKED, [])[-9:], phone]
            return redirect("support:dial", person_id, phone)
    return render(request, "support/call.html", _context(found) | {"form": form})


@needs(Permission.CASE_WORK)
@keeps_words("said")
def dial(request: HttpRequest, person_id: UUID, phone_id: UUID) -> HttpResponse:
    """The number, for whoever has just passed the check, and what came of the call."""
    by, found = request.actor, reach(request.actor, person_id)
    phone = next((p for p in found.phones if p.pk == phone_id), None)
    if phone is None or not _may_call(found):
        raise Http404
    if str(phone_id) not in request.session.get(CHECKED, []):
        return redirect("support:call", person_id)
    form = CallForm(sent(request), safe=found.safe)
    if form.is_bound and form.is_valid():
        try:
            actions.record_call(
                by=by,
                team_id=(teams_that_call(by) or by.teams_where(Permission.CASE_WORK))[0],
                person_id=phone.person_id,
                call_id=key(request),
                phone_id=phone.pk,
                **form.answers(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            request.session[CHECKED] = []
            messages.success(request, "The call is written down.")
            return redirect("support:call", person_id)
    context = {
        "form": form,
        "phone": phone,
        "key": request.POST.get("key") or new_id(),
        "back": reverse("support:call", args=[person_id]),
    }
    return render(request, "support/dial.html", _context(found) | context)


def _may_call(found: Reach) -> bool:
    """Nobody is called whom it is not safe to call. Where it is not known, the check says so."""
    safe = found.safe.safe_to_call if found.safe else SafeContact.Safe.UNKNOWN
    return safe != SafeContact.Safe.NO and bool(found.phones)


def _context(found: Reach) -> dict:
    return {
        "found": found,
        "name": str(found.identity or cases.CLOSED),
        "state": found.safe.safe_to_call if found.safe else SafeContact.Safe.UNKNOWN,
        "clock": found.clock,
        "clock_rows": words.clock_rows(found.clock) if found.clock else [],
        "columns": COLUMNS,
        "calls": [words.call_row(one) for one in found.calls],
        "back": cases.person_url(found.person_id),
    }
