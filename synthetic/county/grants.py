"""Grants as rows: given, told of in the record, and ended."""

from datetime import datetime

from synthetic.county.ledger import Ledger
from synthetic.county.stories import Deed


def give(
    ledger: Ledger,
    deed: Deed,
    envelope: str,
    team: str,
    purpose: str,
    basis: str,
    reason: str,
    *,
    may_write: bool,
    until: datetime | None = None,
    without_consent: str | None = None,
) -> list:
    """Open an envelope to a team; the row of the grant comes back."""
    return ledger.add(
        "access_grant",
        *(ledger.new_id(deed.at), envelope, team, None, may_write, may_write),
        *(purpose, basis, reason, deed.at, until, deed.by, deed.at, None, None, ""),
        *(None, without_consent),
    )


def tell(ledger: Ledger, deed: Deed, person: str, given: list[list]) -> None:
    """The line of the record for grants that were given in one go."""
    _, _, team, _, may_write, _, purpose, basis, *_ = given[0]
    detail = {"basis": basis, "purpose": purpose, "may_write": may_write}
    opened = [grant[1] for grant in given]
    ledger.entry(deed, "grant.give", person, opened, f"team:{team}", detail)


def end(ledger: Ledger, deed: Deed, person: str, grant: list, why: str) -> None:
    """End a grant, and tell of it."""
    close(ledger, deed, grant, why)
    ledger.entry(deed, "grant.end", person, [grant[1]], f"grant:{grant[0]}")


def close(ledger: Ledger, deed: Deed, grant: list, why: str) -> None:
    """End a grant of which something else tells."""
    for column, value in (
        ("ends_at", deed.at),
        ("ended_at", deed.at),
        ("ended_by_id", deed.by),
        ("end_reason", why),
    ):
        grant[ledger.place_of("access_grant", column)] = value
