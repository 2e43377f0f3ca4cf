"""What a record says already, so that nobody need ask it: sex, where somebody lives, children."""

from collections.abc import Container, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.assessment import bank
from onestory.assessment.queries.known import Known
from onestory.assessment.rules import again, values
from onestory.people.models import Address, Identity, OfPerson, Relationship
from onestory.people.queries import names
from onestory.people.rules import age

SEX = "about.sex"
HOUSING = "housing.now"
CHILDREN = "children.any"
CHILDREN_AT_HOME = "children.at-home"
# Where the record may have been overtaken: she is asked whether it still holds. What lies with who
# somebody is, is changed there.
MAY_CHANGE = frozenset({HOUSING, CHILDREN, CHILDREN_AT_HOME})
GROWN_UP = 18


def recorded(
    by: Actor, ids: Sequence[UUID], *, but: Container[str] = frozenset()
) -> dict[str, Known]:
    """By question, from what is open to the actor of these records of one human being.

    `but` are questions that were answered: for them nothing is read. Four queries at most.
    """
    found = [] if SEX in but else [*_sex(ids)]
    if HOUSING not in but:
        found += _housing(ids)
    if CHILDREN not in but or CHILDREN_AT_HOME not in but:
        found += _children(by, ids)
    return {one.question: one for one in found}


def _sex(ids: Sequence[UUID]) -> Iterable[Known]:
    for row in _now(Identity, ids):
        if row.sex and bank.question(SEX).option(row.sex):
            yield _known(SEX, row.sex, row)


def _housing(ids: Sequence[UUID]) -> Iterable[Known]:
    """Of the addresses, the one that was recorded last: the kind of place, and no more."""
    for row in _now(Address, ids):
        if row.housing and bank.question(HOUSING).option(row.housing):
            yield _known(HOUSING, row.housing, row)


def _children(by: Actor, ids: Sequence[UUID]) -> Iterable[Known]:
    """Who they are and how old, as far as that is open. That none is recorded says nothing."""
    kinds = [term.code for term in pack().relationships if term.child]
    rows = list(_now(Relationship, ids).filter(kind__in=kinds))
    named = names(by, [row.other_id for row in rows]) if rows else {}
    young = [row for row in rows if not _is_grown_up(named.get(row.other_id))]
    at_home = [row for row in young if row.lives_with]
    if young:
        yield _known(CHILDREN, "yes", young[-1], _listed(young, named))
    if at_home:
        listed = _listed(at_home, named)
        yield _known(CHILDREN_AT_HOME, len(listed), at_home[-1], listed)


def _now(model: type[OfPerson], ids: Sequence[UUID]):
    """What holds now, the latest last."""
    rows = model.objects.filter(person_id__in=ids, superseded_at=None)
    return rows.select_related("recorded_by").order_by("recorded_at", "id")


def _is_grown_up(child: Identity | None) -> bool:
    if child is None or not (child.born_on or child.birth_year):
        return False
    today = timezone.localdate()
    years = age.years(child.born_on, today) if child.born_on else today.year - child.birth_year
    return years >= GROWN_UP


def _listed(rows: Iterable[Relationship], named: dict[UUID, Identity]) -> list[str]:
    """Each child once, though more than one of the joined records may name them."""
    today, said = timezone.localdate(), {}
    for row in rows:
        child = named.get(row.other_id)
        years = age.in_words(child.born_on, child.birth_year, today) if child else ""
        name = str(child) if child else "Name closed to you"
        words = f"{name}, {years}" if years else name
        said[words if child else row.other_id] = words
    return list(said.values())


def _known(code: str, value: Any, row: OfPerson, note: Sequence[str] = ()) -> Known:
    question = bank.question(code)
    return Known(
        question=code,
        text=question.text,
        value=value,
        in_words=values.in_words(question, value),
        note="; ".join(note),
        asked_by="on the person’s page",
        who=row.recorded_by.name,
        at=row.recorded_at,
        how_now="recorded",
        ask_again_on=again.ask_again_on(question, row.recorded_at),
        holds=again.holds(question, row.recorded_at, timezone.now()),
        answer_id=None,
        envelope_id=row.envelope_id,
        sitting_id=None,
    )
