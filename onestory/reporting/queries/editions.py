"""Editions of reports: which somebody may write, what is in one, and which are published."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from onestory.agencies.actor import Actor
from onestory.agencies.area import Report
from onestory.agencies.area.compiled import Compiled
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.analysis import disclosure
from onestory.analysis.compiled import SOURCE
from onestory.analysis.disclosure import Release
from onestory.analysis.frozen import from_plain
from onestory.analysis.report import Report as Made
from onestory.kernel.keyset import Window, window
from onestory.reporting.making import made_for_edition, sections_of
from onestory.reporting.models import Edition, Entry, Frozen, Passage, Publication
from onestory.reporting.releasing import folder, one_at_a_time

Definition = Report | Compiled
NEWEST = ("-to_on", "-id")
NEWEST_PUBLISHED = ("-at", "-id")


def reports_to_write(by: Actor) -> list[Definition]:
    """The reports of the teams for which the actor writes, counted yearly or compiled."""
    teams = {hat.team for hat in by.hats if Permission.REPORT_WRITE in hat.permissions}
    everything = (*pack().reports.values(), *pack().compiled.values())
    return [report for report in everything if report.team in teams]


def report_to_write(by: Actor, code: str) -> Definition:
    """One of them. `Http404` for any other, as for one that is not there."""
    for report in reports_to_write(by):
        if report.code == code:
            return report
    raise Http404


def team_id(by: Actor, report: Definition) -> UUID:
    """The team that a report is of."""
    return next(hat.team_id for hat in by.hats if hat.team == report.team)


def editions_of(by: Actor, code: str, *, after: str = "", before: str = "") -> Window:
    """A page of the editions of a report, the latest period first."""
    rows = (
        _there()
        .filter(report=code, team_id__in=by.teams_where(Permission.REPORT_WRITE))
        .select_related("made_by", "frozen", "correction")
        .defer("frozen__content")
        .prefetch_related("publications")
    )
    return window(rows, NEWEST, after=after, before=before)


def edition_for(by: Actor, edition_id: UUID) -> Edition:
    """An edition that the actor writes. `Http404` for any other, published or not."""
    found = (
        _there()
        .filter(pk=edition_id, team_id__in=by.teams_where(Permission.REPORT_WRITE))
        .select_related("team", "made_by", "frozen", "frozen__by", "correction", "replaces")
        .defer("frozen__content")
        .prefetch_related(
            Prefetch("publications", Publication.objects.select_related("by", "withdrawn_by"))
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


def frozen_of(edition: Edition) -> Frozen | None:
    """How it was frozen, if it was."""
    return getattr(edition, "frozen", None)


def publication_of(edition: Edition) -> Publication | None:
    """How it stands on the public page, if it does."""
    return next((one for one in edition.publications.all() if one.withdrawn_at is None), None)


def last_before(edition: Edition) -> Edition | None:
    """The edition whose words a new one begins with: what it corrects, or the last of the report."""
    others = _there().filter(report=edition.report, team_id=edition.team_id)
    if edition.replaces_id:
        return others.get(pk=edition.replaces_id)
    earlier = others.exclude(pk=edition.pk).filter(to_on__lte=edition.to_on)
    return earlier.order_by("-to_on", "-made_at").first()


def of_period_before(edition: Edition) -> Edition | None:
    """The last edition of the period before, whose entered numbers are compared with these."""
    others = _there().filter(report=edition.report, team_id=edition.team_id)
    earlier = others.filter(to_on__lt=edition.from_on)
    return earlier.order_by("-to_on", "-made_at").first()


def passages_of(edition: Edition) -> dict[str, Passage]:
    """What is written in it, by the key of the section."""
    rows = Passage.objects.filter(edition=edition).select_related("written_by", "kept_from")
    return {row.section: row for row in rows}


def entries_in(edition: Edition | None) -> dict[str, dict[str, Entry]]:
    """What was entered by hand, by table and place."""
    found: dict[str, dict[str, Entry]] = {}
    for row in Entry.objects.filter(edition=edition).select_related("entered_by"):
        found.setdefault(row.table, {})[row.place] = row
    return found


def made(edition: Edition) -> tuple[Made, Release]:
    """The edition as its figures are now, and what it tells. `Refused` if it cannot be made.

    Its authors may not see the records: so what they are shown is told, and kept, for all that is
    shown later to be held against it, also of other periods.
    """
    if edition.report in pack().compiled:
        return _made(edition)
    with one_at_a_time(folder(edition.report)) as kept:
        report, release = _made(edition)
        disclosure.keep(kept, release)
    return report, release


def report_of(edition: Edition) -> Made:
    """The edition as it was frozen; until then as its figures are now."""
    if frozen_of(edition) is None:
        return made(edition)[0]
    return from_plain(edition.frozen.content)


def published(*, after: str = "", before: str = "") -> Window:
    """A page of what stands on the public page, the newest first. For everybody."""
    rows = (
        Publication.objects.filter(withdrawn_at=None)
        .select_related("edition", "edition__team", "edition__correction")
        .prefetch_related("edition__correction__publications")
    )
    return window(rows, NEWEST_PUBLISHED, after=after, before=before)


def published_edition(edition_id: UUID) -> Publication:
    """One of them. `Http404` for what is not there, or not any more."""
    found = (
        Publication.objects.filter(edition_id=edition_id, withdrawn_at=None)
        .select_related("edition", "edition__team", "edition__frozen", "edition__correction")
        .prefetch_related("edition__correction__publications")
        .first()
    )
    if found is None:
        raise Http404
    return found


def withdrawn(edition_id: UUID) -> tuple[Publication, Edition | None]:
    """How an edition was taken off the public page, and the correction that stands there, if any.

    `Http404` for what never stood there, or stands there now.
    """
    rows = Publication.objects.filter(edition_id=edition_id)
    last = rows.order_by("-at").first()
    if last is None or last.withdrawn_at is None:
        raise Http404
    standing = Publication.objects.filter(withdrawn_at=None, edition__replaces_id=edition_id)
    correction = standing.select_related("edition").first()
    return last, correction and correction.edition


def _there() -> QuerySet[Edition]:
    """Those that were not discarded."""
    return Edition.objects.filter(discarded_at=None)


def _made(edition: Edition) -> tuple[Made, Release]:
    known = dict(sections_of(edition.report))
    passages = passages_of(edition).values()
    before = of_period_before(edition)
    return made_for_edition(
        edition.report,
        edition.from_on,
        edition.to_on,
        comments={one.section: one.words for one in passages if one.section in known},
        entered=_as_typed(entries_in(edition)),
        entered_before=_as_typed(entries_in(before)) if before else {},
    )


def _as_typed(entries: dict[str, dict[str, Entry]]) -> dict[str, dict[str, str]]:
    """Numbers as they were typed, and the sources that they were typed with."""
    typed = {}
    for table, places in entries.items():
        filled = [entry for entry in places.values() if entry.value]
        sources = "; ".join(dict.fromkeys(entry.source for entry in filled))
        typed[table] = {place: entry.value for place, entry in places.items()} | {SOURCE: sources}
    return typed
