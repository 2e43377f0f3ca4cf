"""What waits for a team: possible matches that other teams recorded, and what others ask to see."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onestory.access.models import Envelope, Kind
from onestory.access.queries import envelopes_of
from onestory.agencies.guard import needs
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.people import actions, forms, queries
from onestory.people.models import AccessRequest, MatchNotice
from onestory.people.queries.inbox import PAGE, requests_with_names, unsettled
from onestory.people.rules.closed import may_be_asked_for
from onestory.people.views.pages import done, form_page, name_of, saved, sent

finds_people = needs(Permission.PERSON_FIND)


@finds_people
def notices(request: HttpRequest) -> HttpResponse:
    """Newest first, a page at a time."""
    by = request.actor
    found = queries.notices(by, after=_after(request))
    shown, more = found[:PAGE], len(found) > PAGE
    asked = queries.requests(by) if "after" not in request.GET else []
    held = _held(asked)
    ids = [row.person_id for row in [*shown, *asked]]
    known = queries.names(by, ids) if ids else {}
    context = {
        "matches": [(row, known.get(row.person_id)) for row in shown],
        "to_answer": [
            (row, known.get(row.person_id), held[row.envelope_id])
            for row in asked
            if row.envelope_id in held and row.answered_at is None
        ],
        "ours": [(row, known.get(row.person_id)) for row in asked if row.team_id in by.team_ids],
        "next_url": f"?after={shown[-1].pk}" if more else "",
        "first_url": reverse("people:notices") if "after" in request.GET else "",
    }
    return render(request, "people/notices.html", context)


def _after(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET["after"]) if "after" in request.GET else None
    except ValueError:
        raise Http404 from None


def _held(asked: list[AccessRequest]) -> dict[UUID, str]:
    """What kind of envelope each request is about, of those that are open to the actor."""
    envelopes = Envelope.objects.filter(pk__in=[row.envelope_id for row in asked])
    return {envelope.pk: envelope.get_kind_display() for envelope in envelopes}


@finds_people
def settle(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    notice = unsettled().filter(pk=notice_id).first()
    if notice is None:
        raise Http404
    form = forms.SettleForm(sent(request))

    def decide():
        actions.settle_notice(by=request.actor, notice_id=notice.pk, how=form.cleaned_data["how"])

    if done(form, decide):
        messages.success(request, "Settled.")
        return redirect("people:notices")
    return _settling(request, notice, form)


def _settling(request: HttpRequest, notice: MatchNotice, form) -> HttpResponse:
    return form_page(
        request,
        notice.person_id,
        form,
        "A possible match",
        about=f"{notice.other_team} has recorded somebody who may be "
        f"{name_of(request, notice.person_id)}. Talk to them before you say what came of it.",
        back=reverse("people:notices"),
    )


@finds_people
def ask(request: HttpRequest, person_id: UUID, kind: str) -> HttpResponse:
    """Ask those who hold a closed envelope to open it."""
    queries.known_person(request.actor, person_id)
    closed = {c.kind for c in envelopes_of(request.actor, person_id) if not c.is_open}
    gives_therapy = request.actor.may(Permission.THERAPY_WORK)
    if kind not in closed or not may_be_asked_for(kind, gives_therapy=gives_therapy):
        raise Http404
    form = forms.AskForm(sent(request))

    def send():
        actions.ask(
            by=request.actor,
            person_id=person_id,
            kind=kind,
            team_id=request.actor.home_team_id,
            **form.cleaned_data,
        )

    if done(form, send):
        return saved(request, person_id, "Your request is with those who can answer it.")
    return form_page(
        request,
        person_id,
        form,
        f"Ask for: {Kind(kind).label}",
        button="Send",
        about="Those who hold it decide, and will tell you yes or no.",
    )


@finds_people
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Say yes or no to another team. Only whoever holds what is asked for finds this page."""
    asked = requests_with_names().filter(pk=request_id, answered_at=None).first()
    kind = _held([asked]).get(asked.envelope_id) if asked else None
    if kind is None:
        raise Http404
    form = forms.AnswerForm(sent(request))

    def decide():
        actions.answer_request(by=request.actor, request_id=asked.pk, **form.cleaned_data)

    if done(form, decide):
        messages.success(request, "They are told.")
        return redirect("people:notices")
    purpose = pack().purposes.name(asked.purpose)
    return form_page(
        request,
        asked.person_id,
        form,
        f"{asked.team} asks to see: {kind}",
        about=f"{asked.asked_by}: {asked.words} ({purpose}.)",
        button="Answer",
        back=reverse("people:notices"),
    )
