"""Signing in and out, and what happens when it fails.

At most ten tries for an address in five minutes, then it is locked for a quarter of an hour. Tries
are counted in PostgreSQL, so that every worker knows of them, and for addresses that nobody has
just as for those that somebody has, so that a lock tells nothing.
"""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Session, SignInTries, User
from onestory.kernel import record
from onestory.kernel.errors import Refused

TRIES, WITHIN, LOCKED_FOR = 10, timedelta(minutes=5), timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
LOCKED = "There were too many tries. Wait 15 minutes, or ask an administrator to unlock you."


def hold_address(*, by: Actor | None, email: str) -> SignInTries:
    """Hold an address while one try is judged, so that no two run side by side.

    To be called in the transaction that judges it. Raises `Refused` while it is locked.
    """
    now = timezone.now()
    new = SignInTries(address=SignInTries.key(email), last_at=now)
    SignInTries.objects.bulk_create([new], ignore_conflicts=True)
    tries = SignInTries.objects.select_for_update().get(address=new.address)
    if tries.locked_until and tries.locked_until > now:
        raise Refused(LOCKED)
    return tries


@transaction.atomic
def fail_try(*, by: Actor | None, tries: SignInTries, user: User | None, how: str) -> None:
    """Count a try that failed; the tenth in five minutes locks the address."""
    now = timezone.now()
    tries.failed_at = [at for at in tries.failed_at if at > now - WITHIN] + [now]
    tries.last_at = now
    subject = f"user:{user.pk}" if user else ""
    record.write("sign-in.failed", by=by, subject=subject, detail={"how": how})
    if len(tries.failed_at) >= TRIES:
        tries.failed_at, tries.locked_until = [], now + LOCKED_FOR
        record.write("sign-in.locked", by=by, subject=subject)
    tries.save()
    SignInTries.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()


@transaction.atomic
def note_refusal(*, by: Actor | None, user: User | None, how: str) -> None:
    """Someone proved who they are, and may not come in all the same."""
    subject = f"user:{user.pk}" if user else ""
    record.write("sign-in.failed", by=by, subject=subject, detail={"how": how})


@transaction.atomic
def sign_in(*, by: Actor | None, user: User, how: list[str]) -> None:
    """Someone has shown all that was asked of them. `how` names what they showed."""
    SignInTries.objects.filter(address=SignInTries.key(user.email)).delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    record.write("sign-in", by=by, subject=f"user:{user.pk}", detail={"how": how})


@transaction.atomic
def resume_sign_in(*, by: Actor | None, user: User, how: str) -> None:
    """Someone whose session had locked, or who is about to do something grave, is the same."""
    SignInTries.objects.filter(address=SignInTries.key(user.email)).delete()
    record.write("sign-in.confirm", by=by, subject=f"user:{user.pk}", detail={"how": how})


@transaction.atomic
def sign_out(*, by: Actor | None, user: User) -> None:
    record.write("sign-out", by=by, subject=f"user:{user.pk}")


@transaction.atomic
def end_sessions(*, by: Actor, but: str | None) -> int:
    """Sign the actor out everywhere but in the session `but`; how many that were."""
    ended, _ = Session.objects.filter(user_id=by.user_id).exclude(session_key=but).delete()
    record.write("sign-out.everywhere", by=by, subject=f"user:{by.user_id}")
    return ended


@transaction.atomic
def choose_password(*, by: Actor | None, user: User, password: str) -> None:
    """The first password of someone who was invited; the invitation ends with it."""
    _set_password(user, password, keep=None)
    SignInTries.objects.filter(address=SignInTries.key(user.email)).delete()
    record.write("user.choose-password", by=by, subject=f"user:{user.pk}")


@transaction.atomic
def change_password(*, by: Actor, user: User, password: str, session: str | None) -> None:
    """A new password; every session but this one ends."""
    _set_password(user, password, keep=session)
    record.write("user.change-password", by=by, subject=f"user:{user.pk}")


@transaction.atomic
def spend_code(*, by: Actor | None, factor: Authenticator, counter: int) -> bool:
    """Use a code of the app up, and every earlier one with it. False if it was used before."""
    factor = Authenticator.objects.select_for_update().get(pk=factor.pk)
    if counter <= factor.data.get("spent", 0):
        return False
    factor.data["spent"] = counter
    factor.save(update_fields=["data"])
    return True


def _set_password(user: User, password: str, *, keep: str | None) -> None:
    user.password = make_password(password)
    user.save(update_fields=["password"])
    Session.objects.filter(user=user).exclude(session_key=keep).delete()
