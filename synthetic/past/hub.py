"""Stories of the Multi Agency Safeguarding Hub: contacts about children, most of them decided within
a day, many of them referred on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onestory.agencies.roles import Permission
from synthetic.county.stories import Heard, Referred, Story
from synthetic.past import draw
from synthetic.past.quotas import Counts, HubYear
from synthetic.past.teller import Teller

TEAM = "mash"
SOCIAL_CARE, EARLY_HELP = "child-assessment", "family-support"
DOMESTIC_ABUSE = "domestic-abuse"
NEEDS = ("child-safety", "child-wellbeing", "parenting")
REFERRING = ("childrens-social-care", "referral")
# Older than any that a decision or an answer takes: what comes of a contact is of the same year.
LATE_DAYS = 5
OLDEST = 15


@dataclass
class Coming:
    """A contact that comes to the hub, before it is known about whom."""

    at: datetime
    grade: str
    outcome: str
    source: str
    abuse: tuple[str, ...]
    in_time: bool
    # The service that it is referred to, whether that accepts, and within the timescale.
    service: str = ""
    accepted: bool = False
    answered_in_time: bool = False


def stories(teller: Teller, children: int, years: list[HubYear]) -> Iterator[Story]:
    """A story for each child, with one referral at most."""
    random = teller.random
    coming = [one for year in years for one in _coming(teller, year)]
    random.shuffle(coming)
    about = [[one] for one in coming if one.service]
    others = [one for one in coming if not one.service]
    fresh = children - len(about)
    about += [[one] for one in others[:fresh]]
    for one in others[fresh:]:
        random.choice(about).append(one)
    for contacts in about:
        yield _story(teller, sorted(contacts, key=lambda one: one.at))


def _coming(teller: Teller, year: HubYear) -> list[Coming]:
    random, number = teller.random, year.contacts
    grades = draw.spread(year.grades)
    together = draw.aligned(random, grades, draw.spread(year.outcomes))
    sources = draw.shuffled(random, year.sources)
    abuse = _abuse(teller, year.abuse, year.domestic_abuse_besides)
    in_time = draw.some(random, year.in_time, number)
    found = []
    for pair, source, kinds, kept in zip(together, sources, abuse, in_time, strict=True):
        at = _moment(teller, year, early=not kept or pair[1] in REFERRING)
        found.append(Coming(at, *pair, source, kinds, kept))
    _refer(teller, year, found)
    return found


def _moment(teller: Teller, year: HubYear, *, early: bool) -> datetime:
    end: date = year.span.end
    if early:
        end -= timedelta(days=LATE_DAYS)
    return draw.moment(teller.random, year.span.start, end)


def _abuse(teller: Teller, first: Counts, besides: int) -> list[tuple[str, ...]]:
    """What came first, and domestic abuse besides in so many of the others."""
    kinds = [(kind,) for kind in draw.shuffled(teller.random, first)]
    others = [place for place, kind in enumerate(kinds) if kind != (DOMESTIC_ABUSE,)]
    for place in teller.random.sample(others, besides):
        kinds[place] += (DOMESTIC_ABUSE,)
    return kinds


def _refer(teller: Teller, year: HubYear, found: list[Coming]) -> None:
    """Say of each referring contact where it goes, and what comes of it."""
    random, quota = teller.random, year.referrals
    by_social_care = [one for one in found if one.outcome == "childrens-social-care"]
    by_others = [one for one in found if one.outcome == "referral"]
    also = quota.social_care - len(by_social_care)
    to_social_care, to_early_help = by_social_care + by_others[:also], by_others[also:]
    for service, referred, accepted in (
        (SOCIAL_CARE, to_social_care, quota.assessed),
        (EARLY_HELP, to_early_help, quota.early_help_accepted),
    ):
        lots = draw.some(random, accepted, len(referred))
        for one, lot in zip(referred, lots, strict=True):
            one.service, one.accepted = service, lot
    referred = to_social_care + to_early_help
    lots = draw.some(random, quota.in_time, len(referred))
    for one, lot in zip(referred, lots, strict=True):
        one.answered_in_time = lot


def _story(teller: Teller, contacts: list[Coming]) -> Story:
    random = teller.random
    sex, first = random.choice(("female", "male")), contacts[0].at
    who = teller.somebody(sex, first, random.uniform(0.2, OLDEST))
    return Story(who, [_heard(teller, sex, one, again=one.at > first) for one in contacts])


def _heard(teller: Teller, sex: str, one: Coming, *, again: bool) -> Heard:
    random = teller.random
    told = teller.told(
        TEAM,
        again=again,
        abuse=one.abuse,
        presenting_need=random.choice(NEEDS),
        source=one.source,
        children_in_home=True,
    )
    heard = Heard(told, TEAM, teller.deed(TEAM, Permission.CONTACT_RECORD, one.at))
    hours = _hours(teller, one)
    for verb, share in (("graded", 0.3), ("decided", 1)):
        at = one.at + timedelta(hours=hours * share)
        setattr(heard, verb, teller.deed(TEAM, Permission.CONTACT_TRIAGE, at))
    heard.rag, heard.decision = one.grade, teller.decision(one.outcome)
    if one.service:
        heard.referrals = [_referred(teller, sex, one, heard)]
    return heard


def _hours(teller: Teller, one: Coming) -> float:
    """How long the decision takes: in time by the general clock and by that of the grade."""
    if not one.in_time:
        return teller.random.uniform(26, 90)
    return teller.random.uniform(0.3, 3.8 if one.grade == "red" else 23)


def _referred(teller: Teller, sex: str, one: Coming, heard: Heard) -> Referred:
    random = teller.random
    after = timedelta(hours=random.uniform(1, 22))
    if not one.answered_in_time:
        after = timedelta(days=random.uniform(8, 14))
    sent = heard.decided.at
    referred = teller.answered(TEAM, one.service, sent, after, yes=one.accepted)
    if one.accepted:
        closed = referred.answered.at + timedelta(days=random.uniform(15, 60))
        referred.work = teller.work(referred.team, referred.answered, closed, heard.told, sex)
    return referred
