"""Checklists, plans and changes of danger for the tests: Meera, whom Ida's team knows."""

from uuid import UUID

from onestory.assessment import actions as assessment
from onestory.assessment.actions import Given
from onestory.kernel.ids import new_id
from onestory.risk.actions import changes, checklists, plans
from onestory.risk.models import RiskAssessment, RiskChange, SafetyPlan


def of(by, person_id: UUID) -> dict:
    return {"by": by, "team_id": by.home_team_id, "person_id": person_id}


def asked(by, person_id: UUID, form: str = "dash-24", **answers: str):
    """A sitting over a checklist, with what was answered: ``fear="yes"``."""
    sitting = checklists.begin_checklist(**of(by, person_id), instrument=form)
    topic = "s-dash" if form == "s-dash" else "dash"
    given = [Given(f"{topic}.{code.replace('_', '-')}", value) for code, value in answers.items()]
    assessment.save(by=by, sitting_id=sitting.pk, given=given)
    return sitting


def answers(yes: int, no: int = 0) -> dict[str, str]:
    """So many of the 24 with yes, and the next so many with no."""
    codes = [
        "injured",
        "fear",
        "feared",
        "isolated",
        "low",
        "separated",
        "contact",
        "stalked",
        "pregnant",
        "more_often",
        "worse",
        "controls",
        "weapons",
        "threats_to_kill",
        "strangled",
        "sexual",
        "others_feared",
        "hurt_others",
        "animals",
        "money",
        "substances",
        "suicide",
        "breached",
        "record",
    ]
    return dict.fromkeys(codes[:yes], "yes") | dict.fromkeys(codes[yes : yes + no], "no")


def judged(by, person_id: UUID, yes: int = 5, no: int = 15, level="standard", reason=""):
    """A whole checklist, judged."""
    sitting = asked(by, person_id, **answers(yes, no))
    return checklists.assess(by=by, sitting_id=sitting.pk, level=level, reason=reason)


def step(words: str, *, shared: bool = True, heading: str = "home", **more) -> plans.Given:
    return plans.Given(heading, words, shared, **more)


def planned(by, person_id: UUID, *steps: plans.Given, seen: int = 0, paper="full") -> SafetyPlan:
    """A version of the plan."""
    steps = steps or (step("I keep a bag at my sister’s."), step("I tell Ruth.", shared=False))
    return plans.agree_plan(**of(by, person_id), seen=seen, paper=paper, steps=steps)


def changed(by, person_id: UUID, kind: str = "released", **more) -> RiskChange:
    return changes.change_risk(**of(by, person_id), change_id=new_id(), kind=kind, **more)


def received(by, person_id: UUID, **more) -> RiskAssessment:
    values = {"form": "dara", "sent_by": "Essex Police", "level": "high", **more}
    return checklists.receive_result(**of(by, person_id), **values)
