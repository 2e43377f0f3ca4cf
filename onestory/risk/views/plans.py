"""The safety plan: as it stands, as it stood, on paper, and being agreed."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onestory.agencies.guard import signed_in
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.assessment import queries as known
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.opening import Opening
from onestory.risk import queries
from onestory.risk.actions import plans as actions
from onestory.risk.actions.drafts import keep_draft
from onestory.risk.forms.plans import OWN, SHARED, PlanForm
from onestory.risk.models import SafetyPlan, SafetyPlanStep
from onestory.risk.views import pages, words


@signed_in
@require_GET
def plan(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The plan as it stands."""
    return _shown(request, person_id, None)


@signed_in
@require_GET
def version(request: HttpRequest, person_id: UUID, number: int) -> HttpResponse:
    """The plan as it stood in one version."""
    return _shown(request, person_id, number)


@signed_in
@require_GET
def on_paper(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """For printing: in full, or a few lines that name no service. Not where paper is not safe."""
    view = pages.of_survivor(request.actor, person_id)
    found = queries.plan(request.actor, person_id)
    if found is None or found.version.paper == SafetyPlan.Paper.NONE:
        raise Http404
    small = found.version.paper == SafetyPlan.Paper.SMALL
    context = {"plan": found, "small": small, "person_id": view.person.pk}
    return render(request, "risk/paper.html", context)


@pages.works
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Agreeing the plan: steps that hold, steps that the answers suggest, and her own words."""
    by = request.actor
    view = pages.of_survivor(by, person_id)
    found = queries.plan(by, person_id)
    draft = queries.draft(by, person_id, actions.PLAN)
    steps = [step for heading in found.headings for step in heading.steps] if found else []
    form = PlanForm(
        _sent(request, steps),
        draft=draft.typed if draft else None,
        steps=steps,
        suggested=_suggested(known.known(by, person_id)),
        paper=found.version.paper if found else "",
    )
    theirs = None
    if form.is_valid():
        try:
            _agree(request, view.person.pk, form)
            messages.success(request, "The plan is agreed.")
            return redirect("risk:plan", view.person.pk)
        except Stale as stale:
            theirs = stale.theirs
            form.refuse(stale)
        except Refused as refused:
            form.refuse(refused)
    typed = dict(request.POST.lists()) if request.POST else {}
    context = {
        "form": form,
        "name": pages.name(view),
        "person_id": view.person.pk,
        "plan": found,
        "theirs": theirs,
        "gone": _gone(typed or (draft.typed if draft else {}), form),
        "seen": found.version.version if found else 0,
        "tab": request.POST.get("tab") or uuid4().hex,
        "version": draft.version if draft else 0,
        "changes": [words.change(row) for row in found.since] if found else [],
        "back": {"url": reverse("risk:plan", args=[view.person.pk]), "text": "The plan"},
    }
    return render(request, "risk/plan_write.html", context)


@pages.works
@require_POST
def save(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Keeps what is being typed: 204 when it is kept."""
    view = pages.of_survivor(request.actor, person_id)
    try:
        keep_draft(
            by=request.actor,
            team_id=pages.team_of(request.actor, Permission.CASE_WORK),
            person_id=view.person.pk,
            page=actions.PLAN,
            typed=pages.typed(request),
            opening=Opening.of(request.POST),
        )
    except Refused:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


def _shown(request: HttpRequest, person_id: UUID, number: int | None) -> HttpResponse:
    by = request.actor
    view = pages.of_survivor(by, person_id)
    found = queries.plan(by, person_id, number)
    context = {
        "name": pages.name(view),
        "person_id": view.person.pk,
        "plan": found,
        "changes": [words.change(row) for row in found.since] if found else [],
        "on_paper": bool(found and found.version.paper != SafetyPlan.Paper.NONE),
        "may_work": by.may(Permission.CASE_WORK),
        "back": pages.back(view),
    }
    return render(request, "risk/plan.html", context)


def _agree(request: HttpRequest, person_id: UUID, form: PlanForm) -> None:
    seen = request.POST.get("seen", "")
    actions.agree_plan(
        by=request.actor,
        team_id=pages.team_of(request.actor, Permission.CASE_WORK),
        person_id=person_id,
        seen=int(seen) if seen.isascii() and seen.isdecimal() else -1,
        paper=form.cleaned_data["paper"],
        steps=form.given(),
        tab=request.POST.get("tab", ""),
    )


def _sent(request: HttpRequest, steps: list[SafetyPlanStep]):
    """What was sent; a step that a colleague has added meanwhile stays as it is."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    for step in steps:
        data.setdefault(f"step-{step.pk}", step.words)
        data.setdefault(f"who-{step.pk}", SHARED if step.shared else OWN)
    return data


def _suggested(found: dict) -> set[str]:
    """The steps of the area that an answer of hers leads to."""
    yes = {code for code, one in found.items() if one.value == "yes"}
    return {term.code for term in pack().plan_suggestions if yes & set(term.questions)}


def _gone(typed: dict[str, list[str]], form: PlanForm) -> list[str]:
    """What was typed of steps that a colleague has changed meanwhile, so that it is not lost."""
    return [
        given[0]
        for field, given in typed.items()
        if field.startswith("step-") and field not in form.fields and given and given[0]
    ]
