"""One contact: read, graded, decided, and its decision seen by the sender."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from onestory.agencies.guard import needs
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases import actions
from onestory.cases.forms.triage import DecideForm, GradeForm, ReferForm
from onestory.cases.models import Contact
from onestory.cases.queries import contacts as queries
from onestory.cases.queries import referrals as of_referrals
from onestory.cases.queries.contacts import ContactView
from onestory.cases.queries.referrals import Offer
from onestory.cases.rules import clocks
from onestory.cases.rules.decisions import REFERRING, Decision
from onestory.cases.views import words
from onestory.cases.views.asked import number
from onestory.kernel.components import Cell
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.templatetags.pages import moment
from onestory.people.views.words import phone_row, relationship_row, safe_contact_rows

OUTCOME = Contact.Outcome


@needs(Permission.CONTACT_RECORD)
def contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    return _page(request, contact_id)


@needs(Permission.CONTACT_TRIAGE)
@require_POST
def grade(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """How urgent it is, and why."""
    form = GradeForm(request.POST)
    if form.is_valid():
        try:
            graded = actions.grade_contact(
                by=request.actor,
                contact_id=contact_id,
                version=number(request.POST.get("version", "")),
                **form.cleaned_data,
            )
        except Stale as stale:
            return _page(request, contact_id, grade=form, stale=stale)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Graded {graded.get_rag_display()}.")
            return redirect("cases:contact", contact_id)
    return _page(request, contact_id, grade=form)


@needs(Permission.CONTACT_TRIAGE)
@require_POST
def decide(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """What is decided; where it is a referral, the next page asks to whom."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _page(request, contact_id, decide=form)
    decision = form.decision()
    if decision.outcome in REFERRING:
        return _refer_page(request, contact_id, decision.outcome, words=decision.words)
    try:
        _decide(request, contact_id, decision)
    except Stale as stale:
        return _page(request, contact_id, decide=form, stale=stale)
    except Refused as refused:
        form.refuse(refused)
        return _page(request, contact_id, decide=form)
    return redirect("cases:contact", contact_id)


@needs(Permission.CONTACT_TRIAGE)
def refer(request: HttpRequest, contact_id: UUID, outcome: str) -> HttpResponse:
    """To whom, with what, on what basis: the second half of a decision to refer."""
    if outcome not in REFERRING:
        raise Http404
    if request.method != "POST":
        return _refer_page(request, contact_id, outcome)
    form = _refer_form(request, queries.contact(request.actor, contact_id), outcome)
    if form.is_valid():
        try:
            decision = Decision(
                outcome=outcome,
                words=form.cleaned_data["words"],
                targets=form.chosen(),
                sharing=form.sharing(),
            )
            _decide(request, contact_id, decision)
        except Stale as stale:
            if stale.theirs.decided_at:
                return _page(request, contact_id, stale=stale)
            form.add_error(None, f"{stale.reason} Send this again if it still holds.")
            return _refer_page(
                request, contact_id, outcome, form=form, version=stale.theirs.version
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("cases:contact", contact_id)
    return _refer_page(request, contact_id, outcome, form=form)


@needs(Permission.CONTACT_RECORD)
@require_POST
def acknowledge(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """The sender has seen the decision."""
    actions.acknowledge_decision(by=request.actor, contact_id=contact_id)
    messages.success(request, "Noted: you have seen the decision.")
    return redirect("cases:worklist")


def _decide(request: HttpRequest, contact_id: UUID, decision: Decision) -> None:
    decided = actions.decide_contact(
        by=request.actor,
        contact_id=contact_id,
        version=number(request.POST.get("version", "")),
        decision=decision,
    )
    told = "" if decided.acknowledged_at else f" {decided.from_team} finds it on its worklist."
    messages.success(request, f"Decided: {words.outcome(decided)}.{told}")


def _refer_form(
    request: HttpRequest, one: Contact, outcome: str, words: str | None = None
) -> ReferForm:
    """Bound to what was sent; or new, with what was written on the page before."""
    offers = _offers(request, one, outcome)
    return ReferForm(
        request.POST if words is None else None,
        offers=offers,
        kinds=of_referrals.kinds_to_share(request.actor, one.person_id),
        initial=_proposed(one, offers, outcome) | {"words": words},
    )


def _refer_page(
    request: HttpRequest,
    contact_id: UUID,
    outcome: str,
    *,
    words: str = "",
    form: ReferForm | None = None,
    version: int | None = None,
) -> HttpResponse:
    view = queries.contact_view(request.actor, contact_id)
    if not view.may_triage:
        return redirect("cases:contact", contact_id)
    context = {
        "form": form or _refer_form(request, view.contact, outcome, words),
        "contact": view.contact,
        "title": OUTCOME(outcome).label,
        "name": _name(view),
        "send_to": reverse("cases:refer-contact", args=[contact_id, outcome]),
        "version": version or request.POST.get("version", view.contact.version),
        "back": reverse("cases:contact", args=[contact_id]),
    }
    return render(request, "cases/refer.html", context)


def _page(
    request: HttpRequest,
    contact_id: UUID,
    *,
    grade: GradeForm | None = None,
    decide: DecideForm | None = None,
    stale: Stale | None = None,
) -> HttpResponse:
    view = queries.contact_view(request.actor, contact_id)
    one = view.contact
    asked = view.may_triage
    graded = {"rag": one.rag, "reason": one.rag_reason}
    forms = [form for form in (grade, decide) if form and asked]
    context = {
        "view": view,
        "contact": one,
        "name": _name(view),
        "grade": (grade or GradeForm(initial=graded)) if asked else None,
        "decide": (decide or DecideForm()) if asked and one.graded_at else None,
        "forms": forms,
        "stale": stale,
        "told": words.contact_rows(one),
        "decision": words.decision_rows(one),
        "safe": [row for safe in view.person.safe_contacts[:1] for row in safe_contact_rows(safe)],
        "phones": [phone_row(phone, False) for phone in view.person.phones],
        "household": [
            relationship_row(row, view.person.names.get(row.other_id), False)
            for row in view.person.relationships
        ],
        "known": _known(view),
        "referrals": _referrals(view),
        "referral_columns": ["To", "Sent", "Where it stands"],
        "safe_to_call": words.safe_to_call(view.person),
        "told_by": words.by_when(clocks.sender_told_by(pack(), one.received_at)),
        "person_url": words.person_url(view.person.person.pk),
        "may_work": request.actor.may(Permission.CASE_WORK, one.to_team_id),
        "back": reverse("cases:worklist"),
    }
    return render(request, "cases/contact.html", context)


def _name(view: ContactView) -> str:
    return str(view.person.identity) if view.person.identity else words.CLOSED


def _known(view: ContactView) -> list[list]:
    """What else is known of them here: earlier contacts, cases, records that may be theirs."""
    earlier = [
        [
            Cell("Contact", reverse("cases:contact", args=[one.pk])),
            moment(one.received_at),
            words.where_it_stands(one),
        ]
        for one in view.earlier
    ]
    cases = [
        [
            Cell("Case", reverse("cases:case", args=[case.pk])),
            moment(case.opened_on),
            f"{case.team}, {'closed' if case.closed_on else 'open'}",
        ]
        for case in view.cases
    ]
    matches = [
        [
            Cell(
                f"Perhaps the same: {match.identity or words.CLOSED}",
                words.person_url(match.person.pk),
            ),
            "",
            ", ".join(match.reasons[:2]),
        ]
        for match in view.matches
    ]
    return earlier + cases + matches


def _referrals(view: ContactView) -> list[list]:
    return [
        [
            Cell(words.referral_to(one), reverse("cases:referral", args=[one.pk])),
            moment(one.sent_at),
            words.referral_tag(one),
        ]
        for one in view.referrals
    ] + [[one.name, moment(view.contact.decided_at), words.onward_tag(one)] for one in view.onward]


def _offers(request: HttpRequest, one: Contact, outcome: str) -> list[Offer]:
    if outcome == OUTCOME.CHILDRENS_SOCIAL_CARE:
        teams = of_referrals.childrens_teams(request.actor, team_id=one.to_team_id)
        return [Offer(team, None, frozenset()) for team in teams]
    wanted = [one.presenting_need, *one.contributory_needs]
    return of_referrals.offers(request.actor, team_id=one.to_team_id, needs=wanted)


def _proposed(one: Contact, offers: list[Offer], outcome: str) -> dict:
    """The basis on which it came, and the one place where a concern for a child goes."""
    to_children = outcome == OUTCOME.CHILDRENS_SOCIAL_CARE and offers
    proposed = {"basis": one.basis, f"reason-{one.basis}": one.basis_reason}
    return proposed | ({"targets": [offers[0].code]} if to_children else {})
