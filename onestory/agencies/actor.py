"""Who is acting: a user and the memberships that they hold today."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from onestory.agencies.models import Membership, Team, User
from onestory.agencies.roles import ROLES, Permission
from onestory.kernel.errors import Refused


@dataclass(frozen=True)
class Hat:
    """One membership: the team, and what the role lets its holder do there."""

    team_id: UUID
    team: str
    team_name: str
    role: str
    works_cases: bool
    permissions: frozenset[Permission]


@dataclass(frozen=True)
class Actor:
    user_id: UUID
    name: str
    hats: tuple[Hat, ...]
    is_system: bool = False

    def may(self, permission: Permission, team_id: UUID | None = None) -> bool:
        """Whether any membership (or the one in that team) carries the permission."""
        return any(
            permission in hat.permissions
            for hat in self.hats
            if team_id is None or hat.team_id == team_id
        )

    def must(self, permission: Permission, team_id: UUID | None = None) -> None:
        """Raise `Refused` unless `may`."""
        if not self.may(permission, team_id):
            raise Refused("Your role in this team does not include this.")

    def teams_where(self, permission: Permission) -> tuple[UUID, ...]:
        return tuple(hat.team_id for hat in self.hats if permission in hat.permissions)

    @property
    def team_ids(self) -> tuple[UUID, ...]:
        """The teams whose grants open envelopes to this actor."""
        return tuple(hat.team_id for hat in self.hats if hat.works_cases)

    @property
    def home_team_id(self) -> UUID:
        """The team this actor records for when nothing else is said."""
        if not self.team_ids:
            raise Refused("You do not work in a team that records contacts.")
        return self.team_ids[0]


def actor_of(user: User) -> Actor:
    """The actor that a signed-in user is today. One query."""
    today = timezone.localdate()
    live = (
        Membership.objects.filter(user=user, starts_on__lte=today)
        .filter(Q(ends_on=None) | Q(ends_on__gte=today))
        .select_related("team")
        .order_by("starts_on", "id")
    )
    hats = tuple(
        Hat(
            team_id=m.team_id,
            team=m.team.code,
            team_name=m.team.name,
            role=m.role,
            works_cases=m.works_cases,
            permissions=ROLES[m.role].permissions,
        )
        for m in live
    )
    return Actor(user_id=user.pk, name=user.name, hats=hats, is_system=user.is_system)


def system_actor(*, team: str | None = None) -> Actor:
    """The actor of commands and jobs; with a team, it works as that team's manager would."""
    user = User.objects.get(is_system=True)
    if team is None:
        return Actor(user.pk, user.name, (), is_system=True)
    row = Team.objects.get(code=team)
    hat = Hat(row.pk, row.code, row.name, "manager", True, ROLES["manager"].permissions)
    return Actor(user.pk, user.name, (hat,), is_system=True)
