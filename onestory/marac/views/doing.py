"""An agency's answer to what it is asked, and the actions that it offered."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from onestory.access.views.pages import done, sent
from onestory.kernel.closed import keeps_words
from onestory.kernel.templatetags.pages import moment
from onestory.marac import actions, queries
from onestory.marac.forms.meeting import AnswerForm, DoneForm
from onestory.marac.queries.tasks import action_of
from onestory.marac.views import words
from onestory.marac.views.pages import attends, back_home, form_page, leads, page_id
from onestory.people.queries import names

COLUMNS = ("Due", "What", "Survivor", "For", "Agency", "Where it stands")


@attends
@require_http_methods(["GET", "POST"])
@keeps_words("about_survivor", "about_abuser")
def answer(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What an agency holds about a case that it is asked about."""
    by = request.actor
    found = queries.Picture(by, queries.case(by, referral_id))
    asked = found.mine
    if asked is None:
        raise Http404
    form = AnswerForm(sent(request), initial={"holds": asked.holds})
    key = page_id(request)

    def act():
        actions.answer_research(by=by, research_id=asked.pk, answer_id=key, **form.cleaned_data)

    if done(form, act):
        messages.success(request, "Answered. You can add to it until the review.")
        return redirect("marac:case", found.case.pk)
    context = {
        "form": form,
        "id": key,
        "asked": asked,
        "case": found.case,
        "survivor": words.person(found.survivor),
        "abuser": words.person(found.abuser) if found.case.abuser_id else "",
        "level": words.level(found.case),
        "back": reverse("marac:home"),
    }
    return render(request, "marac/answer.html", context)


@attends
@require_GET
def my_actions(request: HttpRequest) -> HttpResponse:
    """What the actor's agencies offered to do."""
    settled = bool(request.GET.get("settled"))
    return _list(request, queries.actions, settled=settled)


@leads
@require_GET
def overdue(request: HttpRequest) -> HttpResponse:
    """What is overdue, of every agency: for the chair."""
    return _list(request, queries.overdue)


@attends
@require_http_methods(["GET", "POST"])
@keeps_words("evidence", "reason")
def action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """One action: done with evidence, or not with a reason."""
    by = request.actor
    row = action_of(by, action_id)
    form = DoneForm(sent(request)) if row.is_open else None
    if request.method == "POST" and form is None:
        raise Http404

    def act():
        given = form.cleaned_data
        if given["done"] == "yes":
            actions.do_action(by=by, action_id=row.pk, evidence=given["evidence"])
        else:
            actions.leave_action(by=by, action_id=row.pk, reason=given["reason"])

    if form and done(form, act):
        messages.success(request, "Written down.")
        return redirect("marac:actions")
    known = names(by, [row.person_id])
    facts = [
        ("Survivor", words.name(known.get(row.person_id))),
        ("For", row.get_whom_display()),
        ("Agency", str(row.team)),
        ("Due", moment(row.due_on)),
        ("The survivor may be told", "Yes" if row.may_tell else "No"),
        ("Where it stands", row.what_came_of_it),
    ]
    back = reverse("marac:case", args=[row.referral_id])
    heading = row.words
    if form is None:
        context = {"heading": heading, "rows": facts, "back": back}
        return render(request, "marac/form.html", context)
    return form_page(request, form, heading=heading, button="Save", back=back, rows=facts)


def _list(request: HttpRequest, query, **which) -> HttpResponse:
    window = query(
        request.actor,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        **which,
    )
    known = names(request.actor, [row.person_id for row in window.rows]) if window.rows else {}
    context = {
        "window": window,
        "columns": COLUMNS,
        "table": [words.action_line(row, known) for row in window.rows],
        "settled": which.get("settled", False),
        "of_all": not which,
        "back": back_home(),
    }
    return render(request, "marac/actions.html", context)
