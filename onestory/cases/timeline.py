"""Contacts, referrals and cases on the timeline of a person, and among what is known of them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.cases.models import Case, Contact, Referral
from onestory.cases.views import words
from onestory.kernel.components import Event, Row
from onestory.people.about import About


def events(about: About) -> Iterable[Event]:
    """Everything of these that is open to the actor. Three queries."""
    yield from _contacts(about)
    yield from _referrals(about)
    yield from _cases(about)


def needs(about: About) -> Iterable[Row]:
    """The needs that were told with the latest contact or referral that is open to the actor."""
    if told := next(iter(about.once(_contacts_of)), None):
        yield Row("Needs first", pack().needs.name(told.presenting_need))
        if told.contributory_needs:
            yield Row("Needs as well", words.terms("needs", told.contributory_needs))
        return
    asked = next(iter(about.once(_referrals_of)), None)
    if asked and asked.needs:
        yield Row("Needs", words.terms("needs", asked.needs))


def _contacts_of(by: Actor, person_ids: Sequence[UUID]) -> QuerySet[Contact]:
    rows = Contact.objects.filter(person_id__in=person_ids).order_by("-received_at", "-id")
    return rows.select_related("from_team", "to_team", "recorded_by", "decided_by")


def _referrals_of(by: Actor, person_ids: Sequence[UUID]) -> QuerySet[Referral]:
    rows = Referral.objects.filter(person_id__in=person_ids).order_by("-sent_at", "-id")
    return rows.select_related("from_team", "to_team", "service", "sent_by")


def _contacts(about: About) -> Iterable[Event]:
    for contact in about.once(_contacts_of):
        url = reverse("cases:contact", args=[contact.pk])
        yield Event(
            when=contact.received_at,
            title=f"Contact to {contact.to_team}",
            text=words.terms("abuse", contact.abuse),
            by=f"{contact.recorded_by}, {contact.from_team}",
            url=url,
            tag="" if contact.decided_at else "Waiting",
        )
        if contact.decided_at:
            yield Event(
                when=contact.decided_at,
                title=words.outcome(contact),
                by=f"{contact.decided_by}, {contact.to_team}",
                url=url,
            )


def _referrals(about: About) -> Iterable[Event]:
    for referral in about.once(_referrals_of):
        url = reverse("cases:referral", args=[referral.pk])
        to = words.referral_to(referral)
        yield Event(
            when=referral.sent_at,
            title=f"Referral to {to}",
            by=f"{referral.sent_by}, {referral.from_team}",
            url=url,
        )
        for when, what in (
            (referral.accepted_at, "accepted"),
            (referral.declined_at, "declined"),
            (referral.withdrawn_at, "withdrawn"),
        ):
            if when:
                yield Event(when=when, title=f"Referral to {to} {what}", url=url)


def _cases(about: About) -> Iterable[Event]:
    rows = Case.objects.filter(person_id__in=about.ids).select_related("team")
    for case in rows:
        url = reverse("cases:case", args=[case.pk]) if case.team_id in about.by.team_ids else ""
        yield Event(when=case.opened_on, title=f"Case opened by {case.team}", url=url)
        if case.closed_on:
            yield Event(when=case.closed_on, title=f"Case closed by {case.team}", url=url)
