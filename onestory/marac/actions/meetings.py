"""Meetings are planned, and their agendas made: by risk, repeats first, as far as the time goes."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.marac.actions.referring import write_down
from onestory.marac.models import Item, Meeting, Referral
from onestory.marac.queries.cases import locked
from onestory.marac.queries.meetings import proposal
from onestory.people.actions.envelopes import written


@transaction.atomic
def plan_meeting(
    *,
    by: Actor,
    team_id: UUID,
    meeting_id: UUID,
    starts_at: datetime,
    minutes: int,
    minutes_a_case: int,
    place: str = "",
) -> Meeting:
    """Say when the next meeting is, and how much time it has. Sent twice, it is one."""
    by.must(Permission.MARAC_COORDINATE, team_id)
    if there := Meeting.objects.filter(pk=meeting_id).first():
        return there
    if starts_at < timezone.now():
        raise Refused("A meeting is planned for a time to come.")
    if not 0 < minutes_a_case <= minutes:
        raise Refused("There must be time for at least one case.")
    if Meeting.objects.filter(team_id=team_id, starts_at=starts_at).exists():
        raise Refused("There is a meeting at that time already.")
    made = Meeting.objects.create(
        id=meeting_id,
        team_id=team_id,
        starts_at=starts_at,
        minutes=minutes,
        minutes_a_case=minutes_a_case,
        place=place.strip(),
        planned_by_id=by.user_id,
        planned_at=timezone.now(),
    )
    record.write("marac.plan", by=by, subject=f"meeting:{made.pk}")
    return made


@transaction.atomic
def build_agenda(*, by: Actor, meeting_id: UUID) -> tuple[list[Item], list[Referral]]:
    """Put the cases that wait on the agenda, as far as there is time; the others are given back:
    they go to the next meeting. Done again, it adds those that came since."""
    row = _meeting(by, meeting_id)
    fits, left = proposal(by, row)
    return [_put(by, case, row) for case in fits], left


@transaction.atomic
def put_on_agenda(*, by: Actor, referral_id: UUID, meeting_id: UUID, reason: str = "") -> Item:
    """Put a case on the agenda of a meeting, also beyond its time. From another agenda it moves,
    with the reason: a case is on one at a time."""
    row = _meeting(by, meeting_id)
    case = locked(by, referral_id)
    if case.accepted_at is None or case.closed_at or case.to_team_id != row.team_id:
        raise Refused("Only a case that is taken and open goes on an agenda.")
    before = Item.objects.filter(referral=case, moved_at=None, heard_at=None).first()
    if before and before.meeting_id == row.pk:
        return before
    if before:
        if not reason.strip():
            raise Refused("Say why it moves to another meeting.")
        before.moved_at, before.moved_by_id = timezone.now(), by.user_id
        before.move_reason = reason.strip()
        before.save(update_fields=["moved_at", "moved_by", "move_reason"])
    if Item.objects.filter(meeting=row, referral=case, moved_at=None).exists():
        raise Refused("It has been heard in this meeting already.")
    return _put(by, case, row, moved=before is not None)


def _meeting(by: Actor, meeting_id: UUID) -> Meeting:
    row = Meeting.objects.filter(pk=meeting_id).first()
    if row is None:
        raise Http404
    by.must(Permission.MARAC_COORDINATE, row.team_id)
    # Two coordinators who build it at once put each case on it once.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"agenda {row.team_id}"]
        )
    return row


def _put(by: Actor, case: Referral, row: Meeting, *, moved: bool = False) -> Item:
    item = Item.objects.create(
        referral=case,
        meeting=row,
        **written(by=by, person_id=case.person_id, envelope_id=case.envelope_id),
    )
    write_down("agenda", by, case, meeting=str(row.pk), moved=moved)
    return item
