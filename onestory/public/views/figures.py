"""Published figures, for anybody: which reports there are, one of them, and its numbers as files."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from onestory.agencies.guard import public
from onestory.analysis.report import Table
from onestory.public.views.pages import show
from onestory.reporting.documents import FORMATS
from onestory.reporting.models import Edition
from onestory.reporting.queries import editions as queries
from onestory.reporting.views import edition_pages as pages
from onestory.reporting.views.editions import file_of
from onestory.reporting.views.pages import shown
from onestory.reporting.views.yearly import DOWNLOADS


def or_gone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What stood there once is said to be gone, when and why, and where the correction is."""

    @wraps(view)
    def viewed(request: HttpRequest, edition_id: UUID, **rest) -> HttpResponse:
        try:
            return view(request, edition_id, **rest)
        except Http404:
            publication, correction = queries.withdrawn(edition_id)
            context = {"publication": publication, "correction": correction}
            return show(request, "figures_gone", status=410, **context)

    return viewed


@public
@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """What is published, the newest first."""
    found = queries.published(
        after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    lines = [(row, _replaced_by(row.edition)) for row in found.rows]
    return show(request, "figures", lines=lines, window=found)


@public
@require_GET
@or_gone
def report(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """One report, with what each of its numbers is."""
    publication = queries.published_edition(edition_id)
    edition = publication.edition
    found = queries.report_of(edition)
    cells = [cell for table in found.tables for line in table.cells for cell in line]

    def file(table: Table) -> str:
        return reverse("figures:table", args=[edition.pk, table.name])

    return show(
        request,
        "figures_report",
        publication=publication,
        edition=edition,
        report=found,
        replaced_by=_replaced_by(edition),
        kinds=pages.kinds_of(found),
        hidden=any(cell.suppressed for cell in cells),
        intervals=any(cell.low is not None for cell in cells),
        sections=[(section, shown(section, file=file)) for section in found.sections],
        downloads=[
            (label, reverse("figures:download", args=[edition.pk, kind]))
            for kind, label in DOWNLOADS.items()
        ],
    )


@public
@require_GET
@or_gone
def download(request: HttpRequest, edition_id: UUID, kind: str) -> HttpResponse:
    """The whole report as a file."""
    edition = queries.published_edition(edition_id).edition
    if kind not in FORMATS:
        raise Http404
    return file_of(edition, queries.report_of(edition), kind)


@public
@require_GET
@or_gone
def table(request: HttpRequest, edition_id: UUID, name: str) -> HttpResponse:
    """The figures of one table."""
    edition = queries.published_edition(edition_id).edition
    alone = pages.only(queries.report_of(edition), name)
    if alone is None:
        raise Http404
    return file_of(edition, alone, "csv", table=name)


def _replaced_by(edition: Edition) -> Edition | None:
    """The correction that took its place, once that is published too."""
    correction = getattr(edition, "correction", None)
    return correction if correction and queries.publication_of(correction) else None
