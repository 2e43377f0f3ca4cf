"""Pages of what survivors say is wrong in their records, for the teams that decide."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onestory.access.views.pages import done, sent
from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.kernel.components import Cell, Row
from onestory.kernel.templatetags.pages import moment
from onestory.people.queries import names
from onestory.rights import actions, forms, queries
from onestory.rights.models import Correction
from onestory.rights.views.pages import sections

teams = needs(Permission.RIGHTS_WORK)
ABOUT = (
    "Survivors say on their own pages what is wrong in their record. Your team holds it, so your team "
    "decides: put it right, let their words stand beside it, or leave it and say why."
)


@teams
@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """What was said to be wrong, as it is due; or what was decided."""
    by, decided = request.actor, bool(request.GET.get("decided"))
    at = {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}
    page = queries.corrections(by, decided=decided, **at)
    known = names(by, [row.person_id for row in page.rows]) if page.rows else {}
    other = ("?", "Those that wait") if decided else ("?decided=1", "Those that were decided")
    context = {
        "sections": sections(request),
        "title": "Something is wrong",
        "about": ABOUT,
        "other": other,
        "caption": "Decided" if decided else "To decide",
        "columns": ["Due", "Who", "About", "Asked of", "Where it stands"],
        "table": [_line(row, known) for row in page.rows],
        "empty": "None waits." if not decided else "None yet.",
        "window": page,
    }
    return render(request, "rights/list.html", context)


@teams
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """One of them, with what it is about, and the decision."""
    by = request.actor
    row = queries.correction(by, correction_id)
    form = None if row.decided_at else forms.CorrectionForm(sent(request))
    if form is None and request.method == "POST":
        raise Http404
    if form and done(form, lambda: _decide(by, row, form.cleaned_data)):
        messages.success(request, "Decided. They see it on their own pages.")
        return redirect("rights:corrections")
    context = {
        "title": "Something is wrong",
        "caption": str(names(by, [row.person_id]).get(row.person_id, "Name closed to you")),
        "row": row,
        "facts": _facts(row),
        "stands": queries.entry_of(by, row),
        "late": not row.decided_at and row.due_on < timezone.localdate(),
        "form": form,
        "back": {"url": reverse("rights:corrections"), "text": "Something is wrong"},
    }
    return render(request, "rights/correction.html", context)


def _decide(by, row: Correction, given: dict) -> None:
    actions.decide_correction(by=by, correction_id=row.pk, **given)


def _line(row: Correction, known: dict) -> list:
    due = moment(row.due_on)
    if row.decided_at is None and row.due_on < timezone.localdate():
        due = f"{due}, overdue"
    who = Cell(
        str(known.get(row.person_id, "Name closed to you")),
        reverse("rights:correction", args=[row.pk]),
    )
    return [due, who, row.about, str(row.team), row.get_outcome_display() or "To decide"]


def _facts(row: Correction) -> list[Row]:
    decided = f"{row.decided_by}, {moment(row.decided_at)}" if row.decided_at else ""
    found = [
        Row("What is wrong", row.wrong),
        Row("What is right", row.right),
        Row("Said", moment(row.recorded_at)),
        Row("Asked of", str(row.team)),
        Row("Due", moment(row.due_on)),
        Row("What came of it", row.get_outcome_display()),
        Row("What they were told", row.reason),
        Row("Decided", decided),
        Row("They saw the answer", moment(row.seen_at) if row.seen_at else ""),
    ]
    return [one for one in found if one.value]
