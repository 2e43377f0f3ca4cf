"""Danger in the demonstration: Meera is judged by Ida, has a safety plan, and something has changed."""

from onestory.access import queries as access
from onestory.access.acting import acting
from onestory.access.actions import share
from onestory.agencies.models import Team
from onestory.assessment import actions as assessment
from onestory.assessment.actions import Given as Said
from onestory.kernel.ids import new_id
from onestory.risk.actions.changes import change_risk
from onestory.risk.actions.checklists import assess, begin_checklist
from onestory.risk.actions.plans import Given, agree_plan

YES = (
    "dash.fear",
    "dash.feared",
    "dash.isolated",
    "dash.separated",
    "dash.stalked",
    "dash.more-often",
    "dash.controls",
    "dash.threats-to-kill",
    "dash.strangled",
    "dash.others-feared",
    "dash.money",
)
NO = ("dash.injured", "dash.pregnant", "dash.weapons", "dash.animals", "dash.suicide")
NOT_KNOWN = ("dash.hurt-others", "dash.record")
WHY = "She has left, he has found her sister’s street, and she was held by the neck in spring."
STEPS = (
    Given("danger", "If I am in danger I call 999. If I cannot talk, I press 55 when asked.", True),
    Given("people", "If I send Ruth the word ‘teapot’, she calls the police.", False),
    Given("home", "My bag is at work: keys, money, papers, medicine.", False),
    Given("law", "I write down each time I am followed, where nobody finds it.", True, "diary"),
)


def add(world) -> None:
    """What Ida did with her, and the hub, which knows of the danger and has not seen the change."""
    meera = world.id("meera")
    with acting(world.actor("ida"), purpose="made-up area") as scope:
        by = scope.actor
        of_her = {"by": by, "team_id": by.home_team_id, "person_id": meera}
        found = access.open_envelopes(by, meera)
        share(
            by=by,
            envelopes=[found[kind] for kind in ("identity", "risk")],
            team=Team.objects.get(code="mash"),
            purpose="safety",
            basis="crime",
            reason="He has found the street where she stays.",
        )
        sitting = begin_checklist(**of_her, instrument="dash-24")
        said = {"yes": YES, "no": NO, "unknown": NOT_KNOWN}
        given = [Said(code, answer) for answer, codes in said.items() for code in codes]
        assessment.save(by=by, sitting_id=sitting.pk, given=given)
        assess(by=by, sitting_id=sitting.pk, level="high", reason=WHY)
        agree_plan(**of_her, seen=0, paper="small", steps=STEPS)
    with acting(world.actor("ida"), purpose="made-up area"):
        change_risk(**of_her, change_id=new_id(), kind="threat", words="He wrote to her brother.")
