"""Every service on somebody's way, for whoever went through it with her: where each one stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Service, Team
from onestory.cases.models import Referral
from onestory.cases.queries.worklist import TAKEN_BACK
from onestory.kernel.calendar import local
from onestory.people.queries import records
from onestory.support.models import Episode
from onestory.support.queries.cases import pauses_of, wait_of
from onestory.support.rules.waiting import Wait


@dataclass(frozen=True)
class Leg:
    """One service: the referral to it, and what its team does, as far as the actor may see.

    `late` says in words what is late; empty where nothing is.
    """

    team: Team
    service: Service | None
    referral: Referral | None
    episode: Episode | None
    wait: Wait | None
    late: str = ""
    # She has withdrawn all that she had agreed to for it.
    taken_back: bool = False


def journey(by: Actor, person_id: UUID) -> list[Leg]:
    """Where every referral that the actor's teams sent stands, and every case of their own.

    What was said in a session is not part of it. Four queries.
    """
    ids = [person.pk for person in records(by, person_id)]
    mine = list(by.team_ids)
    now = timezone.now()
    sent = Referral.objects.filter(person_id__in=ids, from_team_id__in=mine)
    rows = sent.select_related("to_team", "from_team", "service").annotate(taken_back=TAKEN_BACK)
    referrals = list(rows.order_by("sent_at"))
    found = Episode.objects.filter(person_id__in=ids).filter(
        Q(team_id__in=mine) | Q(from_team_id__in=mine)
    )
    episodes = list(found.select_related("team", "service", "holder").order_by("decided_on"))
    pauses = pauses_of(episodes) if episodes else {}
    by_referral = {e.referral_id: e for e in episodes if e.referral_id}
    legs = [_of_referral(r, by_referral.get(r.pk), pauses, now) for r in referrals]
    known = {referral.pk for referral in referrals}
    legs += [_of_episode(e, pauses) for e in episodes if e.referral_id not in known]
    return legs


def episodes_of_person(by: Actor, person_id: UUID) -> list[Episode]:
    """Everything that anybody does for this person, as far as the actor may see: its outside.
    Two queries."""
    ids = [person.pk for person in records(by, person_id)]
    found = Episode.objects.filter(person_id__in=ids)
    beside = ("team__organisation", "service", "holder")
    return list(found.select_related(*beside).order_by("decided_on", "id"))


def _of_referral(referral: Referral, episode: Episode | None, pauses: dict, now: datetime) -> Leg:
    waited = None
    if episode:
        returned_on = referral.returned_at and local(referral.returned_at).date()
        waited = wait_of(episode, pauses.get(episode.pk, ()), given_back_on=returned_on)
    return Leg(
        team=referral.to_team,
        service=referral.service,
        referral=referral,
        episode=episode,
        wait=waited,
        late="" if referral.taken_back else _late(referral, waited, now),
        taken_back=referral.taken_back,
    )


def _of_episode(episode: Episode, pauses: dict) -> Leg:
    waited = wait_of(episode, pauses.get(episode.pk, ()))
    return Leg(episode.team, episode.service, None, episode, waited)


def _late(referral: Referral, waited: Wait | None, now: datetime) -> str:
    """What of a referral is late: the word that it came, the answer, or the first session."""
    if referral.withdrawn_at or referral.declined_at or referral.returned_at:
        return ""
    if not referral.accepted_at:
        if not referral.acknowledged_at and now > referral.acknowledge_by:
            return "Nobody has acknowledged it"
        return "Nobody has answered it" if now > referral.answer_by else ""
    estimate = referral.estimate_days
    if waited and not waited.over and estimate is not None and waited.of_service > estimate:
        over = waited.of_service - estimate
        return f"Waits {over} {'day' if over == 1 else 'days'} longer than was expected"
    return ""
