"""Who is who to somebody: family, household, the person using abuse. Told of one side only."""

from uuid import UUID

from django.db import transaction

from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.kernel.whole import whole
from onestory.people.actions.envelopes import Held, hold, row_to_end, supersede, written
from onestory.people.models import Relationship


@whole
def relate(
    *,
    by: Actor,
    person_id: UUID,
    other_id: UUID,
    kind: str,
    lives_with: bool = False,
    uses_abuse: bool = False,
    held: Held | None = None,
) -> Relationship:
    """Say what `other` is to the person. Said again of the same two, it replaces what was said.

    It lies in the story of the person, and nothing leads back from the other one.
    `held` is for who has locked the person, and has just made the other one.
    """
    if person_id == other_id:
        raise Refused("Choose somebody else: nobody is related to themselves.")
    term = pack().relationships.get(kind)
    if term is None:
        raise Refused("Choose what they are to each other.")
    if uses_abuse and not term.person_using_abuse_possible:
        raise Refused(f"Somebody who is “{term.name}” cannot be the person using abuse.")
    envelope_id = (held or hold(person_id, other_id, by=by)).to_write(Kind.STORY)
    for before in Relationship.objects.filter(
        person_id=person_id, other_id=other_id, superseded_at=None
    ):
        supersede(by=by, row=before)
    relationship = Relationship.objects.create(
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
        other_id=other_id,
        kind=kind,
        lives_with=lives_with,
        uses_abuse=uses_abuse,
    )
    record.write(
        "relationship.add",
        by=by,
        person_id=person_id,
        envelopes=[envelope_id],
        subject=f"relationship:{relationship.pk}",
        detail={"kind": kind, "lives_with": lives_with, "uses_abuse": uses_abuse},
    )
    return relationship


@transaction.atomic
def end_relationship(*, by: Actor, relationship_id: UUID) -> Relationship:
    """Say that this no longer holds, or never did."""
    relationship = row_to_end(by=by, model=Relationship, row_id=relationship_id)
    supersede(by=by, row=relationship)
    record.write(
        "relationship.end",
        by=by,
        person_id=relationship.person_id,
        envelopes=[relationship.envelope_id],
        subject=f"relationship:{relationship.pk}",
    )
    return relationship
