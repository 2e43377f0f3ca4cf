"""Writes a story down as the rows that the actions would have left.

It follows people/actions, cases/actions and access/actions verb by verb; the test
`test_county.py` plays the same stories through those and compares.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from onestory.access.actions import RECORDED
from onestory.cases.actions import contacts, referrals
from onestory.cases.rules import clocks
from onestory.cases.rules.decisions import ALWAYS_SHARED, REFERRING, SHARED_BY_DEFAULT, CaseFacts
from onestory.cases.rules.told import Member
from onestory.kernel.calendar import local
from onestory.people.actions import SURVIVOR_KINDS, Facts
from onestory.people.rules import keys
from synthetic.county import episodes, grants
from synthetic.county.episodes import Worked, begun_on
from synthetic.county.ledger import Ledger, array
from synthetic.county.place import Place
from synthetic.county.stories import Deed, Heard, Referred, Story, Work

CONTACT_KINDS = tuple(kind.value for kind in contacts.KINDS)
TRIAGE, REFERRAL = contacts.PURPOSE, referrals.PURPOSE
WHY_CLOSED = {"decline": "referral declined", "withdraw": "referral withdrawn"}
WRITING = timedelta(minutes=2)


@dataclass(slots=True)
class Known:
    """A person as the scribe has written them down so far."""

    id: str
    envelopes: dict[str, str]
    # Who may write and share, by kind, now.
    writers: dict[str, set[str]] = field(default_factory=dict)
    safe: list | None = None
    phones: dict[str, list] = field(default_factory=dict)
    found_by: dict[str, set] = field(default_factory=dict)
    # Everybody in their life.
    others: list["Known"] = field(default_factory=list)


class Scribe:
    """Fills a ledger, story by story."""

    def __init__(self, place: Place, ledger: Ledger):
        self.place = place
        self.ledger = ledger

    def write(self, story: Story) -> None:
        first = story.heard[0]
        team = self.place.teams[first.team]
        survivor = self._person(first.recorded, team, story.who, SURVIVOR_KINDS)
        for heard in story.heard:
            self._contact(survivor, heard)
        if story.barred:
            self._bar(survivor, story.barred, story.barred_user)

    # People

    def couple(self, deed: Deed, team: str, who: Facts, member: Member) -> Known:
        """A survivor and who is in their life, as a team writes them down that hears no contact."""
        known = self._person(deed, self.place.teams[team], who, SURVIVOR_KINDS)
        self._relate(known, deed, self.place.teams[team], member)
        return known

    def _person(self, deed: Deed, team: str, facts: Facts, kinds: Iterable[str]) -> Known:
        ledger, at = self.ledger, deed.at
        person, reference = ledger.referenced(at)
        ledger.add("people_person", person, reference, deed.by, at, None)
        known = Known(person, {kind: ledger.new_id(at) for kind in kinds})
        for kind, envelope in known.envelopes.items():
            ledger.add("access_envelope", envelope, person, kind, deed.by, at)
            grants.give(ledger, deed, envelope, team, RECORDED, RECORDED, "", may_write=True)
            known.writers[kind] = {team}
        ids = list(known.envelopes.values())
        detail = {"kinds": sorted(known.envelopes), "team": team}
        ledger.entry(deed, "envelope.make", person, ids, "", detail)
        identity = known.envelopes["identity"]
        ledger.add(
            "people_identity",
            *(ledger.new_id(at), identity, at, deed.by, person, None, None),
            *(facts.given_name, facts.family_name, facts.other_names),
            *(facts.born_on, facts.birth_year, facts.sex),
        )
        named = keys.of_name(facts.given_name, facts.family_name, facts.other_names.splitlines())
        self._keys(known, "identity", named | keys.of_dob(facts.born_on))
        ledger.entry(deed, "match.tell", person, (), "", {"told": 0})
        ledger.entry(deed, "person.add", person, [identity])
        return known

    def _bar(self, known: Known, deed: Deed, user: str) -> None:
        key, reason = self.ledger.new_id(deed.at), "They are related."
        row = (key, known.id, user, reason, deed.by, deed.at, None, None)
        self.ledger.add("access_barring", *row)
        self.ledger.entry(deed, "person.bar", known.id, (), f"user:{user}")

    def _keys(self, known: Known, kind: str, found: set) -> None:
        held = known.found_by.setdefault(kind, set())
        envelope = known.envelopes[kind]
        for key in found - held:
            self.ledger.add("people_searchkey", known.id, envelope, key.kind, key.value)
        held |= found

    def _reach(self, known: Known, deed: Deed, heard: Heard) -> None:
        told, ledger, at = heard.told, self.ledger, deed.at
        envelope = known.envelopes["safe-contact"]
        common = (envelope, at, deed.by, known.id, None, None)
        _supersede(known.safe, deed)
        safe = told.safe
        known.safe = ledger.add(
            "people_safecontact",
            *(ledger.new_id(at), *common, safe.safe_to_call, safe.when_safe, safe.voicemail),
            *(safe.text_messages, safe.code_word, safe.must_not_know),
        )
        subject, detail = f"safe-contact:{known.safe[0]}", {"safe_to_call": safe.safe_to_call}
        ledger.entry(deed, "safe-contact.set", known.id, [envelope], subject, detail)
        if told.phone:
            _supersede(known.phones.get(told.phone), deed)
            row = ledger.add(
                "people_phone", ledger.new_id(at), *common, told.phone, safe.safe_to_call, ""
            )
            known.phones[told.phone] = row
            self._keys(known, "safe-contact", keys.of_phone(told.phone))
            subject, detail = f"phone:{row[0]}", {"safe": safe.safe_to_call}
            ledger.entry(deed, "phone.add", known.id, [envelope], subject, detail)
        if told.home:
            self._address(known, deed, told.home)

    def _address(self, known: Known, deed: Deed, home) -> None:
        ledger, kind = self.ledger, "whereabouts" if home.confidential else "identity"
        envelope = known.envelopes[kind]
        row = ledger.add(
            "people_address",
            *(ledger.new_id(deed.at), envelope, deed.at, deed.by, known.id, None, None),
            *(home.lines, home.postcode, home.locality, home.housing, home.confidential),
        )
        found = keys.of_address(", ".join(home.lines.splitlines()), home.postcode)
        self._keys(known, kind, found)
        ledger.entry(deed, "address.add", known.id, [envelope], f"address:{row[0]}")

    def _household(self, known: Known, deed: Deed, team: str, heard: Heard) -> None:
        for member in heard.told.household:
            self._relate(known, deed, team, member)

    def _relate(self, known: Known, deed: Deed, team: str, member: Member) -> None:
        other = self._person(deed, team, member.facts, ("identity",))
        story = known.envelopes["story"]
        row = self.ledger.add(
            "people_relationship",
            *(self.ledger.new_id(deed.at), story, deed.at, deed.by, known.id, None, None),
            *(other.id, member.relationship, member.lives_with, member.uses_abuse),
        )
        detail = {
            "kind": member.relationship,
            "lives_with": member.lives_with,
            "uses_abuse": member.uses_abuse,
        }
        subject = f"relationship:{row[0]}"
        self.ledger.entry(deed, "relationship.add", known.id, [story], subject, detail)
        known.others.append(other)

    # Contacts

    def _contact(self, known: Known, heard: Heard) -> None:
        deed, told, ledger = heard.recorded, heard.told, self.ledger
        team, door = self.place.teams[heard.team], self.place.teams[told.to_team]
        draft, began = ledger.new_id(deed.at), deed.at - WRITING
        ledger.entry(Deed(began, deed.by), "draft.start", None, (), f"draft:{draft}")
        self._reach(known, deed, heard)
        self._household(known, deed, team, heard)
        contact, reference = ledger.referenced(deed.at)
        ledger.add("cases_draft", draft, deed.by, team, "{}", began, deed.at, 7, contact)
        given = self._pass_on(known, door, heard) if team != door else []
        row = self._contact_row(known, heard, contact, reference)
        ledger.rows["cases_contact"].append(row)
        story, subject = known.envelopes["story"], f"contact:{contact}"
        detail = {"to": told.to_team, "basis": told.sharing.basis, "danger": told.danger_now}
        ledger.entry(deed, "contact.send", known.id, [story], subject, detail)
        self._triage_entries(known, heard, subject)
        for referred in heard.referrals:
            self._referral(known, heard, contact, referred)
        if heard.work:
            self._case(known, door, heard.work, contact=contact)
        for grant in given if heard.taken_back else ():
            grants.end(ledger, heard.taken_back, known.id, grant, "consent withdrawn")
        if heard.taken_back:
            for kind in CONTACT_KINDS:
                known.writers[kind].discard(door)

    def _contact_row(self, known: Known, heard: Heard, contact: str, reference: str) -> list:
        told, deed, pack = heard.told, heard.recorded, self.place.pack
        graded, decided, seen = heard.graded, heard.decided, heard.acknowledged
        if decided and heard.team == told.to_team:
            seen = decided
        clock = clocks.of_contact(pack, deed.at)
        if graded:
            clock = clocks.after_grading(pack, clock, deed.at, heard.rag)
        decision = heard.decision
        referring = decision and decision.outcome in REFERRING
        separate = bool(seen) and seen is not decided
        return [
            *(contact, known.envelopes["story"], deed.at, deed.by, known.id, reference),
            *(self.place.teams[heard.team], self.place.teams[told.to_team]),
            *(told.source, told.channel, deed.at, array(told.abuse), told.presenting_need),
            *(array(told.contributory_needs), told.children_in_home, told.danger_now),
            *(told.words, told.wishes, told.sharing.basis, told.sharing.reason),
            *(clock.timescale, clock.due_at),
            *(heard.rag, "As it was told." if graded else "", *_at_by(graded)),
            decision.outcome if decision else "",
            "" if referring or not decision else decision.reason,
            decision.words if decision else "",
            *(*_at_by(decided), *_at_by(seen)),
            bool(graded) + bool(decided) + separate,
            told.wishes_asked,
        ]

    def _pass_on(self, known: Known, door: str, heard: Heard) -> list[list]:
        """Open it to the team that is to act; returns the grants on what is the survivor's own."""
        deed, sharing = heard.recorded, heard.told.sharing
        how = (TRIAGE, sharing.basis, sharing.reason)
        shared = [(known, kind) for kind in CONTACT_KINDS]
        shared += [(other, "identity") for other in known.others]
        given: dict[str, list[list]] = {}
        for person, kind in shared:
            if door not in person.writers[kind]:
                envelope = person.envelopes[kind]
                grant = grants.give(self.ledger, deed, envelope, door, *how, may_write=True)
                given.setdefault(person.id, []).append(grant)
                person.writers[kind].add(door)
        for person, opened in given.items():
            grants.tell(self.ledger, deed, person, opened)
        return given.get(known.id, [])

    def _triage_entries(self, known: Known, heard: Heard, subject: str) -> None:
        envelope, entry = [known.envelopes["story"]], self.ledger.entry
        if heard.graded:
            detail = {"rag": heard.rag, "before": ""}
            entry(heard.graded, "contact.grade", known.id, envelope, subject, detail)
        if heard.decided:
            row = self.ledger.rows["cases_contact"][-1]
            within = heard.decided.at <= row[self.ledger.place_of("cases_contact", "due_at")]
            referring = heard.decision.outcome in REFERRING
            reason = "" if referring else heard.decision.reason
            detail = {"outcome": heard.decision.outcome, "reason": reason, "within": within}
            entry(heard.decided, "contact.decide", known.id, envelope, subject, detail)
        if heard.acknowledged:
            entry(heard.acknowledged, "contact.acknowledge", known.id, envelope, subject, {})

    # Referrals and cases

    def _referral(self, known: Known, heard: Heard, contact: str, referred: Referred) -> None:
        ledger, told, sent = self.ledger, heard.told, heard.decided
        sender, team = self.place.teams[told.to_team], self.place.teams[referred.team]
        carrier = self._carrier(known, sender)
        opened = [] if team == sender else self._open_to(known, heard, team, carrier)
        key, reference = ledger.referenced(sent.at)
        acknowledge_by, answer_by = clocks.of_referral(self.place.pack, sent.at)
        answered, answer = referred.answered, referred.answer
        accepted, declined, withdrawn = (
            answered if answer == verb else None for verb in ("accept", "decline", "withdraw")
        )
        acknowledged = referred.acknowledged or accepted or declined
        steps = (referred.acknowledged, accepted, declined, withdrawn, referred.seen)
        seen = answered if team == sender else referred.seen
        ledger.add(
            "cases_referral",
            *(key, carrier, sent.at, sent.by, known.id, reference, contact, sender, team),
            self._service(referred),
            array((told.presenting_need, *told.contributory_needs)),
            *(heard.decision.words, sent.at, sent.by, acknowledge_by, answer_by),
            *(*_at_by(acknowledged), *_at_by(accepted), *_at_by(declined)),
            *(referred.reason if declined else "", ""),
            *(*_at_by(withdrawn), referred.reason if withdrawn else "", *_at_by(seen)),
            *(array(grant[0] for grant in opened), sum(map(bool, steps))),
            *(clocks.escalation(self.place.pack, sent.at), None, None, "", "", None),
            *(begun_on(referred.work), _ended_on(referred.work), None, None, "", None, None),
        )
        self._referral_entries(known, heard, referred, f"referral:{key}", carrier)
        if declined or withdrawn:
            for grant in reversed(opened):
                grants.end(ledger, answered, known.id, grant, WHY_CLOSED[answer])
        else:
            self._writers_of(known, carrier).add(team)
        if referred.work:
            case = self._case(known, team, referred.work, referral=key)
            of = (known.id, carrier, team, sender, case, key, self._service(referred), opened)
            if referred.work.sessions:
                episodes.write(ledger, self.place.pack, Worked(*of), referred)

    def _carrier(self, known: Known, team: str) -> str:
        """The envelope that work of the team is written in: see cases/actions/envelopes."""
        kind = "support" if team in known.writers["support"] else "needs"
        return known.envelopes[kind]

    def _writers_of(self, known: Known, envelope: str) -> set[str]:
        return next(known.writers[kind] for kind, e in known.envelopes.items() if e == envelope)

    def _open_to(self, known: Known, heard: Heard, team: str, carrier: str) -> list[list]:
        deed, sharing = heard.decided, heard.decision.sharing
        how = (REFERRAL, sharing.basis, sharing.reason)
        door, pairs = self.place.teams[heard.told.to_team], known.envelopes.items()
        kinds, ledger = SHARED_BY_DEFAULT | ALWAYS_SHARED, self.ledger
        to_write = [grants.give(ledger, deed, carrier, team, *how, may_write=True)]
        grants.tell(ledger, deed, known.id, to_write)
        to_read = [
            grants.give(ledger, deed, envelope, team, *how, may_write=False)
            for kind, envelope in pairs
            if kind in kinds and envelope != carrier and door in known.writers[kind]
        ]
        grants.tell(ledger, deed, known.id, to_read)
        return to_write + to_read

    def _service(self, referred: Referred) -> str | None:
        return self.place.services[referred.service] if referred.service else None

    def _referral_entries(
        self, known: Known, heard: Heard, referred: Referred, subject: str, carrier: str
    ) -> None:
        def entry(deed: Deed, verb: str, **detail) -> None:
            self.ledger.entry(deed, f"referral.{verb}", known.id, [carrier], subject, detail)

        service, basis = referred.service or "", heard.decision.sharing.basis
        entry(heard.decided, "send", to=referred.team, service=service, basis=basis)
        if referred.acknowledged:
            entry(referred.acknowledged, "acknowledge")
        if referred.answered:
            detail = {"reason": referred.reason} if referred.reason else {}
            detail |= {"offered": ""} if referred.answer == "decline" else {}
            entry(referred.answered, referred.answer, **detail)
        if referred.seen:
            entry(referred.seen, "see")

    def _case(
        self,
        known: Known,
        team: str,
        work: Work,
        contact: str | None = None,
        referral: str | None = None,
    ) -> str:
        """Opened and, if it is over, closed; its id comes back."""
        ledger, opened, closed = self.ledger, work.opened, work.closed
        facts: CaseFacts = work.facts
        key, reference = ledger.referenced(opened.at)
        carrier = self._carrier(known, team)
        ledger.add(
            "cases_case",
            *(key, carrier, opened.at, opened.by, team, reference, known.id, referral, contact),
            *(facts.opened_on, _ended_on(work), work.close_reason),
            *(facts.category, facts.area, facts.group, array(facts.abuse)),
            *(facts.risk_assessment, facts.referred_by, None, None, int(bool(closed))),
        )
        subject = f"case:{key}"
        detail = {"category": facts.category}
        ledger.entry(opened, "case.open", known.id, [carrier], subject, detail)
        if closed:
            detail = {"reason": work.close_reason}
            ledger.entry(closed, "case.close", known.id, [carrier], subject, detail)
        return key


def _supersede(row: list | None, deed: Deed) -> None:
    """Rows about people have these two columns in the same place."""
    if row:
        row[5:7] = deed.at, deed.by


def _ended_on(work: Work | None) -> date | None:
    return local(work.closed.at).date() if work and work.closed else None


def _at_by(deed: Deed | None) -> tuple[datetime | None, str | None]:
    return (deed.at, deed.by) if deed else (None, None)
