"""A town at work: some weeks of contacts, triage, referrals and cases, made through actions.

Made-up people only: names by Faker, telephone numbers from the range that Ofcom keeps for drama.
The same seed makes the same town.
"""

import random
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from unittest import mock

from django.utils import timezone
from faker import Faker

from onestory.access.acting import acting
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.cases import actions
from onestory.cases.models import Contact, Referral
from onestory.cases.rules.decisions import CaseFacts, Decision, Sharing, Target
from onestory.cases.rules.told import Home, Member, SafeWays, Told
from onestory.people.actions import Facts
from synthetic.world import World

WEEKS = 8
# The newest contacts came in since yesterday, and wait.
FRESH = timedelta(hours=27)
SEED = 2026
# Who records for the town, and who decides at each front door.
RECORDERS = ("olu", "petra", "cass", "nell", "ida")
TRIAGE = {"housing-safeguarding": "tess", "mash": "cass"}
ANSWERS = {"idva": "ida", "pass": "nell"}


@dataclass
class Town:
    """The dice and the names of one made-up town."""

    dice: random.Random
    fake: Faker

    @classmethod
    def new(cls) -> "Town":
        fake = Faker("en_GB")
        fake.seed_instance(SEED)
        return cls(random.Random(SEED), fake)

    def told(self) -> Told:
        """One disclosure, as somebody at a counter or on the telephone would tell it."""
        dice, words = self.dice, pack()
        family = self.fake.last_name()
        sex = dice.choices(["female", "male"], [9, 1])[0]
        children = tuple(self._child(family) for _ in range(dice.choice([0, 0, 1, 2, 3])))
        return Told(
            who=self._facts(family, sex, 18, 70),
            safe=SafeWays(
                safe_to_call=dice.choice(["yes", "yes", "yes", "no", "unknown"]),
                when_safe=dice.choice(["", "Weekdays 9.30 to 2.30", "After the school run"]),
                must_not_know=dice.choice(["", "Her partner", "His family"]),
                code_word=dice.choice(["", "", "Blue folder"]),
            ),
            phone=f"+447700900{dice.randrange(1000):03}",
            home=Home(
                lines=f"{dice.randrange(1, 140)} {self.fake.street_name()}",
                postcode=f"RM{dice.choice([15, 16, 17, 18, 19])} {dice.randrange(10)}ZZ",
                locality=dice.choice([code for code, _ in words.localities.choices()]),
            ),
            household=(*children, self._person_using_abuse(family, sex)),
            abuse=(dice.choice([code for code, _ in words.abuse.choices()]),),
            presenting_need=dice.choice([code for code, _ in words.needs.choices()]),
            contributory_needs=tuple(
                dice.sample([code for code, _ in words.needs.choices()], dice.randrange(4))
            ),
            children_in_home=bool(children),
            source=dice.choice([code for code, _ in words.sources.choices()]),
            channel=dice.choice([code for code, _ in words.channels.choices()]),
            to_team=dice.choices(["housing-safeguarding", "mash"], [2, 1])[0],
            sharing=Sharing(self._consent()),
            wishes=dice.choice(["", "To stay in her home and feel safe", "To talk to somebody"]),
        )

    def _consent(self) -> str:
        return next(basis.code for basis in pack().bases if basis.consent)

    def _facts(self, family: str, sex: str, youngest: int, oldest: int) -> Facts:
        given = self.fake.first_name_female if sex == "female" else self.fake.first_name_male
        born = self.fake.date_of_birth(minimum_age=youngest, maximum_age=oldest)
        return Facts(given_name=given(), family_name=family, born_on=born, sex=sex)

    def _child(self, family: str) -> Member:
        kinds = [r.code for r in pack().relationships if r.child]
        sex = self.dice.choice(["female", "male"])
        return Member(self._facts(family, sex, 0, 16), self.dice.choice(kinds))

    def _person_using_abuse(self, family: str, sex: str) -> Member:
        kinds = [r.code for r in pack().relationships if r.person_using_abuse_possible]
        other = "male" if sex == "female" else "female"
        lives_with = self.dice.random() < 0.6
        facts = self._facts(family, other, 18, 70)
        return Member(facts, self.dice.choice(kinds), lives_with=lives_with, uses_abuse=True)


@contextmanager
def at(moment: datetime):
    """Do something as if it were then. Grants keep the database's own time."""
    with mock.patch.object(timezone, "now", return_value=moment):
        yield


def populate(world: World, *, contacts: int, progress: Callable[[], None]) -> None:
    """Record so many contacts, over the last weeks; work on all but the newest."""
    town = Town.new()
    now = timezone.now()
    newest = contacts // 5
    for number in range(contacts - newest):
        ago = timedelta(weeks=WEEKS) * (1 - number / contacts) + FRESH
        _one(world, town, now - ago, fresh=False)
        progress()
    for number in range(newest):
        _one(world, town, now - FRESH * (1 - number / newest), fresh=True)
        progress()


def _one(world: World, town: Town, when: datetime, *, fresh: bool) -> None:
    recorder = world.actor(town.dice.choice(RECORDERS))
    with at(when), acting(recorder, purpose="made-up town") as scope:
        by = scope.actor
        contact = actions.record_contact(by=by, team_id=by.home_team_id, told=town.told())
    triage = world.actor(TRIAGE[contact.to_team.code])
    if fresh and town.dice.random() < 0.5:
        return
    after = town.dice.choice([0.5, 1]) if fresh else town.dice.choice([1, 3, 6, 20, 30])
    with (
        at(min(timezone.now(), when + timedelta(hours=after))),
        acting(triage, purpose="made-up town") as scope,
    ):
        _triage(scope.actor, town, contact, decide=not fresh)
    if not fresh and contact.from_team_id != contact.to_team_id and town.dice.random() < 0.8:
        with at(when + timedelta(days=2)), acting(recorder, purpose="made-up town") as scope:
            contact.refresh_from_db()
            if contact.decided_at:
                actions.acknowledge_decision(by=scope.actor, contact_id=contact.pk)


def _triage(by, town: Town, contact: Contact, *, decide: bool) -> None:
    rag = town.dice.choices(["red", "amber", "green", "blue"], [9, 31, 15, 45])[0]
    contact = actions.grade_contact(
        by=by,
        contact_id=contact.pk,
        version=contact.version,
        rag=rag,
        reason="Told at the first call",
    )
    if decide:
        decision = _decision(town, contact)
        actions.decide_contact(
            by=by, contact_id=contact.pk, version=contact.version, decision=decision
        )


def _decision(town: Town, contact: Contact) -> Decision:
    outcome = town.dice.choices(["no-further-action", "advice", "referral"], [4, 2, 4])[0]
    if outcome == "referral":
        targets = [code for code in ANSWERS if code != contact.to_team.code]
        team = Team.objects.get(code=town.dice.choice(targets))
        return Decision(outcome, targets=(Target(team),), sharing=Sharing(contact.basis))
    reasons = pack().nfa_reasons if outcome == "no-further-action" else pack().advice_kinds
    return Decision(outcome, reason=town.dice.choice([code for code, _ in reasons.choices()]))


def answer_referrals(world: World) -> None:
    """Those to whom the town referred answer most of it; the accepted become cases."""
    town = Town.new()
    for name in ANSWERS.values():
        with acting(world.actor(name), purpose="made-up town") as scope:
            for referral in Referral.objects.filter(
                to_team_id__in=scope.actor.team_ids, accepted_at=None, declined_at=None
            ).order_by("sent_at")[:20]:
                _answer(scope.actor, town, referral)


def _answer(by, town: Town, referral: Referral) -> None:
    verb = town.dice.choices(["accept", "decline", "acknowledge", "wait"], [5, 2, 2, 1])[0]
    which = {"by": by, "referral_id": referral.pk, "version": referral.version}
    if verb == "acknowledge":
        actions.acknowledge_referral(**which)
    elif verb == "decline":
        reasons = [code for code, _ in pack().decline_reasons.choices()]
        actions.decline_referral(**which, reason=town.dice.choice(reasons))
    elif verb == "accept":
        actions.accept_referral(**which, case=_case(town, timezone.localdate()))


def _case(town: Town, today: date) -> CaseFacts:
    words = pack()
    return CaseFacts(
        opened_on=today,
        category=town.dice.choice([code for code, _ in words.categories.choices()]),
        area=town.dice.choice([code for code, _ in words.localities.choices()]),
        group=town.dice.choices(["female", "male"], [9, 1])[0],
        abuse=("domestic-abuse",),
        risk_assessment="dash",
    )
