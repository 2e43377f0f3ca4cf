"""For somebody who has just been told: which lines of the area's guide fit, and in what order."""

from collections.abc import Iterable
from dataclasses import dataclass

from onestory.agencies.area.guide import GuideLine

AGES = (
    ("under-13", "Under 13"),
    ("13-15", "13 to 15"),
    ("16-17", "16 or 17"),
    ("adult", "18 or over"),
)
SITUATIONS = (
    ("danger", "They, or somebody else, are in danger now"),
    ("recent", "A sexual assault in the last two weeks"),
    ("trusted", "A parent, a carer or somebody who works with them is named"),
    ("children", "There are children in the home"),
    ("no-capacity", "They cannot make this decision for themselves just now"),
)
# A child of 13 to 15 who understands what the choice means may make it.
COMPETENT = (
    ("competent", "Yes, and somebody has judged it"),
    ("not-competent", "No"),
    ("", "Not sure"),
)
PARTS = (
    ("now", "Now"),
    ("say", "What to say"),
    ("not-say", "What not to say or ask"),
    ("must", "What you must pass on"),
    ("need-not", "What you need not report"),
    ("tell", "Whom to tell"),
    ("not-tell", "Whom not to tell"),
)


@dataclass(frozen=True)
class Told:
    """Who told, as far as it matters here: nothing that says who they are."""

    age: str
    situations: frozenset[str] = frozenset()


def fits(line: GuideLine, told: Told) -> bool:
    """Whether the line is for this age and these situations."""
    return (
        (not line.ages or told.age in line.ages)
        and told.situations.issuperset(line.when)
        and told.situations.isdisjoint(line.unless)
    )


def advice(guide: Iterable[GuideLine], told: Told) -> list[tuple[str, list[GuideLine]]]:
    """The headings that have something to say, each with its lines in the order of the pack."""
    lines = [line for line in guide if fits(line, told)]
    found = [(heading, [line for line in lines if line.part == part]) for part, heading in PARTS]
    return [(heading, of_part) for heading, of_part in found if of_part]
