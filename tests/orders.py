"""Orders and breaches for the tests: Derek as a programme knows him, and survivors whom he harmed."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from onestory.access import queries as access
from onestory.access.actions import share
from onestory.agencies.models import Team
from onestory.people import actions as people
from onestory.people.actions import Facts
from onestory.risk.actions import orders as actions
from onestory.risk.models import Breach, Order
from onestory.risk.rules.orders import Terms


def terms(**changes) -> Terms:
    today = timezone.localdate()
    values = {
        "kind": "non-molestation",
        "from_on": today - timedelta(days=30),
        "until_on": today + timedelta(days=300),
        "made_by": "Basildon family court",
        "conditions": "Not to go within 100 metres of her home, nor to write to her.",
        "protects": "partner",
        "their_reference": "BS26F00142",
    }
    return Terms(**(values | changes))


def ordered(by, person_id: UUID, **changes) -> Order:
    """An order against somebody."""
    team = by.home_team_id
    return actions.record_order(by=by, person_id=person_id, team_id=team, terms=terms(**changes))


def broken(by, order: Order, **changes) -> Breach:
    """What was done against it."""
    values = {"on": timezone.localdate(), "what": "Stood across the road.", "police_know": "yes"}
    return actions.record_breach(
        by=by, order_id=order.pk, team_id=by.home_team_id, **(values | changes)
    )


def open_to(by, person_id: UUID, team: str, kinds, *, may_write: bool = False) -> None:
    """Open some of what is known of somebody to another team, to keep somebody safe."""
    found = access.open_envelopes(by, person_id)
    share(
        by=by,
        envelopes=[found[kind] for kind in kinds],
        team=Team.objects.get(code=team),
        purpose="safety",
        basis="crime",
        reason="MARAC",
        may_write=may_write,
    )


def harmed_by(by, name: str, other_id: UUID) -> UUID:
    """A survivor against whom `other` uses abuse, recorded by the actor's team."""
    facts = Facts(name, "Tarrant", born_on=date(1990, 5, 17), sex="female")
    made = people.add_person(
        by=by, team_id=by.home_team_id, facts=facts, kinds=people.SURVIVOR_KINDS
    )
    people.relate(
        by=by, person_id=made.pk, other_id=other_id, kind="former-partner", uses_abuse=True
    )
    return made.pk
