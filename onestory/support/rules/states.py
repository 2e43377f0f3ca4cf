"""Where an episode stands, seen from its outside. No database."""

from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"
    PAUSED = "paused"
    STARTED = "started"
    ENDED = "ended"


IN_WORDS = {
    State.WAITING: "Waiting",
    State.PAUSED: "Paused",
    State.STARTED: "Started",
    State.ENDED: "Ended",
}


def state(episode) -> State:
    """What holds first: ended, paused, started, or still waiting."""
    if episode.ended_on:
        return State.ENDED
    if episode.paused_since:
        return State.PAUSED
    return State.STARTED if episode.first_session_on else State.WAITING


def never_began(episode) -> bool:
    """Whether it ended, or would end now, without a single session of the service's own."""
    return episode.first_session_on is None
