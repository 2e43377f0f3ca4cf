"""Bringing in a case list: choose a file, look at what it would do, say yes, watch."""

import csv
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from onestory.access.guard import needs
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.actions.case_list_runs import (
    cancel_import,
    check_case_list,
    import_at_once,
    queue_import,
)
from onestory.cases.forms.case_list import CaseListForm
from onestory.cases.models import CaseListImport
from onestory.cases.queries import case_list as queries
from onestory.cases.tasks import import_case_list
from onestory.cases.views import case_list_words as words
from onestory.kernel.errors import Refused

State = CaseListImport.State
# Up to so many rows somebody waits for; more are a job, with progress.
AT_ONCE = 5_000
TITLE = "Bring in a case list"
FAULTS_PER_PAGE = 50

manages_a_list = needs(Permission.CASE_LIST_IMPORT)


@manages_a_list
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file. It is checked at once, and nothing of it becomes a case yet."""
    hats = [h for h in request.actor.hats if Permission.CASE_LIST_IMPORT in h.permissions]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CaseListForm(*sent, hats=hats)
    if form.is_valid():
        file = form.cleaned_data["file"]
        run = check_case_list(
            by=request.actor, team_id=form.team_id, file_name=file.name, content=file.read()
        )
        return redirect(_address(run))
    context = {
        "form": form,
        "breadcrumbs": [("Cases", reverse("cases:list")), (TITLE, "")],
        "team_name": hats[0].team_name if len(hats) == 1 else "",
        "expected_columns": words.EXPECTED_COLUMNS,
        "expected": words.expected_rows(pack()),
        "history_columns": words.HISTORY_COLUMNS,
        "history": words.history_rows(queries.last_imports(request.actor)),
    }
    return render(request, "cases/case_list.html", context)


@require_safe
@manages_a_list
def look(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """What a list would do, what is wrong with it, how far it is, or what it did."""
    run = queries.find_import(request.actor, import_id)
    show = {
        State.CHECKED: _checked,
        State.REFUSED: _refused,
        State.WAITING: _under_way,
        State.RUNNING: _under_way,
    }.get(run.state, _ended)
    return show(request, run)


@require_POST
@manages_a_list
def start(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Say yes: a short list is imported now, a long one by a worker."""
    run = queries.find_import(request.actor, import_id)
    try:
        if run.rows <= AT_ONCE:
            import_at_once(by=request.actor, import_id=run.pk)
        else:
            queue_import(by=request.actor, import_id=run.pk)
            import_case_list.defer(
                import_id=str(run.pk),
                user_id=str(request.actor.user_id),
                team_id=str(run.team_id),
            )
    except Refused as refused:
        messages.error(request, refused.reason)
    return redirect(_address(run))


@require_POST
@manages_a_list
def cancel(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Do not import it, or stop importing it."""
    return redirect(_address(cancel_import(by=request.actor, import_id=import_id)))


@require_safe
@manages_a_list
def faults(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The faults as a CSV file, for whoever mends the list."""
    run = queries.find_import(request.actor, import_id)
    if run.state != State.REFUSED or not run.findings:
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="faults.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(words.FAULT_FILE_COLUMNS)
    writer.writerows(words.fault_file_rows(run.findings["faults"]))
    return response


def _checked(request: HttpRequest, run: CaseListImport) -> HttpResponse:
    understood = run.findings["understood"]
    context = {
        "run": run,
        "nothing_to_do": not (run.added or run.changed),
        "counts": words.counts(run),
        "yes": words.yes_words(run),
        "before": queries.imported_before(request.actor, run),
        "years": words.years_table(run.findings["years"], pack()),
        "understood_columns": words.UNDERSTOOD_COLUMNS,
        "reworded": words.understood_rows(w for w in understood if w[-1]),
        "as_named": words.understood_rows(w for w in understood if not w[-1]),
    }
    return render(request, "cases/case_list_checked.html", context)


def _refused(request: HttpRequest, run: CaseListImport) -> HttpResponse:
    told = words.fault_rows(run.findings.get("faults", ()))
    page = Paginator(told, FAULTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "columns": words.FAULT_COLUMNS,
        "page": page,
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
        "kinds": run.findings.get("kinds", ()),
        "left_out": run.findings.get("left_out", 0),
    }
    return render(request, "cases/case_list_refused.html", context)


def _under_way(request: HttpRequest, run: CaseListImport) -> HttpResponse:
    percent = run.done * 100 // max(run.rows, 1)
    return render(request, "cases/case_list_under_way.html", {"run": run, "percent": percent})


def _ended(request: HttpRequest, run: CaseListImport) -> HttpResponse:
    reports = [r for r in pack().reports.values() if r.team == run.team.code]
    context = {
        "run": run,
        "counts": words.counts(run),
        "stored": words.cases(run.added + run.changed),
        "reports": reports,
        "why": run.findings.get("why", ""),
    }
    return render(request, f"cases/case_list_{run.state}.html", context)


def _address(run: CaseListImport) -> str:
    return reverse("cases:case-list-import", args=[run.pk])
