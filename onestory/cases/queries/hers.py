"""What became of a survivor's referrals, as she is told it on her own pages."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Service, Team
from onestory.cases.models import Contact, Referral
from onestory.cases.queries.gone import TOLD_FOR
from onestory.cases.queries.worklist import UNANSWERED
from onestory.cases.rules.states import ReferralState, referral_state
from onestory.kernel.calendar import local
from onestory.people.queries import records

# One that was refused or given back is news for as long as it is to the team that had it.
NEWS: timedelta = TOLD_FOR


@dataclass(frozen=True)
class Asked:
    """A team that was asked to help her, and how far it is. Columns are those of a `Referral`."""

    id: UUID
    from_team: Team
    to_team: Team
    service: Service | None
    moved_from: Service | None
    sent_at: datetime
    acknowledged_at: datetime | None
    accepted_at: datetime | None
    declined_at: datetime | None
    returned_at: datetime | None
    withdrawn_at: datetime | None
    estimate_days: int | None
    begun_on: date | None
    ended_on: date | None

    @property
    def state(self) -> ReferralState:
        return referral_state(self)

    def is_news(self, now: datetime) -> bool:
        """Whether it has just come to nothing, or to another service because the first one closed."""
        since = now - NEWS
        if no := self.declined_at or self.returned_at:
            return no >= since
        closed_on = self.moved_from.ended_on if self.moved_from else None
        return bool(closed_on and closed_on >= local(since).date())


def told_herself(by: Actor, person_id: UUID) -> list[Asked]:
    """Every team that was asked, the latest first; of these, only whom she is told of. Nothing for
    anybody but her. At most four queries."""
    people = [person.pk for person in records(by, person_id)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM cases_told_herself(%s) ORDER BY sent_at DESC, id DESC", [people]
        )
        rows = cursor.fetchall()
    if not rows:
        return []
    teams = Team.objects.select_related("organisation").in_bulk(
        {key for r in rows for key in r[1:3]}
    )
    services = Service.objects.in_bulk({key for r in rows for key in r[3:5] if key})
    return [
        Asked(key, teams[sender], teams[to], services.get(service), services.get(before), *rest)
        for key, sender, to, service, before, *rest in rows
    ]


def unanswered(by: Actor, person_id: UUID) -> set[UUID]:
    """The teams that were told of her and have not answered: those of her contacts that nobody has
    decided on, and of referrals without an answer. Two queries, and that of the records."""
    people = [person.pk for person in records(by, person_id)]
    contacts = Contact.objects.filter(person_id__in=people, decided_at=None)
    referrals = Referral.objects.filter(UNANSWERED, person_id__in=people)
    return {
        team_id
        for rows in (contacts, referrals)
        for team_id in rows.values_list("to_team_id", flat=True)
    }


def has_news(by: Actor, person_id: UUID) -> bool:
    """Whether something of it has just changed for the worse, for her first page."""
    now = timezone.now()
    return any(one.is_news(now) for one in told_herself(by, person_id))
