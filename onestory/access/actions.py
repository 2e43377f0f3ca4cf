"""Opening and closing envelopes: each verb one transaction and one entry in the record."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import acting, queries
from onestory.access.models import Barring, EmergencyOpening, Envelope, Grant
from onestory.agencies.actor import Actor
from onestory.agencies.models import Team, User
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused

BREAK_GLASS = "break-glass"
BREAK_GLASS_LASTS = timedelta(hours=24)
# The purpose and basis of the team that first writes something down.
RECORDED = "recorded"


@transaction.atomic
def make_envelopes(
    *, by: Actor, person_id: UUID | None, kinds: Iterable[str], team_id: UUID
) -> dict[str, Envelope]:
    """New envelopes for a person (or for a list of cases without names), open to `team_id`."""
    now = acting.now()
    made = {}
    for kind in kinds:
        made[kind] = Envelope.objects.create(
            person_id=person_id, kind=kind, created_by_id=by.user_id, created_at=now
        )
        Grant.objects.create(
            envelope=made[kind],
            team_id=team_id,
            may_write=True,
            may_share=True,
            purpose=RECORDED,
            basis=RECORDED,
            starts_at=now,
            given_by_id=by.user_id,
            given_at=now,
        )
    record.write(
        "envelope.make",
        by=by,
        person_id=person_id,
        envelopes=[e.pk for e in made.values()],
        detail={"kinds": sorted(made), "team": str(team_id)},
    )
    return made


@transaction.atomic
def share(
    *,
    by: Actor,
    envelopes: Iterable[Envelope],
    team: Team,
    purpose: str,
    basis: str,
    reason: str = "",
    may_write: bool = False,
    until: datetime | None = None,
    apart: bool = False,
) -> list[Grant]:
    """Open envelopes to a team, on a basis. Those that the team holds already stay as they are;
    with `apart` they are opened once more, by a grant that can end without the other.

    `basis` and `purpose` are codes of the area pack. Raises `Refused` if the basis is unknown or
    wants a reason that is not given, or if the actor may not share one of the envelopes.
    """
    term = pack().bases.get(basis)
    if term is None:
        raise Refused("Choose the legal basis for sharing.")
    if term.needs_reason and not reason.strip():
        raise Refused("Give the reason for sharing on this basis.")
    envelopes = list(envelopes)
    if len(queries.may_share(by, envelopes)) < len(envelopes):
        raise Refused("Your team may not share all of this.")
    now = acting.now()
    person_ids = {e.person_id for e in envelopes}
    held = set() if apart else queries.held_by(team.pk, person_ids, may_write=may_write)
    given = [
        Grant(
            envelope=envelope,
            team=team,
            may_write=may_write,
            may_share=may_write,
            purpose=purpose,
            basis=basis,
            reason=reason.strip(),
            starts_at=now,
            ends_at=until,
            given_by_id=by.user_id,
            given_at=now,
        )
        for envelope in envelopes
        if envelope.pk not in held
    ]
    Grant.objects.bulk_create(given)
    for person_id in person_ids:
        record.write(
            "grant.give",
            by=by,
            person_id=person_id,
            envelopes=[g.envelope_id for g in given],
            subject=f"team:{team.pk}",
            detail={"basis": basis, "purpose": purpose, "may_write": may_write},
        )
    return given


@transaction.atomic
def end_grant(*, by: Actor, grant_id: UUID, reason: str) -> None:
    """End a grant now. `Http404` if there is none that this actor may end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_end_grant(%s, %s)", [grant_id, reason])
        if not cursor.fetchone()[0]:
            raise Http404
    record.write("grant.end", by=by, subject=f"grant:{grant_id}")


@transaction.atomic
def break_glass(
    *, by: Actor, person_id: UUID, team_id: UUID, reason: str, words: str = ""
) -> EmergencyOpening:
    """Open a person's record to the actor alone for 24 hours; the guardian is told at once.

    `reason` is a code of the area pack. `Http404` if the record is barred to the actor or there is
    nothing to open.
    """
    by.must(Permission.BREAK_GLASS, team_id)
    if reason not in pack().break_glass_reasons:
        raise Refused("Choose the reason for opening this record.")
    now = acting.now()
    opening = EmergencyOpening.objects.create(
        person_id=person_id,
        opened_by_id=by.user_id,
        team_id=team_id,
        reason=reason,
        words=words.strip(),
        opened_at=now,
        ends_at=now + BREAK_GLASS_LASTS,
    )
    closed = [e for e in queries.envelopes_of(by, person_id) if not e.is_open]
    if not closed:
        raise Http404
    Grant.objects.bulk_create(
        Grant(
            envelope_id=envelope.id,
            team_id=team_id,
            user_id=by.user_id,
            purpose=BREAK_GLASS,
            basis=BREAK_GLASS,
            reason=reason,
            starts_at=now,
            ends_at=opening.ends_at,
            given_by_id=by.user_id,
            given_at=now,
        )
        for envelope in closed
    )
    record.write(
        "glass.break",
        by=by,
        person_id=person_id,
        envelopes=[e.id for e in closed],
        subject=f"opening:{opening.pk}",
        detail={"reason": reason},
    )
    return opening


@transaction.atomic
def review_opening(
    *, by: Actor, opening_id: UUID, justified: bool, finding: str
) -> EmergencyOpening:
    """A guardian's judgement on an emergency opening. One found wrong is closed at once."""
    by.must(Permission.BREAK_GLASS_REVIEW)
    opening = (
        EmergencyOpening.objects.filter(pk=opening_id, reviewed_at=None)
        .exclude(opened_by_id=by.user_id)
        .first()
    )
    if opening is None:
        raise Http404
    if not finding.strip():
        raise Refused("Say what you found.")
    now = timezone.now()
    opening.reviewed_at, opening.reviewed_by_id = now, by.user_id
    opening.justified, opening.finding = justified, finding.strip()
    fields = ["reviewed_at", "reviewed_by", "justified", "finding"]
    opening.save(update_fields=fields)
    if not justified:
        _close_opening(opening)
    record.write(
        "glass.review",
        by=by,
        person_id=opening.person_id,
        subject=f"opening:{opening.pk}",
        detail={"justified": justified},
    )
    return opening


def _close_opening(opening: EmergencyOpening) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_end_grant(g.id, 'not justified') FROM access_who_knows(%s) g"
            " WHERE g.basis = %s AND g.user_id = %s AND g.ended_at IS NULL",
            [opening.person_id, BREAK_GLASS, opening.opened_by_id],
        )


@transaction.atomic
def bar(*, by: Actor, person_id: UUID, user: User, reason: str) -> Barring:
    """Close a person's record to a named user: a relative, a neighbour, a colleague."""
    by.must(Permission.PERSON_BAR)
    if user.pk == by.user_id:
        raise Refused("Ask a guardian: nobody can bar themselves.")
    if not reason.strip():
        raise Refused("Say why this person may not see the record.")
    found = Barring.objects.filter(person_id=person_id, user=user, ended_at=None).first()
    if found:
        return found
    barring = Barring.objects.create(
        person_id=person_id,
        user=user,
        reason=reason.strip(),
        barred_by_id=by.user_id,
        barred_at=timezone.now(),
    )
    record.write("person.bar", by=by, person_id=person_id, subject=f"user:{user.pk}")
    return barring


@transaction.atomic
def unbar(*, by: Actor, barring_id: UUID) -> None:
    """A guardian lifts a barring. `Http404` if there is none that they may lift."""
    by.must(Permission.BREAK_GLASS_REVIEW)
    barring = Barring.objects.filter(pk=barring_id, ended_at=None).first()
    if barring is None:
        raise Http404
    barring.ended_at, barring.ended_by_id = timezone.now(), by.user_id
    barring.save(update_fields=["ended_at", "ended_by"])
    record.write(
        "person.unbar", by=by, person_id=barring.person_id, subject=f"user:{barring.user_id}"
    )
