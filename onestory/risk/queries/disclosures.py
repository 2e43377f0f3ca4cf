"""Clare's Law: what waits for the actor's teams, and one request with all that goes with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import Http404

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.kernel.keyset import Window, window
from onestory.people.models import Relationship
from onestory.people.queries import names, records
from onestory.risk.models import Disclosure, DisclosureCheck
from onestory.risk.queries.orders import Conduct, conduct_of
from onestory.risk.rules import disclosures as rules

OLDEST_FIRST, LATEST_FIRST = ("received_on", "id"), ("-finished_at", "-id")


@dataclass(frozen=True)
class Asked:
    """One request, with where was looked, and what is open to the actor of the one asked about."""

    row: Disclosure
    checks: list[DisclosureCheck]
    # None where that is closed to the actor.
    conduct: Conduct | None

    @property
    def step(self) -> str:
        return rules.next_step(self.row, checked=bool(self.checks))


def disclosures(by: Actor, *, finished: bool, after: str = "", before: str = "") -> Window:
    """Those of the actor's teams: what waits by when it came, or what is finished. One query."""
    checks = DisclosureCheck.objects.filter(disclosure=OuterRef("pk"))
    rows = _with_names().filter(team_id__in=by.team_ids, finished_at__isnull=not finished)
    order = LATEST_FIRST if finished else OLDEST_FIRST
    return window(rows.annotate(checked=Exists(checks)), order, after=after, before=before)


def disclosures_of(by: Actor, person_ids: Sequence[UUID]) -> list[Disclosure]:
    """What was asked for somebody who may be in danger, the latest first. One query."""
    checks = DisclosureCheck.objects.filter(disclosure=OuterRef("pk"))
    rows = Disclosure.objects.filter(person_id__in=person_ids).select_related("team")
    rows = rows.annotate(checked=Exists(checks))
    return list(rows.order_by("-received_on", "-id"))


def asked(by: Actor, disclosure_id: UUID) -> Asked:
    """One request. `Http404` if it is not the actor's to see."""
    row = _with_names().filter(pk=disclosure_id).first()
    if row is None:
        raise Http404
    checks = row.checks.select_related("team", "recorded_by").order_by("on", "id")
    about = conduct_of(by, row.about_id) if records(by, row.about_id) else None
    return Asked(row, list(checks), about)


def may_be_asked_about(by: Actor, person_id: UUID) -> list[tuple[UUID, str]]:
    """The people in somebody's life, by name, those first who use abuse."""
    ids = [person.pk for person in records(by, person_id)]
    rows = list(Relationship.objects.filter(person_id__in=ids, superseded_at=None))
    rows.sort(key=lambda row: (not row.uses_abuse, row.recorded_at, row.pk))
    known = names(by, [row.other_id for row in rows]) if rows else {}
    kinds = pack().relationships
    return [
        (row.other_id, f"{known[row.other_id]} ({kinds.name(row.kind).lower()})")
        for row in rows
        if row.other_id in known
    ]


def due_on(row: Disclosure, step: str) -> date | None:
    """By when its next step is due, by the area's clock of the day on which it came."""
    return rules.due_on(pack().disclosure_stages, row.received_on, step)


def _with_names():
    return Disclosure.objects.select_related(
        "team", "recorded_by", "decided_by", "agreed_by", "finished_by"
    )
