"""A made-up disclosure, as it is typed into the pages of the flow."""

from random import Random

from django.utils import timezone

from onestory.agencies.roles import Permission
from onestory.cases.forms.typed import Typed
from onestory.cases.rules.told import Member, Told
from onestory.people.actions import Facts
from synthetic.county import tellings
from synthetic.county.place import Place


def typed_pages(random: Random, place: Place) -> dict[str, Typed]:
    """The pages of the flow, in their order, filled in."""
    who, told = tellings.first(random, place, timezone.now(), most_people=4)
    return {
        "who": _filled(_facts(who) | _reach(told)),
        "household": _household(told.household),
        "safe": _filled(
            {
                "safe_to_call": told.safe.safe_to_call,
                "when_safe": told.safe.when_safe,
                "voicemail": told.safe.voicemail,
                "text_messages": told.safe.text_messages,
                "code_word": told.safe.code_word,
                "must_not_know": told.safe.must_not_know,
            }
        ),
        "happened": {"abuse": list(told.abuse), **_filled({"words": told.words})},
        "needs": {
            "presenting_need": [told.presenting_need],
            "contributory_needs": list(told.contributory_needs),
            **_filled({"wishes": told.wishes}),
        },
        "sharing": _filled(
            {
                "to_team": told.to_team,
                "basis": told.sharing.basis,
                f"reason-{told.sharing.basis}": told.sharing.reason,
                "source": told.source,
                "channel": told.channel,
            }
        ),
    }


def _facts(facts: Facts) -> dict[str, str]:
    born = facts.born_on
    return {
        "given_name": facts.given_name,
        "family_name": facts.family_name,
        "born_on-day": f"{born.day}" if born else "",
        "born_on-month": f"{born.month}" if born else "",
        "born_on-year": f"{born.year}" if born else "",
        "age": f"{timezone.localdate().year - facts.birth_year}" if facts.birth_year else "",
    }


def _reach(told: Told) -> dict[str, str]:
    if told.home is None:
        return {"phone": told.phone}
    return {
        "phone": told.phone,
        "lines": told.home.lines,
        "postcode": told.home.postcode,
        "locality": told.home.locality,
        "housing": told.home.housing,
    }


def _household(members: tuple[Member, ...]) -> Typed:
    typed = {"count": [str(max(1, len(members)))]}
    for number, member in enumerate(members):
        fields = _facts(member.facts) | {"relationship": member.relationship}
        typed |= {f"p{number}-{name}": value for name, value in _filled(fields).items()}
        which = {"lives": member.lives_with, "abuse": member.uses_abuse}
        typed[f"p{number}-which"] = [name for name, said in which.items() if said]
    return typed


def _filled(fields: dict[str, str]) -> Typed:
    return {name: [value] for name, value in fields.items() if value}


def who_may(place: Place, permission: Permission) -> list[str]:
    """Everybody in the county whose role includes something."""
    return [user for team in place.teams for user in place.who_may(team, permission)]
