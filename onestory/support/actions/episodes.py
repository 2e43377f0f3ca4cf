"""Who holds a case, how often they ask how somebody is, and pauses of the wait."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Membership
from onestory.agencies.pack import pack
from onestory.agencies.roles import ROLES, Permission
from onestory.cases.models import Case, Referral
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale
from onestory.support.models import Episode, Pause, Session
from onestory.support.queries.cases import decided_on

A_FORTNIGHT = 14
CHANGED = "Somebody else has changed this case while you were looking at it."


@transaction.atomic
def hold_case(
    *, by: Actor, case_id: UUID, version: int, holder_id: UUID, check_in_days: int
) -> Episode:
    """Say who holds a case, and every how many days they ask how somebody is.

    The next time is counted from today where another takes over, else from when it last was.
    """
    episode = open_episode(by=by, case_id=case_id, version=version)
    _must_work_here(holder_id, episode.team_id)
    if not 0 < check_in_days <= 366:
        raise Refused("Say how often, at most a year apart.")
    last = episode.check_in_on - timedelta(days=episode.check_in_days)
    if episode.holder_id != holder_id:
        last = timezone.localdate()
    episode.holder_id, episode.check_in_days = holder_id, check_in_days
    episode.check_in_on = last + timedelta(days=check_in_days)
    save(episode, "holder", "check_in_days", "check_in_on")
    write("episode.hold", by, episode, holder=str(holder_id), days=check_in_days)
    return episode


@transaction.atomic
def pause_wait(*, by: Actor, case_id: UUID, version: int, asked_by: str, from_on: date) -> Pause:
    """Nothing is to happen for a while, because the survivor or the service asked for it."""
    episode = open_episode(by=by, case_id=case_id, version=version)
    if asked_by not in Pause.AskedBy.values:
        raise Refused("Say who asked for the pause.")
    if episode.paused_since:
        raise Refused("It is paused already.")
    _must_be_between(from_on, episode.decided_on)
    last = episode.pauses.order_by("-until_on").first()
    if last and last.until_on > from_on:
        raise Refused("Another pause ends after this day.")
    pause = Pause.objects.create(
        episode=episode,
        asked_by=asked_by,
        from_on=from_on,
        team_id=episode.team_id,
        from_team_id=episode.from_team_id,
        **signed(by, episode),
    )
    episode.paused_since = from_on
    save(episode, "paused_since")
    write("episode.pause", by, episode, asked_by=asked_by)
    return pause


@transaction.atomic
def resume_wait(*, by: Actor, case_id: UUID, version: int, until_on: date) -> Pause:
    """The pause is over: `until_on` is the first day that counts again."""
    episode = open_episode(by=by, case_id=case_id, version=version)
    pause = end_pause(episode, until_on)
    if pause is None:
        raise Refused("It is not paused.")
    save(episode, "paused_since")
    write("episode.resume", by, episode)
    return pause


# For the other actions of this room.


def open_episode(*, by: Actor, case_id: UUID, version: int | None = None) -> Episode:
    """The episode of an open case of the actor's teams, locked until the end, begun if need be.

    With a version, `Stale` unless it is still that one.
    """
    case = locked_case(by, case_id)
    if case.closed_on:
        raise Refused("This case is closed.")
    episode = Episode.objects.filter(case_id=case.pk).first()
    if version is not None and version != (episode.version if episode else 0):
        raise Stale(CHANGED, episode)
    return episode or _begin(by, case)


def locked_case(by: Actor, case_id: UUID) -> Case:
    """A case about somebody, locked: whatever is done about it is done one after the other."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("referral")
    case = rows.filter(pk=case_id, team_id__in=by.team_ids).exclude(person=None).first()
    if case is None:
        raise Http404
    by.must(Permission.CASE_WORK, case.team_id)
    return case


def count_sessions(episode: Episode, *, seen_on: date | None = None) -> None:
    """Count the sessions anew; if somebody was seen, the next check-in is that much later."""
    attended = Session.objects.filter(case_id=episode.case_id, state=Session.State.ATTENDED)
    own = attended.filter(own=True).order_by("starts_at")
    first = own.values_list("starts_at", flat=True).first()
    episode.first_session_on = timezone.localtime(first).date() if first else None
    episode.sessions_attended = own.count()
    episode.support_attended = attended.filter(own=False).count()
    if seen_on:
        asked(episode, seen_on)
    save(episode, "first_session_on", "sessions_attended", "support_attended", "check_in_on")
    tell_sender(episode)


def tell_sender(episode: Episode) -> None:
    """The referral says to whoever sent it when the work began and ended."""
    if episode.referral_id:
        Referral.objects.filter(pk=episode.referral_id).update(
            begun_on=episode.first_session_on, ended_on=episode.ended_on
        )


def asked(episode: Episode, day: date) -> None:
    """Somebody spoke to her on this day: the next check-in is counted from it."""
    after = day + timedelta(days=episode.check_in_days)
    episode.check_in_on = max(episode.check_in_on, after)


def end_pause(episode: Episode, until_on: date) -> Pause | None:
    """End the pause that goes on, if one does."""
    pause = episode.pauses.filter(until_on=None).first()
    if pause is None:
        return None
    _must_be_between(until_on, pause.from_on)
    pause.until_on = until_on
    pause.save(update_fields=["until_on"])
    episode.paused_since = None
    return pause


def signed(by: Actor, episode: Episode) -> dict:
    """What every new row of a case says of itself."""
    return {
        "envelope_id": episode.envelope_id,
        "person_id": episode.person_id,
        "recorded_by_id": by.user_id,
        "recorded_at": timezone.now(),
    }


def save(episode: Episode, *fields: str) -> None:
    episode.version += 1
    episode.save(update_fields=[*fields, "version"])


def write(verb: str, by: Actor, episode: Episode, *, subject: str = "", **detail) -> None:
    record.write(
        verb,
        by=by,
        person_id=episode.person_id,
        envelopes=[episode.envelope_id],
        subject=subject or f"case:{episode.case_id}",
        detail=detail,
    )


def _begin(by: Actor, case: Case) -> Episode:
    """Nobody has worked on this case yet: from now on it is seen from outside."""
    rhythm = next(iter(pack().check_in_rhythms), None)
    days = rhythm.days if rhythm else A_FORTNIGHT
    referral = case.referral
    from_team = referral.from_team_id if referral else None
    return Episode.objects.create(
        case=case,
        referral=referral,
        team_id=case.team_id,
        from_team_id=from_team if from_team != case.team_id else None,
        service_id=referral.service_id if referral else None,
        decided_on=decided_on(case),
        check_in_days=days,
        check_in_on=timezone.localdate() + timedelta(days=days),
        envelope_id=case.envelope_id,
        person_id=case.person_id,
        recorded_by_id=by.user_id,
        recorded_at=timezone.now(),
    )


def _must_work_here(user_id: UUID, team_id: UUID) -> None:
    today = timezone.localdate()
    roles = [code for code, role in ROLES.items() if Permission.CASE_WORK in role.permissions]
    here = Membership.objects.filter(
        user_id=user_id, team_id=team_id, role__in=roles, starts_on__lte=today
    )
    if not here.exclude(ends_on__lt=today).exists():
        raise Refused("Choose somebody who works with cases in this team.")


def _must_be_between(day: date, first: date) -> None:
    if day < first:
        raise Refused("That day is too early.")
    if day > timezone.localdate():
        raise Refused("That day is still to come.")
