"""Editions frozen for ever, published, and taken off the public page again."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.analysis.frozen import fingerprint, to_plain
from onestory.analysis.periods import in_words
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.reporting.actions.editions import subject, to_change
from onestory.reporting.models import Frozen, Publication
from onestory.reporting.queries import editions as queries

MOVED = "The figures or the words changed since you looked at them. Look again before you freeze."
NOT_FROZEN = "Freeze it first: only what can no longer change is published."
PUBLISHED = "It is published already."


@transaction.atomic
def freeze(*, by: Actor, edition_id: UUID, seen: str) -> Frozen:
    """Fix an edition for ever, as its reader has `seen` it: the fingerprint of what was shown."""
    edition = to_change(by, edition_id)
    if edition.to_on >= timezone.localdate():
        raise Refused(f"Its period ends on {in_words(edition.to_on)}: freeze it after that.")
    report = queries.made(edition)[0]
    if fingerprint(report) != seen:
        raise Refused(MOVED)
    frozen = Frozen.objects.create(
        edition=edition,
        at=timezone.now(),
        by_id=by.user_id,
        figures_at=_moment(report.made_at),
        content=to_plain(report),
    )
    detail = {"version": edition.version, "fingerprint": seen[:16]}
    record.write("edition.freeze", by=by, subject=subject(edition), detail=detail)
    return frozen


@transaction.atomic
def publish(*, by: Actor, edition_id: UUID) -> Publication:
    """Put a frozen edition on the public page."""
    edition = queries.edition_for(by, edition_id)
    if queries.frozen_of(edition) is None:
        raise Refused(NOT_FROZEN)
    try:
        with transaction.atomic():
            made = Publication.objects.create(edition=edition, at=timezone.now(), by_id=by.user_id)
    except IntegrityError as error:
        raise Refused(PUBLISHED) from error
    record.write("edition.publish", by=by, subject=subject(edition))
    return made


@transaction.atomic
def withdraw(*, by: Actor, edition_id: UUID, why: str) -> Publication:
    """Take an edition off the public page. That it stood there, and why it was taken off, stays."""
    edition = queries.edition_for(by, edition_id)
    why = why.strip()
    if not why:
        raise Refused("Say why it is withdrawn.")
    published = Publication.objects.select_for_update()
    row = published.filter(edition=edition, withdrawn_at=None).first()
    if row is None:
        raise Refused("It is not published.")
    row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_why = timezone.now(), by.user_id, why
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record.write("edition.withdraw", by=by, subject=subject(edition))
    return row


def _moment(made_at: datetime) -> datetime:
    """Snapshots are called after local time."""
    return timezone.make_aware(made_at) if timezone.is_naive(made_at) else made_at
