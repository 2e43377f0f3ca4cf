"""Referrals: sent, acknowledged, accepted or declined, withdrawn; each with its grants."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.actions import end_grant, share
from onestory.access.models import Envelope, Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.actions import cases, envelopes
from onestory.cases.actions.references import create_with_reference
from onestory.cases.models import Contact, Referral
from onestory.cases.rules import clocks, decisions
from onestory.cases.rules.decisions import CaseFacts, Sharing, Target
from onestory.cases.rules.states import Verb, referral_state, verbs
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale

PURPOSE = "referral"


@transaction.atomic
def send_referral(
    *,
    by: Actor,
    team_id: UUID,
    person_id: UUID,
    target: Target,
    sharing: Sharing,
    needs: tuple[str, ...] = (),
    words: str = "",
    contact: Contact | None = None,
) -> Referral:
    """Ask another team to take somebody on, and open to it just what it needs to answer.

    Raises `Refused` if the target takes no referrals, the basis does not stand, or the team may
    not share what is ticked; `Http404` if the person is not this team's to see.
    """
    by.must(Permission.REFERRAL_SEND, team_id)
    decisions.check_target(target, team_id)
    if Kind.IDENTITY not in access.open_envelopes(by, person_id):
        raise Http404
    carrier = envelopes.for_work(by=by, person_id=person_id, team_id=team_id)
    now = timezone.now()
    acknowledge_by, answer_by = clocks.of_referral(pack(), now)
    referral = create_with_reference(
        Referral,
        envelope=carrier,
        person_id=person_id,
        contact=contact,
        from_team_id=team_id,
        to_team=target.team,
        service=target.service,
        needs=list(needs),
        words=words.strip(),
        sent_at=now,
        sent_by_id=by.user_id,
        acknowledge_by=acknowledge_by,
        answer_by=answer_by,
        grants=[] if target.team.pk == team_id else _open_to(by, carrier, target, sharing),
        recorded_at=now,
        recorded_by_id=by.user_id,
    )
    _write(
        "send",
        by,
        referral,
        to=target.team.code,
        service=target.service.code if target.service else "",
        basis=sharing.basis,
    )
    return referral


@transaction.atomic
def send_referrals(
    *,
    by: Actor,
    team_id: UUID,
    person_id: UUID,
    targets: Iterable[Target],
    sharing: Sharing,
    needs: tuple[str, ...] = (),
    words: str = "",
    contact: Contact | None = None,
) -> list[Referral]:
    """One referral to each of several targets; all of them, or none."""
    return [
        send_referral(
            by=by,
            team_id=team_id,
            person_id=person_id,
            target=target,
            sharing=sharing,
            needs=needs,
            words=words,
            contact=contact,
        )
        for target in targets
    ]


@transaction.atomic
def acknowledge_referral(*, by: Actor, referral_id: UUID, version: int) -> Referral:
    """The receiving team has it in hand. The sender sees so."""
    referral = _locked(by, referral_id, Verb.ACKNOWLEDGE, version)
    referral.acknowledged_at, referral.acknowledged_by_id = timezone.now(), by.user_id
    _save(referral, "acknowledged_at", "acknowledged_by")
    _write("acknowledge", by, referral)
    return referral


@transaction.atomic
def accept_referral(
    *,
    by: Actor,
    referral_id: UUID,
    version: int,
    words: str = "",
    case: CaseFacts | None = None,
) -> Referral:
    """Take it on, and with `case` open a case of the receiving team. It acknowledges as well."""
    referral = _locked(by, referral_id, Verb.ACCEPT, version)
    referral.accepted_at, referral.accepted_by_id = timezone.now(), by.user_id
    _answer(by, referral, words, "accepted_at", "accepted_by")
    _write("accept", by, referral)
    if case:
        cases.open_case(
            by=by,
            team_id=referral.to_team_id,
            person_id=referral.person_id,
            facts=case,
            referral=referral,
        )
    return referral


@transaction.atomic
def decline_referral(
    *, by: Actor, referral_id: UUID, version: int, reason: str, words: str = ""
) -> Referral:
    """Say no, with a reason of the area pack. What was opened for it closes again."""
    referral = _locked(by, referral_id, Verb.DECLINE, version)
    if reason not in pack().decline_reasons:
        raise Refused("Choose the reason for declining.")
    referral.declined_at, referral.declined_by_id = timezone.now(), by.user_id
    referral.decline_reason = reason
    _answer(by, referral, words, "declined_at", "declined_by", "decline_reason")
    _write("decline", by, referral, reason=reason)
    _close(by, referral, "referral declined")
    return referral


@transaction.atomic
def withdraw_referral(*, by: Actor, referral_id: UUID, version: int, reason: str) -> Referral:
    """The sending team takes it back, with a reason of the area pack, and closes what it opened."""
    referral = _locked(by, referral_id, Verb.WITHDRAW, version)
    if reason not in pack().withdraw_reasons:
        raise Refused("Choose the reason for withdrawing.")
    referral.withdrawn_at, referral.withdrawn_by_id = timezone.now(), by.user_id
    referral.withdraw_reason = reason
    _save(referral, "withdrawn_at", "withdrawn_by", "withdraw_reason")
    _write("withdraw", by, referral, reason=reason)
    _close(by, referral, "referral withdrawn")
    return referral


@transaction.atomic
def see_answer(*, by: Actor, referral_id: UUID) -> Referral:
    """The sending team has seen the answer, which then leaves its worklist."""
    referral = _visible(referral_id)
    if referral.seen_at:
        return referral
    _must_allow(by, referral, Verb.SEE)
    referral.seen_at, referral.seen_by_id = timezone.now(), by.user_id
    _save(referral, "seen_at", "seen_by")
    _write("see", by, referral)
    return referral


def _open_to(by: Actor, carrier: Envelope, target: Target, sharing: Sharing) -> list[UUID]:
    """Open the envelope that carries the referral to write in, the ticked ones to read."""
    open_to_us = access.open_envelopes(by, carrier.person_id)
    kinds = target.kinds | decisions.ALWAYS_SHARED
    to_read = [e for kind, e in open_to_us.items() if kind in kinds and e.pk != carrier.pk]
    how = {
        "by": by,
        "team": target.team,
        "purpose": PURPOSE,
        "basis": sharing.basis,
        "reason": sharing.reason,
        "apart": True,
    }
    to_write = share(envelopes=[carrier], may_write=True, **how)
    return [grant.pk for grant in to_write + share(envelopes=to_read, **how)]


def _visible(referral_id: UUID) -> Referral:
    referral = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("to_team", "from_team")
        .filter(pk=referral_id)
        .first()
    )
    if referral is None:
        raise Http404
    return referral


def _locked(by: Actor, referral_id: UUID, verb: Verb, version: int) -> Referral:
    """The referral, locked until the end; `Stale` if it changed since `version`."""
    referral = _visible(referral_id)
    if referral.version != version:
        state = referral_state(referral).value
        raise Stale(f"This referral was changed meanwhile: it is now {state}.", referral)
    _must_allow(by, referral, verb)
    return referral


def _must_allow(by: Actor, referral: Referral, verb: Verb) -> None:
    allowed = verbs(
        referral,
        sender=by.may(Permission.REFERRAL_SEND, referral.from_team_id)
        or (verb is Verb.SEE and referral.from_team_id in by.team_ids),
        receiver=by.may(Permission.REFERRAL_ANSWER, referral.to_team_id),
    )
    if verb not in allowed:
        state = referral_state(referral).value
        raise Refused(f"This cannot be done by you with a referral that is {state}.")


def _answer(by: Actor, referral: Referral, words: str, *fields: str) -> None:
    """Keep an answer. It acknowledges, if nobody has; a team that asked itself has seen it."""
    now = referral.accepted_at or referral.declined_at
    if not referral.acknowledged_at:
        referral.acknowledged_at, referral.acknowledged_by_id = now, by.user_id
    if referral.from_team_id == referral.to_team_id:
        referral.seen_at, referral.seen_by_id = now, by.user_id
    referral.answer_words = words.strip()
    noted = ("acknowledged_at", "acknowledged_by", "seen_at", "seen_by", "answer_words")
    _save(referral, *fields, *noted)


def _save(referral: Referral, *fields: str) -> None:
    referral.version += 1
    referral.save(update_fields=[*fields, "version"])


def _close(by: Actor, referral: Referral, why: str) -> None:
    """End the grants that came with a referral. After this the receiver sees it no longer."""
    live = {
        grant.pk
        for grant in access.who_knows(by, referral.person_id)
        if grant.pk in referral.grants and grant.ended_at is None
    }
    # The one that carries the referral was given first and goes last: it shows the others.
    for grant_id in reversed(referral.grants):
        if grant_id in live:
            end_grant(by=by, grant_id=grant_id, reason=why)


def _write(verb: str, by: Actor, referral: Referral, **detail: str) -> None:
    record.write(
        f"referral.{verb}",
        by=by,
        person_id=referral.person_id,
        envelopes=[referral.envelope_id],
        subject=f"referral:{referral.pk}",
        detail=detail,
    )
