"""Two records of one human being: joined by a person, undone by a person, both on the record."""

from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.people.actions.envelopes import READ_ONLY, lock
from onestory.people.models import Join, MatchNotice, Person
from onestory.people.queries.matching import weigh_people


@transaction.atomic
def join(*, by: Actor, kept_id: UUID, joined_id: UUID, reason: str) -> Join:
    """Show `joined` as part of `kept` from now on. Nothing moves: each fact keeps its envelope."""
    by.must(Permission.PERSON_JOIN)
    if kept_id == joined_id:
        raise Refused("Choose two different records.")
    reason = _given(reason, "Say why these two records are of one person.")
    people = lock(kept_id, joined_id, by=by)
    if _joined_already(kept_id, joined_id):
        raise Refused("These two records are joined already.")
    if people[joined_id].joined_into_id:
        raise Refused("This record cannot be joined to another one.")
    Person.objects.filter(pk=joined_id).update(joined_into=kept_id)
    joining = Join.objects.create(
        kept_id=kept_id,
        joined_id=joined_id,
        weight=weigh_people(by, kept_id, joined_id).weight,
        reason=reason,
        joined_by_id=by.user_id,
        joined_at=timezone.now(),
    )
    record.write(
        "person.join",
        by=by,
        person_id=kept_id,
        subject=f"join:{joining.pk}",
        detail={"joined": str(joined_id), "weight": round(joining.weight, 1)},
    )
    return joining


@transaction.atomic
def undo_join(*, by: Actor, join_id: UUID, reason: str) -> Join:
    """Take two joined records apart again."""
    by.must(Permission.PERSON_JOIN)
    reason = _given(reason, "Say why these two records are of two people.")
    found = Join.objects.filter(pk=join_id).first()
    if found is None:
        raise Http404
    lock(found.kept_id, found.joined_id, by=by)
    found.refresh_from_db()
    if found.undone_at:
        raise Refused("These two records have been taken apart already.")
    Person.objects.filter(pk=found.joined_id).update(joined_into=None)
    found.undone_at, found.undone_by_id, found.undo_reason = timezone.now(), by.user_id, reason
    found.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    record.write(
        "person.unjoin",
        by=by,
        person_id=found.kept_id,
        subject=f"join:{found.pk}",
        detail={"joined": str(found.joined_id)},
    )
    return found


@transaction.atomic
def settle_notice(*, by: Actor, notice_id: UUID, how: str) -> MatchNotice:
    """Say what came of a possible match with another team's record."""
    if how not in MatchNotice.Outcome.values:
        raise Refused("Say what came of it.")
    notice = MatchNotice.objects.filter(pk=notice_id).first()
    if notice is None:
        raise Http404
    lock(notice.person_id, by=by)
    notice.refresh_from_db()
    if notice.settled_at:
        raise Refused("Somebody else has settled this.")
    changed = MatchNotice.objects.filter(pk=notice_id).update(
        settled_at=timezone.now(), settled_by=by.user_id, settled_how=how
    )
    if not changed:
        raise Refused(READ_ONLY)
    notice.refresh_from_db()
    record.write(
        "notice.settle",
        by=by,
        person_id=notice.person_id,
        envelopes=[notice.envelope_id],
        subject=f"notice:{notice.pk}",
        detail={"how": how},
    )
    return notice


def _given(reason: str, otherwise: str) -> str:
    if not reason.strip():
        raise Refused(otherwise)
    return reason.strip()


def _joined_already(one: UUID, other: UUID) -> bool:
    """Whether the two are of one chain, links that the actor may not see among them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_are_joined(%s, %s)", [one, other])
        return cursor.fetchone()[0]
