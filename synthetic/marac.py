"""MARAC in the demonstration: those at the table, one meeting ahead with its agenda, one case again.

Rosa      high by what the police sent; again, with an action of last time that was not done
Priya     on professional judgement; agencies asked, two have answered
Mona      escalation; taken, and asked about
Joanna    sent by Ida, nobody has decided
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from onestory.access.acting import acting
from onestory.agencies.actor import Actor
from onestory.agencies.models import Team
from onestory.kernel.calendar import LONDON
from onestory.kernel.ids import new_id
from onestory.kernel.opening import ONCE
from onestory.marac import actions
from onestory.marac.actions import Facts
from onestory.marac.models import Item, Meeting, Referral, Research
from onestory.risk.actions.checklists import receive_result
from synthetic.people import couple

TABLE, POLICE = "da-interventions", "police-public-protection"
STAFF = {
    "cora": ("Cora Whitfield", TABLE, "marac-coordinator"),
    "chris": ("Chris Doyle", TABLE, "marac-chair"),
    "pru": ("Pru Lacey", POLICE, "marac-lead"),
    "sol": ("Sol Adair", "childrens-social-care", "marac-lead"),
    "hal": ("Hal Dunmore", "hospital-safeguarding", "marac-lead"),
}
WHY = "The danger is serious and near; each of these may hold what keeps her safe."
ASKED = (POLICE, "idva", "childrens-social-care", "hospital-safeguarding")
HIGH = Facts(
    criteria=("visible-high-risk",),
    words="He waited outside the school twice this week, and says that he will find her.",
    why=WHY,
    agrees="yes",
    told=True,
    children=2,
    children_words="7 and 10, both hers and his; the same primary school.",
)
JUDGED = Facts(
    criteria=("professional-judgement",),
    reason="She answers nothing while his mother is in the room, and has no money and no papers.",
    words="His family holds her passport. A flight is booked for next month.",
    why=WHY,
    agrees="no",
    agrees_words="She is afraid of what his family will do if anybody comes.",
    not_told_reason="She has not been alone with anybody since.",
    children=0,
)
WORSE = Facts(
    criteria=("escalation",),
    reason="Shouting in spring, a push in July, the stairs in October.",
    events=4,
    words="He pushed her down the stairs, and told the ambulance that she had fallen.",
    why=WHY,
    agrees="yes",
    told=True,
    children=1,
    children_words="A boy of 4.",
)


def add(world) -> None:
    """As the table says."""
    rosa = couple(world, "petra", ("Rosa", "Lindqvist"), ("Karl", "Lindqvist"))
    priya = couple(world, "petra", ("Priya", "Nair"), ("Dev", "Nair"))
    mona = couple(world, "petra", ("Mona", "Ferris"), ("Lee", "Ferris"))
    joanna = couple(world, "ida", ("Joanna", "Sears"), ("Tom", "Sears"))
    world.things |= {"rosa": str(rosa[0]), "karl": str(rosa[1])}
    with acting(world.actor("petra"), purpose="made-up area") as scope:
        _told_by_police(scope.actor, rosa[0])
    earlier = _plan(world, days=1, minutes=120)
    _last_time(world, rosa, earlier)
    ahead = _plan(world, days=8, minutes=240)
    for them, facts in ((rosa, HIGH), (priya, JUDGED), (mona, WORSE)):
        case = refer(world, "petra", them, facts)
        take(world, case)
    with acting(world.actor("cora"), purpose="made-up area") as scope:
        actions.build_agenda(by=scope.actor, meeting_id=ahead.pk)
    _answer(world)
    refer(world, "ida", joanna, JUDGED)


def _told_by_police(by: Actor, person_id: UUID) -> None:
    receive_result(
        by=by,
        team_id=by.home_team_id,
        person_id=person_id,
        form="dara",
        sent_by="Essex Police",
        on=timezone.localdate(),
        level="high",
        reason="As the officer who attended judged it.",
    )


def _plan(world, *, days: int, minutes: int) -> Meeting:
    day = timezone.localdate() + timedelta(days=days)
    with acting(world.actor("cora"), purpose="made-up area") as scope:
        return actions.plan_meeting(
            by=scope.actor,
            team_id=scope.actor.home_team_id,
            meeting_id=new_id(),
            starts_at=datetime(day.year, day.month, day.day, 9, 30, tzinfo=LONDON),
            minutes=minutes,
            minutes_a_case=12,
            place="Civic Offices, committee room 2",
        )


def refer(world, name: str, them: tuple[UUID, UUID], facts: Facts) -> Referral:
    """A case, as the team of this worker refers it."""
    with acting(world.actor(name), purpose="made-up area") as scope:
        return actions.refer(
            by=scope.actor,
            team_id=scope.actor.home_team_id,
            person_id=them[0],
            referral_id=new_id(),
            facts=Facts(**{**vars(facts), "abuser_id": them[1]}),
        )


def take(world, case: Referral) -> None:
    """The table takes it, and asks the agencies."""
    with acting(world.actor("cora"), purpose="made-up area") as scope:
        by = scope.actor
        actions.accept_referral(by=by, referral_id=case.pk, version=case.version)
        teams = Team.objects.filter(code__in=ASKED)
        actions.ask_agencies(
            by=by, referral_id=case.pk, team_ids=[team.pk for team in teams], words=WHY
        )


def _last_time(world, them: tuple[UUID, UUID], meeting: Meeting) -> None:
    """A case of Rosa's that was heard and closed, with an action that was not done."""
    case = refer(world, "petra", them, HIGH)
    take(world, case)
    with acting(world.actor("cora"), purpose="made-up area") as scope:
        item = actions.put_on_agenda(by=scope.actor, referral_id=case.pk, meeting_id=meeting.pk)
    with acting(world.actor("chris"), purpose="made-up area") as scope:
        by = scope.actor
        typed = {"risk": ["High: he knows the school and her way to work."]}
        actions.save_minutes(by=by, item_id=item.pk, typed=typed, opening=ONCE)
        action = _offer(by, item, POLICE, "Mark her address for an immediate response")
        actions.end_hearing(by=by, item_id=item.pk)
    with acting(world.actor("pru"), purpose="made-up area") as scope:
        actions.leave_action(
            by=scope.actor, action_id=action.pk, reason="She had moved before it was done."
        )
    with acting(world.actor("cora"), purpose="made-up area") as scope:
        version = Referral.objects.get(pk=case.pk).version
        actions.close_case(
            by=scope.actor, referral_id=case.pk, version=version, outcome="risk-same"
        )


def _offer(by: Actor, item: Item, code: str, words: str):
    return actions.add_action(
        by=by,
        item_id=item.pk,
        action_id=new_id(),
        team_id=Team.objects.get(code=code).pk,
        whom="survivor",
        words=words,
        due_on=timezone.localdate() + timedelta(days=4),
        may_tell=True,
    )


def _answer(world) -> None:
    """Police and the hospital have answered for every case; one action is offered already."""
    for name, hers, his in (
        (
            "pru",
            "Three calls to the address since May.",
            "Two convictions for assault, 2019, 2022.",
        ),
        ("hal", "Seen twice in the emergency department; said that she had fallen.", ""),
    ):
        with acting(world.actor(name), purpose="made-up area") as scope:
            by = scope.actor
            asked = Research.objects.filter(team_id=by.home_team_id, closed_at=None)
            for row in list(asked):
                actions.answer_research(
                    by=by,
                    research_id=row.pk,
                    answer_id=new_id(),
                    holds="something",
                    about_survivor=hers,
                    about_abuser=his,
                )
    with acting(world.actor("ida"), purpose="made-up area") as scope:
        by = scope.actor
        for row in list(Research.objects.filter(team_id=by.home_team_id, closed_at=None))[:2]:
            actions.bring_wishes(
                by=by,
                referral_id=row.referral_id,
                wishes_id=new_id(),
                words="To stay near her sister, and that the children keep their school.",
                agrees="yes",
            )
    with acting(world.actor("chris"), purpose="made-up area") as scope:
        item = Item.objects.filter(moved_at=None, heard_at=None).order_by("recorded_at").first()
        _offer(scope.actor, item, POLICE, "Put an alarm into her home, and test it with her")
