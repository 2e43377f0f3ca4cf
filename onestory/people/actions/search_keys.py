"""Search keys follow the facts: those in an envelope are made from what lies in that envelope."""

from uuid import UUID

from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.people.models import Address, Identity, Phone, SearchKey
from onestory.people.queries.matching import keys_of
from onestory.people.rules import keys
from onestory.people.rules.keys import Key


def add_keys(*, person_id: UUID, envelope_id: UUID, found_by: set[Key]) -> None:
    """The search keys of one more fact. Those that the envelope has already stay as they are."""
    SearchKey.objects.bulk_create(
        (
            SearchKey(person_id=person_id, envelope_id=envelope_id, kind=key.kind, value=key.value)
            for key in sorted(found_by)
        ),
        ignore_conflicts=True,
    )


def add_reference(*, person_id: UUID, envelope_id: UUID, reference: str) -> None:
    """A reference that somebody was given besides that of their record, to be found by."""
    found_by = keys.of_reference(reference)
    add_keys(person_id=person_id, envelope_id=envelope_id, found_by=found_by)


def keep_keys(*, by: Actor, person_id: UUID, envelope_id: UUID, kind: str) -> None:
    """Bring the search keys of an envelope in line with the facts in it, where one is gone."""
    wanted = _KEYS_OF[kind](envelope_id)
    held = {Key(row.kind, row.value): row.pk for row in _held(envelope_id)}
    gone = [pk for key, pk in held.items() if key not in wanted]
    if gone:
        SearchKey.objects.filter(pk__in=gone).delete()
    add_keys(person_id=person_id, envelope_id=envelope_id, found_by=wanted - held.keys())


def keys_of_address(address: Address) -> set[Key]:
    return keys.of_address(", ".join(address.lines.splitlines()), address.postcode)


def _held(envelope_id: UUID):
    return SearchKey.objects.filter(envelope_id=envelope_id)


def _of_identity(envelope_id: UUID) -> set[Key]:
    found = _of_addresses(envelope_id)
    for identity in Identity.objects.filter(envelope_id=envelope_id, superseded_at=None):
        found |= keys_of(identity)
    return found


def _of_addresses(envelope_id: UUID) -> set[Key]:
    found = set()
    for address in Address.objects.filter(envelope_id=envelope_id, superseded_at=None):
        found |= keys_of_address(address)
    return found


def _of_safe_contact(envelope_id: UUID) -> set[Key]:
    found = set()
    for phone in Phone.objects.filter(envelope_id=envelope_id, superseded_at=None):
        found |= keys.of_phone(phone.number)
    return found


_KEYS_OF = {
    Kind.IDENTITY: _of_identity,
    Kind.WHEREABOUTS: _of_addresses,
    Kind.SAFE_CONTACT: _of_safe_contact,
}
