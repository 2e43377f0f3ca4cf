"""What the demonstration has of asking: Meera, asked once by her adviser, and how she says things are."""

from onestory.access.acting import acting
from onestory.assessment import actions
from onestory.assessment.actions import Given

TOLD = {
    "safety.now": "yes",
    "safety.fear": 6,
    "safety.afraid-of": ["followed", "family"],
    "safety.who": ["former-partner"],
    "safety.watched": "yes",
    "housing.now": "with-family-or-friends",
    "housing.can-stay": "weeks",
    "housing.wants": "move-near",
    "money.debts": "yes",
    "children.any": "no",
    "immigration.interpreter": "no",
    "mental-health.signs": ["sleep", "panic"],
    "mental-health.wants-talking": "later",
    "network.trusted": ["friends"],
    "wishes.first": "To sleep through a night, and my own front door.",
    "wishes.worker": "woman",
}
MEASURED = {
    "wellbeing.safe": 1,
    "wellbeing.control": 2,
    "wellbeing.day": 2,
    "wellbeing.troubled": 3,
    "wellbeing.alone": 2,
    "wellbeing.knows-help": "unknown",
    "wellbeing.hope": 2,
}


def add(world) -> None:
    """Two sittings of Ida with Meera: the needs assessment, and the measure at the start."""
    with acting(world.actor("ida"), purpose="made-up area") as scope:
        _sit(scope.actor, world.id("meera"), "needs-assessment", TOLD)
        _sit(scope.actor, world.id("meera"), "how-things-are", MEASURED, occasion="start")


def _sit(by, person_id, instrument: str, told: dict, **more) -> None:
    sitting = actions.begin_sitting(
        by=by, team_id=by.home_team_id, person_id=person_id, instrument=instrument, **more
    )
    given = [Given(question, value) for question, value in told.items()]
    actions.save(by=by, sitting_id=sitting.pk, given=given)
    actions.end_sitting(by=by, sitting_id=sitting.pk)
