"""Triage: a contact is graded, decided, and its sender told."""

from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.actions.referrals import send_referrals
from onestory.cases.models import Contact
from onestory.cases.rules import clocks
from onestory.cases.rules.decisions import REFERRING, Decision, check_decision
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale

# What deciding fills in.
DECIDING = (
    "outcome",
    "outcome_reason",
    "outcome_words",
    "decided_at",
    "decided_by",
    "acknowledged_at",
    "acknowledged_by",
)


@transaction.atomic
def grade_contact(*, by: Actor, contact_id: UUID, version: int, rag: str, reason: str) -> Contact:
    """Grade Red, Amber, Green or Blue, or grade again. The clock follows (`rules.clocks`)."""
    contact = _locked(by, contact_id, version)
    if rag not in pack().rag:
        raise Refused("Choose a grade.")
    if not reason.strip():
        raise Refused("Say why: the next person has to understand this grade.")
    now = clocks.Clock(contact.timescale, contact.due_at)
    clock = clocks.after_grading(pack(), now, contact.received_at, rag)
    contact.timescale, contact.due_at = clock.timescale, clock.due_at
    before, contact.rag, contact.rag_reason = contact.rag, rag, reason.strip()
    contact.graded_at, contact.graded_by_id = timezone.now(), by.user_id
    _save(contact, "timescale", "due_at", "rag", "rag_reason", "graded_at", "graded_by")
    _write("grade", by, contact, rag=rag, before=before)
    return contact


@transaction.atomic
def decide_contact(*, by: Actor, contact_id: UUID, version: int, decision: Decision) -> Contact:
    """Decide, and send the referrals that are decided on. The sender finds it on their worklist.

    A contact that a team passed to itself needs nobody to be told.
    """
    contact = _locked(by, contact_id, version)
    if not contact.graded_at:
        raise Refused("Grade the contact first.")
    check_decision(pack(), decision)
    now = timezone.now()
    contact.outcome, contact.outcome_words = decision.outcome, decision.words.strip()
    contact.outcome_reason = "" if decision.outcome in REFERRING else decision.reason
    contact.decided_at, contact.decided_by_id = now, by.user_id
    if contact.from_team_id == contact.to_team_id:
        contact.acknowledged_at, contact.acknowledged_by_id = now, by.user_id
    _save(contact, *DECIDING)
    if decision.outcome in REFERRING:
        send_referrals(
            by=by,
            team_id=contact.to_team_id,
            person_id=contact.person_id,
            targets=decision.targets,
            sharing=decision.sharing,
            needs=decision.needs or (contact.presenting_need, *contact.contributory_needs),
            words=decision.words,
            contact=contact,
        )
    timeliness = clocks.timeliness(contact.due_at, contact.decided_at, now)
    _write(
        "decide",
        by,
        contact,
        outcome=contact.outcome,
        reason=contact.outcome_reason,
        within=timeliness.within,
    )
    return contact


@transaction.atomic
def acknowledge_decision(*, by: Actor, contact_id: UUID) -> Contact:
    """The sending team has seen the decision. A second time changes nothing."""
    contact = _visible(contact_id)
    by.must(Permission.CONTACT_RECORD, contact.from_team_id)
    if contact.acknowledged_at:
        return contact
    if not contact.decided_at:
        raise Refused("Nothing has been decided yet.")
    contact.acknowledged_at, contact.acknowledged_by_id = timezone.now(), by.user_id
    _save(contact, "acknowledged_at", "acknowledged_by")
    _write("acknowledge", by, contact)
    return contact


def _visible(contact_id: UUID) -> Contact:
    contact = (
        Contact.objects.select_for_update(of=("self",))
        .select_related("graded_by", "decided_by")
        .filter(pk=contact_id)
        .first()
    )
    if contact is None:
        raise Http404
    return contact


def _locked(by: Actor, contact_id: UUID, version: int) -> Contact:
    """An undecided contact to a team where the actor triages, locked until the end.

    Two people who triage the same contact wait for each other here; the second is told what the
    first did.
    """
    contact = _visible(contact_id)
    by.must(Permission.CONTACT_TRIAGE, contact.to_team_id)
    if contact.decided_at:
        decided = Contact.Outcome(contact.outcome).label.lower()
        raise Stale(f"{contact.decided_by} has decided this already: {decided}.", contact)
    if contact.version != version:
        grade = contact.get_rag_display()
        raise Stale(f"{contact.graded_by} has graded this {grade} meanwhile.", contact)
    return contact


def _save(contact: Contact, *fields: str) -> None:
    contact.version += 1
    contact.save(update_fields=[*fields, "version"])


def _write(verb: str, by: Actor, contact: Contact, **detail) -> None:
    record.write(
        f"contact.{verb}",
        by=by,
        person_id=contact.person_id,
        envelopes=[contact.envelope_id],
        subject=f"contact:{contact.pk}",
        detail=detail,
    )
