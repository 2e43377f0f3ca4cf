"""Which snapshots there are, and a button to have one made."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.access.guard import needs
from onestory.agencies.roles import Permission
from onestory.analysis import snapshots
from onestory.kernel.components import Cell, Column
from onestory.kernel.errors import Refused
from onestory.kernel.templatetags.pages import moment
from onestory.reporting.actions.snapshots import MAKE, ask_for_snapshot
from onestory.reporting.snapshots import folder

LISTED = 31
COLUMNS = [Column("Made"), Column("Name"), Column("Rows", numeric=True), Column("State")]
UNDER_WAY = ("todo", "doing")


@dataclass(frozen=True)
class Known:
    """A snapshot in the list: when it was made; what is in it, or what is wrong with it."""

    name: str
    made_at: datetime
    rows: int | None
    fault: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SNAPSHOT_MAKE)
def all_snapshots(request):
    """The newest snapshots; a new one, if the button was pressed."""
    if request.method == "POST":
        try:
            ask_for_snapshot(by=request.actor)
            messages.success(request, "A snapshot is being made.")
        except Refused as refused:
            messages.error(request, refused.reason)
        return redirect("reporting:snapshots")
    jobs = ProcrastinateJob.objects.filter(task_name=MAKE)
    last = jobs.order_by("-id").values_list("status", flat=True).first()
    context = {
        "columns": COLUMNS,
        "rows": [_cells(one) for one in map(_known, snapshots.names(folder())[:LISTED])],
        "under_way": last in UNDER_WAY,
        "failed": last == "failed",
        "folder": folder(),
    }
    return render(request, "reporting/snapshots.html", context)


def _known(name: str) -> Known:
    try:
        made = snapshots.open(folder() / name)
    except snapshots.SnapshotError as error:
        made_at = timezone.make_aware(datetime.strptime(name, snapshots.NAMED))
        return Known(name, made_at, None, str(error))
    return Known(name, made.made_at, sum(made.rows.values()))


def _cells(known: Known) -> list:
    rows = "" if known.rows is None else f"{known.rows:,}"
    return [moment(known.made_at), Cell(known.name), rows, known.fault or "Whole"]
