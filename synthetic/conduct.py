"""Orders, breaches and Clare's Law in the demonstration, each at another stage.

Derek         as his programme knows him: bail that ends soon, an order that was broken
Meera         Ida holds both sides: an order against Vikram, broken this week
Hannah        asked about Gary: Petra has decided, a second person has to agree (Mina)
Lorna         an agency thinks that she should know about Ian: still to be looked up
Steph         asked about Craig, and was told
"""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from onestory.access.acting import acting
from onestory.agencies.actor import Actor
from onestory.people.actions import Facts, add_person, relate
from onestory.risk.actions import disclosures, orders
from onestory.risk.models import Disclosure
from onestory.risk.rules.orders import Terms
from synthetic.people import couple

CONDITIONS = (
    "Not to go within 100 metres of her home or the school. Not to write to her, ring her or send "
    "anybody to her."
)
BAIL = "Not to speak to the witness, nor to go to the street where they live. To sleep at home."
WORRY = "He says that his last partner ‘fell’. He has begun to read her messages."
FOUND = "Convicted of assault against a partner in 2021; two calls to the same home in 2023."


def add(world) -> None:
    """As the table says."""
    with acting(world.actor("nell"), purpose="made-up area") as scope:
        _derek(scope.actor, world.id("derek-participant"))
    with acting(world.actor("ida"), purpose="made-up area") as scope:
        _meera(scope.actor, world.id("meera"))
    for stage, hers, his in (
        (_decided, ("Hannah", "Birch"), ("Gary", "Stroud")),
        (_raised, ("Lorna", "Kettle"), ("Ian", "Marsden")),
        (_told, ("Steph", "Arkwright"), ("Craig", "Dunn")),
    ):
        stage(world, *couple(world, "petra", hers, his))


def _day(ago: int) -> date:
    return timezone.localdate() - timedelta(days=ago)


def _derek(by: Actor, derek: UUID) -> None:
    _order(by, derek, kind="police-bail", from_on=_day(40), until_on=_day(-4), conditions=BAIL)
    broken = _order(
        by, derek, kind="non-molestation", from_on=_day(70), until_on=_day(-290), protects="partner"
    )
    _break(by, broken, 12, "Sat in his car outside the school when it closed.", police="yes")


def _meera(by: Actor, meera: UUID) -> None:
    facts = Facts("Vikram", "Solanki", born_on=date(1989, 5, 2), sex="male")
    vikram = add_person(by=by, team_id=by.home_team_id, facts=facts, kinds=("identity",)).pk
    relate(by=by, person_id=meera, other_id=vikram, kind="husband-or-wife", uses_abuse=True)
    made = _order(
        by,
        vikram,
        kind="non-molestation",
        from_on=_day(90),
        until_on=_day(-270),
        protects="several",
    )
    _break(by, made, 2, "Wrote eleven messages to her brother in one night.", police="unknown")


def _order(by: Actor, person_id: UUID, **terms) -> UUID:
    said = {"made_by": "Basildon courts", "conditions": CONDITIONS, "protects": "unknown"}
    made = orders.record_order(
        by=by, person_id=person_id, team_id=by.home_team_id, terms=Terms(**(said | terms))
    )
    return made.pk


def _break(by: Actor, order_id: UUID, ago: int, what: str, *, police: str) -> None:
    orders.record_breach(
        by=by,
        order_id=order_id,
        team_id=by.home_team_id,
        on=_day(ago),
        what=what,
        police_know=police,
    )


def _decided(world, hers: UUID, his: UUID) -> Disclosure:
    """Spoken to, met, looked up, decided by one."""
    with acting(world.actor("petra"), purpose="made-up area") as scope:
        by = scope.actor
        asked = _asked(by, hers, his, ago=19)
        of_it = {"by": by, "disclosure_id": asked.pk}
        disclosures.speak_of_disclosure(**of_it, on=_day(18), danger_now=False)
        disclosures.meet_for_disclosure(
            **of_it, on=_day(12), identity_checked="Driving licence, seen at the Civic Offices"
        )
        disclosures.check_for_disclosure(
            **of_it, source="police", on=_day(6), found="something", words=FOUND
        )
        disclosures.check_for_disclosure(**of_it, source="probation", on=_day(5), found="nothing")
        return disclosures.decide_disclosure(
            **of_it,
            decision="tell",
            what="That he was convicted of assault against a partner in 2021.",
            to_whom="self",
            reason="She plans to move in with him. She can only choose safely if she knows.",
        )


def _raised(world, hers: UUID, his: UUID) -> None:
    with acting(world.actor("petra"), purpose="made-up area") as scope:
        _asked(scope.actor, hers, his, ago=22, route="know", applicant="agency")


def _told(world, hers: UUID, his: UUID) -> None:
    asked = _decided(world, hers, his)
    with acting(world.actor("mina"), purpose="made-up area") as scope:
        disclosures.agree_disclosure(by=scope.actor, disclosure_id=asked.pk, agrees=True)
    with acting(world.actor("petra"), purpose="made-up area") as scope:
        disclosures.tell_disclosure(
            by=scope.actor,
            disclosure_id=asked.pk,
            on=timezone.localdate(),
            where="Civic Offices, with a friend of hers",
            said="What was decided, and whom she can ring at any hour.",
            keeps_it=True,
        )


def _asked(
    by: Actor, hers: UUID, his: UUID, *, ago: int, route: str = "ask", applicant: str = "self"
) -> Disclosure:
    return disclosures.ask_disclosure(
        by=by,
        person_id=hers,
        team_id=by.home_team_id,
        about_id=his,
        route=route,
        applicant=applicant,
        received_on=_day(ago),
        words=WORRY,
    )
