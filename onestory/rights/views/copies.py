"""Pages of a request for a copy: taken down, confirmed, read through, given."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onestory.access.views.pages import done, sent
from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.kernel import record, word
from onestory.kernel.components import Cell, Row
from onestory.kernel.errors import Refused
from onestory.kernel.templatetags.pages import moment
from onestory.people.queries import known_person, names
from onestory.rights import actions, documents, forms, queries
from onestory.rights.models import CopyRequest
from onestory.rights.queries.telling import PARTS
from onestory.rights.views.pages import sections

everybody = needs(Permission.RIGHTS_WORK, Permission.RIGHTS_REVIEW)
teams = needs(Permission.RIGHTS_WORK)
COLUMNS = ["Due", "Request", "Team", "Who answers it", "Where it stands"]
FILES = {
    "html": ("text/html; charset=utf-8", documents.html),
    "docx": (word.CONTENT_TYPE, documents.docx),
    "pdf": ("application/pdf", documents.pdf),
}


@everybody
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Requests for copies, those that are due first."""
    answered = bool(request.GET.get("answered"))
    window = queries.requests(
        request.actor,
        answered=answered,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "sections": sections(request),
        "answered": answered,
        "window": window,
        "columns": COLUMNS,
        "table": [_line(row) for row in window.rows],
    }
    return render(request, "rights/requests.html", context)


@teams
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Taking a request down."""
    by = request.actor
    known_person(by, person_id)
    there = queries.request_about(by, person_id)
    if there:
        return redirect("rights:request", there.pk)
    team_id = by.teams_where(Permission.RIGHTS_WORK)[0]
    form = forms.AskForm(
        sent(request),
        handlers=queries.handlers(by, team_id),
        initial={"handler_id": str(by.user_id)},
    )
    made: list[CopyRequest] = []
    if done(form, lambda: made.append(_log(by, person_id, team_id, form.cleaned_data))):
        messages.success(request, "Taken down. A guardian confirms it before anything opens.")
        return redirect("rights:request", made[0].pk)
    context = {
        "form": form,
        "name": str(names(by, [person_id]).get(person_id, "Name closed to you")),
        "heading": "Somebody asks for a copy of their record",
        "button": "Save",
        "back": reverse("people:person", args=[person_id]),
    }
    return render(request, "people/form.html", context)


def _log(by, person_id: UUID, team_id: UUID, given: dict) -> CopyRequest:
    return actions.log_request(
        by=by,
        person_id=person_id,
        team_id=team_id,
        handler_id=UUID(given["handler_id"]),
        asked_by=given["asked_by"],
        representative=given["representative"] or given["parent"],
        identity_checked=given["identity_checked"],
        received_on=given["received_on"],
    )


@everybody
@require_http_methods(["GET", "POST"])
def one_request(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request, and what this actor may do about it now."""
    row = queries.request(request.actor, request_id)
    step = _step(request, row)
    form = _form(request, row, step)
    if form and done(form, lambda: _act(request, row, step, form.cleaned_data)):
        messages.success(request, "Written down.")
        return redirect("rights:request", row.pk)
    if request.method == "POST" and form is None:
        raise Http404
    work = step in ("answer", "extend")
    draft = queries.draft_of(request.actor, row) if work else None
    context = {
        "row": row,
        "step": step,
        "form": form,
        "facts": _facts(row),
        "draft": draft,
        "left": len(draft.undecided) if draft else 0,
        "late": row.answered_at is None and row.due_on < timezone.localdate(),
        "back": {"url": reverse("rights:requests"), "text": "Requests for copies"},
    }
    return render(request, "rights/request.html", context)


@teams
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The next words, or the next part, about which somebody has to decide; `?place=` one by name."""
    by = request.actor
    row = _mine(request, request_id)
    draft = queries.draft_of(by, row)
    place = request.POST.get("place") or request.GET.get("place") or next(iter(draft.undecided), "")
    line = next((line for line in draft.to_read if line.place == place), None)
    if line is None and place not in draft.apart:
        if place:
            raise Http404
        messages.success(request, "Everything is read through. You can make the file now.")
        return redirect("rights:request", row.pk)
    before = draft.choices.get(place)
    initial = {"words": line.words} if line else {}
    if before:
        initial |= {"what": before.what, "why": before.why}
        initial |= {"words": before.words} if before.words else {}
    form = (forms.WordsForm if line else forms.PartForm)(sent(request), initial=initial)
    if done(form, lambda: _choose(by, row, place, form.cleaned_data)):
        return redirect("rights:read", row.pk)
    context = {
        "row": row,
        "form": form,
        "line": line,
        "part": "" if line else PARTS[place],
        "entries": [] if line else _entries(draft, place),
        "therapy": place == "therapy",
        "place": place,
        "left": len(draft.undecided),
        "back": reverse("rights:request", args=[row.pk]),
    }
    return render(request, "rights/read.html", context)


def _entries(draft: queries.Draft, key: str) -> list[queries.Entry]:
    return [entry for part in draft.parts if part.key == key for entry in part.entries]


def _choose(by, row: CopyRequest, place: str, given: dict) -> None:
    actions.choose(
        by=by,
        request_id=row.pk,
        place=place,
        what=given["what"],
        why=given.get("why") or "",
        words=given.get("words") or "",
    )


@teams
@require_GET
def choices(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Everything that was decided about a copy, with the reasons."""
    row = _mine(request, request_id)
    draft = queries.draft_of(request.actor, row)
    named = {line.place: f"{line.label}: {_short(line.words)}" for line in draft.to_read}
    named |= {key: PARTS[key] for key in draft.apart}
    table = [
        [
            Cell(named[place], f"{reverse('rights:read', args=[row.pk])}?place={place}"),
            choice.get_what_display(),
            choice.get_why_display(),
            moment(choice.decided_at),
        ]
        for place, choice in draft.choices.items()
        if place in named
    ]
    context = {
        "row": row,
        "columns": ["What", "Given?", "Why not", "Decided"],
        "table": table,
        "back": reverse("rights:request", args=[row.pk]),
    }
    return render(request, "rights/choices.html", context)


@teams
@require_GET
def file(request: HttpRequest, request_id: UUID, kind: str) -> HttpResponse:
    """The copy as a file; only once everything in it has been read through."""
    row = _mine(request, request_id)
    draft = queries.draft_of(request.actor, row)
    if kind not in FILES or draft.undecided:
        raise Http404
    content_type, render_file = FILES[kind]
    paper = documents.Paper(
        reference=row.person.reference,
        made_at=timezone.now(),
        parts=draft.finished(),
        left_out=draft.left_out(),
    )
    try:
        made = render_file(paper)
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("rights:request", row.pk)
    record.write(
        "copy.make",
        by=request.actor,
        person_id=row.person_id,
        subject=f"copy-request:{row.pk}",
        detail={"kind": kind},
    )
    # A name that tells nothing on somebody's machine.
    headers = {"Content-Disposition": f'attachment; filename="copy-{row.person.reference}.{kind}"'}
    return HttpResponse(made, content_type=content_type, headers=headers)


def _mine(request: HttpRequest, request_id: UUID) -> CopyRequest:
    """A request that is open to this actor as its handler."""
    row = queries.request(request.actor, request_id)
    if row.handler_id != request.actor.user_id or not row.confirmed_at or row.answered_at:
        raise Http404
    return row


def _step(request: HttpRequest, row: CopyRequest) -> str:
    """What is to be done next, if it is this actor's to do."""
    by = request.actor
    if row.answered_at:
        return "done"
    if not row.confirmed_at:
        if by.may(Permission.RIGHTS_REVIEW):
            return "sent-back" if row.sent_back else "confirm"
        return "mend" if row.sent_back else "wait"
    if row.handler_id != by.user_id:
        return "other"
    return "extend" if "extend" in request.GET and not row.extended_on else "answer"


def _form(request: HttpRequest, row: CopyRequest, step: str):
    if step == "mend":
        initial = {"identity_checked": row.identity_checked, "handler_id": str(row.handler_id)}
        handlers = queries.handlers(request.actor, row.team_id)
        return forms.MendForm(sent(request), handlers=handlers, initial=initial)
    found = {"confirm": forms.ConfirmForm, "extend": forms.ExtendForm, "answer": forms.AnswerForm}
    return found[step](sent(request)) if step in found else None


def _act(request: HttpRequest, row: CopyRequest, step: str, given: dict) -> None:
    change = {"by": request.actor, "request_id": row.pk}
    if step == "mend":
        handler_id = UUID(given["handler_id"])
        actions.mend_request(
            **change, handler_id=handler_id, identity_checked=given["identity_checked"]
        )
    elif step == "confirm" and given["right"]:
        actions.confirm_request(**change)
    elif step == "confirm":
        actions.send_back_request(**change, words=given["words"])
    elif step == "extend":
        actions.extend_request(**change, **given)
    else:
        actions.answer_request(**change, **given)


def _stands(row: CopyRequest) -> str:
    if row.answered_at:
        return row.get_outcome_display()
    if row.confirmed_at:
        return "To be answered"
    return "Sent back, to be put right" if row.sent_back else "Waits for a guardian"


def _line(row: CopyRequest) -> list:
    due = moment(row.due_on)
    if row.answered_at is None and row.due_on < timezone.localdate():
        due = f"{due}, overdue"
    address = reverse("rights:request", args=[row.pk])
    return [due, Cell(row.person.reference, address), str(row.team), row.handler.name, _stands(row)]


def _facts(row: CopyRequest) -> list[Row]:
    confirmed = f"{row.confirmed_by}, {moment(row.confirmed_at)}" if row.confirmed_at else ""
    answered = f"{row.answered_how} ({row.answered_by}, {moment(row.answered_at)})"
    rows = [
        Row("Who asks", row.get_asked_by_display()),
        Row("For them", row.representative),
        Row("How that was checked", row.identity_checked),
        Row("Asked", f"{moment(row.received_on)}; taken down by {row.logged_by}, {row.team}"),
        Row("Due", moment(row.due_on)),
        Row("Put off because", row.extended_why),
        Row("Who answers it", row.handler.name),
        Row("To be put right", row.sent_back),
        Row("Confirmed by", confirmed),
        Row("What came of it", row.get_outcome_display()),
        Row("How", answered if row.answered_at else ""),
    ]
    return [one for one in rows if one.value]


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]}…"
