"""All that is known of the danger to somebody: results, the plan, and what has changed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onestory.access.views.pages import done, sent
from onestory.agencies.guard import signed_in
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.assessment import bank
from onestory.assessment.models import Answer
from onestory.assessment.rules import values
from onestory.kernel.components import Cell, Event, Row
from onestory.kernel.ids import new_id
from onestory.kernel.templatetags.pages import moment
from onestory.people.queries import open_person
from onestory.risk import queries
from onestory.risk.actions import changes as changing
from onestory.risk.actions import checklists as actions
from onestory.risk.forms.changes import ChangeForm
from onestory.risk.forms.checklists import ResultForm
from onestory.risk.rules import levels
from onestory.risk.views import pages, words

SHOWN = 20


@signed_in
@require_GET
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The newest judgement, the checklists, the plan, and everything that came before."""
    by = request.actor
    view = pages.of_survivor(by, person_id)
    found = list(queries.assessments_of(view.by, view.ids)[:SHOWN])
    years = actions.years_of(by, view.person.pk)
    context = {
        "name": pages.name(view),
        "person_id": view.person.pk,
        "latest": found[0] if found else None,
        "level": words.level(found[0].level) if found else "",
        "colour": words.colour(found[0].level) if found else "",
        "columns": ["When", "Form", "Count", "By count", "As judged"],
        "results": [_result(row) for row in found],
        "offers": _offers(years) if by.may(Permission.ASSESS) else [],
        "may_work": by.may(Permission.CASE_WORK),
        "plan": queries.plan(by, view.person.pk),
        "changes": [_changed(row) for row in queries.changes(view.by, view.ids)[:SHOWN]],
        "back": {"url": reverse("people:person", args=[view.person.pk]), "text": "Their page"},
    }
    return render(request, "risk/person.html", context)


@signed_in
@require_GET
def assessment(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """One result as it was that day, with what was answered."""
    row = queries.assessment(request.actor, assessment_id)
    view = pages.of_survivor(request.actor, row.person_id)
    answers = Answer.objects.filter(sitting_id=row.sitting_id) if row.sitting_id else ()
    context = {
        "name": pages.name(view),
        "person_id": view.person.pk,
        "form": words.form(row),
        "facts": words.facts(row),
        "means": pack().risk_levels[row.level].means if row.level in pack().risk_levels else "",
        "level": words.level(row.level),
        "answers": _answers(row, answers),
        "may_refer": row.level == [*pack().risk_levels][-1].code
        and request.actor.may(Permission.MARAC_REFER),
        "may_work": request.actor.may(Permission.CASE_WORK),
        "back": pages.back(view),
    }
    return render(request, "risk/assessment.html", context)


@pages.asks
@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Writing down what somebody from outside sent."""
    by = request.actor
    view = pages.of_survivor(by, person_id)
    form = ResultForm(sent(request))

    def receive():
        actions.receive_result(
            by=by,
            team_id=pages.team_of(by, Permission.ASSESS),
            person_id=view.person.pk,
            **form.cleaned_data,
        )

    if done(form, receive):
        messages.success(request, "The result is written down, as they judged it.")
        return redirect("risk:person", view.person.pk)
    context = {
        "form": form,
        "name": pages.name(view),
        "heading": "A result from somebody else",
        "about": "Such as DARA, which the police send. It is kept as its sender judged it.",
        "button": "Write it down",
        "back": pages.back(view),
    }
    return render(request, "people/form.html", context)


@pages.works
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What has changed: each kind is a button."""
    by = request.actor
    view = pages.of_survivor(by, person_id)
    form = ChangeForm(sent(request), initial={"on": _day(request)})

    def keep():
        changing.change_risk(
            by=by,
            team_id=pages.team_of(by, Permission.CASE_WORK),
            person_id=view.person.pk,
            change_id=_key(request),
            kind=request.POST.get("kind", ""),
            **form.cleaned_data,
        )

    if done(form, keep):
        messages.success(request, "Every team that knows of the danger has it on its worklist now.")
        return redirect("risk:person", view.person.pk)
    context = {
        "form": form,
        "name": pages.name(view),
        "kinds": pack().risk_changes.choices(),
        "chosen": request.GET.get("kind", ""),
        "change": _key(request),
        "back": pages.back(view),
    }
    return render(request, "risk/change.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def changed(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """One change, and which teams have seen it. To say that one's own has takes one press."""
    row = queries.change(request.actor, change_id)
    view = open_person(request.actor, row.person_id)
    if request.method == "POST":
        changing.see_change(by=request.actor, change_id=change_id)
        messages.success(request, "Your team has seen it.")
        return redirect("risk:person", view.person.pk)
    seen = queries.seen_by(row)
    context = {
        "name": pages.name(view),
        "person_id": view.person.pk,
        "kind": words.change(row),
        "facts": [
            Row("When", moment(row.on)),
            Row("Written down by", f"{row.recorded_by}, {row.team}"),
            Row("What happened", row.words or "Nothing more was written"),
            Row("Seen by", "; ".join(str(one.team) for one in seen)),
        ],
        "to_see": not {one.team_id for one in seen} & set(request.actor.team_ids),
        "back": pages.back(view),
    }
    return render(request, "risk/changed.html", context)


def _offers(years: int | None) -> list[dict]:
    """The checklists that are asked here; those that are not for their age last, with what is."""
    offers = []
    for term in pack().risk_forms:
        if not term.outside:
            instead = levels.is_too_young(pack(), term.code, years)
            other = pack().risk_forms.name(instead) if instead else ""
            about = bank.instrument(term.code).about
            offers.append({"form": term, "about": about, "instead": other})
    return sorted(offers, key=lambda offer: bool(offer["instead"]))


def _result(row) -> list:
    url = reverse("risk:assessment", args=[row.pk])
    return [
        Cell(moment(row.assessed_at), url),
        words.form(row),
        words.count_of(row),
        words.level(row.computed) if row.computed else "None",
        words.level(row.level),
    ]


def _changed(row) -> Event:
    url = reverse("risk:changed", args=[row.pk])
    return Event(row.on, words.change(row), row.words, f"{row.recorded_by}, {row.team}", url)


def _answers(row, answers) -> list[Row]:
    """In the order of the version that was asked; the last answer of each question."""
    if not row.sitting_id:
        return []
    given = {one.question: one for one in answers.order_by("recorded_at", "id")}
    form = bank.instrument(row.instrument, row.version)
    counted = {count.question for count in form.scoring.counts}
    found = [(bank.question(ask.question), given.get(ask.question)) for ask in form.asks]
    return [
        Row(question.text, values.in_words(question, one.value) if one else "Not asked")
        for question, one in found
        if one or question.code in counted
    ]


def _key(request: HttpRequest) -> UUID:
    """Of the row to be, made when the page was opened: sent twice, it is one."""
    try:
        return UUID(request.POST.get("change", ""))
    except ValueError:
        return new_id()


def _day(request: HttpRequest):
    """Today, or the day that another page of danger led here with."""
    form = ChangeForm({f"on-{part}": value for part, value in _parts(request)})
    form.is_valid()
    return form.cleaned_data.get("on") or timezone.localdate()


def _parts(request: HttpRequest):
    return zip(("year", "month", "day"), request.GET.get("on", "").split("-"), strict=False)
