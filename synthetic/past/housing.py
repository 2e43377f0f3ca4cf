"""Stories of the Housing Safeguarding Team: survivors who came to it and were supported by it."""

from collections.abc import Iterator
from datetime import timedelta

from onestory.agencies.roles import Permission
from synthetic.county.stories import Heard, Story
from synthetic.past import draw
from synthetic.past.quotas import HousingYear
from synthetic.past.teller import Teller

TEAM = "housing-safeguarding"
NEEDS = ("safety-planning", "housing-advice", "risk-of-homelessness", "home-security")
SOURCES = ("self", "police", "mash", "housing-options", "housing-officer", "marac", "gp")
GRADES = ("red", "amber", "amber", "green")
# Whoever is still there at the end of a year came in its last months; the others before.
LAST_MONTHS = timedelta(days=150)
DAY = timedelta(days=1)


def stories(teller: Teller, years: list[HousingYear]) -> Iterator[Story]:
    """A story for each survivor: one contact, one case."""
    for year in years:
        stays = draw.some(teller.random, year.carried, year.survivors)
        abuse = draw.shuffled(teller.random, year.abuse)
        for kind, carried in zip(abuse, stays, strict=True):
            yield _story(teller, year, kind, carried)


def _story(teller: Teller, year: HousingYear, kind: str, carried: bool) -> Story:
    random, (start, end) = teller.random, year.span
    if carried:
        came = draw.moment(random, end - LAST_MONTHS, end - 3 * DAY)
        gone = draw.moment(random, end + 10 * DAY, end + LAST_MONTHS)
    else:
        came = draw.moment(random, start, end - 45 * DAY)
        gone = draw.moment(random, came.date() + 14 * DAY, end)
    sex = "female" if random.random() < 0.9 else "male"
    told = teller.told(
        TEAM,
        abuse=(kind,),
        presenting_need=random.choice(NEEDS),
        source=random.choice(SOURCES),
        children_in_home=random.random() < 0.5,
    )
    heard = Heard(told, TEAM, teller.deed(TEAM, Permission.CONTACT_RECORD, came))
    heard.graded = teller.deed(TEAM, Permission.CONTACT_TRIAGE, came + timedelta(hours=0.4))
    heard.decided = teller.deed(TEAM, Permission.CONTACT_TRIAGE, came + timedelta(hours=1.5))
    heard.rag, heard.decision = random.choice(GRADES), teller.decision("advice")
    opened = teller.deed(TEAM, Permission.CASE_WORK, came + timedelta(hours=2))
    heard.work = teller.work(TEAM, opened, gone, told, sex)
    return Story(teller.somebody(sex, came, random.uniform(18, 70)), [heard])
