"""Something in the record is wrong: the survivor says so, a team that holds it decides."""

from uuid import UUID

from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from psycopg.errors import InsufficientPrivilege

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.rights import queries
from onestory.rights.models import Correction
from onestory.rights.queries.telling import model_of
from onestory.rights.rules import clocks
from onestory.rights.words import TOLD

LONGEST = 20_000
Outcome = Correction.Outcome


@transaction.atomic
def ask_correction(
    *, by: Actor, person_id: UUID, row_id: UUID, wrong: str, right: str = ""
) -> Correction:
    """She says what is wrong and what is right. It goes to a team that holds it, with a clock; where
    none does any more, a guardian finds somebody, by the same clock."""
    by.must(Permission.OWN_PAGES)
    row = queries.fact(by, person_id, row_id)
    wrong, right = (words.replace("\r\n", "\n").strip() for words in (wrong, right))
    if not wrong:
        raise Refused("Say what is wrong.")
    if max(len(wrong), len(right)) > LONGEST:
        raise Refused(f"Write at most {LONGEST:,} characters.")
    place = f"{row._meta.label}/{row.pk}"
    if Correction.objects.filter(place=place, decided_at=None).exists():
        raise Refused("You have told us that this is wrong. We are looking at it.")
    team = queries.whom_to_ask(by, row) or queries.whom_was_told(by, row)
    if team is None:
        raise Refused(
            "No team that works with you can change this now. Send a message to one of your teams."
        )
    now = timezone.now()
    asked = Correction.objects.create(
        envelope_id=row.envelope_id,
        person_id=row.envelope.person_id,
        team=team,
        place=place,
        about=TOLD[row._meta.label].title,
        wrong=wrong,
        right=right,
        due_on=clocks.correction_due(pack().rights_clocks, timezone.localdate(now)),
        recorded_by_id=by.user_id,
        recorded_at=now,
    )
    _write_down("correction.ask", by, asked)
    return asked


@transaction.atomic
def hand_over_correction(
    *, by: Actor, correction_id: UUID, handler_id: UUID, team_id: UUID
) -> None:
    """A guardian gives what nobody holds any more to somebody who may decide. What it is about opens
    to them alone, until it is due. `Http404` if somebody holds it, or the actor may not know of it."""
    by.must(Permission.RIGHTS_REVIEW)
    asked = queries.unheld_one(by, correction_id)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            given = [correction_id, handler_id, team_id]
            cursor.execute("SELECT rights_hand_over(%s, %s, %s)", given)
            (envelope_id,) = cursor.fetchone()
    except ProgrammingError as error:
        if not isinstance(error.__cause__, InsufficientPrivilege):
            raise
        envelope_id = None
    if envelope_id is None:
        raise Refused("Choose somebody else: they cannot decide on this.")
    record.write(
        "correction.hand-over",
        by=by,
        person_id=asked.person_id,
        envelopes=[envelope_id],
        subject=f"correction:{correction_id}",
        detail={"handler": str(handler_id), "team": str(team_id)},
    )


@transaction.atomic
def decide_correction(
    *, by: Actor, correction_id: UUID, outcome: str, reason: str = ""
) -> Correction:
    """What becomes of it. She reads the reason, so it is for her, in plain words."""
    by.must(Permission.RIGHTS_WORK)
    rows = Correction.objects.select_for_update(of=("self",)).select_related("team")
    asked = rows.filter(pk=correction_id).first()
    if asked is None:
        asked = queries.correction(by, correction_id)
        done = "It has been decided already." if asked.decided_at else f"It is {asked.team}’s."
        raise Refused(done)
    if outcome not in Outcome:
        raise Refused("Choose what becomes of it.")
    if outcome != Outcome.CORRECTED and not reason.strip():
        raise Refused("Say why, in plain words: they read it.")
    if outcome == Outcome.CORRECTED and _stands(asked):
        raise Refused("It still says what it said. Change it first, then say here that you did.")
    asked.outcome, asked.reason = outcome, reason.strip()
    asked.decided_by_id, asked.decided_at = by.user_id, timezone.now()
    asked.save(update_fields=["outcome", "reason", "decided_by", "decided_at"])
    _write_down("correction.decide", by, asked, outcome=outcome)
    return asked


@transaction.atomic
def see_answers(*, by: Actor, person_id: UUID) -> None:
    """She has seen what became of what she said."""
    by.must(Permission.OWN_PAGES)
    for one in queries.records_of(by, person_id):
        with connection.cursor() as cursor:
            cursor.execute("SELECT rights_see_answers(%s)", [one])


def _stands(asked: Correction) -> bool:
    """Whether a fact that a later one takes the place of has none yet."""
    model, key = model_of(asked.place)
    if not any(field.name == "superseded_at" for field in model._meta.fields):
        return False
    return model.objects.filter(pk=key, superseded_at=None).exists()


def _write_down(verb: str, by: Actor, asked: Correction, **detail) -> None:
    record.write(
        verb,
        by=by,
        person_id=asked.person_id,
        envelopes=[asked.envelope_id],
        subject=f"correction:{asked.pk}",
        detail=detail,
    )
