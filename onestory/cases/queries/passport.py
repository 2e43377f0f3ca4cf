"""The passport: what a service was given of somebody, and what it would still have to ask."""

from dataclasses import dataclass
from uuid import UUID

from onestory.access.models import Grant
from onestory.agencies.actor import Actor
from onestory.agencies.models import Service
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.assessment import bank
from onestory.assessment.definitions import Instrument
from onestory.assessment.queries import Known, Picture, picture
from onestory.cases.models import Referral
from onestory.cases.queries.referrals import referral
from onestory.cases.rules.passport import closed_and_safe_to_know
from onestory.people.queries import PersonView, open_person


@dataclass(frozen=True)
class Intake:
    """What the receiving team asks for its own part, and how much of that is not known yet."""

    instrument: Instrument
    asked: int
    missing: list[str]


@dataclass(frozen=True)
class Passport:
    """What the page is made of."""

    referral: Referral
    person: PersonView
    picture: Picture
    grants: list[Grant]
    topics: list[tuple[str, list[Known]]]
    closed: list[str]
    intake: Intake | None


def passport(by: Actor, referral_id: UUID) -> Passport:
    """What was shared for this referral, and nothing else. `Http404` unless it is open to the actor."""
    one = referral(by, referral_id)
    found = picture(by, one.person_id)
    own = by.may(Permission.ASSESS, one.to_team_id)
    return Passport(
        referral=one,
        person=open_person(by, one.person_id),
        picture=found,
        grants=list(Grant.objects.filter(pk__in=one.grants).select_related("envelope", "given_by")),
        topics=_by_topic(found.known),
        closed=closed_and_safe_to_know(found.covers.values()),
        intake=_intake(one.service, found) if own else None,
    )


def _by_topic(known: dict[str, Known]) -> list[tuple[str, list[Known]]]:
    """The answers under the titles of their topics, in the order in which they would be asked."""
    of_topic: dict[str, list[Known]] = {}
    for code in bank.questions():
        if code in known:
            of_topic.setdefault(bank.question(code).topic, []).append(known[code])
    return [(bank.topics()[topic], rows) for topic, rows in of_topic.items()]


def _intake(service: Service | None, found: Picture) -> Intake | None:
    """The one that the area names for the service."""
    code = pack().intakes.get(service.code) if service else None
    if code is None:
        return None
    instrument = bank.instrument(code)
    missing = [question.text for question in found.missing(instrument)]
    askable = [one for one in found.asked(instrument) if not found.is_closed(one)]
    return Intake(instrument, len(askable), missing)
