"""The area as the stories need it: its words, its teams, and who works in them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from onestory.agencies.area import Pack
from onestory.agencies.area.schema import VOCABULARIES
from onestory.agencies.models import Membership, Service, Team
from onestory.agencies.pack import pack
from onestory.agencies.roles import OWN_PAGES_TEAM, ROLES, Permission
from onestory.cases.rules.decisions import Sharing


@dataclass(frozen=True)
class Place:
    """Everything that does not differ from story to story. Ids are text, as COPY takes them."""

    pack: Pack
    now: datetime
    teams: dict[str, str]
    services: dict[str, str]
    staff: dict[str, dict[str, tuple[str, ...]]]

    def who_may(self, team: str, permission: Permission) -> tuple[str, ...]:
        """The ids of those whose role in a team includes something."""
        return self._who_may[team, permission]

    @cached_property
    def _who_may(self) -> dict[tuple[str, Permission], tuple[str, ...]]:
        return {
            (team, permission): tuple(
                user
                for role, users in roles.items()
                if permission in ROLES[role].permissions
                for user in users
            )
            for team, roles in self.staff.items()
            for permission in Permission
        }

    @cached_property
    def everybody(self) -> frozenset[str]:
        """The ids of all who work there."""
        roles = [users for roles in self.staff.values() for users in roles.values()]
        return frozenset(user for users in roles for user in users)

    def codes(self, vocabulary: str) -> list[str]:
        """The codes of a vocabulary of the pack."""
        return self._codes[vocabulary]

    @cached_property
    def _codes(self) -> dict[str, list[str]]:
        return {name: [term.code for term in self.pack.vocabulary(name)] for name in VOCABULARIES}

    @cached_property
    def consent(self) -> Sharing:
        return Sharing(next(basis.code for basis in self.pack.bases if basis.consent))

    @cached_property
    def without_consent(self) -> Sharing:
        code = next(b.code for b in self.pack.bases if b.needs_reason and not b.consent)
        return Sharing(code, "Asking would put them at risk.")

    @cached_property
    def children(self) -> list[str]:
        """What a child may be to somebody."""
        return [term.code for term in self.pack.relationships if term.child]

    @cached_property
    def using_abuse(self) -> list[str]:
        """What somebody who uses abuse may be to somebody."""
        terms = self.pack.relationships
        return [t.code for t in terms if t.person_using_abuse_possible and not t.child]

    @cached_property
    def doors(self) -> list[str]:
        return [team.code for team in self.pack.teams.values() if team.front_door]

    @cached_property
    def receivers(self) -> list[str]:
        return [team.code for team in self.pack.teams.values() if team.receives_referrals]

    @cached_property
    def for_children(self) -> list[str]:
        kinds = {team.code: team.kind for team in self.pack.teams.values()}
        return [code for code in self.receivers if kinds[code] == "childrens-social-care"]

    @cached_property
    def services_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {code: [] for code in self.teams}
        for service in self.pack.services.values():
            found[service.team].append(service.code)
        return found


def place(now: datetime) -> Place:
    """The place that the database is set up for, and who works there."""
    return place_of(Membership.objects.filter(ends_on=None, works_cases=True), now)


def place_of(memberships: QuerySet[Membership], now: datetime) -> Place:
    """The same with these people."""
    staff: dict[str, dict[str, tuple[str, ...]]] = {}
    teams = Team.objects.exclude(pk=OWN_PAGES_TEAM)
    for membership in memberships.select_related("team").order_by("user__email"):
        roles = staff.setdefault(membership.team.code, {})
        roles[membership.role] = (*roles.get(membership.role, ()), str(membership.user_id))
    return Place(
        pack=pack(),
        now=now,
        teams={team.code: str(team.pk) for team in teams.order_by("code")},
        services={service.code: str(service.pk) for service in Service.objects.order_by("code")},
        staff=staff,
    )
