"""Clare's Law for the tests: Petra's team has recorded Joan, and knows Derek as a programme does not."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from onestory.people import actions as people
from onestory.people.actions import Facts
from onestory.risk.actions import disclosures as actions
from onestory.risk.models import Disclosure
from tests.orders import harmed_by

DONE_BEFORE = "Convicted of assault in 2019."


def two(as_) -> tuple[UUID, UUID]:
    """Joan, and the man she asks about, as the team of Petra and Mina knows both."""
    with as_("petra") as by:
        facts = Facts("Karl", "Reeve", born_on=date(1984, 3, 2), sex="male")
        him = people.add_person(by=by, team_id=by.home_team_id, facts=facts, kinds=["identity"]).pk
        return harmed_by(by, "Joan", him), him


def asked(as_, her: UUID, him: UUID, **changes) -> Disclosure:
    values = {
        "route": "ask",
        "applicant": "self",
        "received_on": timezone.localdate(),
        "words": "He knows his way round a court.",
    }
    with as_("petra") as by:
        return actions.ask_disclosure(
            by=by, person_id=her, team_id=by.home_team_id, about_id=him, **(values | changes)
        )


def checked(as_, row: Disclosure) -> None:
    """Spoken to, met, and looked up: something was found."""
    today = timezone.localdate()
    with as_("petra") as by:
        step = {"by": by, "disclosure_id": row.pk, "on": today}
        actions.speak_of_disclosure(**step, danger_now=False)
        actions.meet_for_disclosure(**step, identity_checked="Passport, seen")
        actions.check_for_disclosure(**step, source="police", found="something", words=DONE_BEFORE)


def decided(as_, row: Disclosure, **changes) -> None:
    """Petra decides, Mina agrees."""
    values = {
        "decision": "tell",
        "reason": "Needed to prevent harm.",
        "to_whom": "self",
        "what": "That he was convicted of assault.",
    }
    with as_("petra") as by:
        actions.decide_disclosure(by=by, disclosure_id=row.pk, **(values | changes))
    with as_("mina") as by:
        actions.agree_disclosure(by=by, disclosure_id=row.pk, agrees=True)
