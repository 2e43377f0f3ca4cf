"""How many of what in which year, read from the tables in `quotas/`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "quotas"
# The words of the tables for a sex, and the codes of the area pack.
SEXES = {"female": "female", "male": "male", "other": "not-said"}
Counts = dict[str, int]


class Span(NamedTuple):
    """From a day to a day, both counted."""

    start: date
    end: date


@dataclass(frozen=True)
class Referrals:
    """Of the referrals of a year: to social care, assessed there, accepted elsewhere, in time."""

    social_care: int
    assessed: int
    early_help_accepted: int
    in_time: int


@dataclass(frozen=True)
class HubYear:
    """Contacts to the hub: how each column adds up to the same total."""

    span: Span
    contacts: int
    grades: Counts
    outcomes: Counts
    sources: Counts
    abuse: Counts
    domestic_abuse_besides: int
    in_time: int
    referrals: Referrals

    def __post_init__(self):
        for column in ("grades", "outcomes", "sources", "abuse"):
            counts = getattr(self, column)
            if sum(counts.values()) != self.contacts:
                raise ValueError(f"{self.span.start}: '{column}' is not {self.contacts} in all.")


@dataclass(frozen=True)
class HousingYear:
    """Survivors who came to the Housing Safeguarding Team; `carried` still there at its end."""

    span: Span
    survivors: int
    carried: int
    abuse: Counts

    def __post_init__(self):
        if sum(self.abuse.values()) != self.survivors or self.carried > self.survivors:
            raise ValueError(f"{self.span.start}: 'abuse' is not {self.survivors} in all.")


@dataclass(frozen=True)
class Row:
    """People who took up the same services in a year, by the codes of the area pack.

    `there` says how many are still there at the end of the year, of the next, and so on.
    """

    services: tuple[str, ...]
    ages: tuple[int, int]
    sexes: Counts
    there: tuple[int, ...]

    @property
    def people(self) -> int:
        return sum(self.sexes.values())

    def __post_init__(self):
        if (
            list(self.there) != sorted(self.there, reverse=True)
            or max(self.there, default=0) > self.people
        ):
            raise ValueError(f"{self.services}: more are 'there' than came.")


@dataclass(frozen=True)
class SericcYear:
    """People who came to SERICC, and those of the year before who were triaged again."""

    span: Span
    people: tuple[Row, ...]
    again: int
    again_responder: int
    domestic_abuse: int
    mean_wait: int | None


def hub() -> tuple[int, list[HubYear]]:
    """How many children there are in all, and the years."""
    table = _read("mash")
    return table["children"], [
        HubYear(
            span=_span(year),
            referrals=Referrals(**year["referrals"]),
            **{
                name: year[name]
                for name in HubYear.__dataclass_fields__
                if name not in ("span", "referrals")
            },
        )
        for year in table["years"]
    ]


def housing() -> list[HousingYear]:
    """The years of the Housing Safeguarding Team."""
    return [
        HousingYear(_span(year), year["survivors"], year["carried"], year["abuse"])
        for year in _read("housing")["years"]
    ]


def sericc() -> list[SericcYear]:
    """The years of SERICC."""
    table = _read("sericc")
    return [
        SericcYear(
            span=_span(year),
            people=tuple(_row(row, table["services"]) for row in year["people"]),
            again=year.get("again", 0),
            again_responder=year.get("again_responder", 0),
            domestic_abuse=year.get("domestic_abuse", 0),
            mean_wait=year.get("mean_wait"),
        )
        for year in table["years"]
    ]


def _row(row: dict, services: dict[str, str]) -> Row:
    return Row(
        services=tuple(services[word] for word in row["services"]),
        ages=tuple(row["ages"]),
        sexes={sex: row[word] for word, sex in SEXES.items() if row.get(word)},
        there=tuple(row.get("there", ())),
    )


def _span(year: dict) -> Span:
    return Span(year["from"], year["to"])


def _read(name: str) -> dict:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
