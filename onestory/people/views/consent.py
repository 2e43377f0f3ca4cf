"""Asking for consent, recording the answer, taking it back; sharing without it, and ending that."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from onestory.access import actions as access_actions
from onestory.access import queries as access
from onestory.access.models import Answer, Kind
from onestory.access.queries import Standing, Without
from onestory.access.rules.consent import State
from onestory.access.words import MEANS
from onestory.agencies.guard import needs
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.components import Row
from onestory.kernel.templatetags.pages import moment
from onestory.people import forms, queries
from onestory.people.models import Identity
from onestory.people.rules import age
from onestory.people.views.pages import done, form_page, name_of, sent

shares = needs(Permission.SHARE)
STATES = {
    State.GIVEN: ("Agreed", "green"),
    State.PARTLY: ("Partly taken back", "yellow"),
    State.REFUSED: ("Refused", "red"),
    State.WITHDRAWN: ("Taken back", "red"),
    State.LAPSED: ("Lapsed", "grey"),
    State.ENDED: ("Ended with the work", "grey"),
}
FIRST_STEP = ("to_team", "kinds", "purpose", "until")


@needs(Permission.PERSON_FIND)
def consents(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Every time somebody was asked, what they said, and what was shared without asking."""
    by = request.actor
    person = queries.known_person(by, person_id)
    may_share = by.may(Permission.SHARE)
    context = {
        "person": person,
        "name": name_of(request, person.pk),
        "may_ask": may_share and access.sharing_team(by, person.pk) is not None,
        "asked": [_asked(one, may_share) for one in access.consents(by, person.pk)],
        "unasked": [
            _unasked(one, may_share) for one in access.shares_without_consent(by, person.pk)
        ],
        "back": {"url": reverse("people:who-knows", args=[person.pk]), "text": "Who knows"},
    }
    return render(request, "people/consents.html", context)


@shares
def ask_consent(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """First what would be shared; then, in the words to say to them, what they answer."""
    by = request.actor
    person, team_id, kinds = _sharing(request, person_id)
    options = {"teams": access.recipients(by).exclude(pk=team_id), "kinds": kinds}
    step = request.POST.get("step")
    sharing = forms.SharingForm(
        sent(request) if step in ("1", "2") else None,
        draft=request.POST if step == "back" else None,
        **options,
    )
    if not sharing.is_valid():
        return form_page(
            request,
            person.pk,
            sharing,
            "Ask for consent",
            about="Choose with them what a team would see. On the next page you read it out, and "
            "record what they say.",
            button="Continue",
            step="1",
            back=reverse("people:consents", args=[person.pk]),
        )
    answer = forms.ConsentForm(request.POST if step == "2" else None, age=_age(by, person.pk))
    if step == "2" and done(answer, lambda: _record(request, person.pk, team_id, sharing, answer)):
        return redirect("people:consents", person.pk)
    return _reading_out(request, person, sharing, answer)


def _record(request: HttpRequest, person_id: UUID, team_id: UUID, sharing, answer) -> None:
    access_actions.record_consent(
        by=request.actor,
        person_id=person_id,
        team_id=team_id,
        **sharing.shared,
        **answer.cleaned_data,
    )
    given = answer.cleaned_data["answer"] == Answer.GIVEN
    said = f"{sharing.team} can see it now." if given else "Their no is recorded."
    messages.success(request, said)


def _reading_out(request: HttpRequest, person, sharing, answer) -> HttpResponse:
    """What to say to them, in plain words."""
    answers = sharing.cleaned_data
    context = {
        "form": answer,
        "name": name_of(request, person.pk),
        "team": sharing.team,
        "kinds": [MEANS[Kind(kind)] for kind in answers["kinds"]],
        "not_kinds": [Kind(k).label for k in _closed(sharing, answers["kinds"])],
        "purpose": pack().purposes.name(answers["purpose"]),
        "until": answers["until"],
        "hidden": [
            (name, value)
            for name, values in request.POST.lists()
            if name.split("-")[0] in FIRST_STEP
            for value in values
        ],
        "before": [
            _before(one)
            for one in access.consents(request.actor, person.pk)
            if one.consent.to_team_id == sharing.team.pk
        ],
        "already": [
            f"{_titles(knower.kinds)}. {knower.basis_in_words}"
            for knower in access.who_knows(request.actor, person.pk)
            if knower.is_live and knower.team.pk == sharing.team.pk
        ],
        "back": reverse("people:consents", args=[person.pk]),
    }
    return render(request, "people/ask_consent.html", context)


def _closed(sharing, chosen: list[str]) -> list[str]:
    return [kind for kind, _ in sharing.fields["kinds"].choices if kind not in chosen]


def _before(one: Standing) -> str:
    day, what = moment(one.consent.asked_at), pack().purposes.name(one.consent.purpose)
    return f"{day}: {STATES[one.state][0].lower()}. {what}: {_titles(one.consent.kinds)}"


@shares
def withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take a consent back, or a part of it. It closes when the button is pressed."""
    by = request.actor
    one = _standing(by, consent_id)
    form = forms.WithdrawForm(sent(request), kinds=one.open)

    def take_back():
        access_actions.withdraw_consent(by=by, consent_id=consent_id, **form.cleaned_data)

    if done(form, take_back):
        messages.success(request, f"Closed to {one.consent.to_team}.")
        # The team that was told sees nothing of the person any more, if it takes its own share back.
        still = access.open_envelopes(by, one.consent.person_id)
        return redirect(*("people:consents", one.consent.person_id) if still else ("people:find",))
    return form_page(
        request,
        one.consent.person_id,
        form,
        f"Take back what {one.consent.to_team} may see",
        about=_consequence(by, one),
        button="Take it back now",
        back=reverse("people:consents", args=[one.consent.person_id]),
    )


def _standing(by, consent_id: UUID) -> Standing:
    person_id = access.person_of_consent(by, consent_id)
    for one in access.consents(by, person_id) if person_id else ():
        if one.consent.pk == consent_id and one.open:
            return one
    raise Http404


def _consequence(by, one: Standing) -> str:
    """What will happen; and, honestly, what will not."""
    said = "It closes at once, even where a page is open. What they have read already, they know."
    others = [
        f"{knower.basis_in_words.lower()} ({_titles(knower.kinds)})"
        for knower in access.who_knows(by, one.consent.person_id)
        if knower.is_live
        and knower.team.pk == one.consent.to_team_id
        and knower.consent_id != one.consent.pk
        and set(knower.kinds) & set(one.open)
    ]
    if others:
        said += f" They will still see some of it on another basis: {'; '.join(others)}."
    return said


@shares
def share(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Share without consent, on another legal basis."""
    by = request.actor
    person, team_id, kinds = _sharing(request, person_id)
    form = forms.WithoutForm(
        sent(request),
        teams=access.recipients(by).exclude(pk=team_id),
        kinds=kinds,
        colleagues=access.second_opinions(by, team_id, ""),
    )

    def open_it():
        access_actions.share_without_consent(
            by=by, person_id=person.pk, team_id=team_id, **form.decided
        )

    if done(form, open_it):
        messages.success(request, f"{form.team} can see it now. Your reason is on the record.")
        return redirect("people:consents", person.pk)
    return form_page(
        request,
        person.pk,
        form,
        "Share without consent",
        about="Only where the law allows it and it is needed: no more than needed, with nobody who "
        "need not know. Ask for consent instead wherever that is safe.",
        button="Share it now",
        back=reverse("people:consents", args=[person.pk]),
    )


@shares
def end_share(request: HttpRequest, share_id: UUID) -> HttpResponse:
    by = request.actor
    one = _without(by, share_id)
    form = forms.EndShareForm(sent(request))

    def end():
        access_actions.end_share(by=by, share_id=share_id, **form.cleaned_data)

    if done(form, end):
        messages.success(request, f"Closed to {one.share.to_team}.")
        still = access.open_envelopes(by, one.share.person_id)
        return redirect(*("people:consents", one.share.person_id) if still else ("people:find",))
    return form_page(
        request,
        one.share.person_id,
        form,
        f"End what {one.share.to_team} may see",
        about="It closes at once. What they have read already, they know.",
        button="End it now",
        back=reverse("people:consents", args=[one.share.person_id]),
    )


@shares
def tell_of_share(request: HttpRequest, share_id: UUID) -> HttpResponse:
    by = request.actor
    one = _without(by, share_id)
    form = forms.ConfirmForm(sent(request))

    def tell():
        access_actions.tell_of_share(by=by, share_id=share_id)

    if done(form, tell):
        messages.success(request, "Recorded. Their own pages show it from now on.")
        return redirect("people:consents", one.share.person_id)
    return form_page(
        request,
        one.share.person_id,
        form,
        f"They know that {one.share.to_team} was told",
        about=f"Why they were not told: {one.share.not_told_reason}",
        button="Record it",
        back=reverse("people:consents", args=[one.share.person_id]),
    )


def _without(by, share_id: UUID) -> Without:
    person_id = access.person_of_share(by, share_id)
    for one in access.shares_without_consent(by, person_id) if person_id else ():
        if one.share.pk == share_id:
            return one
    raise Http404


def _sharing(request: HttpRequest, person_id: UUID) -> tuple:
    """The person, the actor's team that may share of them, and what it may share."""
    person = queries.known_person(request.actor, person_id)
    found = access.sharing_team(request.actor, person.pk)
    if found is None:
        raise Http404
    return person, *found


def _age(by, person_id: UUID) -> int | None:
    identity = queries.fact_now(by, Identity, person_id)
    if identity is None or identity.born_on is None:
        return None
    return age.years(identity.born_on, timezone.localdate())


def _titles(kinds) -> str:
    return ", ".join(Kind(kind).label for kind in kinds)


def _asked(one: Standing, may_share: bool) -> dict:
    consent = one.consent
    rows = [
        Row("What", _titles(consent.kinds)),
        Row("What for", pack().purposes.name(consent.purpose)),
        Row("Until", moment(consent.until) if consent.until else "No end set"),
        Row("Asked", f"{moment(consent.asked_at)}, by {consent.asked_by}, {consent.team}"),
        Row("How", one.how),
        Row("Who decided", ". ".join(filter(None, (one.capacity, consent.age_note)))),
    ]
    if consent.words:
        rows.append(Row("In their words", consent.words))
    for taken in one.withdrawals:
        said = f"{_titles(taken.kinds)}. {moment(taken.withdrawn_at)}, by {taken.withdrawn_by}"
        rows.append(Row("Taken back", f"{said}. {taken.words}" if taken.words else said))
    if one.state is State.PARTLY:
        rows.append(Row("Still open", _titles(one.open)))
    link = reverse("people:withdraw", args=[consent.pk]) if may_share and one.open else ""
    return _card(consent.to_team, STATES[one.state], rows, [("Take it back", link)])


def _unasked(one: Without, may_share: bool) -> dict:
    shared = one.share
    told = f"Yes, {moment(shared.told_at)}" if shared.told_at else f"No: {shared.not_told_reason}"
    rows = [
        Row("What", _titles(shared.kinds)),
        Row("What for", pack().purposes.name(shared.purpose)),
        Row("On what basis", one.basis),
        Row("Why", shared.reason),
        Row("Until", moment(shared.until) if shared.until else "No end set"),
        Row("Shared", f"{moment(shared.shared_at)}, by {shared.shared_by}, {shared.team}"),
        Row("Second opinion", shared.second_opinion_by or "None was needed"),
        Row("Are they told?", told),
    ]
    links = []
    if may_share and one.open:
        links.append(("End it", reverse("people:end-share", args=[shared.pk])))
    if may_share and not shared.told_at:
        links.append(("They are told now", reverse("people:tell-share", args=[shared.pk])))
    state = ("Open", "orange") if one.open else ("Ended", "grey")
    return _card(shared.to_team, state, rows, links)


def _card(team, state: tuple[str, str], rows: list[Row], links: list[tuple[str, str]]) -> dict:
    return {
        "title": f"{team}, {team.organisation}",
        "state": state,
        "rows": rows,
        "links": [(label, url) for label, url in links if url],
        "team": team,
    }
