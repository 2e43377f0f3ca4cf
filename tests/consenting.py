"""Rosa, whom only Nora's team knows; she is asked, or not, whether others may know."""

from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from onestory.access import actions
from onestory.access.models import Consent, ShareWithoutConsent
from onestory.agencies.models import Team, User
from onestory.people import actions as people
from onestory.people.actions import SURVIVOR_KINDS, Facts

ISVA, COUNSELLING, IDVA = "sericc-isva", "sericc-counselling", "idva"
EVERYDAY = ("identity", "safe-contact", "story")
ASKED = {
    "kinds": EVERYDAY,
    "purpose": "support",
    "until": None,
    "answer": "given",
    "how": "spoken",
    "capacity": "adult",
}
DECIDED = {
    "kinds": EVERYDAY,
    "purpose": "safety",
    "basis": "safeguarding",
    "reason": "He knows where she is.",
    "until": None,
    "told": True,
}


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def record_rosa(as_) -> UUID:
    with as_("nora") as by:
        facts = Facts("Rosa", "Lindqvist", sex="female")
        made = people.add_person(by=by, team_id=by.home_team_id, facts=facts, kinds=SURVIVOR_KINDS)
        return made.pk


def ask(as_, person: UUID, *, to=ISVA, who="nora", **changes) -> Consent:
    """Nora asks her whether a team may know."""
    with as_(who) as by:
        return actions.record_consent(
            by=by,
            person_id=person,
            team_id=by.home_team_id,
            to_team_id=team(to).pk,
            **ASKED | changes,
        )


def decide(as_, person: UUID, *, to=IDVA, who="nora", second="gwen", **changes):
    """Nora shares without asking, and somebody else thought so too."""
    with as_(who) as by:
        other = User.objects.get(email=f"{second}@example.org").pk if second else None
        return share(by, person, to, other, changes)


def share(by, person, to, other, changes) -> ShareWithoutConsent:
    return actions.share_without_consent(
        by=by,
        person_id=person,
        team_id=by.home_team_id,
        to_team_id=team(to).pk,
        second_opinion_by=other,
        **DECIDED | changes,
    )


def open_own_pages(as_, person: UUID, by: str = "nora") -> User:
    """Pages of her own, by which she sees what is known of her."""
    account = User.objects.create(
        email=f"{uuid4()}@own-pages.invalid", name="Rosa", joined_at=timezone.now()
    )
    with as_(by), connection.cursor() as cursor:
        cursor.execute("SELECT portal_open(%s, %s, %s)", [uuid4(), person, account.pk])
        assert cursor.fetchone()[0]
    return account
