"""Meetings are planned, changed and called off, and their agendas made: by risk, repeats first, as far
as the time goes; then as the coordinator orders them."""

from collections.abc import Sequence
from datetime import datetime
from random import SystemRandom
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale
from onestory.marac.actions.referring import write_down
from onestory.marac.models import Item, Meeting, Referral
from onestory.marac.queries.cases import locked
from onestory.marac.queries.meetings import proposal, was_heard
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
    _must_have_time(minutes, minutes_a_case)
    _must_be_free(team_id, starts_at)
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
def change_meeting(
    *,
    by: Actor,
    meeting_id: UUID,
    version: int,
    starts_at: datetime,
    minutes: int,
    minutes_a_case: int,
    place: str = "",
) -> Meeting:
    """Another day, time, place or length. The agenda stays; those who come see when it was to be."""
    row = _meeting(by, meeting_id)
    _must_be_fresh(row, version)
    _must_have_time(minutes, minutes_a_case)
    if starts_at != row.starts_at:
        _must_not_have_begun(row)
        _must_be_free(row.team_id, starts_at)
        row.moved_from, row.starts_at = row.starts_at, starts_at
    row.minutes, row.minutes_a_case, row.place = minutes, minutes_a_case, place.strip()
    _save(row, "starts_at", "moved_from", "minutes", "minutes_a_case", "place")
    record.write("marac.change-meeting", by=by, subject=f"meeting:{row.pk}")
    return row


@transaction.atomic
def call_off_meeting(*, by: Actor, meeting_id: UUID, version: int, reason: str) -> Meeting:
    """It does not take place, and why: its cases wait again, for the next one. Those who come see it on
    its page, and whoever is asked about a case on the page of the case."""
    row = _meeting(by, meeting_id, also_off=True)
    if row.called_off_at:
        return row
    _must_be_fresh(row, version)
    _must_not_have_begun(row)
    if not reason.strip():
        raise Refused("Say why it is called off.", about="reason")
    row.called_off_at, row.called_off_by_id = timezone.now(), by.user_id
    row.call_off_reason = reason.strip()
    _save(row, "called_off_at", "called_off_by", "call_off_reason")
    with connection.cursor() as cursor:
        why = f"the meeting was called off ({row.call_off_reason})"
        cursor.execute("SELECT * FROM marac_clear_agenda(%s, %s)", [row.pk, why])
        cleared = {found[0] for found in cursor.fetchall()}
    record.write("marac.call-off", by=by, envelopes=cleared, subject=f"meeting:{row.pk}")
    return row


@transaction.atomic
def order_agenda(*, by: Actor, meeting_id: UUID, item_ids: Sequence[UUID]) -> list[Item]:
    """Put the cases of an agenda in this order. `Stale` if others stand on it by now.

    The numbers are drawn: they can be compared, and who does not see one of them counts no gap.
    """
    row = _meeting(by, meeting_id)
    there = {item.pk: item for item in Item.objects.filter(meeting=row, moved_at=None)}
    if sorted(item_ids) != sorted(there):
        raise Stale("Other cases are on the agenda by now: look at it again.", list(there))
    places = sorted(SystemRandom().sample(range(2**31), len(there)))
    for key, place in zip(item_ids, places, strict=True):
        there[key].place = place
    Item.objects.bulk_update(there.values(), ["place"])
    envelopes = {item.envelope_id for item in there.values()}
    record.write("marac.order", by=by, envelopes=envelopes, subject=f"meeting:{row.pk}")
    return [there[key] for key in item_ids]


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
            raise Refused("Say why it moves to another meeting.", about="reason")
        before.moved_at, before.moved_by_id = timezone.now(), by.user_id
        before.move_reason = reason.strip()
        before.save(update_fields=["moved_at", "moved_by", "move_reason"])
    if Item.objects.filter(meeting=row, referral=case, moved_at=None).exists():
        raise Refused("It has been heard in this meeting already.")
    return _put(by, case, row, moved=before is not None)


def _meeting(by: Actor, meeting_id: UUID, *, also_off: bool = False) -> Meeting:
    row = Meeting.objects.filter(pk=meeting_id).first()
    if row is None:
        raise Http404
    by.must(Permission.MARAC_COORDINATE, row.team_id)
    # Two coordinators who build it at once put each case on it once.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"agenda {row.team_id}"]
        )
    row.refresh_from_db()
    if row.called_off_at and not also_off:
        raise Refused("The meeting has been called off.")
    return row


def _must_be_fresh(row: Meeting, version: int) -> None:
    if row.version != version:
        raise Stale("Somebody else has just changed this.", row)


def _must_have_time(minutes: int, minutes_a_case: int) -> None:
    if not 0 < minutes_a_case <= minutes:
        raise Refused("There must be time for at least one case.", about="minutes")


def _must_be_free(team_id: UUID, starts_at: datetime) -> None:
    if starts_at < timezone.now():
        raise Refused("A meeting is planned for a time to come.", about="on")
    there = Meeting.objects.filter(team_id=team_id, starts_at=starts_at, called_off_at=None)
    if there.exists():
        raise Refused("There is a meeting at that time already.", about="at")


def _must_not_have_begun(row: Meeting) -> None:
    if was_heard(row):
        raise Refused("A case has been heard in it: what was heard stays on its day.")


def _save(row: Meeting, *columns: str) -> None:
    row.version += 1
    row.save(update_fields=[*columns, "version"])


def _put(by: Actor, case: Referral, row: Meeting, *, moved: bool = False) -> Item:
    item = Item.objects.create(
        referral=case,
        meeting=row,
        **written(by=by, person_id=case.person_id, envelope_id=case.envelope_id),
    )
    write_down("agenda", by, case, meeting=str(row.pk), moved=moved)
    return item
