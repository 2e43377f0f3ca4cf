"""Clare's Law: taking a request down, its steps with their clocks, and what waits for the team."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onestory.access.views.pages import done, sent
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.components import Cell, Row
from onestory.kernel.templatetags.pages import moment
from onestory.people.queries import names
from onestory.risk import queries
from onestory.risk.actions import disclosures as actions
from onestory.risk.forms import disclosures as forms
from onestory.risk.models import Disclosure
from onestory.risk.queries import Asked
from onestory.risk.rules import disclosures as rules
from onestory.risk.views import order_words, pages

COLUMNS = ["Who may be in danger", "Due", "Asked", "By which right", "Where it stands"]
CHECKED = ["Where", "When", "What came of it", "By"]


@pages.works
@require_GET
def disclosures(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; or what is finished."""
    by, finished = request.actor, bool(request.GET.get("finished"))
    where = {name: request.GET.get(name, "") for name in ("after", "before")}
    window = queries.disclosures(by, finished=finished, **where)
    known = names(by, [row.person_id for row in window.rows]) if window.rows else {}
    context = {
        "window": window,
        "finished": finished,
        "columns": COLUMNS,
        "table": [_line(row, known) for row in window.rows],
    }
    return render(request, "risk/disclosures.html", context)


@pages.works
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Taking it down, from the page of whoever may be in danger."""
    by = request.actor
    view = pages.of_survivor(by, person_id)
    key = view.person.pk
    people = queries.may_be_asked_about(by, key)
    form = forms.AskForm(sent(request), people=people)
    made: list[Disclosure] = []

    def keep():
        made.append(
            actions.ask_disclosure(
                by=by, person_id=key, team_id=pages.team_of(by, Permission.CASE_WORK), **form.asked
            )
        )

    if done(form, keep):
        messages.success(request, "Taken down. Whoever is asked about is never told.")
        return redirect("risk:disclosure", made[0].pk)
    context = {
        "form": form,
        "name": pages.name(view),
        "people": people,
        "person_url": reverse("people:person", args=[key]),
    }
    return render(request, "risk/disclosure_ask.html", context)


@pages.works
@require_http_methods(["GET", "POST"])
def disclosure(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """One request, and its next step."""
    by = request.actor
    asked = queries.asked(by, disclosure_id)
    row, step = asked.row, _step(by, asked, request.GET.get("do", ""))
    form = _form(request, row, step)
    if request.method == "POST" and form is None:
        raise Http404
    if form and done(
        form, lambda: STEPS[step][1](by=by, disclosure_id=row.pk, **form.cleaned_data)
    ):
        messages.success(request, "Written down.")
        return redirect("risk:disclosure", row.pk)
    known = names(by, [row.person_id, row.about_id])
    due = queries.due_on(row, asked.step)
    context = {
        "asked": asked,
        "row": row,
        "step": step,
        "form": form,
        "mine": row.team_id in by.team_ids,
        "name": str(known.get(row.person_id, "Name closed to you")),
        "about": str(known.get(row.about_id, "somebody whose record is closed to you")),
        "about_url": order_words.conduct_url(row.about_id) if asked.conduct else "",
        "due": due,
        "late": bool(due and due < timezone.localdate()),
        "stands": rules.STANDS[asked.step],
        "facts": _facts(row),
        "columns": CHECKED,
        "checks": [_check(one) for one in asked.checks],
        "person_url": reverse("people:person", args=[row.person_id]),
        "back": {"url": reverse("risk:disclosures"), "text": "Clare’s Law"},
    }
    return render(request, "risk/disclosure.html", context)


STEPS = {
    rules.CONTACT: (forms.SpeakForm, actions.speak_of_disclosure),
    rules.MEETING: (forms.MeetForm, actions.meet_for_disclosure),
    rules.CHECKS: (forms.CheckForm, actions.check_for_disclosure),
    rules.DECIDE: (forms.DecideForm, actions.decide_disclosure),
    rules.AGREE: (forms.AgreeForm, actions.agree_disclosure),
    rules.TELL: (forms.TellForm, actions.tell_disclosure),
    "withdraw": (forms.WithdrawForm, actions.withdraw_disclosure),
}
# What may be done besides the next step, and at which steps.
BESIDES = {
    rules.CHECKS: {rules.CHECKS, rules.DECIDE},
    "withdraw": set(rules.STANDS) - {rules.DONE},
}


def _step(by: Actor, asked: Asked, wanted: str) -> str:
    """What the actor is asked to do: nothing, where it is another team's, or their own to be agreed."""
    step = asked.step
    if asked.row.team_id not in by.teams_where(Permission.CASE_WORK):
        return ""
    if step in BESIDES.get(wanted, ()):
        return wanted
    if step == rules.AGREE and asked.row.decided_by_id == by.user_id:
        return "wait"
    return step


def _form(request: HttpRequest, row: Disclosure, step: str):
    if step not in STEPS:
        return None
    extra = {"applicant": row.applicant} if step == rules.DECIDE else {}
    return STEPS[step][0](sent(request), **extra)


def stands(row: Disclosure) -> str:
    """Where it stands, in a word or two; the row says whether anything was looked up."""
    if row.finished_at and row.withdrawn_words:
        return "Not gone on with"
    return rules.STANDS[rules.next_step(row, checked=row.checked)]


def _line(row: Disclosure, known: dict) -> list:
    due = queries.due_on(row, rules.next_step(row, checked=row.checked))
    late = due and due < timezone.localdate()
    return [
        Cell(
            str(known.get(row.person_id, "Name closed to you")),
            reverse("risk:disclosure", args=[row.pk]),
        ),
        f"{moment(due)}{', overdue' if late else ''}" if due else "",
        moment(row.received_on),
        row.get_route_display(),
        stands(row),
    ]


def _check(one) -> list[str]:
    where = pack().disclosure_sources.name(one.source)
    return [where, moment(one.on), one.get_found_display(), f"{one.recorded_by}, {one.team}"]


def _facts(row: Disclosure) -> list[Row]:
    danger = {True: "Yes", False: "No"}.get(row.danger_now, "")
    rows = [
        Row("By which right", row.get_route_display()),
        Row(
            "Who asks", ". ".join(filter(None, [row.get_applicant_display(), row.applicant_words]))
        ),
        Row("Asked", f"{moment(row.received_on)}; taken down by {row.recorded_by}, {row.team}"),
        Row("What the worry is", row.words),
        Row("Spoken to", moment(row.contacted_on) if row.contacted_on else ""),
        Row("Danger then", danger),
        Row("Done at once", row.contacted_words),
        Row("Met", f"{moment(row.met_on)}; {row.identity_checked}" if row.met_on else ""),
        Row("Decision", _by(row.get_decision_display(), row.decided_by, row.decided_at)),
        Row("What is told", row.what),
        Row("Who is told", ". ".join(filter(None, [row.get_to_whom_display(), row.to_whom_words]))),
        Row("The reason", row.reason),
        Row("Second person", _by("Agrees", row.agreed_by, row.agreed_at)),
        Row("Told", f"{moment(row.told_on)}, {row.told_where}" if row.told_on else ""),
        Row("What was said", row.said),
        Row("Keeps it to themselves", {True: "Yes", False: "No"}.get(row.keeps_it, "")),
        Row("Why it did not go on", row.withdrawn_words),
    ]
    return [one for one in rows if one.value]


def _by(what: str, who, when) -> str:
    return f"{what} ({who}, {moment(when)})" if when else ""
