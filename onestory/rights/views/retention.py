"""Pages of how long a record is kept: what is due, what is held, what is deleted."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from onestory.access.views.pages import done, sent
from onestory.agencies.guard import needs
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.components import Cell, Row
from onestory.kernel.errors import Refused
from onestory.kernel.templatetags.pages import moment
from onestory.people.queries import known_person, names
from onestory.rights import actions, forms, queries
from onestory.rights.models import Deletion, Hold, Review
from onestory.rights.views.pages import sections

guardians = needs(Permission.RIGHTS_REVIEW)
everybody = needs(Permission.RIGHTS_WORK, Permission.RIGHTS_REVIEW)
teams = needs(Permission.RIGHTS_WORK)
EVERYBODY = "Every record"


def _list(request: HttpRequest, title: str, about: str, window, columns, table, **more):
    context = {
        "sections": sections(request),
        "title": title,
        "about": about,
        "caption": "Records",
        "window": window,
        "columns": columns,
        "table": table,
        "empty": "Nothing here.",
        **more,
    }
    return render(request, "rights/list.html", context)


def _at(request: HttpRequest) -> dict[str, str]:
    return {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}


@guardians
@require_http_methods(["GET"])
def reviews(request: HttpRequest) -> HttpResponse:
    """Records whose time is over."""
    decided = bool(request.GET.get("decided"))
    window = queries.reviews(request.actor, decided=decided, **_at(request))
    table = [
        [
            Cell(row.reference, "" if decided else reverse("rights:review", args=[row.pk])),
            moment(row.last_ending_on),
            moment(row.due_on),
            _rule(row),
            _decided(row),
        ]
        for row in window.rows
    ]
    other = ("?", "Those that wait") if decided else ("?decided=1", "Those that were decided")
    about = (
        "The work with these people ended so long ago that the area’s rules keep the record no "
        "longer. Nothing is deleted by itself: you decide, and a second person confirms."
    )
    columns = ["Record", "Last ending", "Due since", "Rule", "Decision"]
    return _list(request, "Time is over", about, window, columns, table, other=other)


@guardians
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """One of them: kept longer, or to be deleted."""
    row = queries.review(request.actor, review_id)
    if row.decided_at:
        raise Http404
    form = forms.ReviewForm(sent(request))
    if done(form, lambda: _decide(request, row, form.cleaned_data)):
        messages.success(request, "Decided.")
        return redirect("rights:reviews")
    facts = [
        Row("Last ending", moment(row.last_ending_on)),
        Row("Rule", _rule(row)),
        Row("Due since", moment(row.due_on)),
    ]
    context = {
        "title": "A record whose time is over",
        "caption": f"Record {row.reference}",
        "facts": facts,
        "form": form,
        "form_title": "Your decision",
        "back": {"url": reverse("rights:reviews"), "text": "Time is over"},
    }
    return render(request, "rights/one.html", context)


def _decide(request: HttpRequest, row: Review, given: dict) -> None:
    change = {"by": request.actor, "review_id": row.pk, "reason": given["reason"]}
    if given["decision"] == Review.Decision.KEEP:
        actions.keep_longer(**change, until=given["until"])
    else:
        actions.decide_deletion(**change)


@everybody
@require_http_methods(["GET", "POST"])
def holds(request: HttpRequest) -> HttpResponse:
    """What is held for an inquiry; guardians place holds here."""
    by = request.actor
    watches = by.may(Permission.RIGHTS_REVIEW)
    form = forms.GuardianHoldForm(sent(request)) if watches else None
    if form and done(form, lambda: _hold(by, form.cleaned_data)):
        messages.success(request, "Held. Nothing of it is deleted.")
        return redirect("rights:holds")
    window = queries.holds(by, **_at(request))
    table = [
        [
            Cell(row.reference or EVERYBODY, reverse("rights:hold", args=[row.pk])),
            row.who,
            row.why,
            moment(row.review_on),
            str(row.placed_by),
        ]
        for row in window.rows
    ]
    about = (
        "Nothing of these records is deleted while an inquiry, a court or the police may need it. "
        "A team holds somebody’s record from their page."
    )
    columns = ["Record", "Who asks", "Why", "Looked at again", "Placed by"]
    more = {"form": form, "form_title": "Hold a record"}
    return _list(request, "Held for inquiries", about, window, columns, table, **more)


def _hold(by, given: dict) -> None:
    reference = given.pop("reference", "")
    person = queries.person_of_reference(by, reference) if reference else None
    if reference and person is None:
        raise Refused("There is no record with this reference.")
    actions.place_hold(by=by, person_id=person.pk if person else None, **given)


@everybody
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """One hold, and lifting it."""
    row = Hold.objects.select_related("placed_by", "lifted_by").filter(pk=hold_id).first()
    if row is None:
        raise Http404
    may = request.actor.may(Permission.RIGHTS_REVIEW) and not row.lifted_at
    form = forms.ReasonForm(sent(request)) if may else None
    if request.method == "POST" and form is None:
        raise Http404
    if form and done(
        form, lambda: actions.lift_hold(by=request.actor, hold_id=row.pk, **form.cleaned_data)
    ):
        messages.success(request, "Lifted.")
        return redirect("rights:holds")
    facts = [
        Row("Who asks", row.who),
        Row("Why", row.why),
        Row("Looked at again", moment(row.review_on)),
        Row("Placed", f"{row.placed_by}, {moment(row.placed_at)}"),
    ]
    if row.lifted_at:
        facts.append(Row("Lifted", f"{row.lifted_by}, {moment(row.lifted_at)}: {row.lifted_why}"))
    context = {
        "title": "Held for an inquiry",
        "caption": f"Record {row.reference}" if row.reference else EVERYBODY,
        "facts": facts,
        "form": form,
        "form_title": "Lift it",
        "back": {"url": reverse("rights:holds"), "text": "Held for inquiries"},
    }
    return render(request, "rights/one.html", context)


@teams
@require_http_methods(["GET", "POST"])
def hold_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A team holds the record of somebody whom it knows."""
    by = request.actor
    known_person(by, person_id)
    form = forms.HoldForm(sent(request))
    if done(form, lambda: actions.place_hold(by=by, person_id=person_id, **form.cleaned_data)):
        messages.success(request, "Held. Nothing of it is deleted.")
        return redirect("rights:holds")
    context = {
        "form": form,
        "name": str(names(by, [person_id]).get(person_id, "Name closed to you")),
        "heading": "Hold this record for an inquiry",
        "button": "Save",
        "back": reverse("people:person", args=[person_id]),
    }
    return render(request, "people/form.html", context)


@everybody
@require_http_methods(["GET", "POST"])
def deletions(request: HttpRequest) -> HttpResponse:
    """What is to be deleted, and what was."""
    by = request.actor
    watches = by.may(Permission.RIGHTS_REVIEW)
    form = forms.DeletionForm(sent(request)) if watches else None
    if form and done(form, lambda: actions.decide_deletion(by=by, **form.cleaned_data)):
        messages.success(request, "Decided. It is done when a second person has confirmed it.")
        return redirect("rights:deletions")
    window = queries.deletions(by, **_at(request))
    table = [
        [
            Cell(row.reference, reverse("rights:deletion", args=[row.pk])),
            row.get_because_display(),
            f"{row.decided_by}, {moment(row.decided_at)}",
            _state(row),
        ]
        for row in window.rows
    ]
    about = (
        "Decided by a guardian, confirmed by another or by a team that knows the person. What stays "
        "is the number, the days and the decision."
    )
    more = {"form": form, "form_title": "A survivor asks that their record be deleted"}
    columns = ["Record", "Because", "Decided", "Where it stands"]
    return _list(request, "Deletion", about, window, columns, table, **more)


@everybody
@require_http_methods(["GET", "POST"])
def deletion(request: HttpRequest, deletion_id: UUID) -> HttpResponse:
    """One of them: confirmed by a second person, or not to be after all."""
    by = request.actor
    row = queries.deletion(by, deletion_id)
    open_still = not (row.done_at or row.cancelled_at)
    if request.method == "POST" and not open_still:
        raise Http404
    may_confirm = open_still and not row.confirmed_at and row.decided_by_id != by.user_id
    said = []
    if may_confirm and "confirm" in request.POST:
        try:
            actions.confirm_deletion(by=by, deletion_id=row.pk)
        except Refused as refused:
            said = [refused.reason]
        else:
            messages.success(request, "Confirmed. It is deleted in a moment.")
            return redirect("rights:deletions")
    form = forms.ReasonForm(None if said else sent(request)) if open_still else None
    if form and done(form, lambda: _cancel(request, row, form.cleaned_data)):
        messages.success(request, "It is not deleted.")
        return redirect("rights:deletions")
    context = {
        "title": "Deletion of a record",
        "caption": f"Record {row.reference}",
        "facts": _facts(row),
        "inset": said,
        "confirm": may_confirm,
        "form": form,
        "form_title": "Not to be deleted after all",
        "back": {"url": reverse("rights:deletions"), "text": "Deletion"},
    }
    return render(request, "rights/one.html", context)


def _cancel(request: HttpRequest, row: Deletion, given: dict) -> None:
    actions.cancel_deletion(by=request.actor, deletion_id=row.pk, **given)


def _rule(row: Review) -> str:
    found = [rule.name for rule in pack().retention if rule.applies_to == row.rule]
    return found[-1] if found else row.rule


def _decided(row: Review) -> str:
    if not row.decided_at:
        return "Waits"
    until = f" until {moment(row.keep_until)}" if row.keep_until else ""
    return f"{row.get_decision_display()}{until}: {row.reason} ({row.decided_by})"


def _state(row: Deletion) -> str:
    if row.done_at:
        return f"Deleted {moment(row.done_at)}"
    if row.cancelled_at:
        return "Not to be deleted"
    return "Confirmed, about to be done" if row.confirmed_at else "Waits for a second person"


def _facts(row: Deletion) -> list[Row]:
    rows = [
        Row("Because", row.get_because_display()),
        Row("Why", row.reason),
        Row("Decided", f"{row.decided_by}, {moment(row.decided_at)}"),
        Row(
            "Confirmed",
            f"{row.confirmed_by}, {moment(row.confirmed_at)}" if row.confirmed_at else "",
        ),
        Row("Not to be deleted", row.cancelled_why),
        Row("Where it stands", _state(row)),
        Row("Rows deleted", sum(one.get("gone", 0) for one in row.counts.values()) or ""),
        Row(
            "Rows that stay as counts", sum(one.get("kept", 0) for one in row.counts.values()) or ""
        ),
    ]
    return [one for one in rows if one.value]
