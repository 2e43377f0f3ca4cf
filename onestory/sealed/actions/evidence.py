"""Evidence: what is kept, where, until when; and what became of it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.kernel.errors import Refused, Stale
from onestory.sealed import queries
from onestory.sealed.actions.held import own, write
from onestory.sealed.models import Account, Evidence


@transaction.atomic
def add_evidence(
    *,
    by: Actor,
    account_id: UUID,
    kind: str,
    held_by: str,
    keep_until: date,
    mark: str = "",
) -> Evidence:
    """Write down what is kept, where, and until when."""
    account = own(by, account_id)
    if kind not in pack().evidence_kinds:
        raise Refused("Choose what is kept.")
    if keep_until < timezone.localdate():
        raise Refused("It must be kept until a day that is still to come.")
    evidence = Evidence.objects.create(
        envelope_id=account.envelope_id,
        account=account,
        kind=kind,
        held_by=held_by.strip(),
        mark=mark.strip(),
        keep_until=keep_until,
        recorded_at=timezone.now(),
        recorded_by_id=by.user_id,
    )
    write("keep-evidence", by, account, kind=kind)
    return evidence


@transaction.atomic
def keep_longer(*, by: Actor, evidence_id: UUID, version: int, keep_until: date) -> Evidence:
    """Whoever holds it has agreed to keep it until a later day."""
    evidence = _evidence(by, evidence_id, version)
    if keep_until <= evidence.keep_until:
        raise Refused("Give a later day than the one it is kept until now.")
    evidence.keep_until = keep_until
    evidence.version += 1
    evidence.save(update_fields=["keep_until", "version"])
    write("keep-longer", by, evidence.account)
    return evidence


@transaction.atomic
def end_evidence(*, by: Actor, evidence_id: UUID, version: int, reason: str) -> Evidence:
    """It is kept no longer: given back, destroyed, or handed to the police by her choice."""
    evidence = _evidence(by, evidence_id, version)
    if not reason.strip():
        raise Refused("Say what became of it.")
    end_all(by, [evidence], reason.strip())
    write("end-evidence", by, evidence.account)
    return evidence


@transaction.atomic
def told_holder(*, by: Actor, evidence_id: UUID, version: int) -> Evidence:
    """Whoever keeps it was told: that its day is near, that the account was released or destroyed.

    Also of an account that is destroyed: that is when it matters.
    """
    evidence = queries.to_tell(by, evidence_id, lock=True)
    if evidence.version != version:
        raise Stale("Somebody changed this while you were looking at it.", evidence)
    why = evidence.tell or Evidence.Tell.NEAR
    evidence.tell, evidence.told_until = "", evidence.keep_until
    evidence.told_at, evidence.told_by_id = timezone.now(), by.user_id
    evidence.version += 1
    evidence.save(update_fields=["tell", "told_until", "told_at", "told_by", "version"])
    write("tell-holder", by, evidence.account, why=str(why))
    return evidence


def must_tell(account: Account, why: str) -> None:
    """Put it on the team's list that whoever keeps evidence of this account has to be told."""
    for evidence in Evidence.objects.filter(account=account, ended_at=None):
        evidence.tell = why
        evidence.version += 1
        evidence.save(update_fields=["tell", "version"])


def end_all(by: Actor, rows: Iterable[Evidence], why: str) -> None:
    for evidence in rows:
        evidence.ended_at, evidence.ended_by_id = timezone.now(), by.user_id
        evidence.end_reason = why
        evidence.version += 1
        evidence.save(update_fields=["ended_at", "ended_by", "end_reason", "version"])


def _evidence(by: Actor, evidence_id: UUID, version: int) -> Evidence:
    evidence = (
        Evidence.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk=evidence_id, ended_at=None)
        .first()
    )
    if evidence is None:
        raise Http404
    own(by, evidence.account_id)
    if evidence.version != version:
        raise Stale("Somebody changed this while you were looking at it.", evidence)
    return evidence
