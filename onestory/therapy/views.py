"""Pages of therapy: for its therapists the notes, for the team who asks for them."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onestory.access.views.pages import done, sent
from onestory.agencies.guard import needs
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.closed import not_written
from onestory.kernel.components import Cell, Row
from onestory.kernel.errors import Stale
from onestory.kernel.ids import new_id
from onestory.kernel.opening import Opening
from onestory.kernel.templatetags.pages import moment
from onestory.people.queries import known_person, names
from onestory.therapy import actions, forms, queries
from onestory.therapy.models import NotesRequest

therapists = needs(Permission.THERAPY_WORK)
takes_requests = needs(Permission.RIGHTS_WORK)
OF_THE_PAGE = {"csrfmiddlewaretoken", "note", "amends", *Opening.FIELDS}
COLUMNS = ["Due", "Who asks", "Survivor", "Basis", "Where it stands"]


@therapists
@require_GET
def notes(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The notes about somebody, with what is for information beside them."""
    by = request.actor
    known_person(by, person_id)
    team_id = queries.therapy_team(by)
    where = queries.proceedings(by, person_id)
    context = {
        "name": _name(request, person_id),
        "person_id": person_id,
        "window": queries.notes(
            by,
            person_id,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
        ),
        "draft": queries.draft(by, person_id, team_id),
        "proceedings": where,
        "stage": pack().notes_stages.name(where.stage) if where else "",
        "back": reverse("people:person", args=[person_id]),
    }
    return render(request, "therapy/notes.html", context)


@therapists
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Writing a note; with `?amends=` one that puts an earlier note right."""
    try:
        return _writing(request, person_id)
    except Http404:
        return _closed_meanwhile(request, person_id)


def _writing(request: HttpRequest, person_id: UUID) -> HttpResponse:
    by = request.actor
    known_person(by, person_id)
    team_id = queries.therapy_team(by)
    amends = _amended(request)
    draft = queries.draft(by, person_id, team_id)
    form = forms.NoteForm(
        sent(request),
        draft=draft.typed if draft else None,
        initial={"on": timezone.localdate()},
    )
    note_id = _note_id(request)
    if done(form, lambda: _write(request, person_id, team_id, note_id, form)):
        messages.success(request, "The note is written.")
        return redirect("therapy:notes", person_id)
    context = {
        "form": form,
        "name": _name(request, person_id),
        "person_id": person_id,
        "note_id": note_id,
        "amends": amends,
        "draft": draft,
        "tab": request.POST.get("tab") or uuid4().hex,
        "version": draft.version if draft else 0,
        "back": reverse("therapy:notes", args=[person_id]),
    }
    return render(request, "therapy/write.html", context)


def _closed_meanwhile(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The record closed while a note was written: what was typed, to copy. `Http404` if there is
    nothing; and alike for everybody who is not there, so that it says of nobody that they are.
    """
    draft = queries.draft(request.actor, person_id, queries.therapy_team(request.actor))
    typed = request.POST.get("words") or "".join((draft.typed if draft else {}).get("words", []))
    if not typed.strip():
        raise Http404
    context = {"kept": draft is not None, "person_id": person_id}
    return not_written(request, typed, "therapy/closed.html", **context)


@therapists
@require_POST
def save(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Keeps what is being typed: 204 when it is kept."""
    typed = {name: given for name, given in request.POST.lists() if name not in OF_THE_PAGE}
    try:
        actions.save_draft(
            by=request.actor,
            person_id=person_id,
            team_id=queries.therapy_team(request.actor),
            note_id=_note_id(request),
            typed=typed,
            opening=Opening.of(request.POST),
        )
    except Stale:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


@therapists
@require_POST
def discard(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Throws away what was typed."""
    team_id = queries.therapy_team(request.actor)
    actions.discard_draft(by=request.actor, person_id=person_id, team_id=team_id)
    messages.success(request, "What you had typed is thrown away.")
    try:
        known_person(request.actor, person_id)
    except Http404:
        return redirect("cases:worklist")
    return redirect("therapy:notes", person_id)


@therapists
@require_http_methods(["GET", "POST"])
def proceedings(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """How far criminal proceedings are."""
    by = request.actor
    known_person(by, person_id)
    team_id = queries.therapy_team(by)
    now = queries.proceedings(by, person_id)
    initial = {"stage": now.stage, "words": now.words} if now else {}
    form = forms.ProceedingsForm(sent(request), initial=initial)

    def keep():
        actions.set_proceedings(by=by, person_id=person_id, team_id=team_id, **form.cleaned_data)

    if done(form, keep):
        messages.success(request, "Kept, for the therapists of your team.")
        return redirect("therapy:notes", person_id)
    heading = "Criminal proceedings"
    return _form_page(request, form, person_id, heading, reverse("therapy:notes", args=[person_id]))


@takes_requests
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Who asks for notes: what waits, by when it is due; or what was answered."""
    answered = bool(request.GET.get("answered"))
    window = queries.requests(
        request.actor,
        answered=answered,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    known = names(request.actor, [row.person_id for row in window.rows]) if window.rows else {}
    table = [_line(row, known) for row in window.rows]
    context = {"window": window, "answered": answered, "columns": COLUMNS, "table": table}
    return render(request, "therapy/requests.html", context)


@takes_requests
@require_http_methods(["GET", "POST"])
def asked(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Taking a request down."""
    by = request.actor
    known_person(by, person_id)
    form = forms.AskedForm(sent(request), initial={"asked_on": timezone.localdate()})
    made: list[NotesRequest] = []

    def log():
        team_id = by.teams_where(Permission.RIGHTS_WORK)[0]
        made.append(
            actions.log_notes_request(
                by=by, person_id=person_id, team_id=team_id, **form.cleaned_data
            )
        )

    if done(form, log):
        messages.success(request, f"Taken down. An answer is due on {moment(made[0].due_on)}.")
        return redirect("therapy:request", made[0].pk)
    back = reverse("people:person", args=[person_id])
    return _form_page(request, form, person_id, "Somebody asks for therapy notes", back)


@takes_requests
@require_http_methods(["GET", "POST"])
def one_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request, and its next step."""
    row = queries.request(request.actor, request_id)
    step = _step(request, row)
    form = STEPS[step][0](sent(request)) if step in STEPS else None
    if form and done(form, lambda: STEPS[step][1](request, row, form)):
        messages.success(request, "Written down.")
        return redirect("therapy:request", row.pk)
    if request.method == "POST" and form is None:
        raise Http404
    late = queries.overdue(row, timezone.localdate())
    context = {
        "row": row,
        "name": _name(request, row.person_id),
        "late": late,
        "step": step,
        "form": form,
        "facts": _facts(row),
        "back": {"url": reverse("therapy:requests"), "text": "Requests for notes"},
    }
    return render(request, "therapy/request.html", context)


def _step(request: HttpRequest, row: NotesRequest) -> str:
    if row.answered_at:
        return "done"
    if row.agreed_at:
        return "answer"
    if row.decided_at:
        return "wait" if row.decided_by_id == request.actor.user_id else "agree"
    return "decide" if row.view and "view" not in request.GET else "tell"


def _tell(request: HttpRequest, row: NotesRequest, form) -> None:
    actions.tell_of_notes_request(by=request.actor, request_id=row.pk, **form.cleaned_data)


def _decide(request: HttpRequest, row: NotesRequest, form) -> None:
    actions.decide_notes_request(by=request.actor, request_id=row.pk, **form.cleaned_data)


def _agree(request: HttpRequest, row: NotesRequest, form) -> None:
    actions.agree_notes_request(by=request.actor, request_id=row.pk, **form.cleaned_data)


def _answer(request: HttpRequest, row: NotesRequest, form) -> None:
    actions.answer_notes_request(by=request.actor, request_id=row.pk, **form.cleaned_data)


STEPS = {
    "tell": (forms.ViewForm, _tell),
    "decide": (forms.DecisionForm, _decide),
    "agree": (forms.AgreeForm, _agree),
    "answer": (forms.AnsweredForm, _answer),
}
STANDS = {
    "tell": "The survivor has not been told",
    "decide": "To be decided",
    "agree": "A second person has to agree",
    "wait": "A second person has to agree",
    "answer": "To be answered",
    "done": "Answered",
}


def _stands(row: NotesRequest) -> str:
    if row.answered_at:
        return STANDS["done"]
    if row.agreed_at:
        return STANDS["answer"]
    return STANDS["agree" if row.decided_at else "decide" if row.view else "tell"]


def _line(row: NotesRequest, known: dict) -> list:
    due = moment(row.due_on)
    if queries.overdue(row, timezone.localdate()):
        due = f"{due}, overdue"
    return [
        due,
        Cell(row.who, reverse("therapy:request", args=[row.pk])),
        str(known.get(row.person_id, "Name closed to you")),
        pack().notes_bases.name(row.basis),
        _stands(row),
    ]


def _facts(row: NotesRequest) -> list[Row]:
    rows = [
        Row("Basis", pack().notes_bases.name(row.basis)),
        Row("What they ask for", row.what),
        Row("Their reference", row.their_reference),
        Row("Came", f"{moment(row.asked_on)}; taken down by {row.recorded_by}"),
        Row("Due", moment(row.due_on)),
        Row("The survivor", _by(row.get_view_display(), row.viewed_by, row.viewed_at)),
        Row("In more words", row.view_words),
        Row("Decision", _by(row.get_decision_display(), row.decided_by, row.decided_at)),
        Row("The reason", row.decision_words),
        Row("Second person", _by("Agrees", row.agreed_by, row.agreed_at)),
        Row("What was given", row.given),
        Row("How", _by(row.get_how_display(), row.answered_by, row.answered_on)),
    ]
    return [one for one in rows if one.value]


def _by(what: str, who, when) -> str:
    return f"{what} ({who}, {moment(when)})" if when else ""


def _amended(request: HttpRequest):
    key = request.POST.get("amends") or request.GET.get("amends")
    try:
        return queries.note(request.actor, UUID(key)) if key else None
    except ValueError:
        raise Http404 from None


def _note_id(request: HttpRequest) -> UUID:
    """Given by the page, so that a note that is sent twice is there once."""
    try:
        return UUID(request.POST["note"]) if request.method == "POST" else new_id()
    except (KeyError, ValueError):
        raise Http404 from None


def _write(request: HttpRequest, person_id: UUID, team_id: UUID, note_id: UUID, form) -> None:
    amends = _amended(request)
    actions.write_note(
        by=request.actor,
        person_id=person_id,
        team_id=team_id,
        note_id=note_id,
        amends=amends.pk if amends else None,
        **form.cleaned_data,
    )


def _name(request: HttpRequest, person_id: UUID) -> str:
    return str(names(request.actor, [person_id]).get(person_id, "Name closed to you"))


def _form_page(request: HttpRequest, form, person_id: UUID, heading: str, back: str):
    context = {
        "form": form,
        "name": _name(request, person_id),
        "heading": heading,
        "button": "Save",
        "back": back,
    }
    return render(request, "people/form.html", context)
