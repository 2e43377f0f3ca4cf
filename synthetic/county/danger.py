"""What happened around danger: judged, planned for, brought to MARAC, heard there, acted on, closed.

As in `stories`, these are plans in the words that the actions take. Nothing in them lies in the time
to come: what would be done after today is not done yet.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from onestory.agencies.area.marac import MaracRule
from onestory.agencies.roles import Permission
from onestory.kernel.calendar import local
from synthetic.county.place import Place
from synthetic.county.stories import DAY, HOUR, Deed

HIGH, JUDGED = "visible-high-risk", "professional-judgement"
FORM, FROM_POLICE = "dash-24", "dara"
QUESTIONS_YES = {True: (14, 21), False: (3, 13)}
AGENCIES, OFFERS = 10, 4
ABOUT_HER = ("Seen twice this year; said that she had fallen.", "Two calls to the home in spring.")
ABOUT_HIM = ("A conviction for assault three years ago.", "Known to drink; was asked to leave.")
OFFERED = (
    ("survivor", "Put an alarm into her home, and test it with her"),
    ("child", "Speak with the school about who may collect the children"),
    ("abuser", "Visit him about the conditions of his bail"),
    ("survivor", "See her in the clinic on the day that she comes for the children"),
    ("other", "Tell the landlord of nothing but the new locks"),
)
STEPS = (
    ("danger", "If I am in danger I call 999. If I cannot talk, I press 55 when asked.", True),
    ("people", "If I send Ruth the word ‘teapot’, she calls the police.", False),
    ("home", "My bag is at work: keys, money, papers, medicine.", True),
    ("law", "I write down each time I am followed, where nobody finds it.", True),
)
REVIEWED = ("out", "I take another way home each day.", True)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of the table, as it was planned."""

    id: str
    starts_at: datetime
    planned: Deed


@dataclass(slots=True)
class Offer:
    """An action that an agency offered, and what came of it."""

    at: Deed
    team: str
    whom: str
    words: str
    due_on: date
    done: Deed | None = None
    left: Deed | None = None


@dataclass(slots=True)
class Asked:
    """What one agency answered, if it did."""

    team: str
    answered: Deed | None = None
    about_her: str = ""
    about_him: str = ""


@dataclass(slots=True)
class Brought:
    """A case of the meeting, from the referral as far as it has come."""

    referred: Deed
    criteria: tuple[str, ...]
    told: bool
    accepted: Deed | None = None
    asked: list[Asked] = field(default_factory=list)
    meeting: Meeting | None = None
    wishes: Deed | None = None
    minuted: Deed | None = None
    offers: list[Offer] = field(default_factory=list)
    heard: Deed | None = None
    told_after: Deed | None = None
    closed: Deed | None = None
    outcome: str = ""
    # Children in the household, as many as the referral counts.
    children: int = 2


@dataclass(slots=True)
class Danger:
    """How somebody's danger was judged, and what followed from it."""

    judged: Deed
    # Of the checklist, in its order; empty where the police sent their own.
    answers: list[str]
    # The plan, which those who come again have already.
    planned: Deed | None = None
    reviewed: Deed | None = None
    ordered: Deed | None = None
    broken: Deed | None = None
    brought: Brought | None = None
    changed: Deed | None = None
    # Who has seen the change since, by team; and who of the table found it to be no repeat.
    seen: dict[str, Deed] = field(default_factory=dict)
    looked_at: list[tuple[date, Deed]] = field(default_factory=list)


@dataclass(slots=True)
class Dice:
    """What every part of a story is decided with: chance, the place, the team that works with her."""

    random: Random
    place: Place
    team: str
    rule: MaracRule
    # Whether it is safe that she knows of the referral.
    told: bool

    def deed(self, team: str, permission: Permission, at: datetime) -> Deed | None:
        """Somebody of the team does it then; nobody, if that is still to come."""
        if at >= self.place.now:
            return None
        return Deed(at, self.random.choice(self.place.who_may(team, permission)))

    def own(self, at: datetime) -> Deed | None:
        return self.deed(self.team, Permission.ASSESS, at)

    def table(self, at: datetime, permission=Permission.MARAC_COORDINATE) -> Deed | None:
        return self.deed(self.rule.coordinators, permission, at)

    def happens(self, chance: float) -> bool:
        return self.random.random() < chance

    def within(self, low: float, high: float) -> timedelta:
        """So many days, by chance."""
        return DAY * self.random.uniform(low, high)


def danger(dice: Dice, at: datetime, questions: int, *, again: bool = False) -> Danger:
    """Judged at that moment, with a plan; `again`: not for the first time, and by the police."""
    high = dice.happens(0.5)
    yes = dice.random.randint(*QUESTIONS_YES[high])
    said = ["yes"] * yes + ["unknown"] * 2 + ["no"] * (questions - yes - 2)
    dice.random.shuffle(said)
    told = Danger(dice.own(at), [] if again or dice.happens(0.4) else said)
    if not again:
        told.planned = dice.own(at + HOUR)
        if dice.happens(0.5):
            told.reviewed = dice.own(at + dice.within(20, 28))
    if dice.happens(0.5) and not again:
        told.ordered = dice.own(at + 1.5 * HOUR)
        if dice.happens(0.4):
            told.broken = dice.own(at + dice.within(10, 60))
    if dice.happens(0.4):
        told.changed = dice.own(at + dice.within(6, 20))
    return told


def bring(dice: Dice, told: Danger, meeting: Meeting | None, *, again: bool, taken: bool) -> None:
    """It is referred on the day it was judged; `taken` and with a meeting, it is heard there."""
    high = not told.answers or told.answers.count("yes") >= QUESTIONS_YES[True][0]
    criteria = (HIGH if high else JUDGED, *(["repeat"] if again else []))
    at = told.judged.at + 2 * HOUR
    brought = told.brought = Brought(dice.own(at), criteria, dice.told)
    if not taken:
        return
    at += dice.within(0.3, 1)
    brought.accepted = dice.table(at)
    if brought.accepted is None:
        return
    seats = list(dice.place.pack.marac_seats)
    teams = dice.random.sample(seats, min(AGENCIES, len(seats)))
    brought.asked = [_asked(dice, team, at) for team in teams]
    if meeting:
        brought.meeting = meeting
        brought.wishes = dice.own(at + dice.within(0.5, 2))
        if meeting.starts_at < dice.place.now:
            _hear(dice, brought, meeting)
    _see(dice, told)
    _look_at(dice, told)


def _asked(dice: Dice, team: str, at: datetime) -> Asked:
    one = Asked(team)
    if dice.happens(0.93):
        one.answered = dice.deed(team, Permission.MARAC_ATTEND, at + dice.within(0.2, 3.5))
        one.about_her = dice.random.choice(ABOUT_HER) if dice.happens(0.7) else ""
        one.about_him = dice.random.choice(ABOUT_HIM) if dice.happens(0.5) else ""
    return one


def _hear(dice: Dice, brought: Brought, meeting: Meeting) -> None:
    at = meeting.starts_at + HOUR * dice.random.random() * 4
    brought.minuted = dice.table(at, Permission.MARAC_CHAIR)
    if brought.minuted is None:
        return
    by = brought.minuted.by
    teams = [one.team for one in brought.asked]
    due_on = local(at).date() + timedelta(days=dice.rule.action_days)
    for whom, words in dice.random.sample(OFFERED, OFFERS):
        offer = Offer(Deed(at, by), dice.random.choice(teams), whom, words, due_on)
        _settle(dice, offer)
        brought.offers.append(offer)
    brought.heard = Deed(at, by)
    if brought.told:
        brought.told_after = dice.own(at + dice.within(0.5, 2))
    review = at + timedelta(days=dice.rule.review_days) + dice.within(0, 12)
    if all(offer.done or offer.left for offer in brought.offers):
        brought.closed = dice.table(review)
        lower = dice.happens(0.7)
        brought.outcome = ("risk-lower" if lower else "risk-same") if brought.closed else ""


def _settle(dice: Dice, offer: Offer) -> None:
    """Most are done in time, some late, some never."""
    late = 0.85 if dice.happens(0.8) else 1.9
    at = offer.at.at + dice.within(0.5, dice.rule.action_days * late)
    deed = dice.deed(offer.team, Permission.MARAC_ATTEND, at)
    if dice.happens(0.1):
        offer.left = deed
    else:
        offer.done = deed


def _see(dice: Dice, told: Danger) -> None:
    """The agencies that are asked see that the danger has changed, most of them."""
    brought, changed = told.brought, told.changed
    if not changed or (brought.closed and changed.at > brought.closed.at - 4 * DAY):
        return
    for one in brought.asked:
        if one.team != dice.team and changed.at > brought.accepted.at and dice.happens(0.9):
            at = changed.at + dice.within(0.1, 3)
            if deed := dice.deed(one.team, Permission.MARAC_ATTEND, at):
                told.seen[one.team] = deed


def _look_at(dice: Dice, told: Danger) -> None:
    """The coordinator asks whoever noticed something whether it is a repeat, nearly every time."""
    noticed = [deed for deed in (told.changed, told.broken) if deed]
    days = {local(deed.at).date(): deed.at for deed in noticed}
    for day, at in days.items():
        deed = dice.table(at + dice.within(1, 4)) if dice.happens(0.9) else None
        if deed and at > told.brought.accepted.at:
            told.looked_at.append((day, deed))
