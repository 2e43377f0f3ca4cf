"""That the danger has changed: written down, and seen by every team that holds what is known of it."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access.models import Grant, Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.people.actions.envelopes import hold, written
from onestory.risk.models import RiskChange, RiskChangeSeen


@transaction.atomic
def change_risk(
    *,
    by: Actor,
    team_id: UUID,
    person_id: UUID,
    change_id: UUID,
    kind: str,
    on: date | None = None,
    words: str = "",
) -> RiskChange:
    """Write down that the danger has changed. Sent twice, it is one; the own team has seen it."""
    by.must(Permission.CASE_WORK, team_id)
    if kind not in pack().risk_changes:
        raise Refused("Choose what has changed.")
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Refused("That day is still to come.")
    envelope_id = hold(person_id, by=by).to_write(Kind.RISK)
    before = RiskChange.objects.filter(pk=change_id, person_id=person_id).first()
    if before:
        return before
    signed = written(by=by, person_id=person_id, envelope_id=envelope_id)
    change = RiskChange.objects.create(
        **signed, id=change_id, team_id=team_id, kind=kind, on=day, words=words.strip()
    )
    RiskChangeSeen.objects.create(**signed, change=change, team_id=team_id)
    record.write(
        "risk.change",
        by=by,
        person_id=person_id,
        envelopes=[envelope_id],
        subject=f"risk-change:{change.pk}",
        detail={"kind": kind},
    )
    return change


@transaction.atomic
def see_change(*, by: Actor, change_id: UUID) -> RiskChange:
    """The actor has seen it, for each of their teams that holds what is known of the danger."""
    by.must(Permission.PERSON_FIND)
    change = RiskChange.objects.filter(pk=change_id).first()
    if change is None:
        raise Http404
    hold(change.person_id, by=by)
    grants = Grant.objects.filter(envelope_id=change.envelope_id, team_id__in=by.team_ids)
    holding = set(grants.values_list("team_id", flat=True))
    seen = set(RiskChangeSeen.objects.filter(change=change).values_list("team_id", flat=True))
    signed = written(by=by, person_id=change.person_id, envelope_id=change.envelope_id)
    RiskChangeSeen.objects.bulk_create(
        RiskChangeSeen(**signed, change=change, team_id=team_id)
        for team_id in sorted(holding - seen)
    )
    if holding - seen:
        record.write(
            "risk.see-change",
            by=by,
            person_id=change.person_id,
            envelopes=[change.envelope_id],
            subject=f"risk-change:{change.pk}",
        )
    return change
