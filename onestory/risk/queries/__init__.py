"""What can be asked about danger, always for an actor; PostgreSQL decides what comes back."""

from onestory.risk.queries.disclosures import (
    Asked,
    asked,
    disclosures,
    disclosures_of,
    due_on,
    may_be_asked_about,
)
from onestory.risk.queries.orders import (
    Against,
    Conduct,
    against,
    breach,
    breaches_waiting,
    conduct_of,
    order,
    orders_of,
    unseen,
    waiting,
)

__all__ = [
    "Against",
    "Asked",
    "Conduct",
    "against",
    "asked",
    "breach",
    "breaches_waiting",
    "conduct_of",
    "disclosures",
    "disclosures_of",
    "due_on",
    "may_be_asked_about",
    "order",
    "orders_of",
    "unseen",
    "waiting",
]
