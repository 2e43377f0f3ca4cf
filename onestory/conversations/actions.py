"""Writing to each other, and saying outside that there is something to read."""

from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone
from procrastinate.contrib.django import app

from onestory.agencies.actor import Actor
from onestory.agencies.roles import OWN_PAGES_TEAM, Permission
from onestory.conversations import queries
from onestory.conversations.models import LONGEST, Message, Notice
from onestory.conversations.rules import Decision, may_notify
from onestory.conversations.sender import NotSent, sender
from onestory.kernel import record
from onestory.kernel.errors import Refused

# All that is ever sent outside: no name, no service, nothing of what it is about, and no address.
WORDS = "There is a message for you."
LATER = "conversations.notify_later"
Outcome = Notice.Outcome


@transaction.atomic
def write(*, by: Actor, person_id: UUID, team_id: UUID, words: str) -> Message:
    """Write a message, as the person on their own pages or as somebody of the team.

    Somebody is told outside, once and without content, if that is safe. `Http404` if the two do not
    know each other; `Refused` if there is nothing to send, or too much.
    """
    with_whom = _correspondent(by, person_id, team_id)
    words = words.replace("\r\n", "\n").strip()
    if not words:
        raise Refused("Write something first.")
    if len(words) > LONGEST:
        raise Refused(f"Write at most {LONGEST:,} characters. You wrote {len(words):,}.")
    hers = by.may(Permission.OWN_PAGES)
    message = Message.objects.create(
        envelope_id=with_whom.envelope_id,
        person_id=with_whom.person_id,
        team_id=team_id,
        from_person=hers,
        words=words,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    _write_down("message.write", by, message)
    if not hers:
        notify(by=by, person_id=with_whom.person_id, team_id=team_id)
    return message


@transaction.atomic
def mark_read(*, by: Actor, person_id: UUID, team_id: UUID) -> int:
    """Say that what the other side wrote was read now; how much that was.

    Also where the team may no longer write: what came before the end is read like anything else.
    """
    people = queries.records_of(by, person_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT conversations_mark_read(%s, %s)", [people, team_id])
        read = [envelope_id for (envelope_id,) in cursor.fetchall()]
    if read:
        record.write(
            "message.read",
            by=by,
            person_id=person_id,
            envelopes=sorted(set(read)),
            subject=f"team:{team_id}",
            detail={"count": len(read)},
        )
    return len(read)


@transaction.atomic
def notify(*, by: Actor, person_id: UUID, team_id: UUID) -> Notice | None:
    """Say outside that there is a message, if every rule of safe contact says that it is safe.

    Whatever comes of it goes on the record; nothing does where somebody was told already and has
    not read since.
    """
    if queries.is_told(by, person_id):
        return None
    with_whom = _correspondent(by, person_id, team_id)
    decision = _decide(by, person_id)
    outcome, why = _carry_out(decision)
    notice = Notice.objects.create(
        envelope_id=with_whom.envelope_id,
        person_id=with_whom.person_id,
        team_id=team_id,
        outcome=outcome,
        why=why,
        again_at=decision.again_at,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )
    _write_down(f"notice.{outcome}", by, notice, why=why)
    if outcome == Outcome.LATER:
        later = app.configure_task(LATER, schedule_at=decision.again_at)
        later.defer(person_id=str(person_id), team_id=str(team_id))
    return notice


def _decide(by: Actor, person_id: UUID) -> Decision:
    if not queries.has_own_pages(by, person_id):
        return Decision(why="no-own-pages")
    return may_notify(
        queries.known_rules(by, person_id), queries.known_numbers(by, person_id), timezone.now()
    )


def _carry_out(decision: Decision) -> tuple[str, str]:
    if not decision.send:
        return (Outcome.LATER if decision.again_at else Outcome.HELD), decision.why
    try:
        sender().send(decision.number, WORDS)
    except NotSent:
        return Outcome.FAILED, "failed"
    return Outcome.SENT, ""


def _correspondent(by: Actor, person_id: UUID, team_id: UUID) -> queries.Correspondent:
    """The team, if it is the actor's own, or if the actor is the person and the team knows them."""
    if team_id == OWN_PAGES_TEAM or not (team_id in by.team_ids or by.may(Permission.OWN_PAGES)):
        raise Http404
    for one in queries.correspondents(by, person_id):
        if one.team_id == team_id:
            return one
    raise Http404


def _write_down(verb: str, by: Actor, row: Message | Notice, **detail) -> None:
    record.write(
        verb,
        by=by,
        person_id=row.person_id,
        envelopes=[row.envelope_id],
        subject=f"team:{row.team_id}",
        detail=detail,
    )
