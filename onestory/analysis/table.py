"""What a table of a snapshot is: its columns, typed, each with words that say what it holds."""

from dataclasses import dataclass
from functools import cached_property

import pyarrow

TYPES = {
    "text": pyarrow.string(),
    "int": pyarrow.int32(),
    "number": pyarrow.float64(),
    "bool": pyarrow.bool_(),
    "date": pyarrow.date32(),
    "timestamp": pyarrow.timestamp("us"),
    "text[]": pyarrow.list_(pyarrow.string()),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, its type (one of `TYPES`), and what it says.

    A list is never missing; it may have nothing in it.
    """

    code: str
    type: str
    words: str
    may_be_empty: bool = False

    def __post_init__(self):
        if self.type not in TYPES:
            raise ValueError(f"Column {self.code}: there is no type {self.type!r}.")


@dataclass(frozen=True)
class Table:
    """A table of a snapshot. `key` tells its rows apart, where they have a key; `person` is the
    column that says of whom a row is, where it is of anybody."""

    code: str
    title: str
    about: str
    columns: tuple[Column, ...]
    key: str | None = None
    person: str | None = None

    def __post_init__(self):
        codes = [column.code for column in self.columns]
        if len(codes) != len(set(codes)):
            raise ValueError(f"Table {self.code} has two columns of one name.")
        if missing := {self.key, self.person} - {None} - set(codes):
            raise ValueError(f"Table {self.code} has no column {', '.join(sorted(missing))}.")

    @cached_property
    def by_code(self) -> dict[str, Column]:
        """Its columns by what they are called."""
        return {column.code: column for column in self.columns}

    @cached_property
    def schema(self) -> pyarrow.Schema:
        """Its columns as Arrow has them."""
        return pyarrow.schema(
            pyarrow.field(
                column.code,
                TYPES[column.type],
                nullable=column.may_be_empty,
                metadata={"words": column.words},
            )
            for column in self.columns
        )
