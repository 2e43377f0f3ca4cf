"""A survivor's referrals, for the navigator who sent them: where each stands, and who is late."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from onestory.agencies.guard import needs
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.models import Refusal
from onestory.cases.queries import brokered as queries
from onestory.cases.queries.brokered import Leg
from onestory.cases.queries.brokering import choosing
from onestory.cases.rules.states import GONE
from onestory.cases.views import words
from onestory.kernel.components import Cell
from onestory.kernel.templatetags.pages import due, moment, tag
from onestory.people.queries import open_person

COLUMNS = ("Service", "Sent", "Where it stands", "What they said")


@needs(Permission.REFERRAL_SEND)
def brokered(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Every referral of the actor's teams about somebody, and every service that they refused."""
    by = request.actor
    person = open_person(by, person_id)
    found = queries.journey(by, person)
    late = [leg for leg in found.legs if leg.late]
    unmet = [_unmet(leg) for leg in found.legs if leg.state in GONE and leg.state != "withdrawn"]
    context = {
        "name": str(person.identity or words.CLOSED),
        "person_id": person.person.pk,
        "columns": COLUMNS,
        "rows": [_row(leg) for leg in found.legs],
        "late": [_late(leg) for leg in late],
        "unmet": unmet + [_refused(row) for row in found.refusals],
        "choosing": next(iter(choosing(by, person.person.pk)), None),
        "back": words.person_url(person_id),
    }
    return render(request, "cases/brokered.html", context)


def _row(leg: Leg) -> list:
    one = leg.referral
    url = reverse("cases:referral", args=[one.pk])
    to = Cell(words.referral_to(one), url)
    return [to, moment(one.sent_at), _stands(leg), _said(leg)]


def _stands(leg: Leg):
    one = leg.referral
    if leg.taken_back:
        return tag("Consent withdrawn", "grey")
    state = words.referral_tag(one)
    if leg.late:
        when = one.answer_by if one.acknowledged_at else one.acknowledge_by
        return format_html("{} {}", state, due(when))
    if leg.place:
        return format_html("{} Number {} of those who wait", state, leg.place)
    if leg.state == "begun":
        return format_html("{} First session {}", state, moment(one.begun_on))
    if leg.state in ("sent", "acknowledged"):
        when = one.answer_by if one.acknowledged_at else one.acknowledge_by
        return format_html("{} {}", state, due(when))
    return state


def _said(leg: Leg) -> str:
    one = leg.referral
    said = []
    if leg.place or leg.state == "begun":
        said.append(words.promised(one))
    if one.decline_reason:
        said.append(pack().decline_reasons.name(one.decline_reason))
        said.append(f"Offered instead: {words.offered(one)}" if one.offered_instead else "")
    if one.return_reason:
        said.append(pack().return_reasons.name(one.return_reason))
    if one.moved_from_id:
        said.append(f"Moved from {one.moved_from.name}")
    return " ".join(_stopped(one) for one in [*said, one.answer_words] if one)


def _stopped(words_: str) -> str:
    return words_ if words_.endswith((".", "!", "?", "…")) else f"{words_}."


def _late(leg: Leg) -> str:
    """Who has let which time pass."""
    one, now = leg.referral, timezone.now()
    what = words.lateness(one, now).lower()
    return f"{words.referral_to(one)}: {what}"


def _unmet(leg: Leg) -> str:
    one = leg.referral
    needs_ = words.terms("needs", one.needs)
    said = "declined" if leg.state == "declined" else "given back"
    return f"{words.referral_to(one)}: {said}{f' ({needs_})' if needs_ else ''}"


def _refused(row: Refusal) -> str:
    """She said no: it counts too."""
    when = moment(timezone.localtime(row.recorded_at).date())
    return f"{row.service.name}, {row.service.team}: they did not want it, {when}"
