"""Beginning and ending a sitting."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access.actions import make_envelopes
from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.assessment import bank
from onestory.assessment.definitions import Instrument
from onestory.assessment.models import Sitting
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.people.actions.envelopes import Held, hold, written

# Who comes back to it within this time goes on with the same sitting.
GOES_ON = timedelta(hours=12)
CLOSED = "Your team may not write in this person's record. Ask a team that works with them."


@transaction.atomic
def begin_sitting(
    *, by: Actor, team_id: UUID, person_id: UUID, instrument: str, occasion: str = ""
) -> Sitting:
    """Begin to ask, or go on with the sitting that the same person began today.

    What the team left open before that ended when it was last written in.
    """
    by.must(Permission.ASSESS, team_id)
    asked = _instrument(instrument)
    _must_suit(asked, occasion)
    held = hold(person_id, by=by)
    now = timezone.now()
    before = Sitting.objects.filter(
        person_id=person_id, team_id=team_id, instrument=instrument, ended_at=None
    )
    for row in before:
        mine = row.recorded_by_id == by.user_id and row.version == asked.version
        if mine and row.occasion == occasion and row.last_at > now - GOES_ON:
            return row
        row.ended_at = row.last_at
        row.save(update_fields=["ended_at"])
    envelope_id = _envelope(held, team_id, asked)
    sitting = Sitting.objects.create(
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
        team_id=team_id,
        instrument=asked.code,
        version=asked.version,
        occasion=occasion,
        last_at=now,
    )
    record.write(
        "sitting.begin",
        by=by,
        person_id=person_id,
        envelopes=[envelope_id],
        subject=f"sitting:{sitting.pk}",
        detail={"instrument": asked.code, "version": asked.version},
    )
    return sitting


@transaction.atomic
def end_sitting(*, by: Actor, sitting_id: UUID) -> Sitting:
    """Say that this sitting is over. Whatever was left can be asked at another."""
    sitting, _ = locked(by, sitting_id)
    if sitting.ended_at:
        return sitting
    sitting.ended_at = sitting.last_at = timezone.now()
    sitting.save(update_fields=["ended_at", "last_at"])
    record.write(
        "sitting.end",
        by=by,
        person_id=sitting.person_id,
        envelopes=[sitting.envelope_id],
        subject=f"sitting:{sitting.pk}",
    )
    return sitting


def locked(by: Actor, sitting_id: UUID) -> tuple[Sitting, Held]:
    """The sitting of one of the actor's teams, and its person, held until the end."""
    sitting = Sitting.objects.filter(pk=sitting_id).first()
    if sitting is None or sitting.team_id not in by.teams_where(Permission.ASSESS):
        raise Http404
    held = hold(sitting.person_id, by=by)
    sitting.refresh_from_db()
    return sitting, held


def _instrument(code: str) -> Instrument:
    try:
        return bank.instrument(code)
    except KeyError:
        raise Refused("Choose what to ask from the list.") from None


def _must_suit(instrument: Instrument, occasion: str) -> None:
    offered = {option.code for option in instrument.occasions}
    if offered and occasion not in offered:
        raise Refused("Say whether this is at the start, at a review or at the end.")
    if occasion and not offered:
        raise Refused("This is asked whenever it is useful, not at set times.")


def _envelope(held: Held, team_id: UUID, instrument: Instrument) -> UUID:
    """Where the sitting lies: among support, or else with what is asked and the team may write."""
    asked = dict.fromkeys(bank.question(ask.question).envelope for ask in instrument.asks)
    for kind in dict.fromkeys([Kind.SUPPORT.value, Kind.NEEDS.value, *asked]):
        if kind not in held.covers:
            made = make_envelopes(
                by=held.by, person_id=held.person_id, kinds=[kind], team_id=team_id
            )
            return made[kind].pk
        if held.covers[kind].may_write:
            return held.covers[kind].id
    raise Refused(CLOSED)
