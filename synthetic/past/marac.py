"""Stories of MARAC: whom agencies brought before the meeting every two weeks, heard there and closed.

No source prints them. They are as many as a small area may have, so that the quarterly dataset has
quarters to show: repeats, referrals of partner agencies, men, the young, someone of 17 or under who
causes harm, and what survivors said of themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from onestory.agencies.area.marac import MaracRule
from onestory.agencies.roles import Permission
from onestory.assessment import bank
from onestory.cases.rules.told import Member
from onestory.kernel.calendar import local
from onestory.people.actions import Facts
from synthetic.county import asking, couples
from synthetic.county.danger import (
    ABOUT_HER,
    ABOUT_HIM,
    HIGH,
    JUDGED,
    OFFERED,
    QUESTIONS_YES,
    Asked,
    Brought,
    Danger,
    Meeting,
    Offer,
)
from synthetic.county.judging import Couple
from synthetic.county.ledger import Ledger
from synthetic.county.scribe import Scribe
from synthetic.county.stories import DAY, HOUR, Deed
from synthetic.county.table import meeting_row
from synthetic.past import draw
from synthetic.past.teller import Teller

# Two weeks apart, from the one day to the other; none is held between the years.
FIRST, LAST = date(2021, 10, 14), date(2024, 2, 29)
BEGINS, PLANNED = 9.5, 40 * DAY
CASES, REPEATS, TOLD, BY_FORM_HIGH, ANSWERED = (4, 6), 0.3, 0.8, 0.8, 0.95
# In days before the meeting. A case comes again within so many days of the last referral.
REFERRED, WITHIN = (13, 9), 330 * DAY
AGENCIES, OFFERS = (5, 7), (2, 4)
# Who refers, how often of a hundred.
POLICE = "police-public-protection"
REFERRING = {
    POLICE: 60,
    "idva": 11,
    "housing-safeguarding": 7,
    "childrens-social-care": 6,
    "hospital-safeguarding": 6,
    "health-visiting": 4,
    "refuge": 3,
    "adult-safeguarding": 3,
}
KINDS = {"former-partner": 44, "partner": 34, "husband-or-wife": 22}
# Of a hundred survivors: men; 16 or 17 years old; harmed by a son of 17 or under.
MEN, YOUNG, BY_SON = 0.06, 0.03, 0.03
CHILDREN = (26, 26, 29, 14, 5)
OUTCOMES = {"risk-lower": 68, "risk-same": 27, "moved": 5}

# What survivors say of themselves, how often of a hundred; "" is not asked, or not said.
FORM = "needs-assessment"
SAID = {
    "about.ethnicity": {
        "white-british": 64,
        "white-other": 9,
        "black-african": 8,
        "asian-indian": 2,
        "asian-bangladeshi": 2,
        "asian-other": 2,
        "mixed-white-black-caribbean": 3,
        "black-caribbean": 2,
        "": 8,
    },
    "about.orientation": {"straight": 66, "bisexual": 3, "gay-or-lesbian": 2, "": 29},
    "about.gender-same": {"same": 69, "different": 1, "": 30},
    "health.condition": {"no": 61, "yes": 21, "": 18},
}
LIMITS = {"a-lot": 40, "a-little": 40, "not-at-all": 20}


@dataclass
class Pair:
    """A survivor and who uses abuse against them: who wrote them down, what was said, each case."""

    team: str
    added: Deed
    who: Facts
    other: Member
    children: int
    # Whether it is safe that they know of it.
    told: bool
    said: dict[str, str]
    asked: Deed
    dangers: list[Danger] = field(default_factory=list)


def stories(
    teller: Teller, first: date = FIRST, last: date = LAST
) -> tuple[list[Meeting], list[Pair]]:
    """The meetings, and whoever was heard in them."""
    rule = teller.place.pack.marac_rule(first)
    held, pairs = _meetings(teller, rule, first, last), []
    for meeting in held:
        for _ in range(teller.random.randint(*CASES)):
            _Bringing(teller, rule, meeting).to(pairs)
    return held, pairs


def write(scribe: Scribe, held: Iterable[Meeting], pairs: Iterable[Pair]) -> None:
    """Meetings and pairs, in the scribe's ledger."""
    rule = scribe.place.pack.marac_rule(FIRST)
    for meeting in held:
        meeting_row(scribe.ledger, scribe.place, rule, meeting)
    for pair in pairs:
        write_pair(scribe, rule, pair)


def write_pair(scribe: Scribe, rule: MaracRule, pair: Pair) -> None:
    """Two people, what was said, and every case of theirs."""
    ledger, place = scribe.ledger, scribe.place
    known = scribe.couple(pair.added, pair.team, pair.who, pair.other)
    [other], hers = known.others, known.envelopes
    if pair.said:
        of = (known.id, place.teams[pair.team], hers, bank.instrument(FORM))
        asking.write(ledger, pair.asked, *of, pair.said)
    mine = (hers["identity"], hers["risk"], hers["support"], other.envelopes["identity"])
    couple = Couple(known.id, other.id, pair.team, *mine, told=pair.told)
    for danger in pair.dangers:
        couples.write(ledger, place, rule, couple, danger)


def _meetings(teller: Teller, rule: MaracRule, first: date, last: date) -> list[Meeting]:
    ids, found, day = Ledger(Random("past meetings"), 0, 1), [], first
    while day <= last:
        if (day.month, day.day) < (12, 24):
            starts_at = draw.at(day, BEGINS)
            planned = teller.deed(
                rule.coordinators, Permission.MARAC_COORDINATE, starts_at - PLANNED
            )
            found.append(Meeting(ids.new_id(planned.at), starts_at, planned))
        day += rule.every_days * DAY
    return found


@dataclass(frozen=True)
class _Bringing:
    """One case of one meeting, from the judgement to the review."""

    teller: Teller
    rule: MaracRule
    meeting: Meeting

    def to(self, pairs: list[Pair]) -> None:
        """Bring somebody who was there before, or somebody new."""
        days = [self.meeting.starts_at.date() - number * DAY for number in REFERRED]
        at = draw.moment(self.random, *days)
        pair = self._again(pairs, at) if self.random.random() < REPEATS else None
        if pair is None:
            pair = self._somebody(at)
            pairs.append(pair)
        danger = self._judged(pair, at)
        danger.brought = self._brought(pair, danger)
        pair.dangers.append(danger)

    @property
    def random(self) -> Random:
        return self.teller.random

    def _later(self, at: datetime, least: int, most: int) -> datetime:
        """Some working hour, so many days after."""
        day = local(at).date()
        return draw.moment(self.random, day + least * DAY, day + most * DAY)

    def _table(self, at: datetime, permission=Permission.MARAC_COORDINATE) -> Deed:
        return self.teller.deed(self.rule.coordinators, permission, at)

    # Who

    def _again(self, pairs: list[Pair], at: datetime) -> Pair | None:
        lately = []
        for pair in pairs:
            last = pair.dangers[-1].brought
            if last.closed.at < at < last.referred.at + WITHIN:
                lately.append(pair)
        return self.random.choice(lately) if lately else None

    def _somebody(self, at: datetime) -> Pair:
        random, team = self.random, _weighted(self.random, REFERRING)
        who, other = self._two(at)
        [children] = random.choices(range(len(CHILDREN)), weights=CHILDREN)
        return Pair(
            team=team,
            added=self.teller.deed(team, Permission.ASSESS, at - 2 * HOUR),
            who=who,
            other=other,
            children=max(children, int(other.relationship == "child")),
            told=random.random() < TOLD,
            said=_said(random),
            asked=self.teller.deed(team, Permission.ASSESS, at - HOUR),
        )

    def _two(self, at: datetime) -> tuple[Facts, Member]:
        """A survivor and who uses abuse: mostly a man against a woman, of about the same age."""
        random, lot = self.random, self.random.random()
        sex, age, kind = "female", random.triangular(18.1, 74, 29), _weighted(random, KINDS)
        if lot < MEN:
            sex = "male"
        elif lot < MEN + YOUNG:
            age, kind = random.uniform(16.1, 17.9), random.choice(("partner", "former-partner"))
        elif lot < MEN + YOUNG + BY_SON:
            age, kind = random.uniform(35, 50), "child"
        theirs = random.uniform(14, 17) if kind == "child" else max(18.5, age + random.gauss(2, 4))
        other = "female" if sex == "male" and random.random() < 0.7 else "male"
        who, facts = self.teller.somebody(sex, at, age), self.teller.somebody(other, at, theirs)
        if kind in ("child", "husband-or-wife"):
            facts = replace(facts, family_name=who.family_name)
        lives_with = kind != "former-partner" and random.random() < 0.8
        return who, Member(facts, kind, lives_with, uses_abuse=True)

    # What happened

    def _judged(self, pair: Pair, at: datetime) -> Danger:
        """By the police with their form; by others with the checklist, the first time."""
        answers = []
        if pair.team != POLICE and not pair.dangers:
            most = couples.questions()
            yes = self.random.randint(*QUESTIONS_YES[self.random.random() < BY_FORM_HIGH])
            answers = ["yes"] * yes + ["no"] * (most - yes)
            self.random.shuffle(answers)
        return Danger(self.teller.deed(pair.team, Permission.ASSESS, at), answers)

    def _brought(self, pair: Pair, danger: Danger) -> Brought:
        random, team = self.random, pair.team
        high = not danger.answers or danger.answers.count("yes") >= QUESTIONS_YES[True][0]
        criteria = (HIGH if high else JUDGED, *["repeat"] * bool(pair.dangers))
        own = self.teller.deed
        told = Brought(
            own(team, Permission.ASSESS, danger.judged.at + HOUR),
            criteria,
            pair.told,
            meeting=self.meeting,
            children=pair.children,
        )
        told.accepted = self._table(self._later(told.referred.at, 1, 2))
        taken = told.accepted.at
        seats = [one for one in self.teller.place.pack.marac_seats if one != team]
        teams = random.sample(seats, random.randint(*AGENCIES))
        told.asked = [self._asked(one, taken) for one in teams]
        told.wishes = own(team, Permission.ASSESS, self._later(taken, 1, 4))
        self._hear(pair, told, teams)
        return told

    def _asked(self, team: str, at: datetime) -> Asked:
        random, one = self.random, Asked(team)
        if random.random() < ANSWERED:
            one.answered = self.teller.deed(team, Permission.MARAC_ATTEND, self._later(at, 1, 4))
            one.about_her = random.choice(ABOUT_HER) if random.random() < 0.7 else ""
            one.about_him = random.choice(ABOUT_HIM) if random.random() < 0.5 else ""
        return one

    def _hear(self, pair: Pair, told: Brought, teams: list[str]) -> None:
        random, at = self.random, self.meeting.starts_at + HOUR * self.random.random()
        told.minuted = self._table(at, Permission.MARAC_CHAIR)
        told.heard = Deed(at, told.minuted.by)
        offered = [one for one in OFFERED if pair.children or "children" not in one[1]]
        number = min(random.randint(*OFFERS), len(offered))
        for whom, words in random.sample(offered, number):
            due_on = local(at).date() + timedelta(days=self.rule.action_days)
            offer = Offer(told.minuted, random.choice(teams), whom, words, due_on)
            settled = self._later(at, 1, self.rule.action_days + 2)
            deed = self.teller.deed(offer.team, Permission.MARAC_ATTEND, settled)
            setattr(offer, "left" if random.random() < 0.1 else "done", deed)
            told.offers.append(offer)
        if pair.told:
            after = self._later(at, 1, 3)
            told.told_after = self.teller.deed(pair.team, Permission.ASSESS, after)
        review = self.rule.review_days
        told.closed = self._table(self._later(at, review, review + 2))
        told.outcome = _weighted(random, OUTCOMES)


def _said(random: Random) -> dict[str, str]:
    """What they were asked of themselves and said."""
    drawn = {question: _weighted(random, weights) for question, weights in SAID.items()}
    said = {question: answer for question, answer in drawn.items() if answer}
    if said.get("health.condition") == "yes":
        said["health.condition-limits"] = _weighted(random, LIMITS)
    return said


def _weighted(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), weights=list(weights.values()))[0]
