"""What is known of people, laid out for comparing them."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from onestory.agencies.actor import Actor
from onestory.people.models import Address, Identity, Phone
from onestory.people.rules import compare, keys, places
from onestory.people.rules.keys import Key


def identities(by: Actor, person_ids: Iterable[UUID]) -> dict[UUID, Identity]:
    """The identity that holds now, of each person whose identity is open to the actor."""
    rows = Identity.objects.filter(person_id__in=list(person_ids), superseded_at=None)
    return {row.person_id: row for row in rows}


def phones(by: Actor, person_ids: Iterable[UUID]) -> dict[UUID, list[Phone]]:
    """The telephone numbers that hold now."""
    return _by_person(Phone.objects.filter(person_id__in=list(person_ids), superseded_at=None))


def addresses(
    by: Actor, person_ids: Iterable[UUID], *, confidential: bool = True
) -> dict[UUID, list[Address]]:
    """The addresses that hold now, the latest first; on request without the confidential ones."""
    rows = Address.objects.filter(person_id__in=list(person_ids), superseded_at=None)
    if not confidential:
        rows = rows.filter(confidential=False)
    return _by_person(rows.order_by("-recorded_at", "-id"))


def facts(
    identity: Identity | None, phones: Iterable[Phone] = (), addresses: Iterable[Address] = ()
) -> compare.Facts:
    """The facts of one record, as `rules.compare` takes them."""
    where = frozenset(
        places.Address(", ".join(a.lines.splitlines()), a.postcode or None) for a in addresses
    )
    numbers = frozenset(phone.number for phone in phones)
    if identity is None:
        return compare.Facts(phones=numbers, addresses=where)
    return compare.Facts(
        given=identity.given_name,
        family=identity.family_name,
        other_names=frozenset(identity.other_names.splitlines()),
        dob=identity.born_on,
        birth_year=identity.birth_year,
        sex=identity.sex if identity.sex in SAID else None,
        phones=numbers,
        addresses=where,
    )


# "Prefers not to say" and "not known" say nothing about whether two records are of one person.
SAID = ("female", "male")


def keys_of(identity: Identity) -> set[Key]:
    """The search keys of who somebody is: names and date of birth."""
    others = identity.other_names.splitlines()
    return keys.of_name(identity.given_name, identity.family_name, others) | keys.of_dob(
        identity.born_on
    )


def weigh_people(by: Actor, one: UUID, other: UUID) -> compare.Match:
    """Compare two people by all that the actor may see of them."""
    both = (one, other)
    who, numbers, where = identities(by, both), phones(by, both), addresses(by, both)
    return compare.weigh(
        *(facts(who.get(key), numbers.get(key, ()), where.get(key, ())) for key in both)
    )


def _by_person(rows) -> dict[UUID, list]:
    found = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found
