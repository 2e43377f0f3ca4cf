"""The people of the small fixed world, each recorded by the team that knows them.

name in `world.things`  who                                          known to
----------------------  -------------------------------------------  --------------------
sara                    Sara Hollis, survivor; barred to Bart        tenancy-management
ellie, jack             her children                                 tenancy-management
derek                   Derek Hollis, who uses abuse against her     tenancy-management
derek-participant       the same man, as his programme knows him     pass
sara-stranger           another Sara Hollis, older                   housing-safeguarding
meera                   Meera Solanki, survivor                      idva
"""

from datetime import date
from uuid import UUID

from onestory.access.acting import acting
from onestory.access.actions import bar
from onestory.agencies.actor import Actor
from onestory.people import actions
from onestory.people.actions import Facts

SARA = Facts("Sara", "Hollis", "Sally\nSara Pryce", born_on=date(1988, 6, 14), sex="female")
DEREK = Facts("Derek", "Hollis", born_on=date(1985, 2, 27), sex="male")
# What a programme keeps of a participant: nothing of anybody whom he has harmed.
PARTICIPANT_KINDS = ("identity", "safe-contact", "support", "conduct")


def add(world) -> None:
    """Record everybody, each by a member of the team that knows them."""
    people = {}
    with acting(world.actor("olu"), purpose="made-up world") as scope:
        people |= _sara_and_hers(scope.actor)
    for staff, name, facts, kinds in (
        ("nell", "derek-participant", DEREK, PARTICIPANT_KINDS),
        (
            "petra",
            "sara-stranger",
            Facts("Sara", "Hollis", born_on=date(1961, 11, 2), sex="female"),
            actions.SURVIVOR_KINDS,
        ),
        (
            "ida",
            "meera",
            Facts("Meera", "Solanki", born_on=date(1994, 9, 30), sex="female"),
            actions.SURVIVOR_KINDS,
        ),
    ):
        with acting(world.actor(staff), purpose="made-up world") as scope:
            people[name] = _added(scope.actor, facts, kinds)
    # Olu may not bar anybody, and no manager knows Sara yet: he asked the guardian.
    with acting(world.actor("gwen"), purpose="made-up world") as scope:
        bar(
            by=scope.actor,
            person_id=people["sara"].pk,
            user=world.user("bart"),
            reason="He is her brother, and close to Derek.",
        )
    world.things |= {name: str(person.pk) for name, person in people.items()}


def couple(world, name: str, hers: tuple[str, str], his: tuple[str, str]) -> tuple[UUID, UUID]:
    """A survivor and the husband who uses abuse against her, recorded by the team of this worker."""
    her = Facts(*hers, born_on=date(1992, 4, 11), sex="female")
    him = Facts(*his, born_on=date(1987, 9, 3), sex="male")
    with acting(world.actor(name), purpose="made-up area") as scope:
        by = scope.actor
        ids = _added(by, her, actions.SURVIVOR_KINDS).pk, _added(by, him).pk
        actions.relate(
            by=by, person_id=ids[0], other_id=ids[1], kind="husband-or-wife", uses_abuse=True
        )
    return ids


def _added(by: Actor, facts: Facts, kinds=("identity",)):
    return actions.add_person(by=by, team_id=by.home_team_id, facts=facts, kinds=kinds)


def _sara_and_hers(by: Actor) -> dict:
    people = {
        "sara": _added(by, SARA, actions.SURVIVOR_KINDS),
        "ellie": _added(by, Facts("Ellie", "Hollis", born_on=date(2014, 3, 9), sex="female")),
        "jack": _added(by, Facts("Jack", "Hollis", born_on=date(2018, 12, 1), sex="male")),
        "derek": _added(by, DEREK),
    }
    _reach_sara(by, people["sara"].pk)
    for name, kind, lives_with in (
        ("ellie", "child", True),
        ("jack", "child", True),
        ("derek", "husband-or-wife", False),
    ):
        actions.relate(
            by=by,
            person_id=people["sara"].pk,
            other_id=people[name].pk,
            kind=kind,
            lives_with=lives_with,
            uses_abuse=name == "derek",
        )
    return people


def _reach_sara(by: Actor, sara: UUID) -> None:
    """How to reach her safely, the home she has left, and where she is."""
    actions.set_safe_contact(
        by=by,
        person_id=sara,
        safe_to_call="yes",
        when_safe="Weekdays between 10 and 2, while Derek is at work",
        voicemail="no",
        text_messages="no",
        code_word="blue kettle",
        must_not_know="Derek, and her brother Bart",
    )
    actions.add_phone(by=by, person_id=sara, number="+447700900142", safe="yes")
    actions.add_phone(
        by=by, person_id=sara, number="+441632960817", safe="no", whose="The landline at home"
    )
    actions.add_address(
        by=by,
        person_id=sara,
        lines="14 Lambourne Close\nGrays",
        postcode="RM17 6SL",
        locality="grays",
        housing="council-joint-tenant",
        confidential=False,
    )
    actions.add_address(
        by=by,
        person_id=sara,
        lines="Flat 3, 62 Harbour View\nPurfleet",
        postcode="RM19 1QP",
        locality="purfleet",
        housing="with-family-or-friends",
        confidential=True,
    )
