"""Referring somebody to MARAC, and what the coordinators make of it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from onestory.access.views.pages import done, sent
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.closed import keeps_words
from onestory.kernel.errors import Refused
from onestory.kernel.templatetags.pages import moment
from onestory.marac import actions, queries
from onestory.marac.actions import Facts
from onestory.marac.forms.referring import (
    AgainForm,
    DeclineForm,
    DismissForm,
    GoOnForm,
    ReferForm,
)
from onestory.marac.queries.pairs import abusers, latest_assessment
from onestory.marac.views import words
from onestory.marac.views.pages import (
    coordinates,
    decision,
    form_page,
    page_id,
    refers,
    survivor_name,
    uuid_of,
    versioned,
)
from onestory.people.queries import known_person, names

SENT = "Sent to the MARAC coordinator. Do not wait for the meeting to keep somebody safe."


@refers
@require_http_methods(["GET", "POST"])
@keeps_words("words", "reason", "why", "children_words", "agrees_words", "not_told_reason")
def refer(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Bringing somebody before the meeting."""
    by = request.actor
    known_person(by, person_id)
    if pack().marac_rule(timezone.localdate()) is None:
        raise Http404
    who = abusers(by, person_id)
    known = names(by, [person_id, *who])
    choices = [(str(key), words.name(known.get(key))) for key in who]
    latest = latest_assessment(by, person_id)
    form = ReferForm(sent(request), abusers=choices, initial=_proposed(choices))
    key = page_id(request)

    def send():
        given = {**form.cleaned_data}
        abuser = given.pop("abuser")
        actions.refer(
            by=by,
            team_id=by.teams_where(Permission.MARAC_REFER)[0],
            person_id=person_id,
            referral_id=key,
            facts=Facts(
                **{**given, "criteria": tuple(given["criteria"])},
                abuser_id=None if abuser == "unknown" else UUID(abuser),
            ),
        )

    if done(form, send):
        messages.success(request, SENT)
        return redirect("marac:case", key)
    return form_page(
        request,
        form,
        heading="Refer to MARAC",
        button="Send the referral",
        back=reverse("people:person", args=[person_id]),
        name=words.name(known.get(person_id)),
        id=key,
        about=_assessed(latest),
        wide=True,
    )


@coordinates
@require_POST
def accept(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Takes a referral."""
    _try(request, referral_id, actions.accept_referral, "Taken. Now ask the agencies.")
    return redirect("marac:case", referral_id)


@coordinates
@require_POST
def join(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Joins a referral to the open case of the same two people."""
    _try(request, referral_id, actions.join_referral, "Joined to the case that is open.")
    return redirect("marac:case", referral_id)


@coordinates
@require_http_methods(["GET", "POST"])
def decline(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Sends a referral back."""
    return decision(
        request,
        queries.case(request.actor, referral_id),
        DeclineForm(sent(request)),
        actions.decline_referral,
        said="Sent back. What was opened for it is closed again.",
        to="marac:home",
        heading="Send a referral back",
        button="Send it back",
        about="Who referred keeps responsibility, and reads why.",
    )


@coordinates
@require_http_methods(["GET", "POST"])
@keeps_words("words")
def go_on(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Going on although the survivor does not agree."""
    return decision(
        request,
        queries.case(request.actor, referral_id),
        GoOnForm(sent(request)),
        actions.go_on,
        said="Written down.",
        heading="Go on without the survivor’s agreement",
        button="Go on",
    )


@coordinates
@require_http_methods(["GET", "POST"])
@keeps_words("words")
def dismiss(request: HttpRequest, referral_id: UUID, on: date, team_id: UUID) -> HttpResponse:
    """What was noticed is no repeat."""
    case = queries.case(request.actor, referral_id)
    form = DismissForm(sent(request))
    found = {"by": request.actor, "referral_id": case.pk, "on": on, "team_id": team_id}
    if done(form, lambda: actions.dismiss_repeat(**found, **form.cleaned_data)):
        messages.success(request, "Written down.")
        return redirect("marac:home")
    return form_page(
        request,
        form,
        heading="No repeat",
        button="Save",
        back=reverse("marac:home"),
        name=survivor_name(request.actor, case),
        about=f"Noticed on {moment(on)}.",
    )


@coordinates
@require_http_methods(["GET", "POST"])
@keeps_words("words")
def again(request: HttpRequest, referral_id: UUID, on: date, team_id: UUID) -> HttpResponse:
    """What was noticed is a repeat: the same two come before the meeting again."""
    case = queries.case(request.actor, referral_id)
    form = AgainForm(sent(request))
    key = page_id(request)
    found = {"by": request.actor, "referral_id": case.pk, "on": on, "team_id": team_id}
    if done(form, lambda: actions.bring_again(**found, new_id=key, **form.cleaned_data)):
        messages.success(request, "It is a case again, as a repeat. Now ask the agencies.")
        return redirect("marac:case", key)
    return form_page(
        request,
        form,
        heading="Bring them before the meeting again",
        button="Bring them again",
        back=reverse("marac:home"),
        name=survivor_name(request.actor, case),
        id=key,
        about=f"Noticed on {moment(on)}.",
    )


def _try(request: HttpRequest, referral_id: UUID, act, said: str) -> None:
    """A step without a form: what is refused is said on the page of the case."""
    case = queries.case(request.actor, uuid_of(str(referral_id)))
    step = versioned(
        request, lambda version: act(by=request.actor, referral_id=case.pk, version=version)
    )
    try:
        step()
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, said)


def _proposed(choices: list) -> dict:
    """Where only one person is named as using abuse, that one."""
    return {"abuser": choices[0][0]} if len(choices) == 1 else {}


def _assessed(latest) -> str:
    if latest is None:
        return "No checklist is open to your team. You may refer on your professional judgement."
    told = pack().risk_levels.name(latest.level)
    yes = f", {latest.yes} answered with yes" if latest.yes else ""
    return f"The latest checklist, {moment(latest.assessed_at)}: {told}{yes}."
