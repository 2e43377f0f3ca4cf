"""A small fixed world, made only through actions, for the tests and as the heart of the demo.

    team                  people who work there (role)
    --------------------  ---------------------------------------------------------------
    tenancy-management    Olu (officer)
    housing-safeguarding  Tess (triage), Mina (manager), Petra (practitioner), Bart (officer,
                          barred from Sara's record: he is her brother), Vera (secretary)
    mash                  Cass (triage)
    pass                  Nell (practitioner): another team of the same council
    idva                  Ida (practitioner): another organisation
    sericc-first-contact  Nora (navigator)
    sericc-isva           Isla (practitioner)
    sericc-counselling    Theo (therapist), Dina (manager)
    compass               Wren (navigator): another organisation
    community-safety      Rhys (secretary): a board, which works no cases
    (none)                Gwen (guardian), Adam (administrator)

Everybody's password is PASSWORD. The people they work with are in `synthetic.people`,
and what was told of them in `synthetic.contacts`.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import UUID

from onestory.access.acting import acting
from onestory.agencies.actions import add_membership, add_user
from onestory.agencies.actor import Actor, actor_of, system_actor
from onestory.agencies.models import Team, User
from synthetic import contacts, people

PASSWORD = "a quiet word with Ruth"

# First name -> (full name, team code, role)
STAFF = {
    "olu": ("Olu Adeyemi", "tenancy-management", "officer"),
    "tess": ("Tess Marlow", "housing-safeguarding", "triage"),
    "mina": ("Mina Kaur", "housing-safeguarding", "manager"),
    "petra": ("Petra Lang", "housing-safeguarding", "practitioner"),
    "bart": ("Bart Hollis", "housing-safeguarding", "officer"),
    "cass": ("Cass Whitby", "mash", "triage"),
    "nell": ("Nell Osei", "pass", "practitioner"),
    "ida": ("Ida Brennan", "idva", "practitioner"),
    "nora": ("Nora Fielding", "sericc-first-contact", "navigator"),
    "isla": ("Isla Quinn", "sericc-isva", "practitioner"),
    "theo": ("Theo Marsh", "sericc-counselling", "therapist"),
    "dina": ("Dina Rowe", "sericc-counselling", "manager"),
    "wren": ("Wren Castle", "compass", "navigator"),
    "vera": ("Vera Lindley", "housing-safeguarding", "secretary"),
    "rhys": ("Rhys Tolland", "community-safety", "secretary"),
    "gwen": ("Gwen Tate", "housing-safeguarding", "guardian"),
    "adam": ("Adam Price", "tenancy-management", "administrator"),
}


@dataclass
class World:
    """The ids of everybody and everything in it, by name."""

    users: dict[str, str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)

    def user(self, name: str) -> User:
        return User.objects.get(pk=self.users[name])

    def actor(self, name: str) -> Actor:
        return actor_of(self.user(name))

    def id(self, thing: str) -> UUID:
        return UUID(self.things[thing])

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)))

    @classmethod
    def load(cls, path: Path) -> "World":
        return cls(**json.loads(path.read_text()))


def build() -> World:
    """Make the world in an empty system that is set up for Thurrock."""
    world = World()
    take_on(world, STAFF)
    people.add(world)
    contacts.add(world)
    return world


def take_on(world: World, staff: dict[str, tuple[str, str, str]]) -> None:
    """Let people work here: by first name the full name, the team's code and the role."""
    with acting(system_actor(), purpose="made-up world") as scope:
        teams = {team.code: team for team in Team.objects.all()}
        for name, (full_name, team, role) in staff.items():
            user = add_user(
                by=scope.actor, email=f"{name}@example.org", name=full_name, password=PASSWORD
            )
            add_membership(by=scope.actor, user=user, team=teams[team], role=role)
            world.users[name] = str(user.pk)
