"""Cases that travel, in the demonstration: one to another area with its receipt, one from there.

Bridget       moved away; the other MARAC has opened the file
Nadia         moved here; her case came as a sealed file
"""

from datetime import date, timedelta

from django.utils import timezone

from onestory.access.acting import acting
from onestory.kernel.ids import new_id
from onestory.marac import actions
from onestory.marac.actions import Handover, Who
from onestory.marac.rules.transfer import (
    Agreed,
    Assessed,
    InForce,
    Said,
    Somebody,
    Transfer,
    new_phrase,
    seal,
)
from synthetic import marac
from synthetic.people import couple

THERE = "MARAC of the next county"
MOVED = Handover(
    to_name=THERE,
    to_contact="marac@example.org",
    basis="marac",
    reason="She has moved there, and he has said that he will follow her.",
    agrees="yes",
    words="She trusts her adviser, who will introduce her to yours. She wants no letters.",
    told=True,
)


def add(world) -> None:
    """As the table says."""
    _away(world)
    _here(world)


def _away(world) -> None:
    them = couple(world, "petra", ("Bridget", "Farrow"), ("Neil", "Farrow"))
    case = marac.refer(world, "petra", them, marac.WORSE)
    marac.take(world, case)
    with acting(world.actor("cora"), purpose="made-up area") as scope:
        sent = actions.send_transfer(
            by=scope.actor,
            referral_id=case.pk,
            transfer_id=new_id(),
            phrase=new_phrase(),
            said=MOVED,
        )
        actions.enter_receipt(by=scope.actor, transfer_id=sent.pk, receipt=sent.receipt)


def _here(world) -> None:
    phrase = new_phrase()
    file = seal(_letter(), phrase).text.encode()
    with acting(world.actor("cora"), purpose="made-up area") as scope:
        by = scope.actor
        opened = actions.look_into(by=by, team_id=by.home_team_id, content=file, phrase=phrase)
        actions.open_transfer(
            by=by,
            team_id=by.home_team_id,
            opened=opened,
            who=Who(relation="former-partner"),
            told=True,
        )


def _letter() -> Transfer:
    today = timezone.localdate()
    last = today - timedelta(days=20)
    return Transfer(
        sender=THERE,
        sent_on=today,
        number="KD47-2MNT",
        survivor=Somebody(
            given_name="Nadia", family_name="Rahal", born_on=date(1995, 1, 17), sex="female"
        ),
        abuser=Somebody(given_name="Sami", family_name="Haddad", birth_year=1990, sex="male"),
        referred_on=last - timedelta(days=9),
        agrees="yes",
        words="He broke her door twice after she had left. She has moved to be near her mother.",
        children=1,
        children_words="A girl of 5, who begins school here.",
        assessed=_assessed(last - timedelta(days=10)),
        risk=(Said(on=last, words="High: he knows that she has family here."),),
        wishes=(
            Said(on=last, words="To be left alone, and her daughter to start school quietly."),
        ),
        actions=(
            Agreed(
                agency="Police",
                whom="The survivor",
                words="Mark the new address for an immediate response",
                due_on=today + timedelta(days=7),
                outcome="Open",
            ),
        ),
        orders=(_in_force(last),),
        handover="She speaks English and Arabic. Her adviser there rings on the first Monday.",
    )


def _assessed(on: date) -> Assessed:
    return Assessed(
        form="DASH, 24 questions", on=on, yes=16, no=5, unknown=2, not_asked=1, level="High"
    )


def _in_force(since: date) -> InForce:
    return InForce(
        kind="Restraining order",
        from_on=since,
        until_on=since + timedelta(days=365),
        made_by="A crown court",
        conditions="Not to contact her in any way.",
    )
