"""One referral, and where one could be sent."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from onestory.access import queries as access
from onestory.access.models import Kind
from onestory.access.queries import same_person
from onestory.agencies.actor import Actor
from onestory.agencies.models import Service, Team
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.models import Case, Referral
from onestory.cases.rules.decisions import NEVER_BY_REFERRAL
from onestory.cases.rules.states import Verb, verbs
from onestory.people.queries import PersonView, open_person

SOCIAL_CARE = "childrens-social-care"


@dataclass(frozen=True)
class ReferralView:
    """What the page of a referral is made of."""

    referral: Referral
    person: PersonView
    case: Case | None
    verbs: frozenset[Verb]


@dataclass(frozen=True)
class Offer:
    """Where a referral could go: a service, or a team as such; `met` of the needs in question."""

    team: Team
    service: Service | None
    met: frozenset[str]

    @property
    def code(self) -> str:
        return f"{self.team.code}:{self.service.code if self.service else ''}"

    @property
    def name(self) -> str:
        return f"{self.service.name}, {self.team.name}" if self.service else self.team.name

    @property
    def about(self) -> str:
        return self.service.summary if self.service else self.team.about


def referral(by: Actor, referral_id: UUID) -> Referral:
    """The referral itself. `Http404` unless the actor's team sent it, or was sent it."""
    found = (
        Referral.objects.select_related(
            "from_team",
            "to_team",
            "service",
            "sent_by",
            "person",
            "offered_service",
            "moved_from",
        )
        .filter(pk=referral_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def referral_view(by: Actor, referral_id: UUID) -> ReferralView:
    """The referral, who it is about, and what the actor may do with it now."""
    one = referral(by, referral_id)
    return ReferralView(
        referral=one,
        person=open_person(by, one.person_id),
        case=Case.objects.filter(referral=one, team__in=by.team_ids).first(),
        verbs=verbs(
            one,
            sender=by.may(Permission.REFERRAL_SEND, one.from_team_id),
            receiver=by.may(Permission.REFERRAL_ANSWER, one.to_team_id),
        ),
    )


def live_to(
    by: Actor, team_id: UUID, person_id: UUID, service_ids: Collection[UUID]
) -> dict[UUID, Referral]:
    """Referrals of this team to these services that still stand, the latest of each."""
    rows = Referral.objects.filter(
        person_id__in=same_person(by, person_id),
        from_team_id=team_id,
        service_id__in=service_ids,
        declined_at=None,
        withdrawn_at=None,
        returned_at=None,
        ended_on=None,
    )
    found = rows.select_related("service", "sent_by", "to_team", "consent")
    found = found.prefetch_related("consent__withdrawals").order_by("sent_at", "id")
    return {row.service_id: row for row in found if not is_taken_back(row)}


def is_taken_back(referral: Referral) -> bool:
    """Whether the survivor has withdrawn all that she agreed to for it: then it is over."""
    consent = referral.consent
    if consent is None:
        return False
    gone = {kind for one in consent.withdrawals.all() for kind in one.kinds}
    return gone >= set(consent.kinds)


def others(referral: Referral) -> list[Service]:
    """Services that whoever declines could offer instead."""
    rows = Service.objects.filter(ended_on=None).exclude(pk=referral.service_id)
    return list(rows.select_related("team").order_by("name", "id"))


def offers(by: Actor, *, team_id: UUID, needs: Collection[str]) -> list[Offer]:
    """Every service and team that a team may refer to, those that meet the needs first.

    Of its own team, the services: to take somebody on is to refer to one of those.
    """
    wanted = frozenset(needs)
    taking = Team.objects.filter(receives_referrals=True, ended_on=None)
    teams = {team.pk: team for team in taking}
    services = Service.objects.filter(team__in=list(teams), ended_on=None)
    area = pack()
    found = [
        Offer(teams[s.team_id], s, wanted & set(area.services[s.code].needs))
        for s in services
        if s.code in area.services
    ]
    served = {team_id, *(offer.team.pk for offer in found)}
    found += [Offer(team, None, frozenset()) for key, team in teams.items() if key not in served]
    return sorted(found, key=lambda offer: (-len(offer.met), offer.name))


def childrens_teams(by: Actor, *, team_id: UUID) -> list[Team]:
    """Where a concern for a child goes: the children's front door, and social care itself."""
    door = pack().children_front_door
    rows = Team.objects.filter(receives_referrals=True, ended_on=None).exclude(pk=team_id)
    found = [team for team in rows if team.code == door or team.kind == SOCIAL_CARE]
    return sorted(found, key=lambda team: (team.code != door, team.name))


def kinds_to_share(by: Actor, person_id: UUID) -> list[Kind]:
    """The kinds of knowledge about a person that the actor's teams may pass on with a referral."""
    envelopes = access.open_envelopes(by, person_id)
    shareable = access.may_share(by, envelopes.values())
    mine = {kind for kind, envelope in envelopes.items() if envelope.pk in shareable}
    return [kind for kind in Kind if kind in mine and kind not in NEVER_BY_REFERRAL]
