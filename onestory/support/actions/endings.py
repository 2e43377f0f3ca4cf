"""The end of a case: why, what came of it, who is told, and what closes with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.cases.actions import close_case, referral_rows
from onestory.cases.models import Case, Referral
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.support.actions.episodes import (
    end_pause,
    open_episode,
    save,
    signed,
    tell_sender,
    write,
)
from onestory.support.actions.plans import end_goal, measure_goal
from onestory.support.actions.sessions import drop_planned
from onestory.support.models import Ending, Episode, Goal, Measure, Session
from onestory.support.rules.endings import check

ENDED = "the work ended"
KEPT_UNTIL = "kept until this day after the work ended"
# The longest that something may stay open after the work: then it is asked for anew.
KEPT_AT_MOST = timedelta(days=366)


@dataclass(frozen=True)
class Ended:
    """How a case ends. Codes of the area pack, but for words and days.

    `goals` goes from the id of a goal on screen to what came of it and, if she said, how near.
    """

    on: date
    reason: str
    outcome: str
    words: str = ""
    told_survivor: bool = False
    not_told_because: str = ""
    keep_reason: str = ""
    keep_until: date | None = None
    # What is planned still does not take place.
    drop_planned: bool = False
    absence: str = ""
    goals: Mapping[UUID, tuple[str, int | None]] = field(default_factory=dict)


@transaction.atomic
def end_case(*, by: Actor, case_id: UUID, version: int, ended: Ended) -> Ending:
    """End a case. What had been opened for it closes, unless a reason keeps it until a day.

    Nobody is dropped silently: whoever never began needs a word why, goals still open and sessions
    still planned are settled first, and the survivor is told or it is said why not.
    """
    episode = open_episode(by=by, case_id=case_id, version=version)
    case = episode.case
    planned = Session.objects.filter(case_id=case_id, state=Session.State.PLANNED).count()
    open_goals = set(
        Goal.objects.filter(case_id=case_id, superseded_at=None, ended_on=None).values_list(
            "id", flat=True
        )
    )
    check(
        pack(),
        episode,
        ended,
        planned=planned,
        open_goals=open_goals,
        today=timezone.localdate(),
        kept_at_most=KEPT_AT_MOST,
    )
    _settle_goals(by, ended)
    drop_planned(by, episode, ended.absence)
    ending = _write_down(by, episode, case, ended)
    close_case(
        by=by, case_id=case_id, version=case.version, closed_on=ended.on, reason=ended.reason
    )
    if episode.paused_since:
        end_pause(episode, ended.on)
    episode.ended_on, episode.end_reason = ended.on, ended.reason
    save(episode, "ended_on", "end_reason", "paused_since")
    tell_sender(episode)
    write("episode.end", by, episode, reason=ended.reason, outcome=ended.outcome)
    if not ended.keep_until:
        _close(by, ending, ENDED)
    return ending


@transaction.atomic
def close_kept(*, by: Actor, ending_id: UUID) -> Ending:
    """The day has come until which something was kept open: it closes. By a job, each night."""
    ending = Ending.objects.select_for_update().filter(pk=ending_id).first()
    if ending is None:
        raise Http404
    if ending.closed_at or ending.keep_until is None:
        return ending
    if ending.keep_until >= timezone.localdate():
        raise Refused("It is kept for longer.")
    _close(by, ending, KEPT_UNTIL)
    return ending


def _settle_goals(by: Actor, ended: Ended) -> None:
    for goal_id, (end, value) in ended.goals.items():
        if value is not None:
            measure_goal(by=by, goal_id=goal_id, at=Measure.At.END, value=value, on=ended.on)
        end_goal(by=by, goal_id=goal_id, end=end)


def _write_down(by: Actor, episode: Episode, case: Case, ended: Ended) -> Ending:
    return Ending.objects.create(
        case=case,
        team_id=episode.team_id,
        reason=ended.reason,
        outcome=ended.outcome,
        words=ended.words.strip(),
        told_survivor=ended.told_survivor,
        not_told_because="" if ended.told_survivor else ended.not_told_because.strip(),
        told_teams=[episode.from_team_id] if episode.from_team_id else [],
        grants=case.referral.grants if case.referral_id else [],
        keep_reason=ended.keep_reason if ended.keep_until else "",
        keep_until=ended.keep_until,
        **signed(by, episode),
    )


def _close(by: Actor, ending: Ending, why: str) -> None:
    """End what was opened for the case, the envelope that it lies in last of all.

    What another referral to the same team still rests on stays.
    """
    if not ending.grants:
        return
    ending.closed_at = timezone.now()
    ending.save(update_fields=["closed_at"])
    referral_rows.close(by, Referral.objects.get(episode__case_id=ending.case_id), why)
    record.write(
        "case.close-record",
        by=by,
        person_id=ending.person_id,
        envelopes=[ending.envelope_id],
        subject=f"case:{ending.case_id}",
    )
