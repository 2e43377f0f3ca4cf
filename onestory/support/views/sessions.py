"""Appointments and sessions: planned, moved, recorded, settled."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.cases.models import Case
from onestory.kernel.closed import keeps_words
from onestory.support import actions
from onestory.support.forms.sessions import MeetingForm, RecordForm, SettleForm, planned
from onestory.support.models import Session
from onestory.support.queries.cases import colleagues, one, session
from onestory.support.views import words
from onestory.support.views.pages import form_page, key, sent, version


@needs(Permission.CASE_WORK)
@keeps_words("place")
def plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """An appointment."""
    case = _open(request, case_id)
    form = MeetingForm(
        sent(request),
        initial={"worker": str(request.actor.user_id)},
        colleagues=colleagues(case.team_id),
    )

    def act():
        actions.plan_session(
            by=request.actor, case_id=case_id, session_id=key(request), meeting=form.meeting()
        )

    return form_page(
        request, case, form, act, title="Appointment", button="Plan it", done="It is planned."
    )


@needs(Permission.CASE_WORK)
@keeps_words("place", "words")
def add(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A session that has been, and that nobody had planned here."""
    case = _open(request, case_id)
    form = RecordForm(
        sent(request),
        initial={"worker": str(request.actor.user_id)},
        colleagues=colleagues(case.team_id),
    )

    def act():
        said = form.settled()
        actions.record_session(
            by=request.actor,
            case_id=case_id,
            session_id=key(request),
            meeting=form.meeting(said.pop("minutes")),
            **said,
        )

    return form_page(
        request, case, form, act, title="Record a session", button="Record it", done="Recorded."
    )


@needs(Permission.CASE_WORK)
@keeps_words("words")
def settle(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Whether she came; said wrongly, it is said again."""
    found, case = _session(request, session_id)
    form = SettleForm(sent(request), initial=_said(found))

    def act():
        actions.settle_session(
            by=request.actor, session_id=session_id, version=version(request), **form.settled()
        )

    return form_page(
        request,
        case,
        form,
        act,
        title="Did they come?",
        button="Save",
        done="Saved.",
        version=found.version,
        theirs=words.session_rows,
        about=words.session_rows(found),
    )


@needs(Permission.CASE_WORK)
@keeps_words("place")
def move(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Another time, place or person."""
    found, case = _session(request, session_id)
    if found.state != Session.State.PLANNED:
        raise Http404
    form = MeetingForm(sent(request), initial=planned(found), colleagues=colleagues(case.team_id))

    def act():
        actions.move_session(
            by=request.actor,
            session_id=session_id,
            version=version(request),
            meeting=form.meeting(),
        )

    return form_page(
        request,
        case,
        form,
        act,
        title="Move the appointment",
        button="Move it",
        done="It is moved.",
        version=found.version,
        theirs=words.session_rows,
    )


def _open(request: HttpRequest, case_id: UUID) -> Case:
    case = one(request.actor, case_id)
    if case.closed_on:
        raise Http404
    return case


def _session(request: HttpRequest, session_id: UUID) -> tuple[Session, Case]:
    found = session(request.actor, session_id)
    return found, _open(request, found.case_id)


def _said(found: Session) -> dict:
    """What has been said of a session so far."""
    if found.state == Session.State.PLANNED:
        return {}
    return {
        "attended": found.state == Session.State.ATTENDED,
        "minutes": found.minutes,
        "absence": found.absence,
        "words": found.words,
    }
