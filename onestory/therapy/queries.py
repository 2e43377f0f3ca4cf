"""Therapy notes, for their therapists; requests for them, for the team. PostgreSQL decides who that is."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.kernel.keyset import Window, window
from onestory.people.queries import records
from onestory.therapy.models import NoteDraft, NotesRequest, Proceedings, TherapyNote

ORDER = ("-on", "-recorded_at", "-id")
LATEST, NEXT_DUE = ("-asked_on", "-id"), ("due_on", "id")


def notes(by: Actor, person_id: UUID, *, after: str = "", before: str = "") -> Window:
    """A page of the notes about this person that are the actor's to read, newest first."""
    found = TherapyNote.objects.filter(person_id__in=_ids(by, person_id))
    rows = found.select_related("team", "recorded_by", "amends")
    return window(rows, ORDER, after=after, before=before)


def note(by: Actor, note_id: UUID) -> TherapyNote:
    """One note. `Http404` if it is not the actor's to read."""
    found = TherapyNote.objects.select_related("team", "recorded_by", "amends").filter(pk=note_id)
    if row := found.first():
        return row
    raise Http404


def draft(by: Actor, person_id: UUID, team_id: UUID) -> NoteDraft | None:
    """What the actor has typed about this person and not yet written down."""
    return NoteDraft.objects.filter(
        user_id=by.user_id, person_id=person_id, team_id=team_id
    ).first()


def proceedings(by: Actor, person_id: UUID) -> Proceedings | None:
    """How far criminal proceedings are, as the actor's team last wrote it down."""
    rows = Proceedings.objects.filter(person_id__in=_ids(by, person_id), superseded_at=None)
    return rows.select_related("team", "recorded_by").order_by("-recorded_at").first()


def requests(by: Actor, *, answered: bool, after: str = "", before: str = "") -> Window:
    """Requests to the actor's teams: those that wait by when they are due, or the answered ones."""
    rows = _with_names(NotesRequest.objects.filter(answered_at__isnull=not answered))
    return window(rows, LATEST if answered else NEXT_DUE, after=after, before=before)


def request(by: Actor, request_id: UUID) -> NotesRequest:
    """One request. `Http404` if it is not to the actor's team."""
    row = _with_names(NotesRequest.objects.filter(pk=request_id)).first()
    if row is None:
        raise Http404
    return row


def overdue(row: NotesRequest, today: date) -> bool:
    return row.answered_at is None and row.due_on < today


def therapy_team(by: Actor) -> UUID:
    """The team for which the actor gives therapy. `Http404` if there is none."""
    teams = by.teams_where(Permission.THERAPY_WORK)
    if not teams:
        raise Http404
    return teams[0]


def _ids(by: Actor, person_id: UUID) -> list[UUID]:
    return [person.pk for person in records(by, person_id)]


def _with_names(rows: QuerySet[NotesRequest]) -> QuerySet[NotesRequest]:
    return rows.select_related(
        "team", "recorded_by", "viewed_by", "decided_by", "agreed_by", "answered_by"
    )
