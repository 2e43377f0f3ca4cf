"""Work with survivors in the demonstration: whom Ida and Nora hold, and whom Nora is to call.

Meera         Ida's: a goal, a step and an appointment, which her own pages show
Amina         referred to the navigators an hour ago: nobody has called her yet
Sara (older)  Nora's: called, taken on, supported while she waits
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from onestory.access.acting import acting
from onestory.agencies.actor import Actor
from onestory.agencies.models import Service, Team
from onestory.cases import actions as cases
from onestory.cases.models import Case
from onestory.cases.rules.decisions import CaseFacts, Sharing, Target
from onestory.kernel.ids import new_id
from onestory.people.actions import add_phone, set_safe_contact
from onestory.support import actions
from onestory.support.actions import Meeting

AGREED = Sharing("consent")
NUMBER = "+447700900561"


def add(world) -> None:
    """As the table says."""
    with acting(world.actor("ida"), purpose="made-up area") as scope:
        _meera(scope.actor, world.id("meera"))
    with acting(world.actor("tess"), purpose="made-up area") as scope:
        _refer(scope.actor, world.id("amina"))
    with acting(world.actor("petra"), purpose="made-up area") as scope:
        older = world.id("sara-stranger")
        add_phone(by=scope.actor, person_id=older, number=NUMBER, safe="yes")
        set_safe_contact(
            by=scope.actor, person_id=older, safe_to_call="yes", when_safe="Any morning"
        )
        referral = _refer(scope.actor, older)
    with acting(world.actor("nora"), purpose="made-up area") as scope:
        _older_sara(scope.actor, referral)


def _meera(by: Actor, meera: UUID) -> None:
    case = cases.open_case(
        by=by, team_id=by.home_team_id, person_id=meera, facts=_facts("coercive-control")
    )
    _hold(by, case)
    goal = actions.set_goal(
        by=by,
        case_id=case.pk,
        goal_id=new_id(),
        words="To walk my son to school without looking behind me",
        value=3,
    )
    actions.agree_step(
        by=by,
        case_id=case.pk,
        step_id=new_id(),
        words="Ask the school who may collect him",
        who="Ida",
        thread=goal.thread,
    )
    when = _at(timezone.localtime() + timedelta(days=6), 10)
    meeting = Meeting("advocacy", "face-to-face", when, by.user_id, "The library, first floor")
    actions.plan_session(by=by, case_id=case.pk, session_id=new_id(), meeting=meeting)


def _older_sara(by: Actor, referral) -> None:
    calling = {"by": by, "team_id": by.home_team_id, "person_id": referral.person_id}
    for outcome, said in (
        ("not-answered", ""),
        ("answered", "She would like to talk on Tuesdays."),
    ):
        actions.record_call(**calling, call_id=new_id(), outcome=outcome, said=said)
    cases.accept_referral(
        by=by, referral_id=referral.pk, version=referral.version, case=_facts("sexual-abuse")
    )
    case = Case.objects.get(referral=referral)
    _hold(by, case)
    now = timezone.now() - timedelta(minutes=20)
    actions.record_session(
        by=by,
        case_id=case.pk,
        session_id=new_id(),
        meeting=Meeting("emotional-support", "telephone", now, by.user_id, minutes=20),
        attended=True,
    )


def _refer(by: Actor, person_id: UUID):
    service = Service.objects.get(code="sexual-violence-first-contact")
    return cases.send_referral(
        by=by,
        team_id=by.home_team_id,
        person_id=person_id,
        target=Target(Team.objects.get(code="sericc-first-contact"), service),
        sharing=AGREED,
        needs=("emotional-support",),
    )


def _hold(by: Actor, case: Case) -> None:
    actions.hold_case(by=by, case_id=case.pk, version=0, holder_id=by.user_id, check_in_days=7)


def _facts(abuse: str) -> CaseFacts:
    return CaseFacts(timezone.localdate(), "casework", "grays", "female", (abuse,))


def _at(day: datetime, hour: int) -> datetime:
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)
