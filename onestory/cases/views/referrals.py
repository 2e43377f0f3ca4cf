"""One referral: read, answered, withdrawn; and sending one outside triage."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.cases import actions
from onestory.cases.forms.referrals import (
    AcceptCaseForm,
    AcceptForm,
    DeclineForm,
    ReturnForm,
    WithdrawForm,
)
from onestory.cases.forms.triage import ReferForm
from onestory.cases.queries import referrals as queries
from onestory.cases.queries.gone import gone_one
from onestory.cases.queries.queue import Outlook, outlooks, places
from onestory.cases.queries.referrals import ReferralView
from onestory.cases.rules.states import Verb
from onestory.cases.views import words
from onestory.cases.views.asked import number
from onestory.cases.views.counted import proposed_facts
from onestory.cases.views.passing_on import not_to_pass_on
from onestory.kernel.errors import Refused, Stale
from onestory.people.queries import open_person
from onestory.people.views.words import phone_row, safe_contact_rows


@needs(Permission.CONTACT_RECORD)
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    try:
        return _page(request, referral_id)
    except Http404:
        return gone_page(request, referral_id)


@needs(Permission.REFERRAL_ANSWER)
@require_POST
def acknowledge(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """It is in hand; the sender sees so."""
    try:
        actions.acknowledge_referral(
            by=request.actor, referral_id=referral_id, version=_version(request)
        )
    except Refused as refused:
        return _page(request, referral_id, refused=refused)
    messages.success(request, "Acknowledged. The sender can see that you have it in hand.")
    return redirect("cases:referral", referral_id)


@needs(Permission.REFERRAL_ANSWER)
def accept(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Take it on, and perhaps open a case."""
    view = _for(request, referral_id, Verb.ACCEPT)
    outlook = _outlook(request, view)
    waiting = words.would_wait(outlook) if outlook else ""
    form = AcceptForm(request.POST or None, waiting=waiting)
    case = AcceptCaseForm(request.POST or None, initial=proposed_facts(request, view.person))
    opens = form.is_bound and form.is_valid() and form.cleaned_data["opens"]

    def act():
        actions.accept_referral(
            by=request.actor,
            referral_id=referral_id,
            version=_version(request),
            words=form.cleaned_data["words"],
            case=case.facts() if opens else None,
            waits=form.cleaned_data.get("waits") == "yes",
        )
        messages.success(request, "Accepted. The sender is told.")

    forms = [form, case] if opens or not form.is_bound else [form]
    if done := _done(request, referral_id, forms, act):
        return done
    return _form_page(request, view, [form, case], "Accept", forms_judged=forms)


@needs(Permission.REFERRAL_ANSWER)
def decline(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Say no. After that the team sees the referral no longer."""
    view = _for(request, referral_id, Verb.DECLINE)
    form = DeclineForm(request.POST or None, services=queries.others(view.referral))

    def act():
        actions.decline_referral(
            by=request.actor,
            referral_id=referral_id,
            version=_version(request),
            **form.cleaned_data,
        )
        messages.success(request, "Declined. The sender is told; the record is closed to you.")

    if done := _done(request, referral_id, [form], act, to=reverse("cases:worklist")):
        return done
    return _form_page(request, view, [form], "Decline")


@needs(Permission.REFERRAL_ANSWER)
def give_back(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Give somebody who still waits back to the sender."""
    view = _for(request, referral_id, Verb.RETURN)
    form = ReturnForm(request.POST or None)

    def act():
        actions.return_referral(
            by=request.actor,
            referral_id=referral_id,
            version=_version(request),
            **form.cleaned_data,
        )
        messages.success(request, "Given back. The sender is told; the record is closed to you.")

    if done := _done(request, referral_id, [form], act, to=reverse("cases:inbox")):
        return done
    return _form_page(request, view, [form], "Give back")


@needs(Permission.REFERRAL_SEND)
def withdraw(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Take it back, and close what was opened for it."""
    view = _for(request, referral_id, Verb.WITHDRAW)
    form = WithdrawForm(request.POST or None)

    def act():
        actions.withdraw_referral(
            by=request.actor,
            referral_id=referral_id,
            version=_version(request),
            **form.cleaned_data,
        )
        messages.success(request, "Withdrawn. What was opened for it is closed again.")

    if done := _done(request, referral_id, [form], act):
        return done
    return _form_page(request, view, [form], "Withdraw")


@needs(Permission.CONTACT_RECORD)
@require_POST
def seen(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The sender has seen the answer."""
    actions.see_answer(by=request.actor, referral_id=referral_id)
    messages.success(request, "Noted: you have seen the answer.")
    return redirect("cases:worklist")


@needs(Permission.REFERRAL_SEND)
def send(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Refer somebody whom the team works with."""
    by = request.actor
    person = open_person(by, person_id)
    if closed := not_to_pass_on(request, person):
        return closed
    team_id = by.teams_where(Permission.REFERRAL_SEND)[0]
    form = ReferForm(
        request.POST or None,
        offers=queries.offers(by, team_id=team_id, needs=()),
        kinds=queries.kinds_to_share(by, person.person.pk),
    )
    if form.is_bound and form.is_valid():
        try:
            sent = actions.send_referrals(
                by=by,
                team_id=team_id,
                person_id=person.person.pk,
                targets=form.chosen(),
                sharing=form.sharing(),
                words=form.cleaned_data["words"],
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Sent." if len(sent) == 1 else f"{len(sent)} referrals sent.")
            return redirect("people:person", person_id)
    context = {
        "form": form,
        "title": "Referral",
        "name": str(person.identity or words.CLOSED),
        "back": words.person_url(person_id),
    }
    return render(request, "cases/refer.html", context)


def gone_page(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """That a referral is open to this team no longer, where it may know so; otherwise `Http404`."""
    found = gone_one(request.actor, referral_id)
    if found is None:
        raise Http404
    context = {"line": words.gone(found), "back": reverse("cases:inbox")}
    return render(request, "cases/gone.html", context, status=410)


def _outlook(request: HttpRequest, view: ReferralView) -> Outlook | None:
    service = view.referral.service
    return outlooks(request.actor, [service])[service.pk] if service else None


def _for(request: HttpRequest, referral_id: UUID, verb: Verb) -> ReferralView:
    """The referral, if this is something that the actor may do with it at all."""
    view = queries.referral_view(request.actor, referral_id)
    if request.method != "POST" and verb not in view.verbs:
        raise Http404
    return view


def _done(
    request: HttpRequest, referral_id: UUID, forms: list[Form], act: Callable, to: str = ""
) -> HttpResponse | None:
    """Where to go once it is done; None while something is to be filled in or put right."""
    # Each is asked, so that every fault is shown at once.
    faulty = [form for form in forms if not form.is_valid()]
    if request.method != "POST" or faulty:
        return None
    try:
        act()
    except Stale as stale:
        return _page(request, referral_id, refused=stale)
    except Refused as refused:
        forms[0].refuse(refused)
        return None
    return redirect(to or reverse("cases:referral", args=[referral_id]))


def _page(
    request: HttpRequest, referral_id: UUID, *, refused: Refused | None = None
) -> HttpResponse:
    view = queries.referral_view(request.actor, referral_id)
    one = view.referral
    context = {
        "view": view,
        "referral": one,
        "name": str(view.person.identity or words.CLOSED),
        "state": words.referral_tag(one),
        "rows": words.referral_rows(one),
        "safe": [row for safe in view.person.safe_contacts[:1] for row in safe_contact_rows(safe)],
        "phones": [phone_row(phone, False) for phone in view.person.phones],
        "safe_to_call": words.safe_to_call(view.person),
        "is_sender": one.from_team_id in request.actor.team_ids,
        "verbs": {str(verb) for verb in view.verbs},
        "answered_at": one.accepted_at or one.declined_at or one.returned_at,
        "place": places(request.actor, [one.pk]).get(one.pk),
        "has_passport": one.to_team_id in request.actor.team_ids and one.declined_at is None,
        "person_url": words.person_url(view.person.person.pk),
        "refused": refused,
        "back": reverse("cases:worklist"),
    }
    return render(request, "cases/referral.html", context)


def _form_page(
    request: HttpRequest,
    view: ReferralView,
    forms: list[Form],
    title: str,
    forms_judged: list[Form] | None = None,
) -> HttpResponse:
    context = {
        "shown": forms,
        "forms": forms if forms_judged is None else forms_judged,
        "title": title,
        "name": str(view.person.identity or words.CLOSED),
        "version": request.POST.get("version", view.referral.version),
        "back": reverse("cases:referral", args=[view.referral.pk]),
    }
    return render(request, "cases/answer.html", context)


def _version(request: HttpRequest) -> int:
    return number(request.POST.get("version", ""))
