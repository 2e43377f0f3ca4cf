"""What happened to made-up people: told, graded, decided, referred, and worked on.

A story is a plan in the words that the actions take. `scribe` writes down the rows that the actions
would leave; the tests let the actions themselves play some stories and compare.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp
from random import Random

from onestory.agencies.roles import Permission
from onestory.cases.rules.decisions import CaseFacts, Decision
from onestory.cases.rules.told import Told
from onestory.kernel.calendar import local
from onestory.people.actions import Facts
from synthetic.county import tellings
from synthetic.county.place import Place

YEARS = 10
LENGTH = timedelta(days=365.25 * YEARS)
# How long things wait, on the whole; by chance some wait longer, and a few are never done.
CONTACT_WAITS, REFERRAL_WAITS, NEWS_WAITS = (timedelta(days=days) for days in (20, 20, 10))
CASE_LASTS = timedelta(days=200)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

COMES_AGAIN = 0.26
TAKEN_BACK, BARRED = 0.02, 0.002
DOORS_OPEN_CASES = 0.5
REFERRALS_BECOME_CASES = 0.75
GRADES = {"red": 0.06, "amber": 0.34, "green": 0.42, "blue": 0.18}
OUTCOMES = {
    "referral": 0.38,
    "childrens-social-care": 0.08,
    "advice": 0.34,
    "no-further-action": 0.2,
}


@dataclass(slots=True)
class Deed:
    """Something done: when, and by which user."""

    at: datetime
    by: str


@dataclass(slots=True)
class Work:
    """A case: what is counted of it, who opened it, and its end if it has one."""

    facts: CaseFacts
    opened: Deed
    closed: Deed | None = None
    close_reason: str = ""
    # Sessions that took place, as they were recorded. With any, the case has an ending.
    sessions: list[Deed] = field(default_factory=list)


@dataclass(slots=True)
class Referred:
    """One referral of a decision, by the codes of team and service."""

    team: str
    service: str | None
    acknowledged: Deed | None = None
    answered: Deed | None = None
    # "accept", "decline" or "withdraw", and the coded reason of the last two.
    answer: str = ""
    reason: str = ""
    seen: Deed | None = None
    work: Work | None = None


@dataclass(slots=True)
class Heard:
    """One contact, from the telling as far as it has come."""

    told: Told
    team: str
    recorded: Deed
    graded: Deed | None = None
    rag: str = ""
    decided: Deed | None = None
    decision: Decision | None = None
    referrals: list[Referred] = field(default_factory=list)
    work: Work | None = None
    acknowledged: Deed | None = None
    taken_back: Deed | None = None


@dataclass(slots=True)
class Story:
    """A survivor and all that was told of them."""

    who: Facts
    heard: list[Heard]
    # A colleague to whom the record is barred, and who barred them.
    barred_user: str = ""
    barred: Deed | None = None

    @property
    def people(self) -> int:
        return 1 + len(self.heard[0].told.household)


def story(random: Random, place: Place, began: datetime, most_people: int) -> Story:
    """Somebody whose first contact was at `began`, with at most so many people in it."""
    who, told = tellings.first(random, place, began, most_people)
    team = _weighted(random, _recorders(place))
    heard = [_hear(random, place, told, team, began)]
    at = began
    while random.random() < COMES_AGAIN:
        at += timedelta(days=1 + random.expovariate(1 / 400))
        if at >= place.now - HOUR:
            break
        told = tellings.again(random, place, heard[0].told)
        heard.append(_hear(random, place, told, team, at))
    told = Story(who, heard)
    if random.random() < BARRED:
        told.barred = _deed(random, place, team, Permission.PERSON_BAR, place.now)
        others = set(place.who_may(team, Permission.CONTACT_RECORD)) - {told.barred.by}
        told.barred_user = random.choice(sorted(others))
    return told


def _hear(random: Random, place: Place, told: Told, team: str, at: datetime) -> Heard:
    heard = Heard(told, team, _deed(random, place, team, Permission.CONTACT_RECORD, at))
    door, waits = told.to_team, _still(random, place, at, CONTACT_WAITS)
    if waits and random.random() < 0.4:
        return heard
    at = _later(random, place, at, 2 * HOUR)
    heard.graded = _deed(random, place, door, Permission.CONTACT_TRIAGE, at)
    heard.rag = _weighted(random, GRADES)
    if waits:
        return heard
    at = _later(random, place, at, 8 * HOUR)
    heard.decided = _deed(random, place, door, Permission.CONTACT_TRIAGE, at)
    heard.decision = _decision(random, place)
    if heard.decision.outcome in ("referral", "childrens-social-care"):
        heard.referrals = _referrals(random, place, heard)
    elif heard.decision.outcome == "advice" and random.random() < DOORS_OPEN_CASES:
        heard.work = _work(random, place, door, at, told)
    elif team != door and random.random() < TAKEN_BACK:
        by = _deed(random, place, door, Permission.PERSON_BAR, _later(random, place, at, 9 * DAY))
        heard.taken_back = by
    if team != door and not _still(random, place, at, NEWS_WAITS):
        seen = _later(random, place, at, DAY)
        heard.acknowledged = _deed(random, place, team, Permission.CONTACT_RECORD, seen)
    return heard


def _decision(random: Random, place: Place) -> Decision:
    outcome = _weighted(random, OUTCOMES)
    words = random.choice(tellings.DECIDED)
    if outcome == "advice":
        return Decision(outcome, random.choice(place.codes("advice_kinds")), words)
    if outcome == "no-further-action":
        return Decision(outcome, random.choice(place.codes("nfa_reasons")), words)
    return Decision(outcome, words=words, sharing=place.consent)


def _referrals(random: Random, place: Place, heard: Heard) -> list[Referred]:
    wanted = place.receivers
    if heard.decision.outcome == "childrens-social-care" and place.for_children:
        wanted = place.for_children
    targets = [team for team in wanted if team != heard.told.to_team]
    number = 2 if len(targets) > 1 and random.random() < 0.15 else 1
    return [_referred(random, place, heard, team) for team in random.sample(targets, number)]


def _referred(random: Random, place: Place, heard: Heard, team: str) -> Referred:
    services, sender, sent = place.services_of[team], heard.told.to_team, heard.decided.at
    referred = Referred(team, random.choice(services) if services else None)
    waits = _still(random, place, sent, REFERRAL_WAITS)
    at = _later(random, place, sent, 9 * HOUR)
    if not waits or random.random() < 0.5:
        referred.acknowledged = _deed(random, place, team, Permission.REFERRAL_ANSWER, at)
    if waits:
        return referred
    at = _later(random, place, at, DAY)
    referred.answer = _weighted(random, {"accept": 0.78, "decline": 0.17, "withdraw": 0.05})
    if referred.answer == "withdraw":
        referred.answered = _deed(random, place, sender, Permission.REFERRAL_SEND, at)
        referred.reason = random.choice(place.codes("withdraw_reasons"))
        return referred
    referred.answered = _deed(random, place, team, Permission.REFERRAL_ANSWER, at)
    if referred.answer == "decline":
        referred.reason = random.choice(place.codes("decline_reasons"))
    elif random.random() < REFERRALS_BECOME_CASES:
        referred.work = _work(random, place, team, at, heard.told, referred.answered.by)
    if not _still(random, place, at, NEWS_WAITS):
        seen = _later(random, place, at, DAY)
        referred.seen = _deed(random, place, sender, Permission.REFERRAL_SEND, seen)
    return referred


def _work(
    random: Random, place: Place, team: str, at: datetime, told: Told, by: str | None = None
) -> Work:
    groups = place.codes("groups")
    facts = CaseFacts(
        opened_on=local(at).date(),
        category=random.choice(place.codes("categories")),
        area=random.choice(place.codes("localities")),
        group=random.choices(groups, weights=_falling(len(groups)))[0],
        abuse=told.abuse,
        risk_assessment=random.choice(["", *place.codes("risk_assessments")]),
        referred_by=told.source,
    )
    work = Work(facts, Deed(at, by) if by else _deed(random, place, team, Permission.CASE_WORK, at))
    if not _still(random, place, at, CASE_LASTS):
        closed = at + random.random() * min(place.now - at, 2 * CASE_LASTS)
        work.closed = _deed(random, place, team, Permission.CASE_WORK, closed)
        work.close_reason = random.choice(place.codes("close_reasons"))
    return work


def _recorders(place: Place) -> dict[str, float]:
    """Who hears first: every team, a few of them of much more than others."""
    return dict(zip(place.teams, _falling(len(place.teams)), strict=True))


def _falling(number: int) -> list[float]:
    return [1 / (rank + 2) for rank in range(number)]


def _weighted(random: Random, weights: dict[str, float]) -> str:
    return random.choices(list(weights), weights=list(weights.values()))[0]


def _still(random: Random, place: Place, at: datetime, waits: timedelta) -> bool:
    """Whether something is still waiting today: likelier, the later it came in."""
    return random.random() < exp(-((place.now - at) / waits))


def _later(random: Random, place: Place, at: datetime, mean: timedelta) -> datetime:
    return min(at + mean * random.expovariate(1), place.now)


def _deed(random: Random, place: Place, team: str, permission: Permission, at: datetime) -> Deed:
    return Deed(at, random.choice(place.who_may(team, permission)))
