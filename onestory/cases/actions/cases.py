"""Cases of a team: opened, corrected, closed. The yearly report counts them."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.actions import envelopes
from onestory.cases.actions.references import create_with_reference
from onestory.cases.models import Case, Contact, Referral
from onestory.cases.rules.decisions import CaseFacts, check_case
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale

# A reason of the area pack: they waited, and were given back to whoever referred them.
CLOSED_BY_RETURN = "returned"
FACTS = (
    "opened_on",
    "category",
    "area",
    "group",
    "abuse",
    "risk_assessment",
    "referred_by",
)


@transaction.atomic
def open_case(
    *,
    by: Actor,
    team_id: UUID,
    person_id: UUID,
    facts: CaseFacts,
    referral: Referral | None = None,
    contact: Contact | None = None,
) -> Case:
    """Begin a piece of work of this team with somebody, perhaps from a referral or a contact.

    Raises `Refused` if something that is counted is missing or unknown; `Http404` if the person
    is not this team's to see.
    """
    by.must(Permission.CASE_WORK, team_id)
    check_case(pack(), facts, today=timezone.localdate())
    if Kind.IDENTITY not in access.open_envelopes(by, person_id):
        raise Http404
    case = create_with_reference(
        Case,
        envelope=envelopes.for_work(by=by, person_id=person_id, team_id=team_id),
        team_id=team_id,
        person_id=person_id,
        referral=referral,
        contact=contact,
        **_columns(facts),
        recorded_at=timezone.now(),
        recorded_by_id=by.user_id,
    )
    _write("open", by, case, category=facts.category)
    return case


@transaction.atomic
def correct_case(*, by: Actor, case_id: UUID, version: int, facts: CaseFacts) -> Case:
    """Put right what is counted of a case."""
    case = _locked(by, case_id, version)
    check_case(pack(), facts, today=timezone.localdate())
    if case.closed_on and facts.opened_on > case.closed_on:
        raise Refused("A case cannot be opened after it was closed.")
    changed = [name for name, value in _columns(facts).items() if getattr(case, name) != value]
    for name in changed:
        setattr(case, name, _columns(facts)[name])
    if changed:
        _save(case, *changed)
    _write("correct", by, case, changed=changed)
    return case


@transaction.atomic
def close_case(*, by: Actor, case_id: UUID, version: int, closed_on: date, reason: str) -> Case:
    """End a case, on a day and for a reason of the area pack."""
    case = _locked(by, case_id, version)
    if case.closed_on:
        raise Refused("This case is closed already.")
    if reason not in pack().close_reasons and reason != CLOSED_BY_RETURN:
        raise Refused("Choose the reason for closing.")
    if closed_on > timezone.localdate():
        raise Refused("A case cannot be closed in the future.")
    if closed_on < case.opened_on:
        raise Refused("A case cannot be closed before it was opened.")
    case.closed_on, case.close_reason = closed_on, reason
    _save(case, "closed_on", "close_reason")
    if case.referral_id:
        Referral.objects.filter(pk=case.referral_id, ended_on=None).update(ended_on=closed_on)
    _write("close", by, case, reason=reason)
    return case


def _columns(facts: CaseFacts) -> dict:
    return {name: getattr(facts, name) for name in FACTS} | {"abuse": list(facts.abuse)}


def _locked(by: Actor, case_id: UUID, version: int) -> Case:
    """The case of a team of the actor's, locked until the end."""
    case = (
        Case.objects.select_for_update().filter(pk=case_id, team_id__in=list(by.team_ids)).first()
    )
    if case is None:
        raise Http404
    by.must(Permission.CASE_WORK, case.team_id)
    if case.version != version:
        raise Stale("Somebody changed this case while you were looking at it.", case)
    return case


def _save(case: Case, *fields: str) -> None:
    case.version += 1
    case.save(update_fields=[*fields, "version"])


def _write(verb: str, by: Actor, case: Case, **detail) -> None:
    record.write(
        f"case.{verb}",
        by=by,
        person_id=case.person_id,
        envelopes=[case.envelope_id],
        subject=f"case:{case.pk}",
        detail=detail,
    )
