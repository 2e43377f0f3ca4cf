"""A review for the tests: Mina proposes it, Gwen confirms, Dina is appointed."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from onestory.agencies.models import User
from onestory.inquiries import actions
from onestory.inquiries.models import Inquiry
from synthetic.contacts import SARA

TOLD = SARA.words


def proposed(as_, person_id: UUID, **changes) -> Inquiry:
    values = {
        "part": "harmed",
        "what": "homicide",
        "their_reference": "DHR 3/2026",
        "words": "The community safety partnership; the last five years",
        "until_on": timezone.localdate() + timedelta(days=120),
    }
    with as_("mina") as by:
        handler = {"handler_id": User.objects.get(email="dina@example.org").pk}
        return actions.propose(
            by=by, team_id=by.home_team_id, person_id=person_id, **(values | handler | changes)
        )


def confirmed(as_, inquiry: Inquiry) -> Inquiry:
    with as_("gwen") as by:
        actions.confirm(by=by, inquiry_id=inquiry.pk)
    return inquiry
