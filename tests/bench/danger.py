"""Visits to the pages on danger and on MARAC: the table, an agency, a worker with a checklist."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.marac.models import Item, Meeting, Minutes, Referral
from onestory.risk.actions.checklists import begin_checklist
from onestory.risk.models import RiskAssessment
from tests.bench.browser import Browser, Sample
from tests.bench.telling import who_may

FORM = "dash-24"
RISK = "High: he knows the school, and her way to work. Visit {}."
# The meeting that is next, and some that were.
MEETINGS, PEOPLE = 6, 60


class Dangers:
    """These visits, by the people and with the dice of all the others."""

    def __init__(self, visits):
        self.visits, self.random = visits, visits.random
        self.rule = pack().marac_rule(timezone.localdate())
        self.kinds = {
            "person with risk": self.person,
            "checklist": self.checklist,
            "MARAC: a case": self.hear,
            "MARAC: next case": self.next_case,
            "MARAC: agenda": self.agenda,
            "MARAC: the table": self.table,
            "MARAC: an agency": self.agency,
            "MARAC: actions": self.actions,
        }

    def person(self) -> Sample:
        """Somebody whose danger was judged, with a plan; many of them at the table."""
        browser, person = self._somebody(lambda by: [*_judged_by(by), *_at_the_table()])
        return browser.get(reverse("people:person", args=[person])).sample

    def checklist(self) -> Sample:
        """All the questions and the judgement, to somebody who has just begun to ask."""
        browser, person = self._somebody(_judged_by)
        self.visits.read(browser, lambda by: _begun(by, person))
        return browser.get(reverse("risk:checklist", args=[person, FORM])).sample

    def hear(self) -> Sample:
        browser = self._at_the_table()
        item = self.visits.read(browser, self._item)
        return browser.get(reverse("marac:hear", args=[item])).sample

    def next_case(self) -> Sample:
        """The risk is written down, the case has been heard, and the next one is on the screen."""
        browser = self._at_the_table()
        item, version = self.visits.read(browser, self._unheard)
        sent = browser.post(
            reverse("marac:hear", args=[item]),
            {
                "risk": RISK.format(self.random.getrandbits(30)),
                **{"what": "heard", "tab": f"{self.random.getrandbits(30)}", "version": version},
            },
        )
        if not sent.location:
            raise RuntimeError("A case that should have been heard was not.")
        return sent.sample + browser.get(sent.location).sample

    def agenda(self) -> Sample:
        browser = self._at_the_table()
        meeting = self.visits.read(browser, self._meeting)
        return self.visits.counted(browser.get(reverse("marac:meeting", args=[meeting])))

    def table(self) -> Sample:
        return self.visits.counted(self._at_the_table().get(reverse("marac:home")))

    def agency(self) -> Sample:
        return self.visits.counted(self._of_an_agency().get(reverse("marac:home")))

    def actions(self) -> Sample:
        show = self.random.choice(("", "?settled=1"))
        page = self._of_an_agency().get(reverse("marac:actions") + show)
        return replace(self.visits.counted(page), show=show)

    # Whom they are about.

    def _at_the_table(self) -> Browser:
        who = [
            *self.visits.place.who_may(self.rule.coordinators, Permission.MARAC_COORDINATE),
            *self.visits.place.who_may(self.rule.coordinators, Permission.MARAC_CHAIR),
        ]
        return self.visits.browser(self.random.choice(who))

    def _of_an_agency(self) -> Browser:
        seat = self.random.choice(list(pack().marac_seats))
        who = self.visits.place.who_may(seat, Permission.MARAC_ATTEND)
        return self.visits.browser(self.random.choice(who))

    def _somebody(self, known: Callable[[Actor], list[UUID]]) -> tuple[Browser, UUID]:
        """A worker, and one of those whom they know."""
        people = []
        while not people:
            users = who_may(self.visits.place, Permission.ASSESS)
            browser = self.visits.browser(self.random.choice(users))
            people = self.visits.read(browser, known)
        return browser, self.random.choice(people)

    def _meeting(self, by: Actor) -> UUID:
        rows = Meeting.objects.filter(items__isnull=False).distinct().order_by("-starts_at")
        return self.random.choice(list(rows.values_list("pk", flat=True)[:MEETINGS]))

    def _item(self, by: Actor) -> UUID:
        rows = Item.objects.filter(meeting_id=self._meeting(by), moved_at=None).order_by("pk")
        return self.random.choice(list(rows.values_list("pk", flat=True)))

    def _unheard(self, by: Actor) -> tuple[UUID, int]:
        """A case of the next meeting, put back if it was heard in another visit."""
        meeting = Meeting.objects.order_by("-starts_at").first()
        open_ = Q(meeting=meeting, moved_at=None, referral__closed_at=None)
        item = self.random.choice(list(Item.objects.filter(open_).order_by("pk")))
        Item.objects.filter(pk=item.pk).update(heard_at=None, heard_by=None)
        before = Minutes.objects.filter(item=item).first()
        return item.pk, before.version if before else 0


def _judged_by(by: Actor) -> list[UUID]:
    """Whose danger a team of theirs has judged."""
    rows = RiskAssessment.objects.filter(team_id__in=by.teams_where(Permission.ASSESS))
    return list(rows.order_by("-assessed_at").values_list("person_id", flat=True)[:PEOPLE])


def _at_the_table() -> list[UUID]:
    """Whose case is open, as far as they see it."""
    rows = Referral.objects.filter(closed_at=None).order_by("-referred_on")
    return list(rows.values_list("person_id", flat=True)[:PEOPLE])


def _begun(by: Actor, person_id: UUID) -> UUID:
    team_id = by.teams_where(Permission.ASSESS)[0]
    how = {"team_id": team_id, "person_id": person_id, "instrument": FORM}
    return begin_checklist(by=by, **how).pk
