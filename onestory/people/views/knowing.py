"""Who knows what of somebody, and what a team knew on a day."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onestory.access import actions as access_actions
from onestory.access import queries as access
from onestory.access.models import Kind
from onestory.access.queries import Knower, Known, Opening
from onestory.access.words import table_name
from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.kernel.components import Row
from onestory.kernel.templatetags.pages import moment, until
from onestory.people import queries
from onestory.people.forms import KnownForm, TakeBackForm
from onestory.people.views.pages import done, form_page, name_of, sent

ENDED = ["Team", "What", "On what basis", "Since", "Ended", "Last opened"]
OPENED = ["Day", "Who", "Team", "What"]
OPEN_THEN = ["What", "On what basis", "What for", "Since", "Until", "Given by"]
PAGE = 30
TAKES_BACK = (
    "This closes at once, even where a page is open: {what}. What they have read already, they know. "
    "If they have not answered yet what they were asked, they cannot any more: tell whoever asked them."
)


@needs(Permission.PERSON_FIND)
def who_knows(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Every team to which something is or was open, why, and what it has opened."""
    by = request.actor
    person = queries.known_person(by, person_id)
    found = access.shown(by, person.pk)
    opened, later = _page(found.openings, request.GET.get("before"))
    may_share = by.may(Permission.SHARE)
    context = {
        "person": person,
        "name": name_of(request, person.pk),
        "may_ask": may_share and access.sharing_team(by, person.pk) is not None,
        "now": [(_title(k), _rows(person.pk, k, may_share)) for k in found.knowers if k.is_live],
        "ended_columns": ENDED,
        "ended": [_ended(knower) for knower in found.knowers if not knower.is_live],
        "opened_columns": OPENED,
        "opened": [opening(one) for one in opened],
        "older_url": f"?{urlencode({'before': later})}" if later else "",
        "back": {"url": reverse("people:person", args=[person.pk]), "text": "Back to the person"},
    }
    return render(request, "people/who_knows.html", context)


@needs(Permission.SHARE)
def withdraw_noted(request: HttpRequest, person_id: UUID, team_id: UUID) -> HttpResponse:
    """Somebody takes back a yes that was only noted, with a contact or a referral."""
    by = request.actor
    person = queries.known_person(by, person_id)
    found = [
        one
        for one in access.who_knows(by, person.pk)
        if one.team.pk == team_id and one.is_noted and one.is_live
    ]
    if not found:
        raise Http404
    form = TakeBackForm(sent(request))
    about = {"person_id": person.pk, "team_id": team_id}
    if done(form, lambda: access_actions.withdraw_noted(by=by, **about, **form.cleaned_data)):
        messages.success(request, f"Closed to {found[0].team}.")
        still = access.open_envelopes(by, person.pk)
        return redirect(*("people:who-knows", person.pk) if still else ("people:find",))
    return form_page(
        request,
        person.pk,
        form,
        f"Take back what {found[0].team} may see",
        about=TAKES_BACK.format(what=", ".join(title for one in found for title in one.titles)),
        button="Take it back now",
        back=reverse("people:who-knows", args=[person.pk]),
    )


@needs(Permission.PERSON_FIND, Permission.RECORD_READ)
def known(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What did this team know on this day? For whoever works with the person, and for guardians."""
    by = request.actor
    name, back = _of_whom(request, person_id)
    form = KnownForm(sent(request), teams=access.recipients(by))
    context = {"form": form, "name": name, "back": back}
    if form.is_valid():
        told = access_actions.look_up_known(
            by=by,
            person_id=person_id,
            team_id=UUID(form.cleaned_data["team"]),
            on=form.cleaned_data["on"],
        )
        context |= _told(told)
    return render(request, "people/known.html", context)


def _of_whom(request: HttpRequest, person_id: UUID) -> tuple[str, str]:
    """A name for those who may know it; a guardian goes by the reference."""
    if request.actor.may(Permission.RECORD_READ):
        reference = access.references(request.actor, [person_id]).get(person_id)
        if reference is None:
            raise Http404
        return reference, reverse("access:record-of-person", args=[person_id])
    queries.known_person(request.actor, person_id)
    return name_of(request, person_id), reverse("people:who-knows", args=[person_id])


def _told(told: Known) -> dict:
    return {
        "told": told,
        "open_columns": OPEN_THEN,
        "open_then": [
            [
                ", ".join(knower.titles),
                knower.basis_in_words,
                knower.purpose_in_words,
                moment(knower.since),
                until(knower.until) or "No end set",
                knower.given_by,
            ]
            for knower in told.knowers
        ],
        "lay_there": [
            Row(
                Kind(kind).label,
                "; ".join(f"{table_name(t)}: {n}" for t, n in rows.items()).capitalize(),
            )
            for kind, rows in told.rows.items()
        ],
        "opened_columns": OPENED,
        "opened": [opening(one) for one in told.openings],
    }


def _page(openings: list[Opening], before: str | None) -> tuple[list[Opening], str]:
    """So many openings older than a moment, and the moment where the next page begins."""
    if before:
        try:
            limit = datetime.fromisoformat(before)
            openings = [one for one in openings if one.last < limit]
        except (ValueError, TypeError):
            raise Http404 from None
    shown = openings[:PAGE]
    return shown, shown[-1].last.isoformat() if len(openings) > PAGE else ""


def opening(one: Opening) -> list:
    return [moment(one.day), one.who, one.team, ", ".join(one.titles)]


def _title(knower: Knower) -> str:
    alone = f", {knower.user} alone" if knower.user else ""
    return f"{knower.team}, {knower.organisation}{alone}"


def _rows(person_id: UUID, knower: Knower, may_share: bool) -> list[Row]:
    why = f"{knower.basis_in_words}: {knower.reason}" if knower.reason else knower.basis_in_words
    change, action = "", ""
    if may_share and knower.consent_id:
        change, action = reverse("people:withdraw", args=[knower.consent_id]), "Take back"
    elif may_share and knower.without_consent_id:
        change, action = reverse("people:end-share", args=[knower.without_consent_id]), "End"
    elif may_share and knower.is_noted:
        key = (person_id, knower.team.pk)
        change, action = reverse("people:withdraw-noted", args=key), "Take back"
    what = ", ".join(knower.titles) + (" (may write in it)" if knower.may_write else "")
    return [
        Row("What", what),
        Row("On what basis", why, change, action),
        Row("What for", knower.purpose_in_words),
        Row("Since", f"{moment(knower.since)}, by {knower.given_by}"),
        Row("Until", until(knower.until) or "No end set"),
        Row("Opened", _opened(knower)),
    ]


def _opened(knower: Knower) -> str:
    if knower.last_read is None:
        return "Not opened yet"
    return f"Last on {moment(knower.last_read)}. By {', '.join(knower.readers)}"


def _ended(knower: Knower) -> list:
    return [
        _title(knower),
        ", ".join(knower.titles),
        knower.basis_in_words,
        moment(knower.since),
        until(knower.until),
        moment(knower.last_read) if knower.last_read else "Never opened",
    ]
