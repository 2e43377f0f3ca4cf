"""Asking somebody whether a team may know, and closing it again when they say so."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import acting, queries
from onestory.access.actions.grants import share
from onestory.access.models import (
    Answer,
    Capacity,
    Consent,
    Envelope,
    Grant,
    How,
    Kind,
    ShareWithoutConsent,
    Withdrawal,
)
from onestory.access.rules.consent import end_of, why_not
from onestory.agencies.actor import Actor
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.agencies.roles import OWN_PAGES_TEAM, Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused

WITHDRAWN = "consent withdrawn"


@transaction.atomic
def record_consent(
    *,
    by: Actor,
    person_id: UUID,
    team_id: UUID,
    to_team_id: UUID,
    kinds: Collection[str],
    purpose: str,
    until: date | None,
    answer: str,
    how: str,
    capacity: str,
    age_note: str = "",
    words: str = "",
    writes: Collection[str] = (),
) -> Consent:
    """What somebody answered when asked whether a team may know. A yes opens it to that team at once.

    `consent.grants` are the grants that a yes made, the kinds in `writes` to write in as well. Asked
    twice with the same answer, there is one consent: the one that stands comes back. A no takes back
    an earlier yes to the same team for the same purpose. `Http404` if the person's identity is not
    open to the actor; `Refused` if they may not share all of this, or if this yes is none.
    """
    by.must(Permission.SHARE, team_id)
    consent = Consent(
        person_id=person_id,
        team_id=team_id,
        to_team=_recipient(team_id, to_team_id),
        kinds=in_order(kinds),
        purpose=purpose,
        until=until,
        answer=answer,
        how=how,
        capacity=capacity,
        age_note=age_note.strip(),
        words=words.strip(),
        asked_by_id=by.user_id,
        asked_at=acting.now(),
    )
    _must_stand(consent)
    opened = _envelopes(by, person_id, consent.kinds)
    lock(person_id)
    earlier = _earlier(by, consent)
    if answer == Answer.GIVEN:
        for one in earlier:
            if _says_the_same(one, consent, writes):
                one.consent.grants = one.grants
                return one.consent
    consent.save(force_insert=True)
    consent.grants = []
    if answer == Answer.GIVEN:
        consent.grants = _open(by, consent, opened, writes)
    for one in earlier if answer == Answer.REFUSED else ():
        _take_back(by, one.consent, set(one.open) & set(consent.kinds), how, consent.words)
    _write(by, consent, "give" if answer == Answer.GIVEN else "refuse")
    return consent


@transaction.atomic
def withdraw_consent(
    *,
    by: Actor,
    consent_id: UUID,
    how: str,
    words: str = "",
    kinds: Collection[str] | None = None,
) -> Withdrawal:
    """Take a consent back, all of it or only `kinds`. What it opened closes at once.

    The person themselves may, and whoever knows who they are and asks for consent at all.
    """
    consent = Consent.objects.filter(pk=consent_id, answer=Answer.GIVEN).first()
    if consent is None:
        raise Http404
    if not queries.is_self(by, consent.person_id):
        by.must(Permission.SHARE)
    if how not in How:
        raise Refused("Choose how they let us know.")
    lock(consent.person_id)
    gone = {kind for one in consent.withdrawals.all() for kind in one.kinds}
    left = set(consent.kinds) - gone
    taken = left if kinds is None else left & set(kinds)
    if not taken:
        raise Refused("This has been taken back already.")
    return _take_back(by, consent, taken, how, words)


@transaction.atomic
def share_without_consent(
    *,
    by: Actor,
    person_id: UUID,
    team_id: UUID,
    to_team_id: UUID,
    kinds: Collection[str],
    purpose: str,
    basis: str,
    reason: str,
    until: date | None,
    second_opinion_by: UUID | None = None,
    told: bool,
    not_told_reason: str = "",
    writes: Collection[str] = (),
) -> ShareWithoutConsent:
    """Open somebody's record to a team without their consent, on another basis of the area pack.

    `second_opinion_by` is who else judged so, where the basis demands it. Where they are not told,
    `not_told_reason` is why telling is a danger: that hides it from their own pages. `shared.grants`
    are the grants that it made.
    """
    by.must(Permission.SHARE, team_id)
    now = acting.now()
    shared = ShareWithoutConsent(
        person_id=person_id,
        team_id=team_id,
        to_team=_recipient(team_id, to_team_id),
        kinds=in_order(kinds),
        purpose=purpose,
        basis=basis,
        reason=reason.strip(),
        until=until,
        shared_by_id=by.user_id,
        shared_at=now,
        second_opinion_by_id=second_opinion_by,
        told_at=now if told else None,
        told_by_id=by.user_id if told else None,
        not_told_reason="" if told else not_told_reason.strip(),
    )
    _must_be_lawful(shared)
    _must_be_seconded(by, shared)
    opened = _envelopes(by, person_id, shared.kinds)
    shared.save(force_insert=True)
    shared.grants = _open(by, shared, opened, writes)
    _write(by, shared, "share", basis=basis, told=told)
    return shared


@transaction.atomic
def tell_of_share(*, by: Actor, share_id: UUID) -> ShareWithoutConsent:
    """They have now been told of a share without consent: from now on their own pages show it."""
    by.must(Permission.SHARE)
    shared = _shared(share_id)
    if shared.told_at:
        raise Refused("They have been told already.")
    shared.told_at, shared.told_by_id = timezone.now(), by.user_id
    shared.save(update_fields=["told_at", "told_by"])
    _write(by, shared, "tell")
    return shared


@transaction.atomic
def end_share(*, by: Actor, share_id: UUID, reason: str) -> None:
    """Close what was shared without consent. `Http404` if there is nothing that the actor may end."""
    shared = _shared(share_id)
    if not reason.strip():
        raise Refused("Say why it ends.")
    ended = _end(
        "SELECT e.id FROM unnest(%s::uuid[]) AS p (id), access_who_knows(p.id) g"
        " CROSS JOIN LATERAL access_end_grant(g.id, %s) e WHERE g.without_consent_id = %s",
        queries.same_person(by, shared.person_id),
        reason.strip(),
        share_id,
    )
    if not ended:
        raise Http404
    _write(by, shared, "end", envelopes=ended)


def in_order(kinds: Iterable[str]) -> list[str]:
    """Kinds in the order in which they are always named."""
    wanted = set(kinds)
    return [kind for kind in Kind.values if kind in wanted]


def lock(person_id: UUID) -> None:
    """One at a time decides on what may be shared of a person, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"consent {person_id}"]
        )


def _shared(share_id: UUID) -> ShareWithoutConsent:
    shared = ShareWithoutConsent.objects.filter(pk=share_id).first()
    if shared is None:
        raise Http404
    return shared


def _end(sql: str, *about: object) -> list[UUID]:
    """The envelopes that one of PostgreSQL's functions has closed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, about)
        return [row[0] for row in cursor.fetchall()]


def _recipient(team_id: UUID, to_team_id: UUID) -> Team:
    team = Team.objects.filter(pk=to_team_id).exclude(pk=OWN_PAGES_TEAM).first()
    if team is None:
        raise Refused("Choose the team that would know.")
    if team.pk == team_id:
        raise Refused("This is your own team.")
    if team.ended_on:
        raise Refused("This team has ended.")
    return team


def _must_be_shareable(asked: Consent | ShareWithoutConsent) -> None:
    if not asked.kinds:
        raise Refused("Choose what would be shared.")
    if asked.purpose not in pack().purposes:
        raise Refused("Choose what it is for.")
    if asked.until and asked.until < timezone.localdate():
        raise Refused("The last day must be today or later.")


def _must_stand(consent: Consent) -> None:
    _must_be_shareable(consent)
    for value, choices, otherwise in (
        (consent.answer, Answer, "Say whether they said yes or no."),
        (consent.how, How, "Choose how they let us know."),
        (consent.capacity, Capacity, "Say who decided, and whether they could."),
    ):
        if value not in choices:
            raise Refused(otherwise)
    reason = why_not(consent.answer, consent.capacity, consent.age_note)
    if reason:
        raise Refused(reason)


def _must_be_lawful(shared: ShareWithoutConsent) -> None:
    _must_be_shareable(shared)
    term = pack().bases.get(shared.basis)
    if term is None or term.consent:
        raise Refused("Choose the legal basis for sharing without consent.")
    if term.needs_reason and not shared.reason:
        raise Refused("Give the reason for sharing on this basis.")
    if not shared.told_at and not shared.not_told_reason:
        raise Refused("Say why they are not told.")


def _must_be_seconded(by: Actor, shared: ShareWithoutConsent) -> None:
    """Where the area demands it, somebody else has judged as well: a colleague, or a guardian."""
    wanted = pack().bases[shared.basis].second_opinion
    who = shared.second_opinion_by_id
    if who is None:
        if wanted != "none":
            raise Refused("This basis needs a second opinion. Name who gave it.")
        return
    if who not in queries.second_opinions(by, shared.team_id, shared.basis):
        raise Refused("Choose somebody who may give the second opinion on this.")


def _envelopes(by: Actor, person_id: UUID, kinds: Collection[str]) -> list[Envelope]:
    """The envelopes of these kinds, of every record of the person, that the actor may share."""
    found = list(Envelope.objects.filter(person_id__in=queries.same_person(by, person_id)))
    if not any(e.person_id == person_id and e.kind == Kind.IDENTITY for e in found):
        raise Http404
    asked = [envelope for envelope in found if envelope.kind in kinds]
    shareable = queries.may_share(by, asked)
    asked = [envelope for envelope in asked if envelope.pk in shareable]
    missing = set(kinds) - {envelope.kind for envelope in asked}
    if missing:
        named = ", ".join(Kind(kind).label for kind in in_order(missing))
        raise Refused(f"Your team may not share this, or there is none yet: {named}.")
    return asked


def _open(
    by: Actor,
    why: Consent | ShareWithoutConsent,
    envelopes: list[Envelope],
    writes: Collection[str],
) -> list[Grant]:
    given = isinstance(why, Consent)
    how = {
        "by": by,
        "team": why.to_team,
        "purpose": why.purpose,
        "basis": next(b.code for b in pack().bases if b.consent) if given else why.basis,
        "reason": "" if given else why.reason,
        "until": end_of(why.until),
        "apart": True,
        "because": why,
    }
    to_write = [e for e in envelopes if e.kind in writes]
    to_read = [e for e in envelopes if e.kind not in writes]
    made = share(envelopes=to_write, may_write=True, **how) if to_write else []
    return made + (share(envelopes=to_read, **how) if to_read else [])


def _earlier(by: Actor, consent: Consent) -> list[queries.Standing]:
    """What stands already with the same team for the same purpose."""
    return [
        one
        for one in queries.consents(by, consent.person_id)
        if one.open
        and one.consent.to_team_id == consent.to_team.pk
        and one.consent.purpose == consent.purpose
    ]


def _says_the_same(one: queries.Standing, consent: Consent, writes: Collection[str]) -> bool:
    written = {grant.envelope.kind for grant in one.grants if grant.may_write}
    return (
        set(consent.kinds) == set(one.open)
        and consent.until == one.consent.until
        and set(writes) <= written
    )


def _take_back(
    by: Actor, consent: Consent, kinds: set[str], how: str, words: str
) -> Withdrawal | None:
    taken = in_order(kinds)
    if not taken:
        return None
    withdrawal = Withdrawal.objects.create(
        consent=consent,
        kinds=taken,
        how=how,
        words=words.strip(),
        withdrawn_by_id=by.user_id,
        withdrawn_at=acting.now(),
    )
    ended = _end("SELECT id FROM access_end_consent(%s, %s, %s)", consent.pk, taken, WITHDRAWN)
    record.write(
        "consent.withdraw",
        by=by,
        person_id=consent.person_id,
        envelopes=ended,
        subject=f"consent:{consent.pk}",
        detail={"kinds": taken, "how": how},
    )
    return withdrawal


def _write(
    by: Actor,
    what: Consent | ShareWithoutConsent,
    verb: str,
    envelopes: Iterable[UUID] = (),
    **detail: str | bool,
) -> None:
    noun = "consent" if isinstance(what, Consent) else "without-consent"
    record.write(
        f"{noun}.{verb}",
        by=by,
        person_id=what.person_id,
        envelopes=envelopes,
        subject=f"{noun}:{what.pk}",
        detail={"kinds": what.kinds, "to": str(what.to_team_id), **detail},
    )
