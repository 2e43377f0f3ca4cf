"""Proposing a review, naming whom it concerns, confirming it, ending it. A guardian confirms."""

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.agencies.actor import Actor, actor_of
from onestory.agencies.models import User
from onestory.agencies.roles import Permission
from onestory.inquiries import queries
from onestory.inquiries.models import Inquiry, InquiryPerson
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.people.queries import known_person, records
from onestory.rights.actions import place_hold

# A review that takes longer is confirmed anew.
LONGEST = timedelta(days=550)
HOLD = "Nothing of it may go while a review is made"


@transaction.atomic
def propose(
    *,
    by: Actor,
    team_id: UUID,
    person_id: UUID,
    part: str,
    what: str,
    their_reference: str,
    words: str,
    handler_id: UUID,
    until_on: date,
) -> Inquiry:
    """Propose that somebody is appointed to a review. Nothing opens before a guardian confirms it."""
    by.must(Permission.RIGHTS_WORK, team_id)
    person = known_person(by, person_id)
    if what not in Inquiry.What:
        raise Refused("Choose what kind of review it is.")
    if not their_reference.strip() or not words.strip():
        raise Refused("Give its number, and say who has ordered it.")
    today = timezone.localdate()
    if not today < until_on <= today + LONGEST:
        raise Refused("Choose a last day from tomorrow on, and within eighteen months.")
    handler_team_id = _team_of_handler(by, handler_id)
    try:
        with transaction.atomic():
            made = Inquiry.objects.create(
                what=what,
                their_reference=their_reference.strip(),
                words=words.strip(),
                team_id=team_id,
                handler_id=handler_id,
                handler_team_id=handler_team_id,
                until_on=until_on,
                proposed_by_id=by.user_id,
                proposed_at=timezone.now(),
            )
    except IntegrityError:
        raise Refused("There is a review with this number already.") from None
    _name(by, made, person.pk, part)
    _write_down("review.propose", by, made, person_id=person.pk, what=what)
    return made


@transaction.atomic
def add_person(*, by: Actor, inquiry_id: UUID, person_id: UUID, part: str) -> InquiryPerson:
    """Name somebody else whom it concerns. Their record opens when a guardian has confirmed that too."""
    inquiry = _open(by, inquiry_id)
    if person_id not in access.references(by, [person_id]):
        raise Http404
    added = _name(by, inquiry, person_id, part)
    _write_down("review.name", by, inquiry, person_id=person_id, part=part)
    return added


@transaction.atomic
def confirm(*, by: Actor, inquiry_id: UUID) -> list[UUID]:
    """A guardian confirms: the records open to the appointed one, and are held so that nothing of them
    is deleted. Gives the envelopes that were opened."""
    by.must(Permission.RIGHTS_REVIEW)
    inquiry = _open(by, inquiry_id)
    people = list(inquiry.people.all())
    opened = _ask("SELECT inquiries_open(%s)", inquiry_id)
    if opened is None:
        raise Refused(
            "This cannot be confirmed by you: somebody else has to who did not propose it, is not "
            "appointed and named nobody in it; or the record is closed to whoever is appointed."
        )
    for one in people:
        if one.opened_at is None:
            _write_down("review.confirm", by, inquiry, person_id=one.person_id, envelopes=opened)
            place_hold(
                by=by,
                person_id=one.person_id,
                who=str(inquiry),
                why=HOLD,
                review_on=max(inquiry.until_on, timezone.localdate() + timedelta(days=1)),
            )
    return opened


@transaction.atomic
def end(*, by: Actor, inquiry_id: UUID, why: str) -> Inquiry:
    """It is over, or was never right: what it opened closes at once. The holds stay until lifted."""
    inquiry = _open(by, inquiry_id)
    if not why.strip():
        raise Refused("Say why it ends.")
    inquiry.ended_why, inquiry.ended_by_id = why.strip(), by.user_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        inquiry.ended_at = cursor.fetchone()[0]
        inquiry.save(update_fields=["ended_why", "ended_by", "ended_at"])
        cursor.execute("SELECT inquiries_close(%s)", [inquiry_id])
        closed = [row[0] for row in cursor.fetchall()]
    for one in inquiry.people.all():
        _write_down("review.end", by, inquiry, person_id=one.person_id, envelopes=closed)
    return inquiry


@transaction.atomic
def note_made(*, by: Actor, inquiry: Inquiry, kind: str, lines: int) -> None:
    """That a chronology was taken away as a file stands in the record of everybody in it."""
    for one in inquiry.people.all():
        _write_down("review.make", by, inquiry, person_id=one.person_id, kind=kind, lines=lines)


def _name(by: Actor, inquiry: Inquiry, person_id: UUID, part: str) -> InquiryPerson:
    if part not in InquiryPerson.Part:
        raise Refused("Choose what they are to it.")
    same = {person.pk for person in records(by, person_id)} | {person_id}
    if InquiryPerson.objects.filter(inquiry=inquiry, person_id__in=same).exists():
        raise Refused("They are named in it already.")
    return InquiryPerson.objects.create(
        inquiry=inquiry,
        person_id=person_id,
        part=part,
        added_by_id=by.user_id,
        added_at=timezone.now(),
    )


def _team_of_handler(by: Actor, handler_id: UUID) -> UUID:
    """The team in which they work with records, and may take requests about them."""
    user = User.objects.filter(pk=handler_id, is_active=True, is_system=False).first()
    teams = actor_of(user).teams_where(Permission.RIGHTS_WORK) if user else ()
    if not teams:
        raise Refused("Choose somebody who works with records, as a practitioner or a manager.")
    return teams[0]


def _open(by: Actor, inquiry_id: UUID) -> Inquiry:
    """One that goes on. `Http404` if it is not the actor's to see."""
    inquiry = queries.inquiry(by, inquiry_id)
    if inquiry.ended_at:
        raise Refused("It has ended.")
    return inquiry


def _ask(statement: str, *given) -> list[UUID] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchone()[0]


def _write_down(
    verb: str, by: Actor, inquiry: Inquiry, *, person_id: UUID, envelopes=(), **detail
) -> None:
    record.write(
        verb,
        by=by,
        person_id=person_id,
        envelopes=envelopes,
        subject=f"inquiry:{inquiry.pk}",
        detail=detail,
    )
