"""One case with all that hangs on it, as far as the actor sees it."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.marac.models import (
    Action,
    ConductFinding,
    Finding,
    Item,
    Minutes,
    Referral,
    Research,
    Telling,
    Wishes,
)
from onestory.marac.queries.asking import last_asked
from onestory.marac.queries.cases import tables_of
from onestory.marac.queries.pairs import latest_assessment, the_other_way
from onestory.people.models import Identity
from onestory.people.queries import names
from onestory.people.rules.age import years
from onestory.risk.models import RiskAssessment

ADULT = 18


@dataclass(frozen=True)
class Picture:
    """A case. Each part is read when it is first asked for: a page pays for what it shows."""

    by: Actor
    case: Referral

    @cached_property
    def names(self) -> dict:
        people = [key for key in (self.case.person_id, self.case.abuser_id) if key]
        return names(self.by, people)

    @property
    def survivor(self) -> Identity | None:
        return self.names.get(self.case.person_id)

    @property
    def abuser(self) -> Identity | None:
        return self.names.get(self.case.abuser_id)

    @cached_property
    def latest(self) -> RiskAssessment | None:
        return latest_assessment(self.by, self.case.person_id)

    @cached_property
    def research(self) -> list[Research]:
        """Whom the table asked, as of the last time; an agency sees its own."""
        rows = last_asked([self.case.pk]).select_related("team", "answered_by")
        return sorted(rows, key=lambda row: (row.due_at, row.team.name))

    @cached_property
    def mine(self) -> Research | None:
        """What the actor's own agency was asked, while it is open."""
        teams = self.by.team_ids
        return next((r for r in self.research if r.team_id in teams and not r.closed_at), None)

    @cached_property
    def findings(self) -> list[Finding]:
        rows = Finding.objects.filter(referral=self.case).select_related("team")
        return list(rows.order_by("recorded_at", "id"))

    @cached_property
    def conduct(self) -> list[ConductFinding]:
        rows = ConductFinding.objects.filter(referral=self.case).select_related("team")
        return list(rows.order_by("recorded_at", "id"))

    @cached_property
    def wishes(self) -> list[Wishes]:
        """What she wants, the latest first."""
        rows = Wishes.objects.filter(referral=self.case).select_related("team", "recorded_by")
        return list(rows.order_by("-recorded_at", "-id"))

    @cached_property
    def actions(self) -> list[Action]:
        """Of this case, and of the last one of the same two."""
        cases = [key for key in (self.case.pk, self.case.repeat_of_id) if key]
        rows = Action.objects.filter(referral_id__in=cases).select_related("team")
        return list(rows.order_by("due_on", "recorded_at", "id"))

    @property
    def now_agreed(self) -> list[Action]:
        return [row for row in self.actions if row.referral_id == self.case.pk]

    @property
    def last_time(self) -> list[Action]:
        return [row for row in self.actions if row.referral_id != self.case.pk]

    @cached_property
    def items(self) -> list[Item]:
        rows = Item.objects.filter(referral=self.case).select_related("meeting")
        return list(rows.order_by("meeting__starts_at", "recorded_at"))

    @property
    def on_agenda(self) -> Item | None:
        return next((i for i in self.items if not i.moved_at and not i.heard_at), None)

    @cached_property
    def minutes(self) -> list[Minutes]:
        rows = Minutes.objects.filter(referral=self.case).select_related("item__meeting")
        return list(rows.order_by("saved_at"))

    @cached_property
    def tellings(self) -> list[Telling]:
        rows = Telling.objects.filter(referral=self.case).select_related("recorded_by")
        return list(rows.order_by("on", "recorded_at"))

    @property
    def may_coordinate(self) -> bool:
        return self.case.to_team_id in tables_of(self.by)

    @property
    def has_said_no(self) -> bool:
        """She does not agree, by what she said last, and nobody has decided to go on since."""
        last = self.wishes[0] if self.wishes else None
        agrees = last.agrees if last else self.case.agrees
        since = last.recorded_at if last else self.case.recorded_at
        decided = self.case.goes_on_at and self.case.goes_on_at >= since
        return agrees == Referral.Agrees.NO and not decided

    @cached_property
    def is_mutual(self) -> bool:
        return bool(self.case.abuser_id and the_other_way(self.by, [self.case]))

    @property
    def level(self) -> str:
        """The level when it was referred; the latest stands beside it where it differs."""
        return pack().risk_levels.name(self.case.level) if self.case.level else ""

    @property
    def is_child(self) -> bool:
        return _under_age(self.survivor)

    @property
    def abuser_is_child(self) -> bool:
        return _under_age(self.abuser)


def speaks_for(by: Actor, case: Referral) -> UUID | None:
    """The actor's team that speaks for the survivor: an advocate's that is asked, or whoever
    referred. None where there is none, or the case is over."""
    if case.closed_at or case.declined_at:
        return None
    seats = pack().marac_seats
    asked = set(
        Research.objects.filter(referral=case, closed_at=None).values_list("team_id", flat=True)
    )
    hats = [hat for hat in by.hats if Permission.MARAC_ATTEND in hat.permissions]
    for hat in hats:
        if hat.team_id in asked and hat.team in seats and seats[hat.team].advocates:
            return hat.team_id
    return next((hat.team_id for hat in hats if hat.team_id == case.from_team_id), None)


def age(who: Identity | None) -> int | None:
    """How old somebody is today, if their date of birth is known."""
    return years(who.born_on, timezone.localdate()) if who and who.born_on else None


def _under_age(who: Identity | None) -> bool:
    old = age(who)
    return old is not None and old < ADULT
