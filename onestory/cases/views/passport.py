"""The passport: what a service was given of somebody, and its own questions that are still open."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onestory.agencies.guard import needs
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.assessment.queries import Known
from onestory.cases.queries import passport as queries
from onestory.cases.queries.passport import Passport
from onestory.cases.views import words
from onestory.cases.views.referrals import gone_page
from onestory.kernel.components import Row
from onestory.kernel.templatetags.pages import moment, until
from onestory.people.views.words import (
    address_row,
    identity_rows,
    phone_row,
    safe_contact_rows,
)


@needs(Permission.REFERRAL_ANSWER)
def passport(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """For the team that was asked. To whoever it is no longer open, the page says just that."""
    try:
        found = queries.passport(request.actor, referral_id)
    except Http404:
        return gone_page(request, referral_id)
    one = found.referral
    if one.to_team_id not in request.actor.team_ids:
        raise Http404
    person = found.person
    context = {
        "referral": one,
        "name": str(person.identity or words.CLOSED),
        "state": words.referral_tag(one),
        "shared": _shared(found),
        "asked": _asked(found),
        "safe_to_call": words.safe_to_call(person),
        "safe": [row for safe in person.safe_contacts[:1] for row in safe_contact_rows(safe)],
        "phones": [phone_row(phone, False) for phone in person.phones],
        "who": [row for who in person.identities[:1] for row in identity_rows(who)],
        "addresses": [address_row(row, False) for row in person.addresses],
        "topics": [(title, list(map(_answer, rows))) for title, rows in found.topics],
        "closed": found.closed,
        "intake": found.intake,
        "intake_url": _intake_url(found),
        "known_url": reverse("assessment:known", args=[found.referral.person_id]),
        "person_url": words.person_url(one.person_id),
        "back": reverse("cases:referral", args=[one.pk]),
    }
    return render(request, "cases/passport.html", context)


def _shared(found: Passport) -> list[Row]:
    """By whom, which kinds, what for, on what basis, for how long."""
    if not found.grants:
        return [Row("From", found.referral.from_team.name)]
    one = found.grants[0]
    ends = min((grant.ends_at for grant in found.grants if grant.ends_at), default=None)
    kinds = dict.fromkeys(grant.envelope.get_kind_display() for grant in found.grants)
    rows = [
        Row("Shared by", f"{one.given_by}, {found.referral.from_team}, {moment(one.given_at)}"),
        Row("What", ", ".join(kinds)),
        Row("What for", pack().purposes.name(one.purpose)),
        Row("Because", words.basis(one.basis, one.reason)),
        Row("Until", until(ends) or "No end set"),
    ]
    return rows


def _asked(found: Passport) -> list[Row]:
    one = found.referral
    rows = [
        Row("Service", words.referral_to(one)),
        Row("Needs", words.terms("needs", one.needs)),
        Row("Before you call", one.words),
    ]
    return [row for row in rows if row.value]


def _answer(known: Known) -> Row:
    """An answer, with who asked and when; and whether it should be asked again."""
    said = f"{known.in_words}. {known.note}" if known.note else known.in_words
    return Row(known.text, {"said": said, "who": _who(known), "holds": known.holds})


def _who(known: Known) -> str:
    if known.answer_id is None:
        return f"Recorded by {known.who}, {moment(known.at)}"
    asked = f"Asked by {known.who}, {known.asked_by}, {moment(known.at)}"
    if known.confirmed_at:
        asked += f"; confirmed by {known.confirmed_by}, {moment(known.confirmed_at)}"
    return asked


def _intake_url(found: Passport) -> str:
    if found.intake is None:
        return ""
    code = found.intake.instrument.code
    return reverse("assessment:begin", args=[found.referral.person_id, code])
