"""How long a record is kept: what is due, what is held for an inquiry, what is deleted by two."""

import json
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone
from procrastinate.contrib.django import app

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.rights import queries
from onestory.rights.models import Deletion, Hold, Review
from onestory.rights.rules import clocks

ERASE = "rights.erase"
IN_THE_WAY = {
    "hold": "It is held for an inquiry.",
    "case": "A case is open.",
    "contact": "A contact waits for a decision.",
    "copy": "Somebody has asked for a copy of it, and waits.",
}


@transaction.atomic
def find_due(*, by: Actor, today: date) -> int:
    """Put every record whose time is over before the guardians; how many came new."""
    rules = clocks.retention_rules(pack().retention, today)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rights_find_due(%s, %s)", [json.dumps(rules), today])
        found = cursor.fetchone()[0]
    if found:
        record.write("retention.find", by=by, detail={"found": found})
    return found


@transaction.atomic
def keep_longer(*, by: Actor, review_id: UUID, until: date, reason: str) -> Review:
    """A guardian keeps a record longer, for a reason, until a day."""
    review = _review(by, review_id)
    if not reason.strip():
        raise Refused("Give the reason.")
    if until <= timezone.localdate():
        raise Refused("Choose a day to come.")
    return _decided(by, review, Review.Decision.KEEP, reason, until)


@transaction.atomic
def decide_deletion(
    *,
    by: Actor,
    reason: str,
    review_id: UUID | None = None,
    reference: str = "",
) -> Deletion:
    """A guardian decides that a record is to be deleted: its time is over (`review_id`), or the
    survivor asked for it (`reference`). It is done when a second person has confirmed it."""
    by.must(Permission.RIGHTS_REVIEW)
    if not reason.strip():
        raise Refused("Give the reason.")
    if review_id:
        review = _review(by, review_id)
        because, person_id, called = Deletion.Because.TIME, review.person_id, review.reference
        _decided(by, review, Review.Decision.DELETE, reason, None)
    else:
        person = queries.person_of_reference(by, reference)
        if person is None:
            raise Refused("There is no record with this reference.")
        because, person_id, called = Deletion.Because.ASKED, person.pk, person.reference
    _must_be_free(person_id)
    if Deletion.objects.filter(person_id=person_id, cancelled_at=None).exists():
        raise Refused("It has been decided to delete this record already.")
    deletion = Deletion.objects.create(
        person_id=person_id,
        reference=called,
        because=because,
        reason=reason.strip(),
        decided_by_id=by.user_id,
        decided_at=timezone.now(),
    )
    _write_down("deletion.decide", by, deletion, because=because)
    return deletion


@transaction.atomic
def confirm_deletion(*, by: Actor, deletion_id: UUID) -> Deletion:
    """The second person confirms, and the record is deleted by a job."""
    deletion = _waiting(by, deletion_id)
    if deletion.decided_by_id == by.user_id:
        raise Refused("You decided it: somebody else has to confirm it.")
    if deletion.confirmed_at:
        raise Refused("It has been confirmed already.")
    _must_be_free(deletion.person_id)
    deletion.confirmed_at, deletion.confirmed_by_id = timezone.now(), by.user_id
    deletion.save(update_fields=["confirmed_at", "confirmed_by"])
    _write_down("deletion.confirm", by, deletion)
    app.configure_task(ERASE).defer(deletion_id=str(deletion.pk))
    return deletion


@transaction.atomic
def cancel_deletion(*, by: Actor, deletion_id: UUID, why: str) -> Deletion:
    """Not to be deleted after all, as long as it has not been."""
    deletion = _waiting(by, deletion_id)
    if not why.strip():
        raise Refused("Give the reason.")
    deletion.cancelled_at, deletion.cancelled_by_id = timezone.now(), by.user_id
    deletion.cancelled_why = why.strip()
    deletion.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_why"])
    _write_down("deletion.cancel", by, deletion)
    return deletion


@transaction.atomic
def erase(*, by: Actor, deletion_id: UUID) -> dict:
    """Delete what two people decided to delete. As the system; `Refused` if it must not be."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rights_erase(d.id), d.person_id FROM (SELECT %s::uuid AS id) k"
            " JOIN rights_deletion d ON d.id = k.id",
            [deletion_id],
        )
        counts, person_id = cursor.fetchone() or (None, None)
    if counts is None:
        raise Refused("This record is not to be deleted, or not now.")
    counts = json.loads(counts) if isinstance(counts, str) else counts
    gone = sum(one.get("gone", 0) for one in counts.values())
    record.write(
        "deletion.done",
        by=by,
        person_id=person_id,
        subject=f"deletion:{deletion_id}",
        detail={"gone": gone, "kept": sum(one.get("kept", 0) for one in counts.values())},
    )
    return counts


@transaction.atomic
def place_hold(
    *, by: Actor, who: str, why: str, review_on: date, person_id: UUID | None = None
) -> Hold:
    """Nothing of this person is deleted (or of anybody, if a guardian says so) until it is lifted."""
    if person_id is None or not by.may(Permission.RIGHTS_WORK):
        by.must(Permission.RIGHTS_REVIEW)
    reference = queries.reference_of(by, person_id) if person_id else ""
    if not who.strip() or not why.strip():
        raise Refused("Say who asks for it, and why.")
    if review_on <= timezone.localdate():
        raise Refused("Choose a day to come on which it is looked at again.")
    hold = Hold.objects.create(
        person_id=person_id,
        reference=reference,
        who=who.strip(),
        why=why.strip(),
        review_on=review_on,
        placed_by_id=by.user_id,
        placed_at=timezone.now(),
    )
    record.write("hold.place", by=by, person_id=person_id, subject=f"hold:{hold.pk}")
    return hold


@transaction.atomic
def lift_hold(*, by: Actor, hold_id: UUID, why: str) -> Hold:
    """A guardian lifts a hold."""
    by.must(Permission.RIGHTS_REVIEW)
    hold = Hold.objects.select_for_update().filter(pk=hold_id, lifted_at=None).first()
    if hold is None:
        raise Http404
    if not why.strip():
        raise Refused("Give the reason.")
    hold.lifted_at, hold.lifted_by_id, hold.lifted_why = timezone.now(), by.user_id, why.strip()
    hold.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    record.write("hold.lift", by=by, person_id=hold.person_id, subject=f"hold:{hold.pk}")
    return hold


def _review(by: Actor, review_id: UUID) -> Review:
    by.must(Permission.RIGHTS_REVIEW)
    found = Review.objects.select_for_update().filter(pk=review_id, decided_at=None).first()
    if found is None:
        raise Http404
    return found


def _decided(
    by: Actor, review: Review, decision: Review.Decision, reason: str, until: date | None
) -> Review:
    review.decision, review.reason, review.keep_until = decision, reason.strip(), until
    review.decided_at, review.decided_by_id = timezone.now(), by.user_id
    columns = ["decision", "reason", "keep_until", "decided_at", "decided_by"]
    review.save(update_fields=columns)
    record.write(
        "retention.decide",
        by=by,
        person_id=review.person_id,
        subject=f"review:{review.pk}",
        detail={"decision": decision},
    )
    return review


def _waiting(by: Actor, deletion_id: UUID) -> Deletion:
    """A deletion that is not done, for whoever may confirm it: a guardian, or a team that knows the
    person. `Http404` for others."""
    if not (by.may(Permission.RIGHTS_REVIEW) or by.may(Permission.RIGHTS_WORK)):
        raise Http404
    rows = Deletion.objects.select_for_update()
    found = rows.filter(pk=deletion_id, done_at=None, cancelled_at=None).first()
    if found is None:
        raise Http404
    return found


def _must_be_free(person_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rights_stands_in_the_way(%s)", [person_id])
        if stands := cursor.fetchone()[0]:
            raise Refused(f"This record cannot be deleted now. {IN_THE_WAY[stands]}")


def _write_down(verb: str, by: Actor, deletion: Deletion, **detail) -> None:
    record.write(
        verb,
        by=by,
        person_id=deletion.person_id,
        subject=f"deletion:{deletion.pk}",
        detail=detail,
    )
