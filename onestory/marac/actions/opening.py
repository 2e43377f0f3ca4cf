"""What a case opens to whom: by the actions of `access`, on the basis of the area's rule."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.actions import end_share, share_without_consent
from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.area.marac import MaracRule
from onestory.agencies.pack import pack
from onestory.kernel.errors import Refused

PURPOSE = "marac"
OF_SURVIVOR = (Kind.IDENTITY, Kind.RISK)
OF_ABUSER = (Kind.IDENTITY, Kind.CONDUCT)
NEVER_TOLD = "The person using abuse is never told of a referral: it would say who told."
CLOSED = "MARAC: the case is closed"
ASKED_AGAIN = "MARAC: asked again"


def rule_now() -> MaracRule:
    """The rule in force today. `Refused` where the area has no MARAC."""
    rule = pack().marac_rule(timezone.localdate())
    if rule is None:
        raise Refused("This area has no MARAC set up.")
    return rule


def open_survivor(
    *,
    by: Actor,
    person_id: UUID,
    team_id: UUID,
    to_team_id: UUID,
    words: str,
    told: bool,
    not_told_reason: str,
    until: date,
    writes: Collection[str],
) -> UUID:
    """Open who she is and her risk to a team; nothing of where she is or how she is reached."""
    return _share(
        by=by,
        person_id=person_id,
        team_id=team_id,
        to_team_id=to_team_id,
        kinds=OF_SURVIVOR,
        words=words,
        until=until,
        told=told,
        not_told_reason=not_told_reason,
        writes=writes,
    )


def open_abuser(
    *,
    by: Actor,
    person_id: UUID,
    team_id: UUID,
    to_team_id: UUID,
    words: str,
    until: date,
    writes: Collection[str],
) -> list[UUID]:
    """Open who he is and his conduct to a team, as far as the actor's team may share them."""
    held = access.open_envelopes(by, person_id)
    shareable = access.may_share(by, held.values())
    kinds = [kind for kind in OF_ABUSER if kind in held and held[kind].pk in shareable]
    if Kind.IDENTITY not in held or not kinds:
        return []
    return [
        _share(
            by=by,
            person_id=person_id,
            team_id=team_id,
            to_team_id=to_team_id,
            kinds=kinds,
            words=words,
            until=until,
            told=False,
            not_told_reason=NEVER_TOLD,
            writes=[kind for kind in kinds if kind in writes],
        )
    ]


def close(*, by: Actor, shares: Collection[UUID], reason: str = CLOSED) -> None:
    """End what was opened. What has lapsed by itself, or was ended before, stays as it was."""
    for share_id in shares:
        try:
            end_share(by=by, share_id=share_id, reason=reason)
        except Http404:
            continue


def _share(*, by: Actor, words: str, **how) -> UUID:
    shared = share_without_consent(
        by=by, purpose=PURPOSE, basis=rule_now().basis, reason=words, **how
    )
    return shared.pk
