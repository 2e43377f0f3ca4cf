"""Who somebody is: recording a person, and correcting what was recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from onestory.access.actions import make_envelopes
from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.ids import new_id, reference
from onestory.kernel.whole import whole
from onestory.people.actions.envelopes import Held, hold, new_cover, supersede, written
from onestory.people.actions.search_keys import add_keys, keep_keys
from onestory.people.models import Identity, Person
from onestory.people.queries import fact_now
from onestory.people.queries.matching import keys_of
from onestory.people.rules import keys

SURVIVOR_KINDS = (
    "identity",
    "safe-contact",
    "whereabouts",
    "story",
    "needs",
    "risk",
    "support",
)
EARLIEST_YEAR = 1900
TRIES = 5
# Holders are told of a match on names and birth from this weight of shared keys on: one slip in the
# names with the same date of birth, or the same names with one slip in the date.
TELL_FROM = 18.0
TOLD_BY = ("pair", "near", "dob")


@dataclass(frozen=True)
class Facts:
    """Who somebody is, as far as it is known. `other_names` are one a line."""

    given_name: str = ""
    family_name: str = ""
    other_names: str = ""
    born_on: date | None = None
    birth_year: int | None = None
    sex: str = ""


@whole
def add_person(
    *, by: Actor, team_id: UUID, facts: Facts, kinds: Iterable[str] = SURVIVOR_KINDS
) -> Person:
    """Record somebody new, known at first to one team. Holders of a likely match are told."""
    return add_and_hold(by=by, team_id=team_id, facts=facts, kinds=kinds)[0]


@whole
def add_and_hold(
    *, by: Actor, team_id: UUID, facts: Facts, kinds: Iterable[str]
) -> tuple[Person, Held]:
    """The same, for who goes on to write more about them: nobody else can see them yet."""
    by.must(Permission.PERSON_RECORD, team_id)
    values = _checked(facts)
    person = _new_person(by)
    kinds = dict.fromkeys([Kind.IDENTITY.value, *kinds])
    envelopes = make_envelopes(by=by, person_id=person.pk, kinds=kinds, team_id=team_id)
    envelope_id = envelopes[Kind.IDENTITY].pk
    identity = Identity.objects.create(
        **values, **written(by=by, person_id=person.pk, envelope_id=envelope_id)
    )
    add_keys(person_id=person.pk, envelope_id=envelope_id, found_by=keys_of(identity))
    _tell_holders(identity)
    record.write("person.add", by=by, person_id=person.pk, envelopes=[envelope_id])
    return person, Held(by, person.pk, {kind: new_cover(e) for kind, e in envelopes.items()})


@transaction.atomic
def change_identity(*, by: Actor, person_id: UUID, seen_id: UUID | None, facts: Facts) -> Identity:
    """Replace who somebody is. `seen_id` is the identity that the user saw and corrects.

    Raises `Stale` with the one that holds now, if that is another.
    """
    envelope_id = hold(person_id, by=by).to_write(Kind.IDENTITY)
    values = _checked(facts)
    before = fact_now(by, Identity, person_id)
    if (before.pk if before else None) != seen_id:
        raise Stale("Somebody else has changed this while you were writing.", before)
    if before and all(getattr(before, name) == value for name, value in values.items()):
        return before
    if before:
        supersede(by=by, row=before)
    after = Identity.objects.create(
        **values, **written(by=by, person_id=person_id, envelope_id=envelope_id)
    )
    keep_keys(by=by, person_id=person_id, envelope_id=envelope_id, kind=Kind.IDENTITY)
    _tell_holders(after)
    changed = sorted(n for n, v in values.items() if not before or getattr(before, n) != v)
    record.write(
        "identity.change",
        by=by,
        person_id=person_id,
        envelopes=[envelope_id],
        subject=f"identity:{after.pk}",
        detail={"changed": changed},
    )
    return after


def _new_person(by: Actor) -> Person:
    for _ in range(TRIES):
        key = new_id()
        try:
            with transaction.atomic():
                return Person.objects.create(
                    id=key,
                    reference=reference(key),
                    added_by_id=by.user_id,
                    added_at=timezone.now(),
                )
        except IntegrityError:
            continue
    raise RuntimeError("No free reference was found; this cannot be chance.")


def _checked(facts: Facts) -> dict:
    """The facts as columns, tidied. Raises `Refused`."""
    today = timezone.localdate()
    born, year = facts.born_on, facts.birth_year
    if born and not date(EARLIEST_YEAR, 1, 1) <= born <= today:
        raise Refused(f"The date of birth must be between {EARLIEST_YEAR} and today.")
    if year and not EARLIEST_YEAR <= year <= today.year:
        raise Refused(f"The year of birth must be between {EARLIEST_YEAR} and this year.")
    if facts.sex and facts.sex not in pack().sexes:
        raise Refused("Choose a sex from the list.")
    return {
        "given_name": _one_line(facts.given_name),
        "family_name": _one_line(facts.family_name),
        "other_names": "\n".join(filter(None, map(_one_line, facts.other_names.splitlines()))),
        "born_on": born,
        "birth_year": None if born else year,
        "sex": facts.sex,
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tell_holders(identity: Identity) -> None:
    """Have the database tell those who hold a likely match that we may not see.

    Only names and birth count: an address or a telephone is shared with a household, and the person
    using abuse may be one of it.
    """
    looked_up = keys.wanted(keys_of(identity))
    if identity.born_on:
        looked_up |= keys.wanted_dob(identity.born_on)
    heaviest: dict[tuple[str, str], float] = {}
    for kind, value, weight in looked_up:
        if kind in TOLD_BY:
            heaviest[kind, value] = max(weight, heaviest.get((kind, value), 0.0))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT people_tell_holders(%s, %s::text[], %s::text[], %s::float8[], %s)",
            [
                identity.person_id,
                [kind for kind, _ in heaviest],
                [value for _, value in heaviest],
                list(heaviest.values()),
                TELL_FROM,
            ],
        )
