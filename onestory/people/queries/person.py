"""One person, all that is open to the actor, from every record joined to theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from django.http import Http404

from onestory.access import queries as access
from onestory.access.models import Grant, Kind
from onestory.access.queries import Cover
from onestory.agencies.actor import Actor
from onestory.kernel.ids import read_reference
from onestory.people.models import (
    AccessRequest,
    Address,
    Identity,
    Join,
    MatchNotice,
    OfPerson,
    Person,
    Phone,
    Relationship,
    SafeContact,
)
from onestory.people.queries.inbox import requests_with_names, unsettled
from onestory.people.queries.same import names, records

Fact = TypeVar("Fact", Identity, SafeContact)


@dataclass(frozen=True)
class PersonView:
    """What the page of a person is made of. Where records are joined, `person` is the kept one.

    Each part is read when it is first asked for: a page pays for what it shows, and what it does
    not show is not on the record as read.
    """

    by: Actor
    records: list[Person]

    @property
    def person(self) -> Person:
        return self.records[0]

    @cached_property
    def ids(self) -> list[UUID]:
        return [person.pk for person in self.records]

    @cached_property
    def covers(self) -> dict[str, dict[UUID, Cover]]:
        """By kind, then by the record that the envelope is of."""
        return _covers(self.by, self.ids)

    @cached_property
    def identities(self) -> list[Identity]:
        return _kept_first(_now(Identity, self.ids), self.ids)

    @property
    def identity(self) -> Identity | None:
        return self.identities[0] if self.identities else None

    @cached_property
    def safe_contacts(self) -> list[SafeContact]:
        return _kept_first(_now(SafeContact, self.ids), self.ids)

    @cached_property
    def phones(self) -> list[Phone]:
        return list(_now(Phone, self.ids).order_by("recorded_at", "id"))

    @cached_property
    def addresses(self) -> list[Address]:
        return list(_now(Address, self.ids).order_by("-recorded_at", "-id"))

    @cached_property
    def relationships(self) -> list[Relationship]:
        return list(_now(Relationship, self.ids).order_by("recorded_at", "id"))

    @cached_property
    def names(self) -> dict[UUID, Identity]:
        """Who the people in their life are."""
        others = [row.other_id for row in self.relationships]
        return names(self.by, others) if others else {}

    @cached_property
    def joins(self) -> list[Join]:
        rows = Join.objects.filter(kept_id__in=self.ids).order_by("-joined_at")
        # Few have any: looked up by themselves, so that nobody else pays for four joins.
        return list(rows.prefetch_related("kept", "joined", "joined_by", "undone_by"))

    @cached_property
    def notices(self) -> list[MatchNotice]:
        return list(unsettled().filter(person_id__in=self.ids))

    @cached_property
    def requests(self) -> list[AccessRequest]:
        return list(requests_with_names().filter(person_id__in=self.ids))

    @cached_property
    def who_knows(self) -> list[Grant]:
        return [grant for key in self.ids for grant in access.grants_on(self.by, key)]

    def is_open(self, kind: str) -> bool:
        """Whether an envelope of this kind is open, of any of the records."""
        return any(cover.is_open for cover in self.covers.get(kind, {}).values())

    def may_write(self, kind: str) -> bool:
        """Whether the actor may write in it, or make it where there is none."""
        asked = [self.covers[kind]] if kind in self.covers else self.covers.values()
        return any(cover.may_write for covers in asked for cover in covers.values())


def open_person(by: Actor, person_id: UUID) -> PersonView:
    """The person, with what is open to the actor. `Http404` if nothing is."""
    same = records(by, person_id)
    if not same:
        raise Http404
    return PersonView(by, same)


def known_person(by: Actor, person_id: UUID) -> Person:
    """The record itself, if the actor knows the person by any envelope. `Http404` otherwise."""
    for person in records(by, person_id):
        if person.pk == person_id:
            return person
    raise Http404


def writable_person(by: Actor, person_id: UUID, kind: str) -> Person:
    """As `known_person`, if the actor may write this kind about them as well."""
    person = known_person(by, person_id)
    covers = {cover.kind: cover for cover in access.envelopes_of(by, person_id)}
    asked = [covers[kind]] if kind in covers else covers.values()
    if not any(cover.may_write for cover in asked):
        raise Http404
    return person


def fact_now(by: Actor, model: type[Fact], person_id: UUID) -> Fact | None:
    """The one fact of this kind that holds now: identity or safe contact."""
    return model.objects.filter(person_id=person_id, superseded_at=None).first()


def by_reference(by: Actor, text: str) -> Person | None:
    """The record with this reference, however it was typed, if the actor knows the person."""
    person = Person.objects.filter(reference=read_reference(text)).first()
    return person if person and records(by, person.pk) else None


def _covers(by: Actor, ids: list[UUID]) -> dict[str, dict[UUID, Cover]]:
    found: dict[str, dict[UUID, Cover]] = {}
    for person_id in ids:
        for cover in access.envelopes_of(by, person_id):
            found.setdefault(cover.kind, {})[person_id] = cover
    return {kind: found[kind] for kind in Kind.values if kind in found}


def _now(model: type[OfPerson], ids: Iterable[UUID]):
    return model.objects.filter(person_id__in=ids, superseded_at=None)


def _kept_first(rows, ids: list[UUID]) -> list:
    return sorted(rows, key=lambda row: ids.index(row.person_id))
