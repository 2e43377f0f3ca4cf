"""What is on the pages on which a navigator and a survivor choose services."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.models import Service, Team
from onestory.agencies.pack import pack
from onestory.agencies.queries import suggest
from onestory.agencies.rules.suggesting import Suggestion, WhoFor
from onestory.assessment import queries as assessment
from onestory.assessment.queries import Known
from onestory.cases.models import Brokering, Contact, Referral
from onestory.cases.queries.queue import Outlook, outlooks
from onestory.cases.queries.referrals import live_to
from onestory.cases.rules.shares import OFFERED
from onestory.kernel.forms import phone
from onestory.people.models import Identity, SafeContact
from onestory.people.queries import PersonView
from onestory.people.rules import age

SPEAKS = "immigration.language"
PUBLIC_FUNDS = "immigration.public-funds"


@dataclass(frozen=True)
class Choice:
    """A service that could help, what it is waiting like, and whether it was asked already."""

    suggestion: Suggestion
    outlook: Outlook
    already: Referral | None

    @property
    def service(self) -> Service:
        return self.suggestion.service


def known(by: Actor, person: PersonView) -> dict[str, Known]:
    """What she has answered and what is on record of her, by question."""
    return assessment.known_of(by, person.records)


def needs_of(person: PersonView, known: dict[str, Known]) -> list[str]:
    """What her answers mean, and what was told with her latest contact or on referring her to the
    actor's team; what came first is first."""
    contacts = Contact.objects.filter(person_id__in=person.ids)
    told = contacts.order_by("-received_at", "-id").first()
    first = [told.presenting_need, *told.contributory_needs] if told else []
    to_us = Referral.objects.filter(person_id__in=person.ids, to_team_id__in=person.by.team_ids)
    if asked := to_us.order_by("-sent_at", "-id").first():
        first += asked.needs
    found = assessment.needs_of(known)
    return [code for code in dict.fromkeys([*first, *found]) if code in pack().needs]


def choices(
    by: Actor,
    team_id: UUID,
    person: PersonView,
    needs: list[str],
    known: dict[str, Known],
    also: Collection[str] = (),
) -> list[Choice]:
    """Services that meet any of the needs: those that fit first, then those with something against
    them, which is said; and those of `also`, which the navigator added."""
    about = _about(person, known, team_id)
    found = suggest(needs, about, also)
    services = [one.service for one in found]
    waits = outlooks(by, services)
    live = live_to(by, team_id, person.person.pk, [service.pk for service in services])
    return [Choice(one, waits[one.service.pk], live.get(one.service.pk)) for one in found]


def brokering(by: Actor, brokering_id: UUID) -> Brokering:
    """The actor's own choices. `Http404` for anybody else's."""
    found = Brokering.objects.filter(pk=brokering_id, user_id=by.user_id).first()
    if found is None:
        raise Http404
    return found


def choosing(by: Actor, person_id: UUID | None = None) -> list[Brokering]:
    """The actor's unfinished choices, for everybody or for one person; the latest first."""
    mine = Brokering.objects.filter(user_id=by.user_id, sent_at=None)
    if person_id:
        mine = mine.filter(person_id=person_id)
    return list(mine.order_by("-saved_at"))


def services_named(codes: Iterable[str]) -> list[Service]:
    """The services of these codes, in that order; those that are no more are left out."""
    codes = list(codes)
    rows = Service.objects.filter(code__in=codes, ended_on=None)
    found = {row.code: row for row in rows.select_related("team__organisation")}
    return [found[code] for code in codes if code in found]


def shareable(by: Actor, person: PersonView) -> list[Kind]:
    """The kinds of knowledge that she can let a service have, of what the team may pass on."""
    envelopes = access.open_envelopes(by, person.person.pk)
    mine = access.may_share(by, envelopes.values())
    return [kind for kind in OFFERED if kind in envelopes and envelopes[kind].pk in mine]


def parts(by: Actor, person: PersonView) -> dict[str, list[str]]:
    """What exactly lies in each kind of knowledge, line by line, as she would be told it."""
    of_kind: dict[UUID, str] = {
        cover.id: kind for kind, covers in person.covers.items() for cover in covers.values()
    }
    found: dict[str, list[str]] = {}

    def add(envelope_id: UUID, line: str) -> None:
        kind = of_kind.get(envelope_id, "")
        if line and line not in found.setdefault(kind, []):
            found[kind].append(line)

    for row in person.identities:
        years = age.in_words(row.born_on, row.birth_year, timezone.localdate())
        add(row.envelope_id, f"Your name: {row}")
        add(row.envelope_id, f"Your age: {years}" if years else "")
        add(row.envelope_id, f"Your sex: {pack().sexes.name(row.sex)}" if row.sex else "")
    for row in person.safe_contacts:
        add(row.envelope_id, "When and how it is safe to reach you, and who must not know")
        add(row.envelope_id, "The code word that you agreed" if row.code_word else "")
    for row in person.phones:
        unsafe = ", which is not safe to call" if row.safe == SafeContact.Safe.NO else ""
        add(row.envelope_id, f"Your telephone number: {phone(row.number)}{unsafe}")
    for row in person.addresses:
        add(row.envelope_id, f"Where you live: {', '.join(row.lines.splitlines())} {row.postcode}")
    for row in person.relationships:
        other = person.names.get(row.other_id, "somebody")
        add(row.envelope_id, f"{pack().relationships.name(row.kind)}: {other}")
    for row in Contact.objects.filter(person_id__in=person.ids).order_by("-received_at"):
        day = f"{timezone.localtime(row.received_at):%-d %B %Y}"
        add(row.envelope_id, f"What you told on {day}, in the words that were written down")
    for row in assessment.known(by, person.person.pk).values():
        add(row.envelope_id, f"{row.text} {row.in_words}")
    return found


def _about(person: PersonView, known: dict[str, Known], team_id: UUID) -> WhoFor:
    """No more of her than a service must be judged by."""
    identity = person.identity
    speaks = pack().languages.find(str(known[SPEAKS].value)) if SPEAKS in known else None
    funds = known[PUBLIC_FUNDS].value if PUBLIC_FUNDS in known else None
    return WhoFor(
        age=_age(identity),
        sex=identity.sex if identity else "",
        locality=next((row.locality for row in person.addresses if row.locality), ""),
        language=speaks.code if speaks else "",
        nrpf={"no": True, "yes": False}.get(funds),
        from_team=Team.objects.get(pk=team_id).code,
    )


def _age(identity: Identity | None) -> int | None:
    today = timezone.localdate()
    if identity is None:
        return None
    if identity.born_on:
        return age.years(identity.born_on, today)
    return today.year - identity.birth_year if identity.birth_year else None
