"""Who knows what and why, who opened it and when, and taking a consent back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from onestory.access import actions as access_actions
from onestory.access import queries as access
from onestory.access.models import How
from onestory.cases.queries.hers import unanswered
from onestory.kernel.forms import Form
from onestory.portal import forms, words
from onestory.portal.guard import hers
from onestory.portal.views.pages import done, page, sent


@hers
@require_GET
def who(request: HttpRequest) -> HttpResponse:
    """Every team that knows something now, and those that did."""
    shown = access.shown_to_her(request.actor, request.own.person_id)
    teams = words.teams_that_know(shown.knowers)
    context = {
        "live": [team for team in teams if team.now],
        "before": [team for team in teams if not team.now],
        "unanswered": unanswered(request.actor, request.own.person_id),
    }
    return page(request, "who", **context)


@hers
@require_GET
def opened(request: HttpRequest) -> HttpResponse:
    """Who opened her record, on which day and what of it."""
    shown = access.shown_to_her(request.actor, request.own.person_id)
    return page(
        request,
        "opened",
        openings=[(one, words.kinds(one.kinds)) for one in shown.openings[: words.OPENINGS]],
        more=max(0, len(shown.openings) - words.OPENINGS),
        back={"url": reverse("portal:who"), "text": "Back"},
    )


@hers
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take a consent back: what that means first, then it is done at once."""
    standing = next(
        (
            one
            for one in access.consents(request.actor, request.own.person_id)
            if one.consent.pk == consent_id and one.open
        ),
        None,
    )
    if standing is None:
        raise Http404
    form = forms.WithdrawForm(sent(request))
    if done(
        form,
        lambda: access_actions.withdraw_consent(
            by=request.actor,
            consent_id=consent_id,
            how=How.OWN_PAGES,
            words=form.cleaned_data["words"],
        ),
    ):
        messages.success(request, f"{standing.consent.to_team} can no longer see it.")
        return redirect("portal:who")
    return page(
        request,
        "withdraw",
        form=form,
        team=standing.consent.to_team,
        kinds=words.kinds(standing.open),
        back={"url": reverse("portal:who"), "text": "Back"},
    )


@hers
@require_http_methods(["GET", "POST"])
def withdraw_noted(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """The same for a yes that was only noted, where what she was asked about is answered: a team that
    is to help her and has not answered yet would be left with nothing, and nobody would know."""
    by, person_id = request.actor, request.own.person_id
    found = [
        one
        for one in access.shown_to_her(by, person_id).knowers
        if one.team.pk == team_id and one.is_noted and one.is_live
    ]
    if not found or team_id in unanswered(by, person_id):
        raise Http404
    form = Form(sent(request))
    about = {"person_id": person_id, "team_id": team_id, "how": How.OWN_PAGES}
    if done(form, lambda: access_actions.withdraw_noted(by=by, **about)):
        messages.success(request, f"{found[0].team} can no longer see it.")
        return redirect("portal:who")
    return page(
        request,
        "withdraw",
        form=form,
        team=found[0].team,
        kinds=words.kinds(kind for one in found for kind in one.kinds),
        back={"url": reverse("portal:who"), "text": "Back"},
    )
