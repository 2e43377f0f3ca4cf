"""Where somebody lives. A confidential address lies in an envelope of its own."""

from uuid import UUID

from django.db import transaction

from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.kernel.whole import whole
from onestory.people.actions.envelopes import Held, hold, row_to_end, supersede, written
from onestory.people.actions.search_keys import add_keys, keep_keys, keys_of_address
from onestory.people.models import Address


@whole
def add_address(
    *,
    by: Actor,
    person_id: UUID,
    lines: str = "",
    postcode: str = "",
    locality: str = "",
    housing: str = "",
    confidential: bool,
    held: Held | None = None,
) -> Address:
    """Add an address. `locality` and `housing` are codes of the area pack.

    `held` is for who writes several facts at once about somebody whom they have locked.
    """
    if not (lines.strip() or postcode.strip() or locality):
        raise Refused("Enter an address, or at least the area.")
    if locality and locality not in pack().localities:
        raise Refused("Choose an area from the list.")
    if housing and housing not in pack().housing:
        raise Refused("Choose a kind of home from the list.")
    envelope_id = (held or hold(person_id, by=by)).to_write(_kind(confidential))
    address = Address.objects.create(
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
        lines="\n".join(line.strip() for line in lines.splitlines() if line.strip()),
        postcode=postcode.strip().upper(),
        locality=locality,
        housing=housing,
        confidential=confidential,
    )
    add_keys(person_id=person_id, envelope_id=envelope_id, found_by=keys_of_address(address))
    record.write(
        "address.add",
        by=by,
        person_id=person_id,
        envelopes=[envelope_id],
        subject=f"address:{address.pk}",
    )
    return address


@transaction.atomic
def end_address(*, by: Actor, address_id: UUID) -> Address:
    """Say that they live there no longer."""
    address = row_to_end(by=by, model=Address, row_id=address_id)
    supersede(by=by, row=address)
    keep_keys(
        by=by,
        person_id=address.person_id,
        envelope_id=address.envelope_id,
        kind=_kind(address.confidential),
    )
    record.write(
        "address.end",
        by=by,
        person_id=address.person_id,
        envelopes=[address.envelope_id],
        subject=f"address:{address.pk}",
    )
    return address


def _kind(confidential: bool) -> str:
    return Kind.WHEREABOUTS if confidential else Kind.IDENTITY
