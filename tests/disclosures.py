"""Disclosures and referrals for tests: enough to be accepted, changed as a test wants it."""

from datetime import date

from onestory.agencies.models import Service, Team
from onestory.cases.rules.decisions import CaseFacts, Decision, Sharing, Target
from onestory.cases.rules.told import Home, Member, SafeWays, Told
from onestory.people.actions import Facts

AGREED = Sharing("consent")


def told(**changes) -> Told:
    """What Rowan Teale told a housing officer."""
    values = {
        "who": Facts("Rowan", "Teale", born_on=date(1991, 5, 17), sex="female"),
        "phone": "07700 900123",
        "home": Home("14 Dock Road", "RM17 6EX", "grays", "council-joint-tenant"),
        "household": (
            Member(Facts("Ben", "Teale", birth_year=2019), "child"),
            Member(Facts("Dean", "Teale"), "husband-or-wife", uses_abuse=True),
        ),
        "safe": SafeWays("yes", "weekday mornings", code_word="Bluebell", must_not_know="Dean"),
        "abuse": ("coercive-control", "physical"),
        "presenting_need": "risk-of-homelessness",
        "contributory_needs": ("money", "child-wellbeing"),
        "children_in_home": True,
        "words": "He has taken her keys.",
        "to_team": "housing-safeguarding",
        "sharing": AGREED,
        "source": "self",
        "channel": "counter",
    }
    return Told(**{**values, **changes})


def target(team: str, service: str = "", kinds: frozenset[str] | None = None) -> Target:
    """A referral to a team, perhaps to one of its services."""
    extra = {} if kinds is None else {"kinds": kinds}
    return Target(
        Team.objects.get(code=team),
        Service.objects.get(code=service) if service else None,
        **extra,
    )


def referring(*teams: str, **changes) -> Decision:
    """The decision to refer to these teams, as the survivor agreed."""
    values = {
        "outcome": "referral",
        "targets": tuple(map(target, teams)),
        "sharing": AGREED,
        "words": "High risk.",
    }
    return Decision(**{**values, **changes})


def case_facts(**changes) -> CaseFacts:
    """What is counted of a case, as the yearly report wants it."""
    values = {
        "opened_on": date(2026, 1, 5),
        "category": "casework",
        "area": "grays",
        "group": "female",
        "abuse": ("domestic-abuse",),
    }
    return CaseFacts(**{**values, **changes})


def typed() -> dict[str, dict[str, list[str]]]:
    """The same as a browser sends it, page by page."""
    return {
        "who": {
            "given_name": ["Rowan"],
            "family_name": ["Teale"],
            "born_on-day": ["17"],
            "born_on-month": ["5"],
            "born_on-year": ["1991"],
            "sex": ["female"],
            "phone": ["07700 900123"],
            "locality": ["grays"],
        },
        "household": {
            "count": ["1"],
            "p0-given_name": ["Ben"],
            "p0-relationship": ["child"],
            "p0-age": ["7"],
            "p0-which": ["lives"],
        },
        "safe": {"safe_to_call": ["yes"], "when_safe": ["weekday mornings"]},
        "happened": {
            "danger_now": ["no"],
            "abuse": ["physical", "coercive-control"],
            "words": ["He has taken her keys."],
        },
        "needs": {"presenting_need": ["risk-of-homelessness"], "contributory_needs": ["money"]},
        "sharing": {
            "to_team": ["housing-safeguarding"],
            "basis": ["consent"],
            "source": ["self"],
            "channel": ["counter"],
        },
    }
