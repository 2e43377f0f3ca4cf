"""How many wait for a service and how fast it takes them on: numbers, the same for everybody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Service
from onestory.agencies.rules.suggesting import present_wait
from onestory.cases.rules.waits import LATELY, Estimate, estimate


@dataclass(frozen=True)
class Outlook:
    """What somebody who is accepted now may expect."""

    waiting: int
    estimate: Estimate

    @property
    def next_place(self) -> int:
        return self.waiting + 1


def outlooks(by: Actor, services: Iterable[Service]) -> dict[UUID, Outlook]:
    """The queue of each of these services. Two queries."""
    named = {service.pk: service for service in services}
    today = timezone.localdate()
    recent = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_queues(%s)", [list(named)])
        waiting = dict(cursor.fetchall())
        cursor.execute("SELECT * FROM cases_waits(%s, %s)", [list(named), today - LATELY])
        for service_id, days in cursor.fetchall():
            recent[service_id].append(days)
    return {
        key: Outlook(waiting.get(key, 0), estimate(recent[key], present_wait(service, today)))
        for key, service in named.items()
    }


def places(by: Actor, referral_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Where each of these stands in its queue now, as far as the actor's teams have to do with it.

    Left out are those that do not wait. One query, or none.
    """
    if not referral_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_places(%s)", [list(referral_ids)])
        return dict(cursor.fetchall())
