"""A survivor whom a navigator works with, and what she says about services, for tests."""

from datetime import date

from onestory.access.models import Kind
from onestory.agencies.models import Service
from onestory.cases import actions
from onestory.cases.models import Referral
from onestory.cases.rules.shares import Share
from tests.disclosures import told

NEEDS = ("counselling", "criminal-justice", "advocacy")
BASICS = frozenset({Kind.IDENTITY, Kind.SAFE_CONTACT, Kind.NEEDS})


def tell(by):
    """Rowan told it to the navigator herself. Returns who she is."""
    sent = actions.record_contact(
        by=by,
        team_id=by.home_team_id,
        told=told(to_team="sericc-first-contact", presenting_need="counselling", channel="phone"),
    )
    return sent.person_id


def share(code: str, **changes) -> Share:
    """Her yes to a service, until the end of next year."""
    values = {
        "service": Service.objects.select_related("team").get(code=code),
        "agreed": True,
        "kinds": BASICS,
        "how": "spoken",
        "capacity": "adult",
        "until": date(2099, 12, 31),
    }
    return Share(**{**values, **changes})


def brokered(by, person_id, *shares: Share, needs=NEEDS):
    """What came of her answers."""
    return actions.broker(
        by=by, person_id=person_id, team_id=by.home_team_id, shares=shares, needs=needs
    )


def accepted(by, referral: Referral, **how) -> Referral:
    """Taken on by whoever it was sent to."""
    return actions.accept_referral(by=by, referral_id=referral.pk, version=referral.version, **how)
