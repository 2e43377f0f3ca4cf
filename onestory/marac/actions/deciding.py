"""What the coordinators make of a referral."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.errors import Refused, Stale
from onestory.marac.actions.opening import close, rule_now
from onestory.marac.actions.referring import write_down
from onestory.marac.models import Referral
from onestory.marac.queries.cases import locked
from onestory.marac.queries.pairs import last_of_pair, open_case_of_pair

ANOTHER_OPEN = (
    "There is an open case of the same two people. Join this referral to it: both agencies are "
    "heard, once."
)


@transaction.atomic
def accept_referral(*, by: Actor, referral_id: UUID, version: int) -> Referral:
    """The coordinators take it. Where the same two were referred within the months of the rule, it
    is a repeat, by the version of the rule that holds today."""
    case = _undecided(by, referral_id, version)
    if open_case_of_pair(by, case):
        raise Refused(ANOTHER_OPEN)
    case.accepted_at, case.accepted_by_id = timezone.now(), by.user_id
    case.repeat_of = last_of_pair(by, case, case.referred_on)
    case.repeat_rule = rule_now().repeat_version if case.repeat_of else ""
    _save(case, "accepted_at", "accepted_by", "repeat_of", "repeat_rule")
    write_down("accept", by, case, repeat=bool(case.repeat_of))
    return case


@transaction.atomic
def decline_referral(*, by: Actor, referral_id: UUID, version: int, reason: str) -> Referral:
    """It is not for the meeting: back to the referrer, and what was opened for it closes again."""
    case = _undecided(by, referral_id, version)
    if reason not in pack().marac_declines:
        raise Refused("Choose why it is not taken.", about="reason")
    case.declined_at, case.declined_by_id = timezone.now(), by.user_id
    case.decline_reason = reason
    _save(case, "declined_at", "declined_by", "decline_reason")
    write_down("decline", by, case, reason=reason)
    close(by=by, shares=case.shares)
    return case


@transaction.atomic
def join_referral(*, by: Actor, referral_id: UUID, version: int) -> Referral:
    """Another agency has referred the same two while their case is open: heard once, as that one."""
    case = _undecided(by, referral_id, version)
    other = open_case_of_pair(by, case)
    if other is None:
        raise Refused("There is no open case of the same two people.")
    case.part_of = other
    _save(case, "part_of")
    write_down("join", by, case, to=str(other.pk))
    return case


@transaction.atomic
def go_on(*, by: Actor, referral_id: UUID, version: int, words: str) -> Referral:
    """It goes on although she does not agree: why the danger outweighs what she says."""
    case = locked(by, referral_id)
    by.must(Permission.MARAC_COORDINATE, case.to_team_id)
    _must_be_fresh(case, version)
    _must_be_open(case)
    if not words.strip():
        raise Refused("Say why it goes on without the survivor’s agreement.", about="words")
    case.goes_on_at, case.goes_on_by_id = timezone.now(), by.user_id
    case.goes_on_words = words.strip()
    _save(case, "goes_on_at", "goes_on_by", "goes_on_words")
    write_down("go-on", by, case)
    return case


def _undecided(by: Actor, referral_id: UUID, version: int) -> Referral:
    case = locked(by, referral_id)
    by.must(Permission.MARAC_COORDINATE, case.to_team_id)
    _must_be_fresh(case, version)
    if case.accepted_at or case.declined_at or case.part_of_id:
        raise Refused("It has been decided already.")
    return case


def _must_be_open(case: Referral) -> None:
    if case.closed_at or case.declined_at or case.part_of_id:
        raise Refused("The case is closed.")


def _must_be_fresh(case: Referral, version: int) -> None:
    if case.version != version:
        raise Stale("Somebody else has just changed this.", case)


def _save(case: Referral, *columns: str) -> None:
    case.version += 1
    case.save(update_fields=[*columns, "version"])
