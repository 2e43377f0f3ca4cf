"""Sessions: planned, moved, attended or not and why not, and those recorded afterwards."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.kernel.errors import Refused, Stale
from onestory.support.actions.episodes import count_sessions, open_episode, signed, write
from onestory.support.actions.once import create_once, sent_before
from onestory.support.models import Episode, Session

LONGEST = 24 * 60
# What is planned for a moment ago is still planned: two people may sit together already.
A_MOMENT = timedelta(minutes=30)
CHANGED = "Somebody else has changed this session while you were looking at it."


@dataclass(frozen=True)
class Meeting:
    """What kind of session it is, how, where, when, and with whom. Codes of the area pack."""

    kind: str
    channel: str
    starts_at: datetime
    worker_id: UUID
    place: str = ""
    minutes: int | None = None


@transaction.atomic
def plan_session(*, by: Actor, case_id: UUID, session_id: UUID, meeting: Meeting) -> Session:
    """An appointment: the survivor's own pages show it."""
    if before := sent_before(Session, session_id, case_id=case_id):
        return before
    episode = open_episode(by=by, case_id=case_id)
    if meeting.starts_at < timezone.now() - A_MOMENT:
        raise Refused("An appointment is still to come. Record a session that has been.")
    session = _add(by, episode, session_id, meeting)
    write("session.plan", by, episode, subject=f"session:{session.pk}", kind=meeting.kind)
    return session


@transaction.atomic
def record_session(
    *,
    by: Actor,
    case_id: UUID,
    session_id: UUID,
    meeting: Meeting,
    attended: bool,
    absence: str = "",
    words: str = "",
) -> Session:
    """A session that has been, or fell through, and that nobody had planned here."""
    if before := sent_before(Session, session_id, case_id=case_id):
        return before
    episode = open_episode(by=by, case_id=case_id)
    _must_be_over(meeting.starts_at)
    _must_say_why(attended, absence)
    session = _add(
        by,
        episode,
        session_id,
        meeting,
        state=Session.State.ATTENDED if attended else Session.State.NOT_ATTENDED,
        absence="" if attended else absence,
        words=words.strip(),
    )
    _counted(episode, session)
    write("session.record", by, episode, subject=f"session:{session.pk}", attended=attended)
    return session


@transaction.atomic
def move_session(*, by: Actor, session_id: UUID, version: int, meeting: Meeting) -> Session:
    """Another time, place or person for an appointment."""
    session, episode = _locked(by, session_id, version)
    if session.state != Session.State.PLANNED:
        raise Refused("This session is over.")
    if meeting.starts_at < timezone.now() - A_MOMENT:
        raise Refused("An appointment is still to come.")
    fields = _fields(meeting)
    for name, value in fields.items():
        setattr(session, name, value)
    _save(session, *fields)
    write("session.move", by, episode, subject=f"session:{session.pk}")
    return session


@transaction.atomic
def settle_session(
    *,
    by: Actor,
    session_id: UUID,
    version: int,
    attended: bool,
    absence: str = "",
    minutes: int | None = None,
    words: str = "",
) -> Session:
    """Say whether somebody came, and if not why not. Said wrongly, it is said again."""
    session, episode = _locked(by, session_id, version)
    _must_say_why(attended, absence)
    if attended:
        _must_be_over(session.starts_at)
    _must_be_possible(minutes)
    session.state = Session.State.ATTENDED if attended else Session.State.NOT_ATTENDED
    session.absence = "" if attended else absence
    session.minutes = minutes if attended else None
    session.words = words.strip()
    _save(session, "state", "absence", "minutes", "words")
    _counted(episode, session)
    write("session.settle", by, episode, subject=f"session:{session.pk}", attended=attended)
    return session


def drop_planned(by: Actor, episode: Episode, absence: str) -> int:
    """The work ends: what was still planned does not take place. Says how many those were."""
    planned = Session.objects.filter(case_id=episode.case_id, state=Session.State.PLANNED)
    rows = list(planned.select_for_update())
    for session in rows:
        session.state, session.absence = Session.State.NOT_ATTENDED, absence
        _save(session, "state", "absence")
    return len(rows)


def _add(by: Actor, episode: Episode, key: UUID, meeting: Meeting, **more) -> Session:
    return create_once(
        Session,
        key,
        case_id=episode.case_id,
        team_id=episode.team_id,
        **_fields(meeting),
        **more,
        **signed(by, episode),
    )


def _fields(meeting: Meeting) -> dict:
    area = pack()
    kind = area.session_kinds.get(meeting.kind)
    if kind is None:
        raise Refused("Choose what kind of session it is.")
    if meeting.channel not in area.session_channels:
        raise Refused("Choose how you meet.")
    _must_be_possible(meeting.minutes)
    return {
        "kind": meeting.kind,
        "own": kind.own,
        "channel": meeting.channel,
        "place": meeting.place.strip(),
        "starts_at": meeting.starts_at,
        "minutes": meeting.minutes,
        "worker_id": meeting.worker_id,
    }


def _locked(by: Actor, session_id: UUID, version: int) -> tuple[Session, Episode]:
    """The session and its episode, both locked. Past and closed work is not rewritten."""
    found = Session.objects.filter(pk=session_id, team_id__in=by.team_ids).first()
    if found is None:
        raise Http404
    episode = open_episode(by=by, case_id=found.case_id)
    session = Session.objects.select_for_update().get(pk=session_id)
    if session.version != version:
        raise Stale(CHANGED, session)
    return session, episode


def _counted(episode: Episode, session: Session) -> None:
    """What is seen from outside follows: the first session, and how many there were."""
    attended = session.state == Session.State.ATTENDED
    seen_on = timezone.localtime(session.starts_at).date() if attended else None
    count_sessions(episode, seen_on=seen_on)


def _save(session: Session, *fields: str) -> None:
    session.version += 1
    session.save(update_fields=[*fields, "version"])


def _must_be_over(starts_at: datetime) -> None:
    if starts_at > timezone.now():
        raise Refused("This session is still to come.")


def _must_say_why(attended: bool, absence: str) -> None:
    if not attended and absence not in pack().absence_reasons:
        raise Refused("Say why the session did not take place.")


def _must_be_possible(minutes: int | None) -> None:
    if minutes is not None and not 0 < minutes <= LONGEST:
        raise Refused("Say how many minutes it lasted.")
