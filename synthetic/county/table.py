"""Writes down a case of the meeting as marac/actions leaves it, with all that it opens and closes."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

from onestory.access.rules.consent import end_of
from onestory.agencies.area.marac import MaracRule
from onestory.kernel.calendar import deadline, local
from onestory.kernel.opening import ONCE, keep
from onestory.marac.actions.opening import CLOSED, NEVER_TOLD, PURPOSE
from onestory.marac.models import RISK
from onestory.marac.rules.criteria import after_months
from synthetic.county import grants
from synthetic.county.danger import JUDGED, Asked, Brought, Meeting, Offer
from synthetic.county.judging import Couple, Judged, Judging
from synthetic.county.ledger import Ledger, array
from synthetic.county.place import Place
from synthetic.county.stories import Deed

WORDS = "He waited outside the school twice this week, and says that he will find her."
REASON = "She answers nothing while his mother is in the room."
WHY = "The danger is serious and near; each of these may hold what keeps her safe."
NOT_TOLD = "She has not been alone with anybody since."
# Of the children in the household, by how many they are.
THEIR_WORDS = (
    "",
    "A boy of 4.",
    "7 and 10; the same primary school.",
    "3, 7 and 10.",
    "1, 3, 7 and 10.",
)
MINUTES = "High: he knows the school and her way to work."
WISHES, TOLD_HER = "To stay near her sister.", "What the clinic and the school will do."
DONE, LEFT = "Told the meeting by telephone.", "She had moved before it was done."
NO_REPEAT = "The team that noticed it says that it is about the same evening."
LASTS, A_CASE, WHERE = 360, 12, "Civic Offices, committee room 2"


def meeting_row(ledger: Ledger, place: Place, rule: MaracRule, meeting: Meeting) -> None:
    """A day on which the agencies meet."""
    deed, table = meeting.planned, place.teams[rule.coordinators]
    when = (meeting.starts_at, LASTS, A_CASE, WHERE, deed.by, deed.at)
    as_planned = (None, None, None, "", 0)
    ledger.add("marac_meeting", meeting.id, table, *when, *as_planned)
    ledger.entry(deed, "marac.plan", None, (), f"meeting:{meeting.id}")


@dataclass(slots=True)
class Shared:
    """What was opened to one team about one person."""

    id: str
    person: str
    kinds: list[str]
    team: str
    given: list[list]


@dataclass(slots=True)
class Table:
    """Fills a ledger with one case of one couple."""

    ledger: Ledger
    place: Place
    rule: MaracRule
    of: Couple

    def write(self, told: Brought, judged: Judged) -> None:
        """The case, as far as it has come."""
        case = self._refer(told, judged)
        if told.accepted:
            self._entry(told.accepted, "accept", case, repeat=bool(self.of.case))
            opened = [self._ask(told, case, one) for one in told.asked]
        item = self._item(told, case) if told.meeting else None
        if told.wishes:
            signed = (*self._hers(told.wishes), case, self._from)
            self.ledger.add("marac_wishes", *signed, WISHES, "yes")
            self._entry(told.wishes, "wishes", case, agrees="yes")
        if told.minuted:
            self._minute(told, case, item)
        if told.told_after:
            day = local(told.told_after.at).date()
            row = (*self._hers(told.told_after), case, self._from, day, TOLD_HER)
            self.ledger.add("marac_telling", *row)
            self._entry(told.told_after, "tell", case)
        if told.closed:
            self._close(told, case, opened)
        self.of.case, self.of.referred_at = case, told.referred.at
        self.of.closed_at = told.closed and told.closed.at

    def look_at(self, day: date, deed: Deed) -> None:
        """What her team noticed that day is no repeat."""
        row = (*self._hers(deed), self.of.case, day, self._from, "not", NO_REPEAT)
        self.ledger.add("marac_foundrepeat", *row)
        self._entry(deed, "look", self.of.case, how="not")

    @property
    def _from(self) -> str:
        return self.place.teams[self.of.team]

    @property
    def _to(self) -> str:
        return self.place.teams[self.rule.coordinators]

    def _hers(self, deed: Deed) -> tuple:
        of = self.of
        return self.ledger.new_id(deed.at), of.risk, deed.at, deed.by, of.person

    def _entry(self, deed: Deed, verb: str, case: str, **detail) -> None:
        of, subject = self.of, f"marac:{case}"
        self.ledger.entry(deed, f"marac.{verb}", of.person, [of.risk], subject, detail)

    def _refer(self, told: Brought, judged: Judged) -> str:
        deed, of, taken, closed = told.referred, self.of, told.accepted, told.closed
        day = local(deed.at).date()
        holds = after_months(day, self.rule.repeat_months) + timedelta(days=self.rule.lapse_days)
        conduct = Judging(self.ledger, self.place, of).conduct(deed)
        both = {"identity", "risk", "conduct"}
        shares = self._open(told, deed, self._from, self._to, holds, conduct, both)
        row = self.ledger.add(
            "marac_referral",
            *(*self._hers(deed), self._from, self._to, of.abuser, day, array(told.criteria)),
            *(REASON if JUDGED in told.criteria else "", judged.id, judged.instrument),
            *(judged.threshold, judged.yes, judged.level, None, WORDS),
            *(told.children, THEIR_WORDS[told.children]),
            *("yes" if told.told else "not-asked", "", *_at_by(deed if told.told else None)),
            *("" if told.told else NOT_TOLD, array(one.id for one in shares), *_at_by(taken)),
            of.case if taken else None,
            self.rule.repeat_version if taken and of.case else "",
            *(None, None, "", None, None, None, "", *_at_by(closed), told.outcome, ""),
            bool(taken) + bool(closed),
        )
        self._entry(deed, "refer", row[0], criteria=list(told.criteria), told=told.told)
        return row[0]

    def _ask(self, told: Brought, case: str, one: Asked) -> tuple[list, list[Shared]]:
        deed, of, team = told.accepted, self.of, self.place.teams[one.team]
        until = local(deed.at).date() + timedelta(days=self.rule.lapse_days)
        shares = self._open(told, deed, self._to, team, until, of.conduct, set())
        due = deadline(deed.at, working_days=self.rule.research_working_days)
        found = one.answered and (one.about_her or one.about_him)
        holds = ("something" if found else "nothing") if one.answered else ""
        row = self.ledger.add(
            "marac_research",
            *(*self._hers(deed), case, team, self._to, of.abuser, WHY, due),
            *(array(share.id for share in shares), holds, *_at_by(one.answered), None, None),
        )
        self._entry(deed, "ask", case, team=one.team, again=False)
        if one.answered:
            self._answer(one, case, team, holds)
        return row, shares

    def _answer(self, one: Asked, case: str, team: str, holds: str) -> None:
        of, by = self.of, one.answered
        key = self.ledger.new_id(by.at)
        if one.about_her:
            hers = (key, of.risk, by.at, by.by, of.person, case, team, one.about_her)
            self.ledger.add("marac_finding", *hers)
        if one.about_him:
            his = (key, of.conduct, by.at, by.by, of.abuser, case, team, one.about_him)
            self.ledger.add("marac_conductfinding", *his)
        self._entry(by, "answer", case, holds=holds)

    def _open(
        self, told: Brought, deed: Deed, by: str, to: str, until: date, conduct: str, writes: set
    ) -> list[Shared]:
        """Who she is and her risk; who he is and his conduct. He is never told."""
        of = self.of
        hers = {"identity": of.identity, "risk": of.risk}
        his = {"identity": of.his_identity, "conduct": conduct}
        why = "" if told.told else NOT_TOLD
        return [
            self._share(deed, of.person, hers, by, to, until, writes, told.told, why),
            self._share(deed, of.abuser, his, by, to, until, writes, False, NEVER_TOLD),
        ]

    def _share(
        self, deed, person: str, envelopes: dict, by, to, until, writes, told: bool, why: str
    ) -> Shared:
        ledger, kinds, basis = self.ledger, list(envelopes), self.rule.basis
        key = ledger.new_id(deed.at)
        ledger.add(
            "access_sharewithoutconsent",
            *(key, person, by, to, array(kinds), PURPOSE, basis, WHY, until, deed.by, deed.at),
            *(None, why, *_at_by(deed if told else None)),
        )
        given = []
        for may_write in (True, False):
            some = [
                grants.give(
                    *(ledger, deed, envelope, to, PURPOSE, basis, WHY),
                    may_write=may_write,
                    until=end_of(until),
                    without_consent=key,
                )
                for kind, envelope in envelopes.items()
                if (kind in writes) == may_write
            ]
            if some:
                grants.tell(ledger, deed, person, some)
            given += some
        detail = {"kinds": kinds, "to": to, "basis": basis, "told": told}
        ledger.entry(deed, "without-consent.share", person, (), f"without-consent:{key}", detail)
        return Shared(key, person, kinds, to, given)

    def _item(self, told: Brought, case: str) -> str:
        meeting = told.meeting
        row = (*self._hers(told.accepted), case, meeting.id, None, None, None, "")
        self._entry(told.accepted, "agenda", case, meeting=meeting.id, moved=False)
        return self.ledger.add("marac_item", *row, *_at_by(told.heard))[0]

    def _minute(self, told: Brought, case: str, item: str) -> None:
        by, answers = told.minuted, {}
        keep(answers, RISK, {RISK: [MINUTES]}, ONCE)
        row = (*self._hers(by), item, case, MINUTES, json.dumps(answers), by.at, by.by)
        self.ledger.add("marac_minutes", *row)
        self._entry(by, "minute", case)
        for offer in told.offers:
            self._offer(offer, case, item)
        self._entry(told.heard, "hear", case)

    def _offer(self, offer: Offer, case: str, item: str) -> None:
        done, left, team = offer.done, offer.left, self.place.teams[offer.team]
        row = self.ledger.add(
            "marac_action",
            *(*self._hers(offer.at), case, item, team, self._to, offer.whom, offer.words),
            *(offer.due_on, True, *_at_by(done), DONE if done else ""),
            *(*_at_by(left), LEFT if left else ""),
        )
        self._entry(offer.at, "action", case, team=offer.team, whom=offer.whom)
        if done or left:
            self._entry(done or left, "do" if done else "leave", case, action=row[0])

    def _close(self, told: Brought, case: str, opened: list[tuple[list, list[Shared]]]) -> None:
        """The review: what was opened to the agencies closes with it."""
        closed, ledger = told.closed, self.ledger
        for row, shares in opened:
            row[-2:] = _at_by(closed)
            for share in shares:
                for grant in share.given:
                    grants.close(ledger, closed, grant, CLOSED)
                detail = {"kinds": share.kinds, "to": share.team}
                about = ([grant[1] for grant in share.given], f"without-consent:{share.id}")
                ledger.entry(closed, "without-consent.end", share.person, *about, detail)
        self._entry(closed, "close", case, outcome=told.outcome)


def _at_by(deed: Deed | None) -> tuple:
    return (deed.at, deed.by) if deed else (None, None)
