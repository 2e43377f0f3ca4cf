"""Who helps her and whom she waits for, in words for reading at night on a telephone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onestory.agencies.models import Team
from onestory.cases.queries.hers import Asked
from onestory.cases.rules.states import LIVE, ReferralState
from onestory.cases.views.words import span_in_words
from onestory.kernel.templatetags.pages import moment
from onestory.support.models import Episode


@dataclass(frozen=True)
class Helper:
    """One service, or one team: how far it is, a line for each thing that she is told."""

    title: str
    team: Team
    lines: list[str]
    is_live: bool


def helpers(asked: Iterable[Asked], episodes: Iterable[Episode], told: set[UUID]) -> list[Helper]:
    """Whom somebody asked for her; then teams that took her on by themselves, if she is `told` of
    them."""
    episodes = list(episodes)
    by_referral = {one.referral_id: one for one in episodes if one.referral_id}
    made = [_asked(one, by_referral.get(one.id)) for one in asked]
    own = [one for one in episodes if one.referral_id is None and one.team_id in told]
    return made + [_own(one) for one in own]


def _asked(one: Asked, episode: Episode | None) -> Helper:
    state = one.state
    return Helper(
        title=one.service.name if one.service else one.to_team.name,
        team=one.to_team,
        lines=[line for line in LINES[state](one, episode) if line],
        is_live=state in LIVE,
    )


def _own(episode: Episode) -> Helper:
    begun = episode.first_session_on or episode.decided_on
    lines = [f"They work with you since {moment(begun)}.", _held(episode)]
    if episode.ended_on:
        lines = [f"It ended on {moment(episode.ended_on)}."]
    return Helper(episode.team.name, episode.team, list(filter(None, lines)), not episode.ended_on)


def _sent(one: Asked, episode: Episode | None) -> list[str]:
    return [
        f"{one.from_team} asked them on {_day(one.sent_at)}. There is no answer yet.",
        _moved(one),
    ]


def _read(one: Asked, episode: Episode | None) -> list[str]:
    said = (
        f"{one.from_team} asked them on {_day(one.sent_at)}. They have read it. They will answer."
    )
    return [said, _moved(one)]


def _waiting(one: Asked, episode: Episode | None) -> list[str]:
    since = f"You have a place in the queue since {_day(one.accepted_at)}."
    if one.estimate_days is not None:
        since += f" They think that you wait {span_in_words(one.estimate_days).lower()} in all."
    if episode and episode.paused_since:
        since += f" It is on hold since {moment(episode.paused_since)}."
    return [_moved(one), since, _held(episode)]


def _begun(one: Asked, episode: Episode | None) -> list[str]:
    return [f"It began on {moment(one.begun_on)}.", _held(episode)]


def _ended(one: Asked, episode: Episode | None) -> list[str]:
    return [f"It ended on {moment(one.ended_on)}."]


def _declined(one: Asked, episode: Episode | None) -> list[str]:
    return ["They cannot help you with this. This is not because of you.", _goes_on(one)]


def _returned(one: Asked, episode: Episode | None) -> list[str]:
    what = "They cannot keep your place."
    if one.service and one.service.ended_on:
        what = "This service has closed."
    return [
        f"{what} You do not wait for it any more. This is not because of you.",
        "What was planned with them does not take place.",
        _goes_on(one),
    ]


def _withdrawn(one: Asked, episode: Episode | None) -> list[str]:
    return [f"{one.from_team} took it back on {_day(one.withdrawn_at)}."]


def _goes_on(one: Asked) -> str:
    when = _day(one.returned_at or one.declined_at)
    return f"{one.from_team} was told on {when}. They look with you for other help."


def _moved(one: Asked) -> str:
    if one.moved_from is None:
        return ""
    has = " has closed" if one.moved_from.ended_on else " could not go on"
    return f"{one.moved_from.name}{has}. You wait for this now. You keep your turn."


def _held(episode: Episode | None) -> str:
    if episode is None or episode.holder_id is None:
        return ""
    return f"{episode.holder.name} looks after this for you."


def _day(when: datetime) -> str:
    return moment(when).partition(",")[0]


LINES = {
    ReferralState.SENT: _sent,
    ReferralState.ACKNOWLEDGED: _read,
    ReferralState.ACCEPTED: _waiting,
    ReferralState.BEGUN: _begun,
    ReferralState.ENDED: _ended,
    ReferralState.DECLINED: _declined,
    ReferralState.RETURNED: _returned,
    ReferralState.WITHDRAWN: _withdrawn,
}
