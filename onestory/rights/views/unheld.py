"""What survivors say is wrong and no team holds any more: a guardian finds somebody who decides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onestory.access.views.pages import done, sent
from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.kernel.components import Cell, Row
from onestory.kernel.templatetags.pages import moment
from onestory.rights import actions, forms, queries
from onestory.rights.queries import Unheld
from onestory.rights.views.pages import sections

guardians = needs(Permission.RIGHTS_REVIEW)
ABOUT = (
    "Survivors said on their own pages that this is wrong, and no team that works with them holds it "
    "now. The law wants an answer all the same: give it to somebody who decides."
)


@guardians
@require_GET
def unheld(request: HttpRequest) -> HttpResponse:
    """All of it, as it is due."""
    context = {
        "sections": sections(request),
        "title": "Wrong, and held by nobody",
        "about": ABOUT,
        "caption": "To give to somebody",
        "columns": ["Due", "Record", "About", "Asked of"],
        "table": [_line(row) for row in queries.unheld(request.actor)],
        "empty": "None waits.",
        "window": None,
    }
    return render(request, "rights/list.html", context)


@guardians
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """One of them, and who decides on it."""
    by = request.actor
    row = queries.unheld_one(by, correction_id)
    form = forms.HandOverForm(sent(request), memberships=queries.who_may_decide(by))

    def give():
        actions.hand_over_correction(by=by, correction_id=row.id, **form.chosen())

    if done(form, give):
        messages.success(request, "Given to them. It stands on their first page.")
        return redirect("rights:unheld")
    facts = [
        Row("About", row.about),
        Row("Said", moment(row.asked_at)),
        Row("Asked of", f"{row.team}, {row.team.organisation}"),
        Row("Due", moment(row.due_on)),
    ]
    context = {
        "row": row,
        "facts": facts,
        "late": row.due_on < timezone.localdate(),
        "form": form,
        "back": {"url": reverse("rights:unheld"), "text": "Wrong, and held by nobody"},
    }
    return render(request, "rights/hand_over.html", context)


def _line(row: Unheld) -> list:
    due = moment(row.due_on)
    if row.due_on < timezone.localdate():
        due = f"{due}, overdue"
    return [
        due,
        Cell(row.reference, reverse("rights:hand-over", args=[row.id])),
        row.about,
        row.team,
    ]
