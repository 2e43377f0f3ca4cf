"""What an entry of the directory may say, how it reads, and what changed in it."""

import re
from datetime import date

from onestory.agencies.area import Pack
from onestory.agencies.area.offered import PLACES_PER, ROUTES
from onestory.agencies.models import Service
from onestory.agencies.rules import opening
from onestory.agencies.rules.suggesting import ages
from onestory.kernel.components import day_in_words
from onestory.kernel.errors import Refused

# What its team may change, and how a page calls it.
FIELDS = {
    "summary": "What it does",
    "for_whom": "Who it is for",
    "needs": "Needs it meets",
    "age_from": "From age",
    "age_to": "To age",
    "sexes": "Only for",
    "residents_only": "Only for people who live here",
    "localities": "Only for these places",
    "languages": "Languages spoken",
    "interpreters": "Interpreters",
    "no_recourse": "No recourse to public funds",
    "routes": "How to come to it",
    "referred_by": "Teams that may refer",
    "accepting": "Takes new people",
    "places": "Places",
    "places_per": "Places, counted",
    "wait_days": "Present wait in days",
    "funder": "Paid for by",
    "contract": "Contract",
    "funded_until": "Paid for until",
    "opening": "Opening times",
    "phone": "Telephone",
    "email": "E-mail",
    "website": "Website",
    "address": "Address",
    "postcode": "Postcode",
    "confidential": "Confidential place",
    "notes": "Good to know",
    "listed": "On the public pages",
}
# Where a place is must not be read out of its past.
NOT_IN_HISTORY = {"address", "postcode"}
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
_PUBLIC_WORDS = ("summary", "for_whom", "notes", "website", "email")


def check(pack: Pack, values: dict) -> None:
    """Raise `Refused` unless the entry holds together."""
    low, high = values["age_from"], values["age_to"]
    if low is not None and high is not None and low > high:
        raise Refused("The youngest age is above the oldest.")
    if values["confidential"] and (values["address"] or values["postcode"]):
        raise Refused("A confidential place has no address in the directory. Take it out.")
    if values["confidential"] and any(_POSTCODE.search(values[name]) for name in _PUBLIC_WORDS):
        raise Refused("There is a postcode in the words about a confidential place. Take it out.")
    if not values["routes"]:
        raise Refused("Choose how people come to the service.")
    if ("named-teams" in values["routes"]) != bool(values["referred_by"]):
        raise Refused("Name the teams that may refer, if only certain teams may.")
    for name, vocabulary in (("needs", pack.needs), ("localities", pack.localities)):
        if any(code not in vocabulary for code in values[name]):
            raise Refused("Choose from the lists.")


def changes(service: Service, values: dict) -> dict[str, list]:
    """Field -> what it was and what it becomes; without where a place is."""
    return {
        name: [] if name in NOT_IN_HISTORY else [_plain(before), _plain(values[name])]
        for name in FIELDS
        if (before := getattr(service, name)) != values[name]
    }


def change_in_words(pack: Pack, name: str, pair: list) -> str:
    """'Present wait in days: 49, before that 30'."""
    if not pair:
        return f"{FIELDS[name]}: changed"
    before, after = (_value(pack, name, value) for value in pair)
    return f"{FIELDS[name]}: {after}, before that {before}"


def for_whom(pack: Pack, service: Service) -> list[str]:
    """Whom it is for, beyond its own words: ages, sexes, places, public funds."""
    said = [f"Ages {ages(service)}" if ages(service) else "All ages"]
    if service.sexes:
        said.append("Only " + " or ".join(pack.sexes.name(code).lower() for code in service.sexes))
    if service.localities:
        said.append("Lives in " + ", ".join(map(pack.localities.name, service.localities)))
    elif service.residents_only:
        said.append(f"Lives in {pack.name}")
    if service.no_recourse is not None:
        funds = "also with" if service.no_recourse else "not with"
        said.append(f"{funds} no recourse to public funds".capitalize())
    return said


def ways_in(pack: Pack, service: Service, words: dict[str, str] = ROUTES) -> list[str]:
    """How to come to it; `words` says it for somebody else than staff."""
    named = ", ".join(pack.teams[code].name for code in service.referred_by if code in pack.teams)
    said = {code: text for code, text in words.items() if code in service.routes}
    if named and "named-teams" in said:
        said["named-teams"] += f": {named}"
    return list(said.values())


def languages(pack: Pack, service: Service) -> list[str]:
    said = [pack.languages.name(code) for code in service.languages]
    return [*said, "Interpreters can be booked"] if service.interpreters else said


def places(service: Service) -> str:
    return f"{service.places} {PLACES_PER[service.places_per]}" if service.places else ""


def wait(service: Service) -> str:
    """'49 days, as said on Friday 3 April'."""
    if service.wait_days is None:
        return ""
    length = "No wait" if service.wait_days == 0 else f"{service.wait_days} days"
    length = "1 day" if service.wait_days == 1 else length
    return f"{length}, as said on {day_in_words(service.wait_at.date())}"


def hours(service: Service) -> list[str]:
    return [opening.in_words(line) for line in service.opening]


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def _value(pack: Pack, name: str, value) -> str:
    if value in (None, "", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "opening":
        return "; ".join(map(opening.in_words, value))
    if name == "routes":
        return ", ".join(ROUTES.get(code, code) for code in value)
    if name == "referred_by":
        return ", ".join(pack.teams[code].name if code in pack.teams else code for code in value)
    if isinstance(value, list):
        return ", ".join(map(pack.vocabulary(name).name, value))
    return str(value)
