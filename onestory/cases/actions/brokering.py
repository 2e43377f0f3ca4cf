"""Brokering: services chosen with a survivor, her answer to each, and all of it sent at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.actions import record_consent
from onestory.access.models import Answer, Consent, Envelope, Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.actions import envelopes
from onestory.cases.actions import referral_rows as rows
from onestory.cases.models import Brokering, Referral, Refusal
from onestory.cases.queries.referrals import live_to
from onestory.cases.rules import decisions
from onestory.cases.rules.decisions import Target
from onestory.cases.rules.shares import Share, check
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.opening import Opening, Typed, keep

PURPOSE = "support"
SENT = "All of this has been sent already."


@dataclass(frozen=True)
class Brokered:
    """What came of it. `already` are live referrals to services that were asked before."""

    sent: list[Referral] = field(default_factory=list)
    already: list[Referral] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


@transaction.atomic
def broker(
    *,
    by: Actor,
    person_id: UUID,
    team_id: UUID,
    shares: Sequence[Share],
    needs: Sequence[str] = (),
) -> Brokered:
    """One referral for each service that she said yes to, with its own consent and exactly the
    grants of it; for each no, that she refused. All of it, or nothing.

    A service that this team has asked already, and that still stands, is not asked again. Raises
    `Refused` where the rules say no; `Http404` if the person is not this team's to see.
    """
    by.must(Permission.REFERRAL_SEND, team_id)
    check(list(shares))
    if Kind.IDENTITY not in access.open_envelopes(by, person_id):
        raise Http404
    rows.one_at_a_time(person_id)
    carrier = envelopes.for_work(by=by, person_id=person_id, team_id=team_id)
    live = live_to(by, team_id, person_id, [share.service.pk for share in shares])
    known = _known_teams(by, person_id, shares)
    result = Brokered(already=[live[s.service.pk] for s in shares if s.service.pk in live])
    for share in shares:
        if share.service.pk in live:
            continue
        wanted = [code for code in needs if code in share.service.needs]
        if share.agreed:
            result.sent.append(_send(by, team_id, carrier, share, wanted))
        else:
            consent = None
            if share.service.team_id not in {team_id, *known}:
                consent = _ask(by, team_id, person_id, share, share.kinds)
            result.refused.append(_refuse(by, team_id, carrier, share, wanted, consent))
    return result


@transaction.atomic
def begin_brokering(
    *, by: Actor, person_id: UUID, team_id: UUID, services: Iterable[str]
) -> Brokering:
    """Choose services with somebody, by their codes. Who is choosing already goes on with that;
    what was answered about a service stays, also while it is not among the chosen.
    """
    by.must(Permission.REFERRAL_SEND, team_id)
    codes = list(dict.fromkeys(services))
    if not codes:
        raise Refused("Choose at least one service.")
    if Kind.IDENTITY not in access.open_envelopes(by, person_id):
        raise Http404
    rows.one_at_a_time(person_id)
    now = timezone.now()
    mine = Brokering.objects.filter(user_id=by.user_id, person_id=person_id, sent_at=None)
    found = mine.select_for_update().first()
    if found is None:
        found = Brokering.objects.create(
            user_id=by.user_id,
            team_id=team_id,
            person_id=person_id,
            answers={"services": codes, "pages": {}},
            started_at=now,
            saved_at=now,
        )
        record.write("brokering.start", by=by, person_id=person_id, subject=_subject(found))
    elif found.answers["services"] != codes:
        found.answers["services"] = codes
        _save(found)
    return found


@transaction.atomic
def save_brokering(
    *, by: Actor, brokering_id: UUID, service: str, typed: Typed, opening: Opening
) -> Brokering:
    """Keep what is typed about one service. `Stale` if it was changed in another window."""
    brokering = _locked(by, brokering_id)
    if brokering.sent_at:
        raise Refused(SENT)
    if service not in brokering.answers["services"]:
        raise Http404
    if keep(brokering.answers, service, typed, opening):
        brokering.version += 1
        brokering.saved_at = timezone.now()
    brokering.save(update_fields=["answers", "version", "saved_at"])
    return brokering


@transaction.atomic
def discard_brokering(*, by: Actor, brokering_id: UUID) -> None:
    """Throw the choices away, with everything typed about them."""
    brokering = _locked(by, brokering_id)
    if brokering.sent_at:
        raise Refused(SENT)
    brokering.delete()
    record.write("brokering.discard", by=by, subject=f"brokering:{brokering_id}")


@transaction.atomic
def send_brokering(
    *,
    by: Actor,
    brokering_id: UUID,
    version: int,
    shares: Sequence[Share],
    needs: Sequence[str] = (),
) -> Brokering:
    """Send what was chosen, and empty it. Sent twice, it is sent once.

    `shares` is what the answers say; `Stale` if they changed since they were read.
    """
    brokering = _locked(by, brokering_id)
    if brokering.sent_at:
        return brokering
    if brokering.version != version:
        raise Stale("This was changed in another window after you checked it.", brokering)
    done = broker(
        by=by,
        person_id=brokering.person_id,
        team_id=brokering.team_id,
        shares=shares,
        needs=needs,
    )
    brokering.sent_at, brokering.answers = timezone.now(), {}
    brokering.referrals = [referral.pk for referral in done.sent]
    brokering.already = [referral.pk for referral in done.already]
    brokering.refusals = [refusal.pk for refusal in done.refused]
    _save(brokering, "sent_at", "referrals", "already", "refusals")
    return brokering


def _send(by: Actor, team_id: UUID, carrier: Envelope, share: Share, needs: list[str]) -> Referral:
    target = Target(share.service.team, share.service, frozenset(share.kinds))
    decisions.check_target(target, team_id)
    consent = None
    if target.team.pk != team_id:
        # The referral itself lies in this envelope: they read it there, and answer.
        kinds = {*share.kinds, carrier.kind}
        consent = _ask(by, team_id, carrier.person_id, share, kinds, writes=[carrier.kind])
    return rows.create(
        by,
        carrier=carrier,
        from_team_id=team_id,
        target=target,
        basis=next(basis.code for basis in pack().bases if basis.consent),
        needs=needs,
        words=share.words.strip(),
        consent=consent,
        grants=[grant.pk for grant in consent.grants] if consent else [],
    )


def _ask(
    by: Actor,
    team_id: UUID,
    person_id: UUID,
    share: Share,
    kinds: Iterable[str],
    writes: Iterable[str] = (),
) -> Consent:
    return record_consent(
        by=by,
        person_id=person_id,
        team_id=team_id,
        to_team_id=share.service.team_id,
        kinds=kinds,
        purpose=PURPOSE,
        until=share.until if share.agreed else None,
        answer=Answer.GIVEN if share.agreed else Answer.REFUSED,
        how=share.how,
        capacity=share.capacity,
        age_note=share.age_note,
        words="",
        writes=writes,
    )


def _refuse(
    by: Actor,
    team_id: UUID,
    carrier: Envelope,
    share: Share,
    needs: list[str],
    consent: Consent | None,
) -> Refusal:
    refusal = Refusal.objects.create(
        envelope=carrier,
        person_id=carrier.person_id,
        team_id=team_id,
        service=share.service,
        needs=needs,
        consent=consent,
        recorded_at=timezone.now(),
        recorded_by_id=by.user_id,
    )
    record.write(
        "referral.refuse",
        by=by,
        person_id=carrier.person_id,
        envelopes=[carrier.pk],
        subject=f"refusal:{refusal.pk}",
        detail={"service": share.service.code},
    )
    return refusal


def _known_teams(by: Actor, person_id: UUID, shares: Sequence[Share]) -> set[UUID]:
    """Teams that may know something by her consent, or will. A no to one service of such a team is
    no to that service alone, and takes nothing back that she agreed to for another.
    """
    standing = {one.consent.to_team_id for one in access.consents(by, person_id) if one.open}
    return standing | {share.service.team_id for share in shares if share.agreed}


def _locked(by: Actor, brokering_id: UUID) -> Brokering:
    """The actor's own, locked until the end."""
    mine = Brokering.objects.select_for_update().filter(pk=brokering_id, user_id=by.user_id)
    if (found := mine.first()) is None:
        raise Http404
    return found


def _save(brokering: Brokering, *more: str) -> None:
    brokering.version += 1
    brokering.saved_at = timezone.now()
    brokering.save(update_fields=["answers", "version", "saved_at", *more])


def _subject(brokering: Brokering) -> str:
    return f"brokering:{brokering.pk}"
