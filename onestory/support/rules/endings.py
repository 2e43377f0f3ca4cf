"""What an ending must say to stand. No database."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from onestory.agencies.area import Pack
from onestory.kernel.errors import Refused
from onestory.support.models import Goal
from onestory.support.rules.states import never_began


def check(
    pack: Pack,
    episode,
    ended,
    *,
    planned: int,
    open_goals: Collection[UUID],
    today: date,
    kept_at_most: timedelta,
) -> None:
    """Raise `Refused` unless the ending leaves nothing and nobody hanging."""
    _day(episode, ended, today)
    if ended.reason not in pack.close_reasons:
        raise Refused("Choose why it ends.")
    outcome = pack.ending_outcomes.get(ended.outcome)
    if outcome is None:
        raise Refused("Choose what came of it.")
    if never_began(episode):
        _never_began(ended, outcome.met)
    _goals(ended, open_goals)
    if planned and not ended.drop_planned:
        one = "1 session is" if planned == 1 else f"{planned} sessions are"
        raise Refused(f"{one} still planned. Say that they do not take place, or move the end.")
    if planned and ended.absence not in pack.absence_reasons:
        raise Refused("Say why what was planned does not take place.")
    if not ended.told_survivor and not ended.not_told_because.strip():
        raise Refused("Say why the survivor is not told.")
    _kept(pack, ended, today, kept_at_most)


def _day(episode, ended, today: date) -> None:
    if ended.on > today:
        raise Refused("That day is still to come.")
    if ended.on < episode.decided_on:
        raise Refused("It cannot end before it was taken on.")


def _never_began(ended, met: bool) -> None:
    """Somebody still waited: nobody may think afterwards that they were helped."""
    if met:
        raise Refused("No session has taken place: the outcome cannot be that the goals were met.")
    if not ended.words.strip():
        raise Refused("The survivor was still waiting. Write down why it ends now.")


def _goals(ended, open_goals: Collection[UUID]) -> None:
    if set(ended.goals) != set(open_goals):
        raise Refused("Say of each goal what came of it.")
    for end, value in ended.goals.values():
        if end not in dict(Goal.SAID):
            raise Refused("Say of each goal what came of it.")
        if value is not None and not 1 <= value <= 10:
            raise Refused("Choose a number from 1 to 10.")


def _kept(pack: Pack, ended, today: date, kept_at_most: timedelta) -> None:
    if ended.keep_until is None:
        return
    if ended.keep_reason not in pack.keep_reasons:
        raise Refused("Choose why the record stays open to you.")
    if not today < ended.keep_until <= today + kept_at_most:
        raise Refused("It can stay open for a year at most, and until a day to come.")
