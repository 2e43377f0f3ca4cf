"""What stories of the past are made of: who somebody is, what was told, who did what, the case."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from onestory.agencies.roles import Permission
from onestory.cases.rules.decisions import CaseFacts, Decision, Sharing
from onestory.cases.rules.told import Home, SafeWays, Told
from onestory.kernel.calendar import local
from onestory.people.actions import Facts
from synthetic.county import names, tellings
from synthetic.county.place import Place
from synthetic.county.stories import Deed, Referred, Work

YEAR = timedelta(days=365.2425)
COMPLETED = "support-completed"
UNKNOWN_PLACE = "elsewhere-in-thurrock"
# How likely an accepted or declined referral was acknowledged before.
ACKNOWLEDGED = 0.5


@dataclass(frozen=True)
class Teller:
    """Draws what no source prints, the same every time."""

    random: Random
    place: Place

    def deed(self, team: str, permission: Permission, at: datetime) -> Deed:
        """Something done then by somebody of the team who may."""
        return Deed(at, self.random.choice(self.place.who_may(team, permission)))

    def somebody(self, sex: str, at: datetime, age: float) -> Facts:
        """A person who is so many years old at that moment."""
        born = (at - age * YEAR).date()
        community = names.community(self.random)
        return Facts(
            names.given_name(self.random, community, sex, born),
            names.family_name(self.random, community),
            born_on=born,
            sex=sex,
        )

    def age(self, years: int) -> float:
        """An age in years with a part of one, well between two birthdays."""
        return years + self.random.uniform(0.1, 0.9)

    def told(self, team: str, *, again: bool = False, **what) -> Told:
        """A contact to a team, from what is particular to it; whoever comes again has not moved."""
        told = {"channel": self.random.choice(("phone", "email", "form")), **what}
        return Told(
            safe=SafeWays(safe_to_call=self.random.choice(("yes", "no", "unknown"))),
            to_team=team,
            sharing=self.sharing(),
            home=None if again else self._home(),
            **told,
        )

    def sharing(self) -> Sharing:
        agreed = self.random.random() < 0.7
        return self.place.consent if agreed else self.place.without_consent

    def decision(self, outcome: str) -> Decision:
        """What was decided, with a reason where nobody is referred."""
        if outcome == "advice":
            return Decision(outcome, self.random.choice(self.place.codes("advice_kinds")))
        if outcome == "no-further-action":
            return Decision(outcome, self.random.choice(self.place.codes("nfa_reasons")))
        return Decision(outcome, sharing=self.sharing())

    def answered(
        self, sender: str, service: str, sent: datetime, after: timedelta, *, yes: bool = True
    ) -> Referred:
        """A referral to a service, answered so long after it was sent, and the answer seen."""
        team = self.place.pack.services[service].team
        referred = Referred(team, service, answer="accept" if yes else "decline")
        referred.answered = self.deed(team, Permission.REFERRAL_ANSWER, sent + after)
        if not yes:
            referred.reason = self.random.choice(("not-eligible", "not-enough-known"))
        if team == sender:
            return referred
        if self.random.random() < ACKNOWLEDGED:
            first = sent + after * self.random.uniform(0.2, 0.8)
            referred.acknowledged = self.deed(team, Permission.REFERRAL_ANSWER, first)
        seen = referred.answered.at + timedelta(hours=self.random.uniform(1, 30))
        referred.seen = self.deed(sender, Permission.REFERRAL_SEND, seen)
        return referred

    def work(self, team: str, opened: Deed, closed: datetime, told: Told, sex: str) -> Work:
        """A case of a team, from its opening to its end."""
        sexual = any("sexual" in kind for kind in told.abuse)
        area = told.home.locality if told.home else UNKNOWN_PLACE
        facts = CaseFacts(
            opened_on=local(opened.at).date(),
            category="mash" if told.to_team == "mash" else "casework",
            area=area,
            group="male" if sex == "male" else "female",
            abuse=told.abuse,
            risk_assessment="sericc" if sexual else "dash",
            referred_by=told.source,
        )
        return Work(facts, opened, self.deed(team, Permission.CASE_WORK, closed), COMPLETED)

    def _home(self) -> Home:
        while (home := tellings.dwelling(self.random, self.place)) is None:
            continue
        return home
