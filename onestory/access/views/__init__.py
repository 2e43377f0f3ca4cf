"""Pages of emergency openings, barrings and the record."""

from onestory.access.views.barring import bar, barrings, lift
from onestory.access.views.emergency import (
    break_glass,
    break_glass_by_reference,
    opening,
    openings,
)
from onestory.access.views.record import (
    busy,
    record,
    record_of_person,
    record_of_staff,
    seals,
)

__all__ = [
    "bar",
    "barrings",
    "break_glass",
    "break_glass_by_reference",
    "busy",
    "lift",
    "opening",
    "openings",
    "record",
    "record_of_person",
    "record_of_staff",
    "seals",
]
