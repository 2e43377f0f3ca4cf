"""Closing a person's record to a named user, and lifting that."""

from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import queries
from onestory.access.models import Barring
from onestory.agencies.actor import Actor
from onestory.agencies.models import User
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused


@transaction.atomic
def bar(*, by: Actor, person_id: UUID, user: User, reason: str) -> Barring:
    """Close a person's record to a named user: a relative, a neighbour, a colleague.

    `Http404` if the person is not the actor's to see.
    """
    by.must(Permission.PERSON_BAR)
    if person_id not in queries.references(by, [person_id]):
        raise Http404
    if user.pk == by.user_id:
        raise Refused("Ask a guardian: nobody can bar themselves.")
    if user.is_system:
        raise Refused("This is not somebody who works here.")
    if not reason.strip():
        raise Refused("Say why this person may not see the record.")
    found = Barring.objects.filter(person_id=person_id, user=user, ended_at=None).first()
    if found:
        return found
    barring = Barring.objects.create(
        person_id=person_id,
        user=user,
        reason=reason.strip(),
        barred_by_id=by.user_id,
        barred_at=timezone.now(),
    )
    record.write("person.bar", by=by, person_id=person_id, subject=f"user:{user.pk}")
    return barring


@transaction.atomic
def unbar(*, by: Actor, barring_id: UUID) -> None:
    """A guardian lifts a barring. `Http404` if there is none that they may lift."""
    by.must(Permission.BREAK_GLASS_REVIEW)
    barring = Barring.objects.filter(pk=barring_id, ended_at=None).first()
    if barring is None:
        raise Http404
    barring.ended_at, barring.ended_by_id = timezone.now(), by.user_id
    barring.save(update_fields=["ended_at", "ended_by"])
    record.write(
        "person.unbar", by=by, person_id=barring.person_id, subject=f"user:{barring.user_id}"
    )
