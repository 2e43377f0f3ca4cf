"""Somebody who waited is given back, as when the service closes: their wait does not just stop."""

from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.cases.actions.cases import CLOSED_BY_RETURN
from onestory.cases.models import Referral
from onestory.support.actions.episodes import end_pause, save, write
from onestory.support.actions.plans import leave_off
from onestory.support.actions.sessions import drop_planned
from onestory.support.models import Episode

BY_US = "service"


def settle_given_back(by: Actor, referral: Referral) -> None:
    """Nothing that was planned takes place, so that she does not come to a closed door; nobody carries
    her plan there, and the wait is over. Whoever held it is told: see `queries.gone`."""
    found = Episode.objects.select_for_update(of=("self",))
    episode = found.filter(referral_id=referral.pk, ended_on=None).first()
    if episode is None:
        return
    today = timezone.localdate()
    drop_planned(by, episode, _we_cancelled())
    leave_off(by=by, episode=episode)
    end_pause(episode, today)
    episode.ended_on, episode.end_reason = max(today, episode.decided_on), CLOSED_BY_RETURN
    save(episode, "ended_on", "end_reason", "paused_since")
    write("episode.end", by, episode, reason=CLOSED_BY_RETURN)


def _we_cancelled() -> str:
    """The area's first reason for which a session falls through by the service."""
    reasons = pack().absence_reasons
    return next(term.code for term in reasons if term.by == BY_US)
