"""What is closed in spite of a grant, or opened without one: barrings and emergency openings."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from onestory.access.models import Barring, EmergencyOpening
from onestory.agencies.actor import Actor
from onestory.agencies.models import User
from onestory.agencies.roles import OWN_PAGES_TEAM, Permission


def is_barred(by: Actor, person_id: UUID) -> bool:
    """Whether this record is closed to the actor by name. They must not learn that it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s = ANY (actor_barred_people())", [person_id])
        return cursor.fetchone()[0]


def references(by: Actor, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The references of those of these people whom the actor may see."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, reference FROM people_person WHERE id = ANY (%s)",
            [[p for p in set(person_ids) if p]],
        )
        return dict(cursor.fetchall())


def person_called(by: Actor, reference: str) -> UUID | None:
    """The person of this reference, if the actor may see them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_person WHERE reference = %s", [reference])
        found = cursor.fetchone()
        return found[0] if found else None


def openings(by: Actor) -> QuerySet[EmergencyOpening]:
    """The emergency openings that the actor may know of."""
    return EmergencyOpening.objects.select_related("opened_by", "team", "reviewed_by")


def openings_to_review(by: Actor) -> int:
    """How many emergency openings wait for this guardian. Asks nothing for anybody else."""
    if not by.may(Permission.BREAK_GLASS_REVIEW):
        return 0
    waiting = EmergencyOpening.objects.filter(reviewed_at=None)
    return waiting.exclude(opened_by_id=by.user_id).count()


def live_opening(by: Actor, person_id: UUID) -> EmergencyOpening | None:
    """The actor's own emergency opening of this person that still lasts, for the person's page."""
    mine = EmergencyOpening.objects.filter(opened_by_id=by.user_id, person_id=person_id)
    return mine.filter(ends_at__gt=timezone.now()).exclude(justified=False).first()


def barrings(by: Actor, person_id: UUID | None = None) -> QuerySet[Barring]:
    """The barrings that hold and that the actor may know of; of one person, or of everybody."""
    holding = Barring.objects.filter(ended_at=None).select_related("user", "barred_by")
    return holding.filter(person_id=person_id) if person_id else holding


def everybody(by: Actor) -> QuerySet[User]:
    """Everybody who works or has worked here, and the system itself, by name."""
    return User.objects.exclude(memberships__team=OWN_PAGES_TEAM).order_by("name", "id")


def staff(by: Actor) -> QuerySet[User]:
    """Everybody who works here, by name."""
    return everybody(by).filter(is_active=True, is_system=False)


def guardians() -> list[str]:
    """Where today's guardians get their e-mail."""
    today = timezone.localdate()
    holding = Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=today)
    found = User.objects.filter(
        holding,
        is_active=True,
        memberships__role="guardian",
        memberships__starts_on__lte=today,
    )
    return sorted(set(found.values_list("email", flat=True)))
