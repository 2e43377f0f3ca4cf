"""What every action on an account begins and ends with."""

from uuid import UUID

from django.http import Http404

from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale
from onestory.sealed.models import Account
from onestory.sealed.rules import names


def own(by: Actor, account_id: UUID, *, lock: bool = False) -> Account:
    """An account of a team in which the actor keeps them, not destroyed."""
    rows = Account.objects.select_for_update(of=("self",)) if lock else Account.objects
    account = (
        rows.select_related("envelope")
        .filter(
            pk=account_id,
            team_id__in=by.teams_where(Permission.SEALED_WORK),
            destroyed_at=None,
        )
        .first()
    )
    if account is None:
        raise Http404
    return account


def locked(by: Actor, account_id: UUID, version: int) -> Account:
    account = own(by, account_id, lock=True)
    if account.version != version:
        raise Stale("Somebody changed this account while you were looking at it.", account)
    return account


def save(account: Account, *fields: str) -> None:
    account.version += 1
    account.save(update_fields=[*fields, "version"])


def must_not_name(text: str) -> None:
    if found := names.names_somebody(text):
        raise Refused(
            f"This has {' and '.join(found)} in it. An account under a pseudonym names nobody: "
            "leave that out."
        )


def write(verb: str, by: Actor, account: Account, **detail) -> None:
    record.write(
        f"sealed.{verb}",
        by=by,
        envelopes=[account.envelope_id],
        subject=f"account:{account.pk}",
        detail=detail,
    )
