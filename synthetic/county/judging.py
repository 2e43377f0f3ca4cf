"""Writes down how danger was judged as risk/actions leaves it: checklist, plan, change, order."""

from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from random import Random

from onestory.access.actions import RECORDED
from onestory.assessment import bank
from onestory.assessment.rules import scores
from onestory.kernel.calendar import LONDON, local
from onestory.risk.rules import levels
from onestory.risk.rules.orders import Terms
from synthetic.county import asking, grants
from synthetic.county.danger import FORM, FROM_POLICE, REVIEWED, STEPS, Danger
from synthetic.county.ledger import Ledger
from synthetic.county.place import Place
from synthetic.county.stories import Deed

SENT_BY, WHY = "Essex Police", "As the officer who attended judged it."
CHANGE, CHANGED = "threat", "He wrote to her brother."
BROKEN, POLICE = "He stood at the gate.", "yes"


@dataclass(slots=True)
class Couple:
    """A survivor and who uses abuse against her, as far as these rows need them. Ids are text."""

    person: str
    abuser: str
    # The team that wrote both of them down, by its code.
    team: str
    identity: str
    risk: str
    support: str
    his_identity: str
    conduct: str | None = None
    # Whether she is told of what is shared.
    told: bool = True
    # Their last case at the table: its id, when it was referred and when it was closed.
    case: str | None = None
    referred_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(slots=True)
class Judged:
    """What a referral takes over from a result."""

    id: str
    instrument: str
    threshold: str
    yes: int
    level: str


def terms(ordered: Deed) -> Terms:
    """What an order says, the same for the same moment."""
    day = local(ordered.at).date()
    until = day + timedelta(days=Random(ordered.at.isoformat()).randint(90, 365))
    conditions = "Must not come near her or the children."
    return Terms("non-molestation", day, until, "The family court", conditions, "partner")


@dataclass(slots=True)
class Judging:
    """Fills a ledger with what one couple's danger came to."""

    ledger: Ledger
    place: Place
    of: Couple

    def write(self, told: Danger) -> Judged:
        """Everything but what MARAC made of it."""
        found = self._asked(told) if told.answers else self._sent(told.judged)
        self._plan(told)
        if told.ordered:
            self._order(told)
        return found

    def conduct(self, deed: Deed) -> str:
        """The envelope of what he did, made by her team if there is none."""
        of, ledger = self.of, self.ledger
        if of.conduct is None:
            of.conduct, team = ledger.new_id(deed.at), self._team
            ledger.add("access_envelope", of.conduct, of.abuser, "conduct", deed.by, deed.at)
            how = (RECORDED, RECORDED, "")
            grants.give(ledger, deed, of.conduct, team, *how, may_write=True)
            detail = {"kinds": ["conduct"], "team": team}
            ledger.entry(deed, "envelope.make", of.abuser, [of.conduct], "", detail)
        return of.conduct

    @property
    def _team(self) -> str:
        return self.place.teams[self.of.team]

    def _hers(self, deed: Deed, envelope: str) -> tuple:
        return self.ledger.new_id(deed.at), envelope, deed.at, deed.by, self.of.person

    # How great it is

    def _sent(self, deed: Deed) -> Judged:
        """The police have judged it by a form of their own."""
        at = datetime.combine(local(deed.at).date(), time(12), LONDON)
        result = (0, 0, 0, 0, 0, None, "", "", "high", WHY, at)
        return self._result(deed, "receive", None, SENT_BY, FROM_POLICE, *result)

    def _asked(self, told: Danger) -> Judged:
        deed, form, ledger, of = told.judged, bank.instrument(FORM), self.ledger, self.of
        codes = [count.question for count in form.scoring.counts]
        answers = dict(zip(codes, told.answers, strict=True))
        envelopes = {"support": of.support, "risk": of.risk}
        sitting = asking.write(ledger, deed, of.person, self._team, envelopes, form, answers)
        counted = scores.counted(form, answers)
        day, pack = local(deed.at).date(), self.place.pack
        computed = levels.of_count(pack, form.code, form.version, day, counted)
        result = (*asdict(counted).values(), None, computed.level, computed.threshold)
        result += (computed.level, "", deed.at)
        return self._result(deed, "assess", sitting, "", form.code, form.version, *result)

    def _result(self, deed: Deed, verb: str, sitting, sent_by: str, form: str, *rest) -> Judged:
        row = self.ledger.add(
            "risk_riskassessment",
            *(*self._hers(deed, self.of.risk), self._team, sitting, sent_by, form, *rest),
        )
        version, yes, *_, threshold, level, _, _ = rest
        subject, detail = f"risk:{row[0]}", {"form": form, "version": version}
        self._entry(deed, f"risk.{verb}", subject, detail)
        return Judged(row[0], form, threshold, yes, level)

    # What keeps her safe

    def _plan(self, told: Danger) -> None:
        for number, deed in enumerate(filter(None, (told.planned, told.reviewed)), 1):
            days = self.place.pack.safety_plans.review_days
            review = local(deed.at).date() + timedelta(days=days)
            row = self._hers(deed, self.of.risk)
            self.ledger.add("risk_safetyplan", *row, self._team, number, "small", review)
            if number == 1:
                steps = [self._step(deed, *step) for step in STEPS]
                written = {step[1] for step in steps}
            else:
                steps[0][5:7] = deed.at, deed.by
                written = {self._step(deed, *REVIEWED)[1]}
            detail = {"version": number, "steps": len(STEPS)}
            envelopes = {self.of.risk, *written}
            subject = f"plan:{row[0]}"
            self.ledger.entry(deed, "plan.agree", self.of.person, envelopes, subject, detail)

    def _step(self, deed: Deed, heading: str, words: str, shared: bool) -> list:
        row = self._hers(deed, self.of.risk if shared else self.of.support)
        rest = (None, None, self._team, heading, words, shared, "")
        return self.ledger.add("risk_safetyplanstep", *row, *rest)

    def change(self, told: Danger) -> None:
        """The danger has changed, and who has seen it: after the agencies were asked."""
        deed = told.changed
        if not deed:
            return
        change, *common = self._hers(deed, self.of.risk)
        day = local(deed.at).date()
        self.ledger.add("risk_riskchange", change, *common, self._team, CHANGE, day, CHANGED)
        seen = {self.of.team: deed, **told.seen}
        for team, by in seen.items():
            row = self._hers(by, self.of.risk)
            self.ledger.add("risk_riskchangeseen", *row, change, self.place.teams[team])
        subject = f"risk-change:{change}"
        self._entry(deed, "risk.change", subject, {"kind": CHANGE})
        for by in told.seen.values():
            self._entry(by, "risk.see-change", subject)

    # What he was ordered

    def _order(self, told: Danger) -> None:
        deed, said, ledger, of = told.ordered, terms(told.ordered), self.ledger, self.of
        conduct, order = self.conduct(deed), ledger.new_id(deed.at)
        ledger.add(
            "risk_order",
            *(order, conduct, deed.at, deed.by, of.abuser, None, None),
            *(ledger.new_id(deed.at), self._team, said.kind, said.from_on, said.until_on),
            *(said.made_by, said.their_reference, said.conditions, said.protects, ""),
        )
        subject = f"order:{order}"
        ledger.entry(deed, "order.record", of.abuser, [conduct], subject, {"kind": said.kind})
        if deed := told.broken:
            breach = ledger.new_id(deed.at)
            ledger.add(
                "risk_breach",
                *(breach, conduct, deed.at, deed.by, of.abuser, order, self._team),
                *(local(deed.at).date(), BROKEN, POLICE),
            )
            seen = (order, breach, "broken", self._team, deed.by, deed.at)
            ledger.add("risk_orderseen", ledger.new_id(deed.at), of.abuser, *seen)
            detail = {"police": POLICE}
            ledger.entry(deed, "order.break", of.abuser, [conduct], subject, detail)

    def _entry(self, deed: Deed, verb: str, subject: str, detail: dict | None = None) -> None:
        self.ledger.entry(deed, verb, self.of.person, [self.of.risk], subject, detail)
