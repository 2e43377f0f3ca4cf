"""The cases of a team: the list, one case, opening, correcting and closing."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onestory.agencies.guard import needs
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases import actions
from onestory.cases.forms.cases import CaseForm, CloseForm, NarrowForm
from onestory.cases.models import Case
from onestory.cases.queries import cases as queries
from onestory.cases.queries.cases import Narrowed
from onestory.cases.views import words
from onestory.cases.views.asked import number
from onestory.cases.views.counted import proposed_facts
from onestory.kernel.components import Cell
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.templatetags.pages import moment
from onestory.people.queries import names, open_person

COLUMNS = ["Case", "Who", "Opened", "Category", "Area", "Closed"]


@needs(Permission.CASE_WORK, Permission.REPORT_READ)
def cases(request: HttpRequest) -> HttpResponse:
    """The team's cases, narrowed by the codes in the address."""
    by, narrowed = request.actor, Narrowed.read(request.GET)
    page = queries.cases(
        by, narrowed, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    known = names(by, [row.person_id for row in page.rows if row.person_id])
    years = {y.label: y.label for y in reversed(queries.years(by))}
    context = {
        "form": NarrowForm(initial=vars(narrowed), years=years),
        "narrowed": narrowed,
        "also": _also(narrowed),
        "caption": _caption(queries.how_many(by, narrowed)),
        "may_import": by.may(Permission.CASE_LIST_IMPORT),
        "columns": COLUMNS,
        "rows": [_row(case, known) for case in page.rows],
        "previous_url": _neighbour(request, "before", page.previous),
        "next_url": _neighbour(request, "after", page.next),
    }
    return render(request, "cases/list.html", context)


@needs(Permission.CASE_WORK, Permission.REPORT_READ)
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    one = queries.case(request.actor, case_id)
    return render(request, "cases/case.html", _context(request, one))


@needs(Permission.CASE_WORK)
def open_(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Begin a case with somebody whom the team knows."""
    by, person = request.actor, open_person(request.actor, person_id)
    form = CaseForm(request.POST or None, initial=proposed_facts(request, person))
    if form.is_bound and form.is_valid():
        try:
            made = actions.open_case(
                by=by,
                team_id=by.teams_where(Permission.CASE_WORK)[0],
                person_id=person.person.pk,
                facts=form.facts(),
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Case {made.reference} is open.")
            return redirect("cases:case", made.pk)
    context = {
        "form": form,
        "title": "Open a case",
        "name": str(person.identity or words.CLOSED),
        "button": "Open the case",
        "back": words.person_url(person_id),
    }
    return render(request, "cases/case_form.html", context)


@needs(Permission.CASE_WORK)
def correct(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put right what is counted."""
    one = queries.case(request.actor, case_id)
    form = CaseForm(request.POST or None, initial=vars(one))

    def act():
        actions.correct_case(
            by=request.actor, case_id=case_id, version=_version(request), facts=form.facts()
        )

    return _form_page(request, one, form, act, "Correct the case", "Save", "Corrected.")


@needs(Permission.CASE_WORK)
def close(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Close a case from a list without names. One with somebody in it ends: see `support`."""
    one = queries.case(request.actor, case_id)
    if one.person_id:
        return redirect("support:end", case_id)
    form = CloseForm(request.POST or None)

    def act():
        actions.close_case(
            by=request.actor, case_id=case_id, version=_version(request), **form.cleaned_data
        )

    return _form_page(request, one, form, act, "Close the case", "Close the case", "Closed.")


def _form_page(
    request: HttpRequest,
    one: Case,
    form: Form,
    act: Callable,
    title: str,
    button: str,
    words_after: str,
) -> HttpResponse:
    context = {"form": form, "title": title, "button": button}
    version = request.POST.get("version", one.version)
    if form.is_bound and form.is_valid():
        try:
            act()
        except Stale as stale:
            # What they did stands beside what was typed, which may now be sent over it.
            context["theirs"] = words.case_rows(queries.case(request.actor, one.pk))
            version = stale.theirs.version
            form.refuse(stale)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, words_after)
            return redirect("cases:case", one.pk)
    context |= _context(request, one) | {
        "version": version,
        "back": reverse("cases:case", args=[one.pk]),
    }
    return render(request, "cases/case_form.html", context)


def _context(request: HttpRequest, one: Case) -> dict:
    known = names(request.actor, [one.person_id]) if one.person_id else {}
    return {
        "case": one,
        "name": words.name(known, one.person_id),
        "person_url": words.person_url(one.person_id) if one.person_id in known else "",
        "rows": words.case_rows(one),
        "may_work": request.actor.may(Permission.CASE_WORK, one.team_id),
        "back": reverse("cases:list"),
    }


def _caption(count: int) -> str:
    if count > queries.MOST_COUNTED:
        return f"More than {queries.MOST_COUNTED} cases"
    return "1 case" if count == 1 else f"{count} cases"


def _also(narrowed: Narrowed) -> str:
    """What narrows the list besides the form: where a report leads to, and nobody chooses."""
    area = pack()
    found = (
        narrowed.month,
        area.abuse.name(narrowed.abuse) if narrowed.abuse else "",
        area.risk_assessments.name(narrowed.risk_assessment) if narrowed.risk_assessment else "",
    )
    return ", ".join(filter(None, found))


def _row(case: Case, known: dict) -> list:
    area = pack()
    return [
        Cell(case.reference, reverse("cases:case", args=[case.pk])),
        words.name(known, case.person_id),
        moment(case.opened_on),
        area.categories.name(case.category),
        area.localities.name(case.area),
        moment(case.closed_on) or "Open",
    ]


def _neighbour(request: HttpRequest, where: str, name: str) -> str:
    if not name:
        return ""
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query[where] = name
    return f"{reverse('cases:list')}?{query.urlencode()}"


def _version(request: HttpRequest) -> int:
    return number(request.POST.get("version", ""))
