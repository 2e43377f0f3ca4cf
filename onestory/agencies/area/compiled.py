"""Reports compiled from measures: what an area pack says of each, one file in its folder `reports`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from onestory.agencies.area.faults import Fault, near_miss
from onestory.agencies.area.vocabulary import Code, Codes, Entry, Text

FOLDER = "reports"


def _without_figures(text: str) -> str:
    if any(letter.isdigit() for letter in text):
        raise ValueError(
            f"'{text}' holds a figure, and would go on saying it in every edition: let a table"
            " count it, or the author write it"
        )
    return text


Standing = Annotated[Text, AfterValidator(_without_figures)]
"""Words that stand in every edition."""
Listed = Field(default=(), strict=False)
Labels = Annotated[dict[Code, Text], Field(min_length=1)]


class CompiledTable(Entry):
    """A table of measures: one cut `by` a group, or a row for each of several.

    Without a `key` it is called after its measure and group.
    """

    key: Code | None = None
    measures: Annotated[Codes, Field(min_length=1)]
    title: str = ""
    by: str = ""
    compared: bool | None = None
    chart: str = ""
    target: bool = False
    where: dict[str, Any] = Field(default_factory=dict)
    whose: str = ""

    @property
    def name(self) -> str:
        """How it is told apart from the other tables of the report."""
        group = f"-by-{self.by.replace('_', '-')}" if self.by else ""
        return self.key or f"{self.measures[0]}{group}"


class CompiledEntry(Entry):
    """A table that is entered by hand: figures of others, with their source."""

    key: Code
    title: Text
    rows: Labels
    columns: Labels
    unit: str = "count"
    help: str = ""
    source: Text
    public: bool = False


class RatePopulation(Entry):
    """How many people there are from a day on, and whether somebody has looked it up."""

    from_: date = Field(alias="from")
    value: int = Field(gt=0)
    source: Text
    verified: bool


class CompiledStaff(Entry):
    """Whom a count over twelve months needs, by a benchmark; another is named beside it."""

    title: Text
    benchmark: Code
    beside: str = ""


class CompiledRate(Entry):
    """A count over twelve months, for each so many (`per`) of a population, with its benchmark.

    A quarter of which nothing of the measure `recorded` is there is missing.
    """

    key: Code
    title: Text
    measure: Code
    recorded: Code
    of: Text
    per: int = Field(gt=0)
    populations: Annotated[tuple[RatePopulation, ...], Field(min_length=1, strict=False)]
    benchmark: str = ""
    staff: tuple[CompiledStaff, ...] = Listed


class CompiledSection(Entry):
    """A section: standing words, tables that are counted, rates, tables that are entered."""

    key: Code
    heading: Text
    words: tuple[Standing, ...] = Listed
    tables: tuple[CompiledTable, ...] = Listed
    entries: tuple[CompiledEntry, ...] = Listed
    rates: tuple[CompiledRate, ...] = Listed


class Compiled(Entry):
    """A report compiled from measures. `team` owns it, `teams` are those whose records it counts."""

    code: Code
    title: Text
    team: Code
    period: Literal["year", "quarter"]
    introduction: tuple[Standing, ...] = Listed
    teams: Codes = ()
    sections: Annotated[tuple[CompiledSection, ...], Field(min_length=1, strict=False)]
    source: Text


@dataclass(frozen=True, kw_only=True)
class PartOfPackCompiled:
    """What a pack has of these."""

    compiled: dict[str, Compiled]


def faults(
    found: Mapping[str, Compiled], teams: Iterable[str], taken: Iterable[str]
) -> Iterator[Fault]:
    """What does not fit the rest of the pack: of files, by name. `taken` are codes of other reports."""
    teams, taken = list(teams), set(taken)
    for file, one in found.items():
        if f"{FOLDER}/{one.code}.toml" != file:
            message = f"'code' is '{one.code}', by which the file must be called"
            yield Fault(file, "", "code", message)
        if one.code in taken:
            yield Fault(file, "", "code", f"'{one.code}' is a yearly report already")
        for field, codes in (("team", [one.team]), ("teams", one.teams)):
            for code in codes if teams else ():
                if code not in teams:
                    message = f"'{field}' names '{code}', which is not in teams"
                    yield Fault(file, "", field, message + near_miss(code, teams))
