"""Stories of SERICC: triaged by a navigator, who stays at hand, and on to one service or several."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onestory.agencies.roles import Permission
from onestory.kernel.calendar import local
from synthetic.county.episodes import SESSION
from synthetic.county.stories import Deed, Heard, Referred, Story
from synthetic.past import draw
from synthetic.past.quotas import Row, SericcYear
from synthetic.past.teller import Teller

TEAM = "sericc-first-contact"
FIRST_CONTACT, RESPONDER = "sexual-violence-first-contact", "first-responder"
COUNSELLING = "sexual-violence-counselling"
# These end when somebody is on their way.
AT_THE_DOOR = (FIRST_CONTACT, RESPONDER)
NEEDS = ("counselling", "emotional-support", "advocacy")
SOURCES = ("self", "self", "police", "gp", "mash", "childrens-social-care", "school", "other")
GRADES = ("red", "amber", "amber", "green")
DOMESTIC_ABUSE = "domestic-abuse"
ADULT = 18
DAY, A_YEAR = timedelta(days=1), 365
# The longest wait, and how much of the year that needs: nobody's first session is in the next.
MOST_WAIT, WAIT_ROOM = 40, 130 * DAY
SHORT_ROOM = 50 * DAY


@dataclass
class Coming:
    """Somebody who comes in a year. `leaves` is how many ends of years they are still there at."""

    sex: str
    age: int
    services: tuple[str, ...]
    leaves: int
    # Days from being taken on for counselling to the first session.
    wait: int = 0
    domestic_abuse: bool = False
    # What is taken up in the year after by who is triaged again, and whether they say so then.
    again: tuple[str, ...] = ()
    again_abuse: bool = False


def stories(teller: Teller, years: list[SericcYear]) -> Iterator[Story]:
    """A story for each survivor."""
    coming = [_coming(teller, year) for year in years]
    for number, year in enumerate(years):
        again = _come_again(coming[number - 1], year) if year.again else []
        _share_domestic_abuse(teller, year, coming[number], again)
    for number, year in enumerate(years):
        following = years[number + 1] if number + 1 < len(years) else None
        for one in coming[number]:
            yield _story(teller, year, following, one)


def _coming(teller: Teller, year: SericcYear) -> list[Coming]:
    found = [one for row in year.people for one in _of_row(teller, row)]
    waiting = [one for one in found if COUNSELLING in one.services]
    days = draw.around(teller.random, year.mean_wait or MOST_WAIT, MOST_WAIT - 1, len(waiting))
    for one, wait in zip(waiting, days, strict=True):
        one.wait = wait
    return found


def _of_row(teller: Teller, row: Row) -> Iterator[Coming]:
    random = teller.random
    stays = [sum(place < number for number in row.there) for place in range(row.people)]
    random.shuffle(stays)
    for sex, leaves in zip(draw.spread(row.sexes), stays, strict=True):
        yield Coming(sex, random.randint(*row.ages), row.services, leaves)


def _come_again(before: list[Coming], year: SericcYear) -> list[Coming]:
    """Of those who are still in counselling, so many are triaged once more."""
    there = [one for one in before if one.leaves and one.services == (COUNSELLING,)]
    for place, one in enumerate(there[: year.again]):
        one.again = AT_THE_DOOR if place < year.again_responder else (FIRST_CONTACT,)
    return there[: year.again]


def _share_domestic_abuse(
    teller: Teller, year: SericcYear, coming: list[Coming], again: list[Coming]
) -> None:
    """Say it of so many adults among all who are triaged in the year."""
    adults = [(one, "domestic_abuse") for one in coming if one.age >= ADULT]
    adults += [(one, "again_abuse") for one in again]
    for one, which in teller.random.sample(adults, year.domestic_abuse):
        setattr(one, which, True)


def _story(teller: Teller, year: SericcYear, following: SericcYear | None, one: Coming) -> Story:
    room = WAIT_ROOM if COUNSELLING in one.services else SHORT_ROOM
    came = draw.moment(teller.random, year.span.start, year.span.end - room)
    services = (FIRST_CONTACT, *one.services)
    heard = [_heard(teller, year, one, came, services, one.domestic_abuse)]
    if one.again:
        start, end = following.span
        came_again = draw.moment(teller.random, start + 5 * DAY, end - SHORT_ROOM)
        told = (one.again, one.again_abuse)
        heard.append(_heard(teller, following, one, came_again, *told, again=True))
    return Story(teller.somebody(one.sex, came, teller.age(one.age)), heard)


def _heard(
    teller: Teller,
    year: SericcYear,
    one: Coming,
    came: datetime,
    services: tuple[str, ...],
    domestic_abuse: bool,
    *,
    again: bool = False,
) -> Heard:
    random = teller.random
    abuse = ("child-sexual-abuse",) if one.age < ADULT else ("sexual-abuse",)
    told = teller.told(
        TEAM,
        again=again,
        abuse=abuse + (DOMESTIC_ABUSE,) * domestic_abuse,
        presenting_need=random.choice(NEEDS),
        source=random.choice(SOURCES),
    )
    heard = Heard(told, TEAM, teller.deed(TEAM, Permission.CONTACT_RECORD, came))
    heard.graded = teller.deed(TEAM, Permission.CONTACT_TRIAGE, came + timedelta(hours=0.5))
    heard.decided = teller.deed(TEAM, Permission.CONTACT_TRIAGE, came + timedelta(hours=2))
    heard.rag, heard.decision = random.choice(GRADES), teller.decision("referral")
    heard.referrals = [_referred(teller, year, one, heard, service) for service in services]
    return heard


def _referred(
    teller: Teller, year: SericcYear, one: Coming, heard: Heard, service: str
) -> Referred:
    """Taken on within two days, seen after the wait, gone when the row says."""
    random, sent = teller.random, heard.decided.at
    after = timedelta(hours=random.uniform(0.2, 1) if service in AT_THE_DOOR else 20)
    referred = teller.answered(TEAM, service, sent, after)
    taken_on = local(referred.answered.at).date()
    wait = one.wait if service == COUNSELLING else random.randint(1, 6)
    first = taken_on + wait * DAY
    gone = _gone(teller, year.span.end, first, service, one)
    work = teller.work(referred.team, referred.answered, gone, heard.told, one.sex)
    work.sessions = _sessions(teller, referred.team, first, gone)
    referred.work = work
    return referred


def _sessions(teller: Teller, team: str, first: date, gone: datetime) -> list[Deed]:
    """The first, and some that follow week by week until the end."""
    days = [first + 7 * week * DAY for week in range(teller.random.randint(1, 4))]
    return [
        teller.deed(team, Permission.CASE_WORK, draw.at(day, 13) + SESSION)
        for day in days
        if day == first or day < gone.date()
    ]


def _gone(teller: Teller, end: date, first: date, service: str, one: Coming) -> datetime:
    """When the work ends: within so many days, in the year, or as many years later."""
    if service in AT_THE_DOOR:
        return draw.moment(teller.random, first + DAY, first + 30 * DAY)
    if not one.leaves:
        return draw.moment(teller.random, first + 7 * DAY, end)
    later = end + (one.leaves - 1) * A_YEAR * DAY
    return draw.moment(teller.random, later + 10 * DAY, later + 300 * DAY)
