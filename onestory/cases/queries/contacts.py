"""One contact, and what its reader may know round about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.http import Http404

from onestory.agencies.actor import Actor
from onestory.agencies.models import Service, Team
from onestory.agencies.roles import Permission
from onestory.cases.models import Case, Contact, Draft, Referral
from onestory.cases.rules.decisions import REFERRING
from onestory.people.queries import Found, PersonView, duplicates_of, open_person

MOST_SHOWN = 10


@dataclass(frozen=True)
class Onward:
    """A referral that came of a contact, as far as the team that told of it learns."""

    referral_id: UUID
    name: str
    # sent, acknowledged or answered; never what was answered.
    stands: str


@dataclass(frozen=True)
class ContactView:
    """What the page of a contact is made of, as far as the reader's team may know."""

    contact: Contact
    person: PersonView
    earlier: list[Contact]
    cases: list[Case]
    referrals: list[Referral]
    onward: list[Onward]
    matches: list[Found]
    may_triage: bool
    may_acknowledge: bool

    @property
    def is_known(self) -> bool:
        """Whether anything but this contact is known of the person here."""
        return bool(self.earlier or self.cases or self.matches or len(self.person.records) > 1)


def contact(by: Actor, contact_id: UUID) -> Contact:
    """The contact itself. `Http404` unless its story is open to the actor."""
    found = (
        Contact.objects.select_related(
            "from_team", "to_team", "recorded_by", "graded_by", "decided_by"
        )
        .filter(pk=contact_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def contact_view(by: Actor, contact_id: UUID) -> ContactView:
    """The contact, who it is about, and what else is known of them here."""
    one = contact(by, contact_id)
    person = open_person(by, one.person_id)
    may_triage = by.may(Permission.CONTACT_TRIAGE, one.to_team_id)
    referrals = referrals_of(by, contact_id=one.pk)
    return ContactView(
        contact=one,
        person=person,
        earlier=_others(one, person),
        cases=cases_of(by, person.ids),
        referrals=referrals,
        onward=_onward(by, one, referrals),
        matches=duplicates_of(by, person, limit=MOST_SHOWN) if may_triage else [],
        may_triage=may_triage and one.decided_at is None,
        may_acknowledge=bool(
            one.decided_at
            and not one.acknowledged_at
            and by.may(Permission.CONTACT_RECORD, one.from_team_id)
        ),
    )


def referrals_of(by: Actor, *, contact_id: UUID) -> list[Referral]:
    """Referrals that came of a contact, those that the actor's teams sent or were sent."""
    rows = Referral.objects.filter(contact_id=contact_id).select_related("to_team", "service")
    return list(rows.order_by("sent_at", "id"))


def referred_to(by: Actor, contacts: Iterable[Contact]) -> dict[UUID, list[Onward]]:
    """Where contacts were referred on, for the teams that told of them, by name.

    Three queries at most.
    """
    decided = [one.pk for one in contacts if one.outcome in REFERRING]
    if not decided:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_referred_on(%s)", [decided])
        rows = cursor.fetchall()
    teams = Team.objects.in_bulk({team for _, _, team, _, _ in rows})
    services = Service.objects.in_bulk({service for *_, service, _ in rows if service})
    found: dict[UUID, list[Onward]] = {}
    for contact_id, referral_id, team, service, stands in rows:
        name = teams[team].name
        named = f"{services[service].name}, {name}" if service else name
        found.setdefault(contact_id, []).append(Onward(referral_id, named, stands))
    return {key: sorted(all_of, key=lambda one: one.name) for key, all_of in found.items()}


def cases_of(by: Actor, person_ids: list[UUID]) -> list[Case]:
    """Cases with this person, of teams whose support of them is open to the actor."""
    rows = Case.objects.filter(person_id__in=person_ids).select_related("team")
    return list(rows.order_by("-opened_on", "-id")[:MOST_SHOWN])


def draft(by: Actor, draft_id: UUID) -> Draft:
    """The actor's own draft. `Http404` for anybody else's."""
    found = Draft.objects.filter(pk=draft_id, user_id=by.user_id).first()
    if found is None:
        raise Http404
    return found


def _onward(by: Actor, one: Contact, open_to_them: list[Referral]) -> list[Onward]:
    """Those that the team that told of it does not see by themselves."""
    if one.from_team_id not in by.team_ids:
        return []
    seen = {referral.pk for referral in open_to_them}
    told = referred_to(by, [one]).get(one.pk, [])
    return [onward for onward in told if onward.referral_id not in seen]


def _others(one: Contact, person: PersonView) -> list[Contact]:
    rows = Contact.objects.filter(person_id__in=person.ids).exclude(pk=one.pk)
    return list(rows.select_related("to_team").order_by("-received_at", "-id")[:MOST_SHOWN])
