"""Accounts: opened under a pseudonym, put right, destroyed by the survivor's choice."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from onestory.access.actions import make_envelopes
from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id
from onestory.sealed.actions.evidence import end_all, must_tell
from onestory.sealed.actions.held import locked, must_not_name, own, save, write
from onestory.sealed.actions.releases import end_one
from onestory.sealed.models import Account, AgreedFact, Evidence, Release, Slip
from onestory.sealed.rules import names

DESTROYED = "destroyed by the survivor's choice"


@dataclass(frozen=True)
class Told:
    """What is written down of somebody who is not named."""

    age: str
    abuse: tuple[str, ...]
    words: str = ""
    wants: str = ""
    reach: str = ""


@transaction.atomic
def open_account(
    *, by: Actor, team_id: UUID, told: Told, account_id: UUID | None = None
) -> tuple[Account, str]:
    """Begin an account. Gives it, and the code, which is shown once and kept nowhere.

    Sent twice with the same `account_id`, it is one account, and the code shown last is the one
    that holds. Raises `Refused` if the words would say who somebody is.
    """
    by.must(Permission.SEALED_WORK, team_id)
    _must_name_nobody(told)
    if account_id and (begun := _just_begun(by, account_id)):
        return begun
    envelope = make_envelopes(by=by, person_id=None, kinds=[Kind.STORY], team_id=team_id)
    code = names.code()
    account = Account(
        id=account_id or new_id(),
        envelope=envelope[Kind.STORY],
        code=make_password(code),
        team_id=team_id,
        age=told.age,
        abuse=list(told.abuse),
        words=told.words.strip(),
        wants=told.wants.strip(),
        reach=told.reach.strip(),
        recorded_at=timezone.now(),
        recorded_by_id=by.user_id,
    )
    _with_a_pseudonym(account)
    write("open", by, account, abuse=account.abuse)
    return account, code


@transaction.atomic
def change_account(*, by: Actor, account_id: UUID, version: int, told: Told) -> Account:
    """Put right or add to what was told."""
    account = locked(by, account_id, version)
    _must_name_nobody(told)
    account.age, account.abuse = told.age, list(told.abuse)
    account.words, account.wants, account.reach = (
        told.words.strip(),
        told.wants.strip(),
        told.reach.strip(),
    )
    save(account, "age", "abuse", "words", "wants", "reach")
    write("change", by, account)
    return account


def right_code(*, by: Actor, account_id: UUID, code: str) -> bool:
    """Whether this is the code of the account. A wrong one counts, whatever becomes of the page.

    Raises `Refused` when there were too many. Not part of a larger transaction, so that no refusal
    afterwards takes the count back.
    """
    with transaction.atomic():
        account = own(by, account_id, lock=True)
        rule = pack().sealed
        since = timezone.now() - timedelta(minutes=rule.wrong_codes_minutes)
        recent = [tried for tried in account.wrong_codes if tried > since]
        if len(recent) >= rule.wrong_codes:
            raise Refused(
                f"There were {len(recent)} wrong codes. "
                f"Try again in {rule.wrong_codes_minutes} minutes."
            )
        if check_password(names.as_drawn(code), account.code):
            return True
        account.wrong_codes = [*recent, timezone.now()]
        account.save(update_fields=["wrong_codes"])
        write("wrong-code", by, account)
        return False


@transaction.atomic
def destroy_account(*, by: Actor, account_id: UUID, version: int) -> Account:
    """Take away every word and mark of it, by the survivor's choice. Whoever keeps evidence has
    to be told: it is on the team's list."""
    account = locked(by, account_id, version)
    for release in Release.objects.filter(account=account, ended_at=None):
        end_one(by, release, DESTROYED)
        if release.slip_id:
            Slip.objects.filter(pk=release.slip_id).update(words="")
    must_tell(account, Evidence.Tell.DESTROYED)
    end_all(by, Evidence.objects.filter(account=account, ended_at=None), DESTROYED)
    for fact in AgreedFact.objects.filter(account=account):
        # A mark of its own, so that nothing is like it any more.
        fact.mark = f"destroyed {fact.pk}"
        fact.save(update_fields=["mark"])
    account.words = account.wants = account.reach = ""
    account.code = make_password(None)
    account.destroyed_at, account.destroyed_by_id = timezone.now(), by.user_id
    save(account, "words", "wants", "reach", "code", "destroyed_at", "destroyed_by")
    write("destroy", by, account)
    return account


def _just_begun(by: Actor, account_id: UUID) -> tuple[Account, str] | None:
    """The account that the same click made a moment ago, with a code to show in its place."""
    begun = Account.objects.select_for_update().filter(pk=account_id).first()
    if begun is None:
        return None
    if begun.recorded_by_id != by.user_id or begun.version or _is_old(begun):
        raise Refused("This account is open already. You find it in the list.")
    code = names.code()
    begun.code = make_password(code)
    begun.save(update_fields=["code"])
    return begun, code


def _is_old(account: Account) -> bool:
    return timezone.now() - account.recorded_at > timedelta(minutes=5)


def _with_a_pseudonym(account: Account) -> None:
    """Save it under a pseudonym that nobody has. Whose the others are is not to be seen, so try."""
    for _ in range(20):
        account.pseudonym = names.pseudonym()
        try:
            with transaction.atomic():
                account.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise Refused("No pseudonym was free. Try again.")


def _must_name_nobody(told: Told) -> None:
    if not told.abuse or any(code not in pack().abuse for code in told.abuse):
        raise Refused("Choose at least one kind of abuse.")
    for text in (told.words, told.wants):
        must_not_name(text)
