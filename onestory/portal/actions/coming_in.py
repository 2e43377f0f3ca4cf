"""Coming in: by an invitation, by a passkey, or by a code of the list and a number.

Nobody is signed in yet, so `by` is None where it may be. What fails answers None and does not raise:
a try that was rolled back would not have been counted.
"""

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from onestory.agencies import actions as agencies
from onestory.agencies.actor import Actor
from onestory.agencies.models import User
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.people.models import Identity
from onestory.people.queries import fact_now
from onestory.portal import codes, rules
from onestory.portal.models import Code, OwnPages

CODES = 8
TRIES_OF_A_CODE = 5
PASSKEY = "Notes"


@transaction.atomic
def redeem(*, by: Actor | None, code: str, word: str) -> User | None:
    """Who this invitation is for, if the word is right; it is used up by that."""
    told = codes.read_code(code)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT portal_redeem(%s, %s)",
            [codes.mark_of_invitation(told), codes.mark_of_word(told, word)],
        )
        user_id = cursor.fetchone()[0]
    if user_id is None:
        record.write("own-pages.wrong", by=by, detail={"how": "invitation"})
        return None
    record.write("own-pages.redeem", by=by, subject=f"user:{user_id}")
    return User.objects.get(pk=user_id)


@transaction.atomic
def try_code(*, by: Actor | None, code: str, number: str) -> User | None:
    """Whose code this is, if the number is right; it is used up by that.

    Five wrong numbers and the code is dead. Raises `Refused` after too many tries.
    """
    found = (
        Code.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(code=codes.mark_of_code(codes.read_code(code)), ended_at=None)
        .filter(wrong_tries__lt=TRIES_OF_A_CODE)
        .first()
    )
    if found is None:
        check_password(number, make_password("nobody's"))  # so that it takes as long
        record.write("own-pages.wrong", by=by, detail={"how": "code"})
        return None
    user = try_number(by=by, user=found.user, number=number)
    if user is None:
        Code.objects.filter(pk=found.pk).update(wrong_tries=F("wrong_tries") + 1)
        return None
    Code.objects.filter(pk=found.pk).update(ended_at=timezone.now())
    return user


@transaction.atomic
def try_number(*, by: Actor | None, user: User, number: str) -> User | None:
    """The user, if this is their number. Raises `Refused` after too many tries."""
    tries = agencies.hold_address(by=by, email=user.email)
    if user.is_active and user.has_usable_password() and check_password(number, user.password):
        return user
    agencies.fail_try(by=by, tries=tries, user=user, how="number")
    return None


@transaction.atomic
def come_in(*, by: Actor | None, user: User, how: str) -> None:
    """Somebody has shown that they are the one whose pages these are."""
    agencies.sign_in(by=by, user=user, how=[how])


@transaction.atomic
def confirm(*, by: Actor | None, user: User, how: str) -> None:
    """Somebody whose page was covered is the same."""
    agencies.resume_sign_in(by=by, user=user, how=how)


@transaction.atomic
def catch_up(*, by: Actor) -> None:
    """Open to her what was begun about her since she was last here. To be called as her."""
    by.must(Permission.OWN_PAGES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_catch_up()")
        row = cursor.fetchone()
    if row and row[0]:
        record.write("own-pages.catch-up", by=by, envelopes=row[0])


@transaction.atomic
def make_codes(*, by: Actor, number: str) -> list[str]:
    """A new list of codes, and the number that goes with each. The list before it ends.

    Raises `Refused` if the number is easy to guess.
    """
    by.must(Permission.OWN_PAGES)
    own = _own(by.user_id)
    identity = fact_now(by, Identity, own.person_id)
    if why := rules.why_not_number(number, identity.born_on if identity else None):
        raise Refused(why)
    now = timezone.now()
    Code.objects.filter(user_id=by.user_id, ended_at=None).update(ended_at=now)
    made = [codes.new_code() for _ in range(CODES)]
    Code.objects.bulk_create(
        Code(user_id=by.user_id, code=codes.mark_of_code(code), made_at=now) for code in made
    )
    User.objects.filter(pk=by.user_id).update(password=make_password(number))
    _write_down("own-pages.codes", by, own)
    return made


@transaction.atomic
def add_passkey(*, by: Actor, user: User, credential: dict) -> Authenticator:
    """A passkey of this telephone, under a name that tells nothing."""
    by.must(Permission.OWN_PAGES)
    added = WebAuthn.add(user, PASSKEY, credential).instance
    _write_down("own-pages.passkey", by, _own(by.user_id))
    return added


def _own(user_id: UUID) -> OwnPages:
    return OwnPages.objects.get(user_id=user_id)


def _write_down(verb: str, by: Actor, own: OwnPages) -> None:
    record.write(
        verb,
        by=by,
        person_id=own.person_id,
        envelopes=[own.envelope_id],
        subject=f"user:{own.user_id}",
    )
