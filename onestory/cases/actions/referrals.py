"""Referrals: sent, acknowledged, accepted or declined, withdrawn; each with its grants."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.actions import share
from onestory.access.models import Envelope, Kind
from onestory.agencies.actor import Actor
from onestory.agencies.models import Service
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.actions import cases, envelopes
from onestory.cases.actions import referral_rows as rows
from onestory.cases.models import Contact, Referral
from onestory.cases.queries.queue import outlooks
from onestory.cases.rules import decisions
from onestory.cases.rules.decisions import CaseFacts, Sharing, Target
from onestory.cases.rules.states import Verb
from onestory.kernel.errors import Refused

PURPOSE = "referral"
WAITING = ("place", "estimate_days", "estimate_from")


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
    rows.one_at_a_time(person_id)
    if target.service:
        rows.must_be_first(by, team_id, person_id, target.service)
    carrier = envelopes.for_work(by=by, person_id=person_id, team_id=team_id)
    grants = [] if target.team.pk == team_id else _open_to(by, carrier, target, sharing)
    return rows.create(
        by,
        carrier=carrier,
        from_team_id=team_id,
        target=target,
        basis=sharing.basis,
        needs=list(needs),
        words=words.strip(),
        contact=contact,
        grants=grants,
    )


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
    referral = rows.locked(by, referral_id, Verb.ACKNOWLEDGE, version)
    referral.acknowledged_at, referral.acknowledged_by_id = timezone.now(), by.user_id
    rows.save(referral, "acknowledged_at", "acknowledged_by")
    rows.write("acknowledge", by, referral)
    return referral


@transaction.atomic
def accept_referral(
    *,
    by: Actor,
    referral_id: UUID,
    version: int,
    words: str = "",
    case: CaseFacts | None = None,
    waits: bool = False,
) -> Referral:
    """Take it on, and with `case` open a case of the receiving team. It acknowledges as well.

    With `waits` they come last in the queue of the service; the place and the estimate that are
    told now are kept, so that it can be seen afterwards what was promised.
    """
    referral = rows.locked(by, referral_id, Verb.ACCEPT, version)
    referral.accepted_at, referral.accepted_by_id = timezone.now(), by.user_id
    if waits and referral.service:
        outlook = outlooks(by, [referral.service])[referral.service_id]
        referral.place = outlook.next_place
        referral.estimate_days = outlook.estimate.days
        referral.estimate_from = outlook.estimate.source
    _answer(by, referral, words, "accepted_at", "accepted_by", *WAITING)
    rows.write("accept", by, referral)
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
    *,
    by: Actor,
    referral_id: UUID,
    version: int,
    reason: str,
    words: str = "",
    offered_instead: str = "",
    offered_service: Service | None = None,
) -> Referral:
    """Say no, with a reason of the area pack, and what was offered instead. It counts as a need
    not met. What was opened for it closes again.
    """
    referral = rows.locked(by, referral_id, Verb.DECLINE, version)
    if reason not in pack().decline_reasons:
        raise Refused("Choose the reason for declining.")
    if offered_instead and offered_instead not in pack().offered_instead:
        raise Refused("Choose what was offered instead.")
    referral.offered_instead, referral.offered_service = offered_instead, offered_service
    referral.declined_at, referral.declined_by_id = timezone.now(), by.user_id
    referral.decline_reason = reason
    noted = ("decline_reason", "offered_instead", "offered_service")
    _answer(by, referral, words, "declined_at", "declined_by", *noted)
    rows.write("decline", by, referral, reason=reason, offered=offered_instead)
    rows.close(by, referral, "referral declined")
    return referral


@transaction.atomic
def withdraw_referral(*, by: Actor, referral_id: UUID, version: int, reason: str) -> Referral:
    """The sending team takes it back, with a reason of the area pack, and closes what it opened."""
    referral = rows.locked(by, referral_id, Verb.WITHDRAW, version)
    if reason not in pack().withdraw_reasons:
        raise Refused("Choose the reason for withdrawing.")
    referral.withdrawn_at, referral.withdrawn_by_id = timezone.now(), by.user_id
    referral.withdraw_reason = reason
    rows.save(referral, "withdrawn_at", "withdrawn_by", "withdraw_reason")
    rows.write("withdraw", by, referral, reason=reason)
    rows.close(by, referral, "referral withdrawn")
    return referral


@transaction.atomic
def see_answer(*, by: Actor, referral_id: UUID) -> Referral:
    """The sending team has seen the answer, which then leaves its worklist."""
    referral = rows.visible(referral_id)
    if referral.seen_at:
        return referral
    rows.must_allow(by, referral, Verb.SEE)
    referral.seen_at, referral.seen_by_id = timezone.now(), by.user_id
    rows.save(referral, "seen_at", "seen_by")
    rows.write("see", by, referral)
    return referral


def _open_to(by: Actor, carrier: Envelope, target: Target, sharing: Sharing) -> list[UUID]:
    """Open the envelope that carries the referral to write in, the ticked ones to read; to those who
    call her first and find services with her, also to write who she is and how to reach her."""
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
    kept_up = set()
    if access.finds_services(target.team, sharing.basis):
        basics = [e for e in to_read if e.kind in decisions.SHARED_BY_DEFAULT]
        kept_up = set(access.sharing_until(by, basics, may_write=True))
    to_write = [carrier, *(e for e in to_read if e.pk in kept_up)]
    given = share(envelopes=to_write, may_write=True, **how)
    given += share(envelopes=[e for e in to_read if e.pk not in kept_up], **how)
    return [grant.pk for grant in given]


def _answer(by: Actor, referral: Referral, words: str, *fields: str) -> None:
    """Keep an answer. It acknowledges, if nobody has; a team that asked itself has seen it."""
    now = referral.accepted_at or referral.declined_at
    if not referral.acknowledged_at:
        referral.acknowledged_at, referral.acknowledged_by_id = now, by.user_id
    if referral.from_team_id == referral.to_team_id:
        referral.seen_at, referral.seen_by_id = now, by.user_id
    referral.answer_words = words.strip()
    noted = ("acknowledged_at", "acknowledged_by", "seen_at", "seen_by", "answer_words")
    rows.save(referral, *fields, *noted)
