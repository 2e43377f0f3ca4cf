"""She comes to another worker than the one who keeps her account: her pseudonym and code are enough."""

from datetime import date
from uuid import UUID

from django.contrib.auth.hashers import get_hasher
from django.db import connection, transaction
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id
from onestory.sealed.rules import names

REFUSALS = {
    "too-many": "There were too many wrong codes. Try again in {minutes} minutes.",
    "holds-it": "This team holds the account already.",
}


def release_by_code(
    *, by: Actor, pseudonym: str, code: str, team_id: UUID, purpose: str, until: date
) -> UUID | None:
    """Open an account to a team, by pseudonym and code, through any team that keeps such accounts.

    Gives the account's id; None where the two do not fit, whichever of them is wrong. That counts,
    whatever becomes of the page: so this is no part of a larger transaction. The database compares
    the code, and shows nothing of the account to who has it not.
    """
    by.must(Permission.SEALED_WORK)
    if purpose not in pack().purposes:
        raise Refused("Choose what it is released for.")
    if until < timezone.localdate():
        raise Refused("Choose a day that is still to come.")
    with transaction.atomic():
        said, account_id, envelope_id = _release(pseudonym, code, team_id, purpose, until)
        if said == "released":
            record.write(
                "sealed.release",
                by=by,
                envelopes=[envelope_id],
                subject=f"account:{account_id}",
                detail={"to": str(team_id), "purpose": purpose, "elsewhere": True},
            )
        elif said == "wrong":
            record.write("sealed.wrong-code", by=by, detail={"elsewhere": True})
    if said in REFUSALS:
        raise Refused(REFUSALS[said].format(minutes=pack().sealed.wrong_codes_minutes))
    return account_id


def _release(pseudonym: str, code: str, team_id: UUID, purpose: str, until: date) -> tuple:
    rule, name = pack().sealed, pseudonym.strip().lower()
    return _ask(
        "SELECT * FROM sealed_release(%s, %s, %s, %s, %s, %s, %s, %s)",
        [new_id(), name, _proof(name, code), team_id, purpose, until]
        + [rule.wrong_codes, rule.wrong_codes_minutes],
    )


def _proof(name: str, code: str) -> str:
    """The code as the database keeps it: made in the same slow way, which it tells."""
    algorithm, rounds, salt = _ask("SELECT * FROM sealed_how(%s)", [name])
    more = {"iterations": rounds} if rounds else {}
    return get_hasher(algorithm).encode(names.as_drawn(code), salt, **more)


def _ask(statement: str, params: list) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchone()
