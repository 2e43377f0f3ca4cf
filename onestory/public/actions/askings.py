"""A request for support: saved sealed, opened by its code, sent once."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from onestory.access.acting import acting
from onestory.agencies.actor import system_actor
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.cases.actions import record_contact
from onestory.kernel import record
from onestory.people.actions import add_reference
from onestory.public.codes import Key, new_salt
from onestory.public.models import Asking
from onestory.public.rules import telling
from onestory.public.rules.steps import Answers

PURPOSE = "public:ask"
TRIES, LOCKED_FOR = 5, timedelta(hours=1)
# An unknown reference takes as long as a wrong code.
NO_SALT = "00" * 16


@dataclass(frozen=True)
class Opened:
    """What a reference and its code open: the answers so far, or where a sent request stands."""

    id: UUID
    answers: Answers | None
    state: str = ""
    reach: str = ""


@transaction.atomic
def save_asking(
    *, by: None, asking_id: UUID, reference: str, code: str, answers: Answers
) -> Asking:
    """Keep the answers so far, so that only this reference with this code opens them again."""
    asking, key = _held(asking_id, reference, code)
    if asking.contact_id:
        return asking
    asking.sealed = key.seal(answers)
    asking.saved_at = timezone.now()
    asking.expires_at = asking.saved_at + timedelta(days=pack().asking.keep_days)
    asking.save(update_fields=["sealed", "saved_at", "expires_at"])
    record.write("asking.save", by=None, subject=f"asking:{asking_id}")
    return asking


@transaction.atomic
def send_asking(
    *, by: None, asking_id: UUID, reference: str, code: str, answers: Answers
) -> Asking:
    """Make a contact of the answers, at the front door that was chosen. Sent twice, it is one.

    `Refused` if an answer is missing that must be there. The words are then the front door's alone:
    what was saved of them is deleted.
    """
    asking, _ = _held(asking_id, reference, code)
    if asking.contact_id:
        return asking
    told = telling.told(pack(), answers, reference)
    system = system_actor(team=told.to_team)
    with acting(system, purpose=PURPOSE):
        team = Team.objects.get(code=told.to_team)
        contact = record_contact(by=system, team_id=team.pk, told=told)
        # With what was told, where no later change of her name takes it away.
        add_reference(
            person_id=contact.person_id, envelope_id=contact.envelope_id, reference=reference
        )
    asking.contact_id, asking.sealed = contact.pk, ""
    asking.reach = telling.reach(answers)
    asking.expires_at = timezone.now() + timedelta(days=pack().asking.state_days)
    asking.save(update_fields=["contact_id", "sealed", "reach", "expires_at"])
    record.write("asking.send", by=None, subject=f"asking:{asking_id}")
    return asking


@transaction.atomic
def open_asking(*, by: None, reference: str, code: str) -> Opened | None:
    """What reference and code open; None if they do not go together, or were tried too often.

    A wrong try is counted, so it is no `Refused`: that would take the count back.
    """
    _name(reference)
    now = timezone.now()
    asking = Asking.objects.select_for_update().filter(expires_at__gt=now).first()
    key = Key.of(code, asking.salt if asking else NO_SALT)
    if asking is None or (asking.locked_until and asking.locked_until > now):
        return None
    if asking.proof != key.proof:
        asking.wrong_tries += 1
        if asking.wrong_tries >= TRIES:
            asking.wrong_tries, asking.locked_until = 0, now + LOCKED_FOR
        asking.save(update_fields=["wrong_tries", "locked_until"])
        return None
    if asking.contact_id:
        return Opened(asking.pk, None, _state(asking), asking.reach)
    return Opened(asking.pk, key.unseal(asking.sealed))


@transaction.atomic
def throw_away(*, by: None, reference: str) -> None:
    """Delete what was saved and not sent."""
    _name(reference)
    Asking.objects.filter(contact_id=None).delete()


@transaction.atomic
def forget_expired(*, by) -> int:
    """Delete what has outlived the days that its writer was told of; how much that was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public_forget()")
        (count,) = cursor.fetchone()
    return count


def _held(asking_id: UUID, reference: str, code: str) -> tuple[Asking, Key]:
    """The row of this reference, made if need be, locked until the end: so nothing runs twice."""
    _name(reference)
    now, salt = timezone.now(), new_salt()
    key = Key.of(code, salt)
    new = Asking(
        id=asking_id,
        reference=reference,
        salt=salt,
        proof=key.proof,
        saved_at=now,
        expires_at=now + timedelta(days=pack().asking.keep_days),
    )
    Asking.objects.bulk_create([new], ignore_conflicts=True)
    asking = Asking.objects.select_for_update().get(pk=asking_id)
    return asking, key if asking.salt == salt else Key.of(code, asking.salt)


def _state(asking: Asking) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT public_state(%s, %s)", [asking.reference, asking.proof])
        (state,) = cursor.fetchone()
    return state


def _name(reference: str) -> None:
    """Only what is named can be seen, in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('onestory.asking', %s, true)", [reference])
