"""A survivor of the tests' own, known to Olu's team and to nobody else, and barred to Bart."""

from datetime import date
from uuid import UUID

from onestory.access.actions import bar
from onestory.people import actions
from onestory.people.actions import Facts

RUTH = Facts("Ruth", "Marsh", "Ruthie", born_on=date(1986, 4, 3), sex="female")
OWEN = Facts("Owen", "Marsh", born_on=date(1983, 8, 19), sex="male")


def record_ruth(as_, world) -> UUID:
    """Ruth, with everything that can be known of her, and Owen, who uses abuse against her."""
    with as_("olu") as by:
        team = by.home_team_id
        ruth = actions.add_person(by=by, team_id=team, facts=RUTH).pk
        owen = actions.add_person(by=by, team_id=team, facts=OWEN, kinds=("identity",)).pk
        actions.set_safe_contact(
            by=by,
            person_id=ruth,
            safe_to_call="yes",
            when_safe="Mornings before ten",
            voicemail="no",
            text_messages="no",
            code_word="green lantern",
            must_not_know="Owen, and Bart",
        )
        actions.add_phone(by=by, person_id=ruth, number="+447700900321", safe="yes")
        for lines, postcode, confidential in (
            ("9 Sparrow Lane\nGrays", "RM17 5AB", False),
            ("Flat 2, 80 Quayside\nPurfleet", "RM19 1ZZ", True),
        ):
            actions.add_address(
                by=by, person_id=ruth, lines=lines, postcode=postcode, confidential=confidential
            )
        actions.relate(by=by, person_id=ruth, other_id=owen, kind="partner", uses_abuse=True)
    with as_("gwen") as gwen:
        bar(by=gwen, person_id=ruth, user=world.user("bart"), reason="Her neighbour.")
    return ruth
