"""Finding people by what is typed, and finding other records of the same person.

Two steps. The database looks up keys, each by equality, and ranks whoever shares some of them; the
best are then compared field by field (`rules.compare`). What is not open to the actor takes no part.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from onestory.agencies.actor import Actor
from onestory.kernel.ids import read_reference
from onestory.people.models import Address, Identity, Person, SearchKey
from onestory.people.queries import matching
from onestory.people.queries.person import PersonView
from onestory.people.queries.same import KNOWN, records
from onestory.people.rules import compare, keys, search, weights
from onestory.people.rules.keys import Wanted

# How many of those that share keys are compared field by field.
COMPARED = 40
# How many sharers of one key are looked at, so that a common name costs no more than a rare one.
MOST_OF_A_KEY = 500
# The sound of one name, which thousands share.
WEAK = "token"
REFERENCE = "reference"
# Strong keys find; a weak one only lifts whom they have found.
_SHARES_KEYS = """
    SELECT hit.person_id AS id, sum(hit.weight + coalesce(lift.weight, 0)) AS weight
    FROM (
      SELECT s.person_id, s.envelope_id, sum(w.weight) AS weight
      FROM unnest(%(kinds)s::text[], %(vals)s::text[], %(weights)s::float8[])
          AS w (kind, value, weight)
        CROSS JOIN LATERAL (
          SELECT k.person_id, k.envelope_id FROM people_searchkey k
          WHERE k.value = w.value AND k.kind = w.kind LIMIT %(most)s
        ) AS s
      GROUP BY s.person_id, s.envelope_id
    ) AS hit LEFT JOIN LATERAL (
      SELECT sum(w.weight) AS weight
      FROM unnest(%(weak_vals)s::text[], %(weak_weights)s::float8[]) AS w (value, weight)
        JOIN people_searchkey k ON k.envelope_id = hit.envelope_id
          AND k.kind = %(weak)s AND k.value = w.value
    ) AS lift ON true
    GROUP BY hit.person_id
    ORDER BY weight DESC, hit.person_id
    LIMIT %(compared)s
"""
_CANDIDATES = f"""
    WITH RECURSIVE best AS (
      ({_SHARES_KEYS})
      UNION ALL
      SELECT p.id, NULL FROM people_person p WHERE p.reference = ANY(%(references)s) AND {KNOWN}
    ), up (candidate, id, joined_into_id) AS (
      SELECT p.id, p.id, p.joined_into_id FROM people_person p JOIN best USING (id)
      UNION
      SELECT up.candidate, p.id, p.joined_into_id
      FROM up JOIN people_person p ON p.id = up.joined_into_id AND {KNOWN}
    )
    SELECT p.*, up.candidate FROM up JOIN people_person p ON p.id = up.id
"""


@dataclass(frozen=True)
class Found:
    """Somebody who may be meant. `person` is the record that is kept; `reasons` are for reading."""

    person: Person
    identity: Identity | None
    weight: float
    probability: float
    reasons: tuple[str, ...]
    verdict: str
    locality: str = ""


def find(by: Actor, text: str, limit: int = 20) -> list[Found]:
    """Whoever may be meant by what somebody typed, the likeliest first. At most 6 queries."""
    query = search.parse(text)
    typed = frozenset(filter(None, map(read_reference, [text, *text.split()])))
    return _ranked(
        by,
        wanted={*query.keys(), *_asked_for(typed)},
        references=typed,
        facts=query.facts(),
        limit=limit,
    )


def duplicates(by: Actor, person_id: UUID, limit: int = 20) -> list[Found]:
    """Other records that may be of the same person as this one."""
    return duplicates_of(by, PersonView(by, records(by, person_id)), limit)


def duplicates_of(by: Actor, view: PersonView, limit: int = 20) -> list[Found]:
    """The same, for a page that shows the person anyway: nothing is read twice."""
    facts = matching.facts(view.identity, view.phones, view.addresses)
    found = _ranked(
        by, wanted=_keys_of(facts), references=frozenset(), facts=facts, limit=limit + len(view.ids)
    )
    others = [one for one in found if one.person.pk not in view.ids and one.verdict != "no"]
    return others[:limit]


def _ranked(
    by: Actor,
    *,
    wanted: Iterable[Wanted],
    references: frozenset[str],
    facts: compare.Facts,
    limit: int,
) -> list[Found]:
    wanted = tuple(wanted)
    if not wanted and not references:
        return []
    people, kept = _candidates(wanted, references)
    ids = [*kept]
    who = matching.identities(by, {*ids, *kept.values()})
    numbers = matching.phones(by, ids) if facts.phones else {}
    given = _references_given(ids, references)
    where = matching.addresses(by, ids) if facts.addresses else None
    best: dict[UUID, Found] = {}
    for candidate in ids:
        match = compare.weigh(
            facts,
            matching.facts(
                who.get(candidate), numbers.get(candidate, ()), (where or {}).get(candidate, ())
            ),
        )
        found = _found(
            people,
            kept[candidate],
            candidate,
            who,
            match,
            references & {people[candidate].reference, *given.get(candidate, ())},
        )
        rival = best.get(found.person.pk)
        if found.weight > 0 and (rival is None or rival.weight < found.weight):
            best[found.person.pk] = found
    shown = sorted(best.values(), key=lambda one: (-one.weight, one.person.reference))[:limit]
    return _with_localities(by, shown, where)


def _candidates(
    wanted: tuple[Wanted, ...], references: frozenset[str]
) -> tuple[dict[UUID, Person], dict[UUID, UUID]]:
    """The people to compare, and for each the record that is kept of them. One query."""
    strong, weak = _by_strength(wanted)
    rows = Person.objects.raw(
        _CANDIDATES,
        {
            "kinds": [key.kind for key in strong],
            "vals": [key.value for key in strong],
            "weights": [key.weight for key in strong],
            "weak": WEAK,
            "weak_vals": [key.value for key in weak],
            "weak_weights": [key.weight for key in weak],
            "references": list(references),
            "most": MOST_OF_A_KEY,
            "compared": COMPARED,
        },
    )
    people: dict[UUID, Person] = {}
    candidates: set[UUID] = set()
    for row in rows:
        people[row.pk] = row
        candidates.add(row.candidate)
    return people, {candidate: _kept(people, candidate) for candidate in candidates}


def _asked_for(references: Iterable[str]) -> set[Wanted]:
    """The keys of references that were given to somebody besides that of their record."""
    return {key for one in references for key in keys.wanted(keys.of_reference(one))}


def _references_given(ids: list[UUID], references: frozenset[str]) -> dict[UUID, set[str]]:
    """Which of these references were given to whom, as one who asked for support online has one."""
    if not (ids and references):
        return {}
    typed = {key.value: one for one in references for key in keys.of_reference(one)}
    rows = SearchKey.objects.filter(kind=REFERENCE, value__in=typed, person_id__in=ids)
    found: dict[UUID, set[str]] = {}
    for row in rows:
        found.setdefault(row.person_id, set()).add(typed[row.value])
    return found


def _by_strength(wanted: Iterable[Wanted]) -> tuple[list[Wanted], list[Wanted]]:
    """The keys that find, and those that only lift. With nothing better the weak ones must find;
    where two names were given, pairs of them say all that the weak ones would."""
    weak = [key for key in wanted if key.kind == WEAK]
    strong = [key for key in wanted if key.kind != WEAK]
    if not strong:
        return weak, []
    return strong, [] if any(key.kind == "pair" for key in strong) else weak


def _kept(people: dict[UUID, Person], person_id: UUID) -> UUID:
    while people[person_id].joined_into_id in people:
        person_id = people[person_id].joined_into_id
    return person_id


def _found(
    people: dict[UUID, Person],
    kept: UUID,
    candidate: UUID,
    who: dict[UUID, Identity],
    match: compare.Match,
    theirs: set[str],
) -> Found:
    weight, probability, verdict = match.weight, match.probability, match.verdict
    reasons = [reason.words for reason in match.reasons]
    if theirs:
        weight, probability, verdict = weight + weights.KEYS["reference"], 1.0, "likely"
        reasons.insert(0, f"Same reference ({', '.join(sorted(theirs))})")
    return Found(
        person=people[kept],
        identity=who.get(kept) or who.get(candidate),
        weight=weight,
        probability=probability,
        reasons=tuple(reasons),
        verdict=verdict,
    )


def _with_localities(
    by: Actor, shown: list[Found], where: dict[UUID, list[Address]] | None
) -> list[Found]:
    """With the area where each lives, unless it is confidential."""
    missing = [one.person.pk for one in shown if not where or one.person.pk not in where]
    if missing:
        where = (where or {}) | matching.addresses(by, missing, confidential=False)
    return [
        replace(one, locality=_open_locality((where or {}).get(one.person.pk, ()))) for one in shown
    ]


def _open_locality(addresses: Iterable[Address]) -> str:
    return next((a.locality for a in addresses if a.locality and not a.confidential), "")


def _keys_of(facts: compare.Facts) -> set[Wanted]:
    found = keys.of_name(facts.given, facts.family, facts.other_names)
    for phone in facts.phones:
        found |= keys.of_phone(phone)
    for address in facts.addresses:
        found |= keys.of_address(*address)
    return keys.wanted(found) | (keys.wanted_dob(facts.dob) if facts.dob else set())
