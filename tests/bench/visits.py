"""What people do, as requests: each kind of visit asks some pages and times those that count."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from onestory.access.acting import acting
from onestory.agencies.actor import Actor, actor_of
from onestory.agencies.models import User
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.assessment.actions import begin_sitting
from onestory.cases.actions import start_draft
from onestory.cases.models import Case, Contact, Referral
from onestory.people.models import Address, Identity, Phone
from synthetic.county.place import place
from tests.bench.browser import Browser, Page, Sample
from tests.bench.danger import Dangers
from tests.bench.telling import typed_pages, who_may

SEARCHES = ("misspelt", "names and birth", "telephone", "postcode", "common name")
COMMON = ("Smith", "Jones", "Patel", "Taylor", "Brown", "Williams")
INBOXES = ("", "?show=waiting", "?show=gone")
LISTS = ("", "?show=contacts", "?show=referrals", "?show=sent")
CASES = ("", "?state=open", "?state=closed")
MINE = ("", "?show=nobodys", "?show=late", "?show=team")
# How the lines of a list and the rows of a table begin, and the row that names its columns.
ITEM, ROW, HEAD = '<li class="os-worklist__item', '<tr class="govuk-table__row"', "<thead"
ASKED = 60


class Visits:
    """Visits to one database, the same for the same seed."""

    def __init__(self, seed: int):
        self.random = Random(seed)
        self.place = place(timezone.now())
        self.browsers: dict[str, Browser] = {}
        self.last: Browser | None = None
        self.people_of: dict[str, list] = {}
        self.kinds: dict[str, Callable[[], Sample]] = {
            "worklist": self.worklist,
            "person": self.person,
            "who knows": self.who_knows,
            "contact": self.contact,
            "inbox": self.inbox,
            "passport": self.passport,
            "services to choose": self.broker,
            "assessment": self.assessment,
            "assessment: a page": self.assessment_page,
            "search": self.search,
            "record a contact: a page": self.record_page,
            "record a contact: send": self.send,
            "case list": self.case_list,
            "my people": self.my_people,
            "case at work": self.case_at_work,
            "yearly report": self.report,
            **Dangers(self).kinds,
        }

    # Each of these is one visit.

    def worklist(self) -> Sample:
        browser = self._somebody(Permission.CONTACT_RECORD)
        return self._list(browser, "cases:worklist", LISTS)

    def person(self) -> Sample:
        browser = self._somebody(Permission.PERSON_FIND, knowing=True)
        return browser.get(reverse("people:person", args=[self._known(browser)])).sample

    def who_knows(self) -> Sample:
        browser = self._somebody(Permission.PERSON_FIND, knowing=True)
        return browser.get(reverse("people:who-knows", args=[self._known(browser)])).sample

    def contact(self) -> Sample:
        browser = self._somebody(Permission.CONTACT_TRIAGE, knowing=True)
        contact = self.read(browser, lambda by: self._a_contact(by, self._known(browser)))
        return browser.get(reverse("cases:contact", args=[contact])).sample

    def inbox(self) -> Sample:
        browser = self._somebody(Permission.REFERRAL_ANSWER)
        return self._list(browser, "cases:inbox", INBOXES)

    def passport(self) -> Sample:
        browser, referral = self._asked()
        while referral is None:
            browser, referral = self._asked()
        return browser.get(reverse("cases:passport", args=[referral])).sample

    def _asked(self) -> tuple[Browser, UUID | None]:
        """Somebody of a team that was asked to help, and one of the referrals to it."""
        browser = self._somebody(Permission.REFERRAL_ANSWER)
        return browser, self.read(browser, self._a_referral)

    def broker(self) -> Sample:
        browser = self._somebody(Permission.REFERRAL_SEND, knowing=True)
        return browser.get(reverse("cases:broker", args=[self._known(browser)])).sample

    def assessment(self) -> Sample:
        browser = self._somebody(Permission.ASSESS, knowing=True)
        return browser.get(reverse("assessment:overview", args=[self._known(browser)])).sample

    def assessment_page(self) -> Sample:
        """One page of questions shown to somebody who has just sat down with her."""
        browser = self._somebody(Permission.ASSESS, knowing=True)
        person_id = self._known(browser)
        sitting = self.read(browser, lambda by: _begun(by, person_id))
        return browser.get(reverse("assessment:section", args=[sitting, "housing"])).sample

    def search(self) -> Sample:
        browser = self._somebody(Permission.PERSON_FIND, knowing=True)
        text = self._text(browser, self.random.choice(SEARCHES))
        asked = browser.post(reverse("people:find"), {"text": text})
        return asked.sample + browser.get(asked.location).sample

    def record_page(self) -> Sample:
        browser = self._somebody(Permission.CONTACT_RECORD)
        pages = typed_pages(self.random, self.place)
        draft = self.read(browser, lambda by: start_draft(by=by).pk)
        asked = browser.post(
            reverse("cases:record-page", args=[draft, "who"]),
            {**pages["who"], "version": "0", "tab": "a", "action": "next"},
        )
        return asked.sample + browser.get(asked.location).sample

    def send(self) -> Sample:
        browser = self._somebody(Permission.CONTACT_RECORD)
        pages = typed_pages(self.random, self.place)
        draft = self.read(browser, lambda by: start_draft(by=by, pages=pages))
        path = reverse("cases:record-check", args=[draft.pk])
        sent = browser.post(path, {"version": str(draft.version)})
        if not sent.location.endswith("/sent/"):
            raise RuntimeError("A contact that should have been sent was not.")
        return sent.sample

    def case_list(self) -> Sample:
        browser = self._somebody(Permission.CASE_WORK)
        return self._list(browser, "cases:list", CASES)

    def my_people(self) -> Sample:
        browser = self._somebody(Permission.CASE_WORK)
        return self._list(browser, "support:mine", MINE)

    def case_at_work(self) -> Sample:
        browser = self._somebody(Permission.CASE_WORK, knowing=True)
        while (case := self.read(browser, self._a_case)) is None:
            browser = self._somebody(Permission.CASE_WORK, knowing=True)
        return browser.get(reverse("support:case", args=[case])).sample

    def report(self) -> Sample:
        definition = self.random.choice(list(pack().reports.values()))
        manager = self.place.staff[definition.team]["manager"][0]
        path = reverse("reporting:report", args=[definition.code])
        return self.browser(manager).get(path).sample

    def _list(self, browser: Browser, name: str, shows: tuple[str, ...]) -> Sample:
        """One list of several, and how many rows it has on the page."""
        show = self.random.choice(shows)
        return replace(self.counted(browser.get(reverse(name) + show)), show=show)

    def counted(self, page: Page) -> Sample:
        """What a page took, with how many rows there are on it."""
        rows = page.body.count(ITEM) + page.body.count(ROW) - page.body.count(HEAD)
        return replace(page.sample, rows=rows)

    # Whom they are about.

    def _somebody(self, permission: Permission, *, knowing: bool = False) -> Browser:
        """Anybody whose role allows it; with `knowing`, whose team has heard of somebody."""
        users = who_may(self.place, permission)
        browser = self.browser(self.random.choice(users))
        while knowing and not self._people(browser):
            browser = self.browser(self.random.choice(users))
        return browser

    def browser(self, user: str) -> Browser:
        if user not in self.browsers:
            self.browsers[user] = Browser(User.objects.get(pk=user))
        self.last = self.browsers[user]
        return self.last

    def read(self, browser: Browser, read: Callable[[Actor], object]):
        with acting(actor_of(browser.user), purpose="bench") as scope:
            return read(scope.actor)

    def _known(self, browser: Browser):
        """Somebody whose record is open to this user."""
        return self.random.choice(self._people(browser))

    def _people(self, browser: Browser) -> list:
        user = str(browser.user.pk)
        if user not in self.people_of:
            self.people_of[user] = self.read(browser, self._some_people)
        return self.people_of[user]

    def _some_people(self, by: Actor) -> list:
        rows = Contact.objects.filter(from_team__in=by.team_ids)
        rows |= Contact.objects.filter(to_team__in=by.team_ids)
        ids = list(rows.order_by("id").values_list("person_id", flat=True))
        return self.random.sample(ids, min(ASKED, len(ids)))

    def _a_referral(self, by: Actor):
        rows = Referral.objects.filter(to_team__in=by.team_ids, declined_at=None)
        ids = list(rows.order_by("-sent_at").values_list("id", flat=True)[:ASKED])
        return self.random.choice(ids) if ids else None

    def _a_contact(self, by: Actor, person_id):
        return Contact.objects.filter(person_id=person_id).values_list("id", flat=True).first()

    def _a_case(self, by: Actor):
        rows = Case.objects.filter(team__in=by.team_ids).exclude(person=None)
        ids = list(rows.order_by("-opened_on").values_list("id", flat=True)[:ASKED])
        return self.random.choice(ids) if ids else None

    def _text(self, browser: Browser, kind: str) -> str:
        if kind == "common name":
            return self.random.choice(COMMON)
        return self.read(browser, lambda by: self._text_about(self._known(browser), kind))

    def _text_about(self, person_id, kind: str) -> str:
        """What somebody would type to find them; their name, where the other is not known."""
        who = Identity.objects.filter(person_id=person_id, superseded_at=None).get()
        if kind == "telephone" and (phone := Phone.objects.filter(person_id=person_id).first()):
            return phone.number
        if kind == "postcode" and (home := Address.objects.filter(person_id=person_id).first()):
            return home.postcode
        family = _misspelt(self.random, who.family_name)
        born = f" {who.born_on:%d/%m/%Y}" if kind == "names and birth" and who.born_on else ""
        return f"{who.given_name} {family}{born}"


def _begun(by: Actor, person_id: UUID) -> UUID:
    team_id = by.teams_where(Permission.ASSESS)[0]
    begun = begin_sitting(
        by=by, team_id=team_id, person_id=person_id, instrument="needs-assessment"
    )
    return begun.pk


def _misspelt(random: Random, name: str) -> str:
    """With one letter left out, doubled, or exchanged with the next."""
    place = random.randrange(1, max(2, len(name) - 1))
    before, one, two, after = name[:place], name[place], name[place + 1 :][:1], name[place + 2 :]
    return before + random.choice((two, one + one + two, two + one)) + after
