"""Columns that every table of people has: of whom a row is, and who they were at the time."""

from onestory.analysis.table import Column

PERSON = Column(
    "person", "text", "Of whom the row is: a key that is another one in every snapshot."
)
WHO = (
    PERSON,
    Column("sex", "text", "Sex, as recorded.", True),
    Column("age", "int", "Age in whole years on the day of the row.", True),
    Column(
        "locality", "text", "Where they live: a locality of the area, as it is known now.", True
    ),
)
