"""What a decision on a contact, a referral and a case must say to stand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from onestory.access.models import Kind
from onestory.agencies.area import Pack
from onestory.agencies.area.vocabulary import Vocabulary
from onestory.agencies.models import Service, Team
from onestory.cases.models import Contact
from onestory.kernel.errors import Refused

Outcome = Contact.Outcome
REFERRING = frozenset({Outcome.REFERRAL, Outcome.CHILDRENS_SOCIAL_CARE})

# What goes with every referral, and what is ticked until somebody unticks it. Where a survivor is
# in hiding, and what they told, go only if somebody says so.
ALWAYS_SHARED = frozenset({Kind.IDENTITY})
SHARED_BY_DEFAULT = frozenset({Kind.IDENTITY, Kind.SAFE_CONTACT, Kind.NEEDS})
NEVER_BY_REFERRAL = frozenset({Kind.SUPPORT, Kind.THERAPY, Kind.CONDUCT})


@dataclass(frozen=True)
class Target:
    """Where a referral goes: a team, perhaps to one of its services, with which envelopes."""

    team: Team
    service: Service | None = None
    kinds: frozenset[str] = SHARED_BY_DEFAULT


@dataclass(frozen=True)
class Sharing:
    """What allows it to be passed on: the survivor's agreement, or a named basis without."""

    basis: str
    reason: str = ""


@dataclass(frozen=True)
class Decision:
    """What is decided about a contact. `reason` is the coded reason or kind of advice."""

    outcome: str
    reason: str = ""
    words: str = ""
    targets: tuple[Target, ...] = ()
    sharing: Sharing | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseFacts:
    """What is counted of a case. Codes of the area pack, but for the day."""

    opened_on: date
    category: str
    area: str
    group: str
    abuse: tuple[str, ...]
    risk_assessment: str = ""
    referred_by: str = ""


def check_decision(pack: Pack, decision: Decision) -> None:
    """Raise `Refused` unless the decision says all that its outcome needs."""
    if decision.outcome not in Outcome.values:
        raise Refused("Choose what is decided.")
    if decision.outcome == Outcome.NO_FURTHER_ACTION and decision.reason not in pack.nfa_reasons:
        raise Refused("Choose the reason for no further action.")
    if decision.outcome == Outcome.ADVICE and decision.reason not in pack.advice_kinds:
        raise Refused("Choose the kind of advice.")
    if decision.outcome not in REFERRING:
        return
    if not decision.targets:
        raise Refused("Choose where to refer to.")
    if decision.sharing is None:
        raise Refused("Choose the legal basis for sharing.")


def check_target(target: Target, from_team_id) -> None:
    """Raise `Refused` unless a team that takes referrals is named, with its own service.

    A team may refer to a service of its own: whoever triages hands on to whoever supports.
    """
    team = target.team
    if team.ended_on or not team.receives_referrals:
        raise Refused(f"{team.name} does not take referrals.")
    if team.pk == from_team_id and not target.service:
        raise Refused("This is your own team: choose one of its services.")
    if target.service and (target.service.team_id != team.pk or target.service.ended_on):
        raise Refused(f"{team.name} does not offer this service.")
    if target.kinds & NEVER_BY_REFERRAL:
        raise Refused("This cannot be shared with a referral.")


def check_case(pack: Pack, facts: CaseFacts, *, today: date) -> None:
    """Raise `Refused` unless everything that is counted is there and known to the pack."""
    if facts.opened_on > today:
        raise Refused("A case cannot be opened in the future.")
    _one_of(pack.categories, facts.category, "Choose the category of the case.")
    _one_of(pack.localities, facts.area, "Choose the area.")
    _one_of(pack.groups, facts.group, "Choose the survivor group.")
    _all_of(pack.abuse, facts.abuse, "Choose at least one kind of abuse.")
    if facts.risk_assessment:
        _one_of(pack.risk_assessments, facts.risk_assessment, "Choose the risk assessment.")
    if facts.referred_by:
        _one_of(pack.sources, facts.referred_by, "Choose who referred.")


def _one_of(vocabulary: Vocabulary, code: str, reason: str) -> None:
    if code not in vocabulary:
        raise Refused(reason)


def _all_of(vocabulary: Vocabulary, codes: Collection[str], reason: str) -> None:
    if not codes or any(code not in vocabulary for code in codes):
        raise Refused(reason)
