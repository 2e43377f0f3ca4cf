"""What somebody does at work: looks, searches, records, decides, answers; and thinks between."""

import time
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random
from threading import Thread

from onestory.agencies.roles import ROLES, Permission
from synthetic.county.place import Place
from tests.bench.load.visitor import Visitor
from tests.bench.telling import typed_pages
from tests.bench.visits import COMMON

# How often each is done, and how long somebody thinks between two pages and between two things.
SHARES = {
    **{"look": 8, "search": 5, "record": 3, "triage": 4, "refer": 2, "cases": 2},
    **{"table": 2, "meeting": 30},
}
BETWEEN_PAGES, BETWEEN_THINGS = 0.6, 2.5
AT_THE_TABLE = {Permission.MARAC_COORDINATE, Permission.MARAC_CHAIR}
GRADES = ("amber", "green", "green", "blue", "red")


@dataclass
class Done:
    """What the server has said yes to, to be found in the database afterwards."""

    # The mark in the words of a contact -> the id that the server gave it.
    contacts: dict[str, str] = field(default_factory=dict)
    graded: set[str] = field(default_factory=set)
    # Contact -> its outcome; and the teams that it was referred to.
    decided: dict[str, str] = field(default_factory=dict)
    referred: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    # A case on the agenda -> everything that was written of it.
    minuted: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    # Somebody else was quicker, and the page said so.
    overtaken: int = 0


class Worker(Thread):
    """One user until the time is up."""

    def __init__(self, number: int, visitor: Visitor, role: str, place: Place, until: float):
        super().__init__(daemon=True)
        self.number, self.visitor, self.place, self.until = number, visitor, place, until
        self.random = Random(f"load {number}")
        self.done = Done()
        self.failure: Exception | None = None
        self.people: list[str] = []
        may = ROLES[role].permissions
        needed = {
            "triage": Permission.CONTACT_TRIAGE,
            "refer": Permission.REFERRAL_ANSWER,
            "cases": Permission.CASE_WORK,
            "table": Permission.MARAC_ATTEND,
        }
        self.shares = {
            name: share
            for name, share in SHARES.items()
            if (name not in needed or needed[name] in may)
            and (name != "meeting" or may & AT_THE_TABLE)
        }

    def run(self) -> None:
        try:
            self._think(BETWEEN_THINGS)
            while time.monotonic() < self.until:
                [thing] = self.random.choices(list(self.shares), list(self.shares.values()))
                getattr(self, thing)()
                self._think(BETWEEN_THINGS)
        except Exception as error:  # told at the end, where somebody sees it
            self.failure = error

    def _think(self, mean: float) -> None:
        time.sleep(min(self.random.expovariate(1 / mean), 4 * mean))

    def _pick(self, things: list[str]) -> str | None:
        return self.random.choice(things) if things else None

    # What they do.

    def look(self) -> None:
        show = self.random.choice(("", "?show=contacts", "?show=decisions", "?show=sent"))
        worklist = self.visitor.get("worklist", f"/{show}")
        self._think(BETWEEN_PAGES)
        if contact := self._pick(worklist.links("contacts")):
            page = self.visitor.get("contact", f"/contacts/{contact}/")
            self.people += page.links("people")[:1]
        if self.people:
            self._think(BETWEEN_PAGES)
            self.visitor.get("person", f"/people/{self.random.choice(self.people)}/")

    def search(self) -> None:
        pages = typed_pages(self.random, self.place)
        names = (pages["who"][name][0] for name in ("given_name", "family_name"))
        text = self.random.choice((" ".join(names), self.random.choice(COMMON), "07700 900123"))
        asked = self.visitor.post("search: ask", "/people/", {"text": text})
        found = self.visitor.get("search", asked.location or "/people/").links("people")
        self.people += found[:3]
        if person := self._pick(found):
            self._think(BETWEEN_PAGES)
            self.visitor.get("person", f"/people/{person}/")

    def cases(self) -> None:
        shown = self.visitor.get("case list", "/cases/").links("cases")
        if case := self._pick(shown):
            self._think(BETWEEN_PAGES)
            self.visitor.get("case", f"/cases/{case}/")

    def table(self) -> None:
        """What the meeting wants of an agency, or of the table itself."""
        self.visitor.get("MARAC", "/marac/")
        self._think(BETWEEN_PAGES)
        self.visitor.get("MARAC actions", "/marac/actions/")

    def meeting(self) -> None:
        """A case in the meeting is opened and minuted, maybe by two at once."""
        ahead = self.visitor.get("meetings", "/marac/meetings/").links("marac/meetings")
        if not ahead:
            return
        agenda = self.visitor.get("agenda", f"/marac/meetings/{ahead[0]}/")
        for item in agenda.links("marac/hear")[:3]:
            path = f"/marac/hear/{item}/"
            form = self.visitor.get("hear", path).hidden()
            self._think(BETWEEN_PAGES)
            words = f"High: he knows the school. Minute {self.random.getrandbits(30)}."
            if self.visitor.post("minute", path, {"risk": words, **form}).location:
                self.done.minuted[item].add(words)
            else:
                self.done.overtaken += 1

    def record(self) -> None:
        pages = typed_pages(self.random, self.place)
        mark = f"load {self.number}.{len(self.done.contacts)}.{self.random.getrandbits(32):08x}"
        pages["happened"]["words"] = [mark]
        path = self.visitor.post("record: start", "/record/start/", {}).location
        for typed in pages.values():
            form = self.visitor.get("record: page", path).hidden()
            self._think(BETWEEN_PAGES)
            sent = {**typed, **form, "action": "next"}
            answer = self.visitor.post("record: save page", path, sent)
            if not answer.location:
                self.visitor.faults.append(f"record: {path.split('/')[-2]} was not accepted")
                return
            path = answer.location
        form = self.visitor.get("record: check", path).hidden()
        self._think(BETWEEN_PAGES)
        answer = self.visitor.post("record: send", path, form)
        if not answer.location.endswith("/sent/"):
            self.visitor.faults.append("record: the contact was not sent")
            return
        self.done.contacts[mark] = answer.location.split("/")[-3]
        self.visitor.get("record: sent", answer.location)

    def triage(self) -> None:
        waiting = self.visitor.get("worklist", "/?show=contacts").links("contacts")
        contact = self._pick(waiting)
        if contact is None:
            return
        path = f"/contacts/{contact}/"
        form = self.visitor.get("contact", path).hidden("/grade/")
        self._think(BETWEEN_PAGES)
        grade = {"rag": self.random.choice(GRADES), "reason": "As it was told.", **form}
        if not form or not self.visitor.post("grade", f"{path}grade/", grade).location:
            self.done.overtaken += 1
            return
        self.done.graded.add(contact)
        form = self.visitor.get("contact", path).hidden("/decide/")
        self._think(BETWEEN_PAGES)
        if form:
            self._decide(contact, form)

    def _decide(self, contact: str, form: dict[str, str]) -> None:
        path = f"/contacts/{contact}/"
        outcome = self.random.choice(("advice", "no-further-action", "referral"))
        fields = {
            "outcome": outcome,
            "advice_kind": self.random.choice(self.place.codes("advice_kinds")),
            "nfa_reason": self.random.choice(self.place.codes("nfa_reasons")),
            **form,
        }
        answer = self.visitor.post("decide", f"{path}decide/", fields)
        if outcome == "referral" and answer.status == 200:
            # A team that offers no service is referred to as such, by its own code.
            teams = [t for t in self.place.receivers if not self.place.services_of[t]]
            team = self.random.choice(teams)
            fields = {
                "targets": f"{team}:",
                "kinds": ["safe-contact", "needs"],
                "basis": self.place.consent.basis,
                **form,
            }
            answer = self.visitor.post("decide: refer", f"{path}refer/referral/", fields)
            if answer.location:
                self.done.referred[contact] = team
        if answer.location:
            self.done.decided[contact] = outcome
        else:
            self.done.overtaken += 1

    def refer(self) -> None:
        waiting = self.visitor.get("worklist", "/?show=referrals").links("referrals")
        referral = self._pick(waiting)
        if referral is None:
            return
        form = self.visitor.get("referral", f"/referrals/{referral}/").hidden("/acknowledge/")
        if form:
            self._think(BETWEEN_PAGES)
            path = f"/referrals/{referral}/acknowledge/"
            if self.visitor.post("acknowledge", path, form).location:
                self.done.acknowledged.add(referral)
            else:
                self.done.overtaken += 1


def together(workers: list[Worker]) -> Done:
    """All that was done by anybody."""
    whole = Done()
    for worker in workers:
        for name in ("contacts", "decided", "referred"):
            getattr(whole, name).update(getattr(worker.done, name))
        whole.graded |= worker.done.graded
        whole.acknowledged |= worker.done.acknowledged
        for item, words in worker.done.minuted.items():
            whole.minuted[item] |= words
        whole.overtaken += worker.done.overtaken
    return whole


def times(workers: list[Worker]) -> dict[str, list[float]]:
    """Seconds by page, of everybody."""
    found: dict[str, list[float]] = defaultdict(list)
    for worker in workers:
        for name, took in worker.visitor.times.items():
            found[name] += took
    return dict(sorted(found.items()))
