"""Domestic abuse: how many people went through it, what it costs, and what preventing it saves."""

from onestory.analysis.needs.domestic_abuse.steps import steps
from onestory.analysis.needs.domestic_abuse.tables import tables

TITLE = "Domestic abuse"
ABOUT = (
    "How many people are likely to have gone through domestic abuse in the last year, what social"
    " work costs, and what a service saves when a child's plan can be stepped down."
)
MAIN = ("survivors.year", "avoided", "returned")

CHAPTERS = {
    "survivors": ("How many survivors", ("survivors",)),
    "costs": ("What it costs, and what a service saves", ("costs", "savings")),
    "comparators": ("Beside England", ("comparators",)),
}
CHARTS = {"survivors": ("bars", slice(1, 2)), "comparators": ("bars", slice(0, 1))}

__all__ = ["ABOUT", "CHAPTERS", "CHARTS", "MAIN", "TITLE", "steps", "tables"]
