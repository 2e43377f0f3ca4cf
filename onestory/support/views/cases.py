"""A case as its team works on it: held, waiting, paused, ended."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date

from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.cases.models import Case
from onestory.cases.views import words as cases
from onestory.kernel.closed import keeps_words
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.keyset import Window
from onestory.support import actions
from onestory.support.forms.cases import EndForm, HoldForm, PauseForm, ResumeForm
from onestory.support.models import Session
from onestory.support.queries import CaseView, case_view
from onestory.support.queries.cases import colleagues
from onestory.support.rules.states import State
from onestory.support.views import words
from onestory.support.views.pages import form_page, name, sent, version

COLUMNS = ["When", "What", "How", "With", "Attended"]


@needs(Permission.CASE_WORK)
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who holds it, how long she waits, what is ahead, her plan, and what has been."""
    on = _day(request.GET.get("on", ""))
    where = {part: request.GET.get(part, "") for part in ("after", "before")}
    view = case_view(request.actor, case_id, **where, on=on)
    identity = view.identity
    context = {
        "view": view,
        "case": view.case,
        "episode": view.episode,
        "name": str(identity) if identity else cases.CLOSED,
        "person_url": cases.person_url(view.case.person_id) if identity else "",
        "state": words.state_tag(view.state),
        "rows": words.case_rows(view),
        "wait_rows": words.wait_rows(view.wait, view.episode),
        "ending_rows": words.ending_rows(view.ending, view.episode) if view.ending else [],
        "told": words.told_of_ending(view.ending, view.episode) if view.ending else [],
        "told_columns": ["Who", "How", "When"],
        "ahead": [_ahead(session) for session in view.ahead],
        "goals": [(one, words.nearness(one)) for one in view.plan.goals],
        "may_work": _may_work(request, view.case) and view.state is not State.ENDED and not on,
        "is_paused": view.state is State.PAUSED,
        "on": on,
        "columns": COLUMNS,
        "past": [_past(session) for session in view.past.rows],
        "back": {"url": reverse("support:mine"), "text": "My people"},
        **_neighbours(case_id, view.past),
    }
    return render(request, "support/case.html", context)


@needs(Permission.CASE_WORK)
def hold(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take a case on, or hand it over."""
    view = _open(request, case_id)
    episode = view.episode
    held = {"holder": str(request.actor.user_id), "check_in_days": None}
    if episode:
        holder = episode.holder_id or request.actor.user_id
        held = {"holder": str(holder), "check_in_days": episode.check_in_days}
    form = HoldForm(sent(request), initial=held, colleagues=colleagues(view.case.team_id))

    def act():
        actions.hold_case(
            by=request.actor,
            case_id=case_id,
            version=version(request),
            holder_id=UUID(form.cleaned_data["holder"]),
            check_in_days=int(form.cleaned_data["check_in_days"]),
        )

    return _page(
        request, view, form, act, title="Who holds this case?", button="Save", done="Saved."
    )


@needs(Permission.CASE_WORK)
def pause(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """She asked to be left for a while, or the service did."""
    view = _open(request, case_id)
    form = PauseForm(sent(request))

    def act():
        actions.pause_wait(
            by=request.actor, case_id=case_id, version=version(request), **form.cleaned_data
        )

    return _page(request, view, form, act, title="Pause", button="Pause", done="Paused.")


@needs(Permission.CASE_WORK)
def resume(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """It goes on."""
    view = _open(request, case_id)
    form = ResumeForm(sent(request))

    def act():
        actions.resume_wait(
            by=request.actor, case_id=case_id, version=version(request), **form.cleaned_data
        )

    return _page(request, view, form, act, title="Go on", button="Go on", done="It goes on.")


@needs(Permission.CASE_WORK)
@keeps_words("words", "not_told_because")
def end(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The end of a case. Afterwards it may be closed to this team as well."""
    view = _open(request, case_id)
    opened = bool(view.case.referral_id and view.case.referral.grants)
    form = EndForm(
        sent(request),
        goals=[one.goal for one in view.plan.open_goals],
        planned=len(view.ahead),
        opened=opened,
    )
    if form.is_bound and form.is_valid():
        ended = form.ended()
        try:
            actions.end_case(
                by=request.actor, case_id=case_id, version=version(request), ended=ended
            )
        except Stale as stale:
            form.refuse(stale)
        except Refused as refused:
            form.refuse(refused)
        else:
            closes = opened and not ended.keep_until
            messages.success(
                request,
                f"Case {view.case.reference} has ended."
                + (" What was opened to your team for it is closed." if closes else ""),
            )
            return redirect("support:mine")
    context = {
        "form": form,
        "case": view.case,
        "caption": f"Case {view.case.reference}, {name(request.actor, view.case)}",
        "opened": opened,
        "waiting": view.episode is None or view.episode.first_session_on is None,
        "wait": words.days(view.wait.days),
        "version": view.episode.version if view.episode else 0,
        "back": words.case_url(case_id),
    }
    return render(request, "support/end.html", context)


def _open(request: HttpRequest, case_id: UUID) -> CaseView:
    """A case that can still be worked on. For one that has ended these pages do not exist."""
    view = case_view(request.actor, case_id)
    if view.state is State.ENDED:
        raise Http404
    return view


def _page(request: HttpRequest, view: CaseView, form, act, **context) -> HttpResponse:
    return form_page(
        request,
        view.case,
        form,
        act,
        version=view.episode.version if view.episode else 0,
        theirs=words.episode_rows,
        **context,
    )


def _may_work(request: HttpRequest, case: Case) -> bool:
    return request.actor.may(Permission.CASE_WORK, case.team_id)


def _ahead(session: Session) -> dict:
    return {
        "session": session,
        "what": words.session_kind(session),
        "how": words.session_how(session),
        "url": reverse("support:session", args=[session.pk]),
        "move_url": reverse("support:session-move", args=[session.pk]),
    }


def _past(session: Session) -> list:
    return [
        words.session_when(session),
        words.session_kind(session),
        words.session_how(session),
        session.worker.name,
        words.session_came(session),
    ]


def _neighbours(case_id: UUID, page: Window) -> dict:
    here = words.case_url(case_id)
    return {
        "previous_url": f"{here}?before={page.previous}#sessions" if page.previous else "",
        "next_url": f"{here}?after={page.next}#sessions" if page.next else "",
    }


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
