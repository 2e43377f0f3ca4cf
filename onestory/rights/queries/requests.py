"""Requests for copies, what is due, what is held, what is deleted: always for an actor."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404

from onestory.agencies.actor import Actor
from onestory.agencies.models import User
from onestory.agencies.roles import ROLES, Permission
from onestory.kernel.ids import read_reference
from onestory.kernel.keyset import Window, window
from onestory.people.models import Person
from onestory.people.queries import known_person, records
from onestory.rights.models import CopyRequest, Deletion, Hold, Review

NEXT_DUE, LATEST = ("due_on", "id"), ("-logged_at", "-id")
LATEST_DECIDED = ("-decided_at", "-id")


def request(by: Actor, request_id: UUID) -> CopyRequest:
    """One request for a copy. `Http404` if the actor may not know of it."""
    rows = CopyRequest.objects.filter(pk=request_id)
    found = rows.select_related(
        "person", "team", "handler", "logged_by", "confirmed_by", "answered_by"
    ).first()
    if found is None:
        raise Http404
    return found


def requests(by: Actor, *, answered: bool, after: str = "", before: str = "") -> Window:
    """Requests for copies: those that wait by when they are due, or the answered ones."""
    rows = CopyRequest.objects.filter(answered_at__isnull=not answered)
    rows = rows.select_related("person", "team", "handler")
    return window(rows, LATEST if answered else NEXT_DUE, after=after, before=before)


def request_about(by: Actor, person_id: UUID) -> CopyRequest | None:
    """The open request for a copy of this record, if there is one."""
    return CopyRequest.objects.filter(person_id=person_id, answered_at=None).first()


def handlers(by: Actor, team_id: UUID) -> list[User]:
    """Who of a team may answer a request."""
    roles = [code for code, role in ROLES.items() if Permission.RIGHTS_WORK in role.permissions]
    found = User.objects.filter(
        is_active=True, memberships__team_id=team_id, memberships__role__in=roles
    )
    live = found.filter(Q(memberships__ends_on=None))
    return list(live.order_by("name").distinct())


def reviews(by: Actor, *, decided: bool, after: str = "", before: str = "") -> Window:
    """Records whose time is over, the longest first; or what was decided about them."""
    rows = Review.objects.filter(decided_at__isnull=not decided).select_related("decided_by")
    order = LATEST_DECIDED if decided else NEXT_DUE
    return window(rows, order, after=after, before=before)


def review(by: Actor, review_id: UUID) -> Review:
    found = Review.objects.filter(pk=review_id).first()
    if found is None:
        raise Http404
    return found


def holds(by: Actor, *, after: str = "", before: str = "") -> Window:
    """What stands held, by the day on which it is looked at again."""
    rows = Hold.objects.filter(lifted_at=None).select_related("placed_by")
    return window(rows, ("review_on", "id"), after=after, before=before)


def deletions(by: Actor, *, after: str = "", before: str = "") -> Window:
    """What was decided to be deleted, and what became of it, latest first."""
    rows = Deletion.objects.select_related("decided_by", "confirmed_by", "cancelled_by")
    return window(rows, LATEST_DECIDED, after=after, before=before)


def deletion(by: Actor, deletion_id: UUID) -> Deletion:
    found = Deletion.objects.select_related("decided_by", "confirmed_by", "cancelled_by").filter(
        pk=deletion_id
    )
    if row := found.first():
        return row
    raise Http404


def person_of_reference(by: Actor, text: str) -> Person | None:
    """The record that a guardian was given the reference of, however it was typed."""
    return Person.objects.filter(reference=read_reference(text)).first()


def reference_of(by: Actor, person_id: UUID) -> str:
    """The reference of a record that the actor knows, or as a guardian may know of. `Http404`."""
    if by.may(Permission.RIGHTS_REVIEW):
        found = Person.objects.filter(pk=person_id).first()
        if found is None:
            raise Http404
        return found.reference
    return known_person(by, person_id).reference


def records_of(by: Actor, person_id: UUID) -> list[UUID]:
    """The ids of every record of this human being that the actor knows of."""
    return [person.pk for person in records(by, person_id)]
