"""The plan: goals in her words, how near they are, and what was agreed."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.assessment.queries import measures
from onestory.cases.models import Case
from onestory.cases.views.asked import uuid
from onestory.kernel.closed import keeps_words
from onestory.kernel.errors import Refused
from onestory.support import actions
from onestory.support.forms.plans import EndGoalForm, GoalForm, MeasureForm, RewordForm, StepForm
from onestory.support.models import Goal, Step
from onestory.support.queries import plan_of_case
from onestory.support.queries.cases import one
from onestory.support.queries.plans import agreed
from onestory.support.views import words
from onestory.support.views.pages import form_page, key, sent


@needs(Permission.CASE_WORK)
@keeps_words("words")
def goal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A goal in her words."""
    case = _open(request, case_id)
    form = GoalForm(sent(request))

    def act():
        actions.set_goal(by=request.actor, case_id=case_id, goal_id=key(request), **form.answers())

    return form_page(request, case, form, act, title="A goal", button="Save", done="Saved.")


@needs(Permission.CASE_WORK)
@keeps_words("words")
def reword(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """The same goal in other words."""
    found, case = _of(request, goal_id)
    form = RewordForm(sent(request), initial={"words": found.words})
    on_screen = _on_screen(request, found)

    def act():
        actions.reword_goal(by=request.actor, goal_id=on_screen, words=form.cleaned_data["words"])

    return _page(request, case, form, act, title="In other words")


@needs(Permission.CASE_WORK)
def measure(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """How near a goal is now."""
    found, case = _of(request, goal_id)
    sat = measures(request.actor, case.person_id, found.instrument) if found.instrument else []
    form = MeasureForm(sent(request), initial={"at": "review"}, goal=found, sat=sat)
    on_screen = _on_screen(request, found)

    def act():
        actions.measure_goal(by=request.actor, goal_id=on_screen, **form.answers())

    return _page(request, case, form, act, title="How near is it?", about=words.goal_rows(found))


@needs(Permission.CASE_WORK)
def end_goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """It is reached, or no longer wanted."""
    found, case = _of(request, goal_id)
    form = EndGoalForm(sent(request))
    on_screen = _on_screen(request, found)

    def act():
        actions.end_goal(by=request.actor, goal_id=on_screen, end=form.cleaned_data["end"])

    return _page(request, case, form, act, title="What came of it?", about=words.goal_rows(found))


@needs(Permission.CASE_WORK)
@keeps_words("words", "who")
def step(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Something that was agreed."""
    case = _open(request, case_id)
    goals = plan_of_case(request.actor, case_id).open_goals
    form = StepForm(sent(request), goals=goals)

    def act():
        actions.agree_step(
            by=request.actor, case_id=case_id, step_id=key(request), **form.answers()
        )

    return form_page(request, case, form, act, title="A step", button="Save", done="Saved.")


@needs(Permission.CASE_WORK)
@require_POST
def step_done(request: HttpRequest, step_id: UUID) -> HttpResponse:
    return _at_once(request, step_id, actions.step_done, "Done.")


@needs(Permission.CASE_WORK)
@require_POST
def step_drop(request: HttpRequest, step_id: UUID) -> HttpResponse:
    return _at_once(request, step_id, actions.drop_step, "Taken out of the plan.")


def _at_once(request: HttpRequest, step_id: UUID, action, done: str) -> HttpResponse:
    found = agreed(request.actor, Step, step_id)
    try:
        action(by=request.actor, step_id=step_id)
    except Refused as refused:
        messages.warning(request, refused.reason)
    else:
        messages.success(request, done)
    return redirect("support:case", found.case_id)


def _open(request: HttpRequest, case_id: UUID) -> Case:
    case = one(request.actor, case_id)
    if case.closed_on:
        raise Http404
    return case


def _of(request: HttpRequest, goal_id: UUID) -> tuple[Goal, Case]:
    """The goal as it was when the page was opened, and its case."""
    found = agreed(request.actor, Goal, goal_id)
    return found, _open(request, found.case_id)


def _on_screen(request: HttpRequest, found: Goal) -> UUID:
    """The row that was on screen. After both versions were shown, the later one is."""
    return uuid(request.POST["seen"]) if request.POST.get("seen") else found.pk


def _page(request: HttpRequest, case: Case, form: Form, act: Callable, **context) -> HttpResponse:
    return form_page(
        request,
        case,
        form,
        act,
        button="Save",
        done="Saved.",
        theirs=words.goal_rows,
        **context,
    )
