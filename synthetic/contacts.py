"""The contacts of the small fixed world.

name in `world.things`  what
----------------------  ----------------------------------------------------------------------
sara-contact            about Sara, from Olu to housing-safeguarding: graded Red, not decided
amina                   Amina Yusuf, a survivor whom Olu recorded with her contact
amina-contact           about her: graded Amber, decided by referral, Olu has not seen it yet
amina-referral          from housing-safeguarding to idva: not acknowledged yet
"""

from dataclasses import replace
from datetime import date

from onestory.access.acting import acting
from onestory.agencies.models import Service, Team
from onestory.cases import actions
from onestory.cases.models import Contact, Referral
from onestory.cases.rules.decisions import Decision, Sharing, Target
from onestory.cases.rules.told import Home, SafeWays, Told
from onestory.people.actions import Facts
from onestory.people.queries import open_person

AGREED = Sharing("consent")
SARA = Told(
    safe=SafeWays(
        safe_to_call="yes",
        when_safe="Weekdays between 10 and 2, while Derek is at work",
        voicemail="no",
        text_messages="no",
        code_word="blue kettle",
        must_not_know="Derek, and her brother Bart",
    ),
    abuse=("domestic-abuse", "coercive-control", "physical"),
    presenting_need="somewhere-safe-tonight",
    contributory_needs=("child-safety", "money", "legal"),
    children_in_home=True,
    danger_now=True,
    words="Came to the counter with both children. Derek took her keys and her telephone this "
    "morning, and said that she would not leave the house again.",
    wishes="To be somewhere tonight where he cannot find them.",
    to_team="housing-safeguarding",
    sharing=AGREED,
    source="self",
    channel="counter",
)
AMINA = Told(
    who=Facts("Amina", "Yusuf", born_on=date(1997, 1, 23), sex="female"),
    phone="+447700900377",
    home=Home("9 Dock View", "RM18 7PQ", "tilbury", "council-tenant"),
    safe=SafeWays(safe_to_call="yes", when_safe="After six", must_not_know="Her cousin"),
    abuse=("domestic-abuse", "honour-based"),
    presenting_need="safety-planning",
    contributory_needs=("immigration", "language"),
    children_in_home=False,
    words="Her family has bought her a ticket. She does not want to go.",
    to_team="housing-safeguarding",
    sharing=AGREED,
    source="self",
    channel="visit",
)


def add(world) -> None:
    """Send both, and take them as far as the table says."""
    with acting(world.actor("olu"), purpose="made-up world") as scope:
        by, sara = scope.actor, world.id("sara")
        seen = open_person(by, sara).safe_contacts[0]
        told = replace(SARA, safe=replace(SARA.safe, seen_id=seen.pk))
        about_sara = actions.record_contact(
            by=by, team_id=by.home_team_id, told=told, person_id=sara
        )
        about_amina = actions.record_contact(by=by, team_id=by.home_team_id, told=AMINA)
    with acting(world.actor("tess"), purpose="made-up world") as scope:
        _grade(scope.actor, about_sara, "red", "He has her keys, and the children are with her.")
        _grade(scope.actor, about_amina, "amber", "The ticket is for next week.")
        actions.decide_contact(
            by=scope.actor, contact_id=about_amina.pk, version=1, decision=_to_idva()
        )
        referral = Referral.objects.get(contact_id=about_amina.pk)
    world.things |= {
        "sara-contact": str(about_sara.pk),
        "amina": str(about_amina.person_id),
        "amina-contact": str(about_amina.pk),
        "amina-referral": str(referral.pk),
    }


def _grade(by, contact: Contact, rag: str, reason: str) -> None:
    actions.grade_contact(by=by, contact_id=contact.pk, version=0, rag=rag, reason=reason)


def _to_idva() -> Decision:
    target = Target(Team.objects.get(code="idva"), Service.objects.get(code="high-risk-advocacy"))
    return Decision(
        "referral",
        words="High risk of forced marriage. Speak to her alone.",
        targets=(target,),
        sharing=AGREED,
    )
