"""Break-glass: opening a record in an emergency, and judging it afterwards."""

from datetime import timedelta
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import acting, queries
from onestory.access.models import EmergencyOpening, Grant
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused

BREAK_GLASS = "break-glass"
BREAK_GLASS_LASTS = timedelta(hours=24)
# As in access_find_in_emergency.
WRONG_TRIES = 5
NOT_FOUND = "No record can be opened with this reference. Ask for it again, letter by letter."
TOO_MANY_TRIES = (
    "You have given five references that open nothing. Wait an hour, or telephone your guardian."
)


@transaction.atomic
def find_in_emergency(*, by: Actor, reference: str) -> UUID | str:
    """The person whose reference somebody was told; or, in words, why nobody was found.

    It does not raise, since the try must stay on the record (PostgreSQL writes it down).
    """
    by.must(Permission.BREAK_GLASS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, tries FROM access_find_in_emergency(%s)", [reference])
        person_id, wrong_tries = cursor.fetchone()
    if person_id:
        return person_id
    return TOO_MANY_TRIES if wrong_tries >= WRONG_TRIES else NOT_FOUND


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
    if queries.is_barred(by, person_id):
        raise Http404
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
    _open_to_actor(by, opening, closed)
    record.write(
        "glass.break",
        by=by,
        person_id=person_id,
        envelopes=[e.id for e in closed],
        subject=f"opening:{opening.pk}",
        detail={"reason": reason},
    )
    guardians = queries.guardians()
    transaction.on_commit(lambda: _tell(guardians), robust=True)
    return opening


def _tell(guardians: list[str]) -> None:
    """A message that says nothing about anybody. The guardian's pages say it too, so one that
    cannot be sent stops nothing."""
    EmailMessage(
        subject="An emergency opening waits for your review",
        body="Somebody has opened a record in an emergency.\n\n"
        "Sign in to OneStory to see who, why and what they read, and to say whether it was right.\n",
        bcc=guardians,
    ).send()


def _open_to_actor(by: Actor, opening: EmergencyOpening, closed: list[queries.Cover]) -> None:
    Grant.objects.bulk_create(
        Grant(
            envelope_id=envelope.id,
            team_id=opening.team_id,
            user_id=by.user_id,
            purpose=BREAK_GLASS,
            basis=BREAK_GLASS,
            reason=opening.reason,
            starts_at=opening.opened_at,
            ends_at=opening.ends_at,
            given_by_id=by.user_id,
            given_at=opening.opened_at,
        )
        for envelope in closed
    )


@transaction.atomic
def review_opening(
    *, by: Actor, opening_id: UUID, justified: bool, finding: str
) -> EmergencyOpening:
    """A guardian's judgement on an emergency opening. One found wrong is closed at once."""
    by.must(Permission.BREAK_GLASS_REVIEW)
    others = EmergencyOpening.objects.exclude(opened_by_id=by.user_id).filter(pk=opening_id)
    if not others.exists():
        raise Http404
    # What was reviewed cannot be locked any more: PostgreSQL lets nobody change it.
    opening = others.select_for_update(of=("self",)).first()
    if opening is None:
        raise Refused("Somebody else has reviewed this opening.")
    if not finding.strip():
        raise Refused("Say what you found.")
    opening.reviewed_at, opening.reviewed_by_id = timezone.now(), by.user_id
    opening.justified, opening.finding = justified, finding.strip()
    opening.save(update_fields=["reviewed_at", "reviewed_by", "justified", "finding"])
    if not justified:
        _close(opening)
    record.write(
        "glass.review",
        by=by,
        person_id=opening.person_id,
        subject=f"opening:{opening.pk}",
        detail={"justified": justified},
    )
    return opening


def _close(opening: EmergencyOpening) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id FROM access_who_knows(%s) g"
            " CROSS JOIN LATERAL access_end_grant(g.id, 'not justified') e"
            " WHERE g.basis = %s AND g.user_id = %s AND g.given_at = %s AND g.ended_at IS NULL",
            [opening.person_id, BREAK_GLASS, opening.opened_by_id, opening.opened_at],
        )
