"""How an area pack says that the list which a team has kept until now is to be read."""

import codecs
import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from onestory.agencies.area.vocabulary import Code, Entry, Text, Texts

# What the import of a case list can fill, and how each is written in the list.
CASE_FIELDS = {
    "ref": "text",
    "opened": "date",
    "closed": "date",
    "category": "term",
    "locality": "term",
    "group": "term",
    "abuse": "terms",
    "risk_assessment": "term",
    "source": "term",
}
CaseField = Literal[
    "ref",
    "opened",
    "closed",
    "category",
    "locality",
    "group",
    "abuse",
    "risk_assessment",
    "source",
]


class Column(Entry):
    """One column of the list that a team keeps, and where it goes."""

    name: Text
    field: CaseField
    kind: Literal["text", "date", "term", "terms"]
    required: bool = False
    vocabulary: str | None = None
    aliases: Texts = ()
    separator: Text = ";"

    @model_validator(mode="after")
    def _fits_its_field(self):
        if self.kind != CASE_FIELDS[self.field]:
            raise ValueError(
                f"the field '{self.field}' is of kind '{CASE_FIELDS[self.field]}', "
                f"but 'kind' says '{self.kind}'"
            )
        if (self.vocabulary is not None) != self.kind.startswith("term"):
            raise ValueError("'vocabulary' belongs to the kinds 'term' and 'terms', and only there")
        return self


Delimiter = Annotated[str, StringConstraints(min_length=1, max_length=1)]
_DATE_PARTS = {"dd": "%d", "mm": "%m", "yyyy": "%Y", "yy": "%y"}


class CaseList(Entry):
    """How to read the case list that a team has kept until now.

    Date formats are written as people write them (`dd/mm/yyyy`) and read back for `strptime`.
    """

    default_team: Code
    encodings: Texts = Field(min_length=1)
    delimiters: tuple[Delimiter, ...] = Field(min_length=1, strict=False)
    date_formats: Texts = Field(min_length=1)
    columns: tuple[Column, ...] = Field(min_length=1, strict=False)

    @field_validator("encodings")
    @classmethod
    def _known_encodings(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            try:
                codecs.lookup(name)
            except LookupError:
                raise ValueError(
                    f"'{name}' is no encoding; usual are 'utf-8-sig' and 'cp1252'"
                ) from None
        return value

    @field_validator("date_formats")
    @classmethod
    def _for_strptime(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for written in value:
            parts = re.findall(r"[A-Za-z%]+", written)
            if sorted(part[0] for part in parts) != ["d", "m", "y"] or not set(parts) <= set(
                _DATE_PARTS
            ):
                raise ValueError(
                    f"'{written}' is no date format; write it with dd, mm and yyyy (or yy), "
                    "such as 'dd/mm/yyyy'"
                )
        return tuple(re.sub(r"[a-z]+", lambda m: _DATE_PARTS[m[0]], text) for text in value)
