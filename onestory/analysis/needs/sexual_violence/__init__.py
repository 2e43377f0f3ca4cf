"""Sexual violence and abuse: how many survivors, what they live with, whom they told, who knows."""

from onestory.analysis.needs.sexual_violence.steps import steps
from onestory.analysis.needs.sexual_violence.tables import tables

TITLE = "Sexual violence and abuse"
ABOUT = (
    "How many people are likely to have gone through sexual violence, what they live with, whom"
    " they told, and how many of them services know. By the method of the needs assessment of 2019."
)
MAIN = ("survivors.ever", "survivors.year", "survivors.year.all", "cost.year", "cost.ever")

CHAPTERS = {
    "survivors": ("How many survivors", ("survivors", "all-ages")),
    "conditions": (
        "What survivors live with",
        ("conditions", "costs", "conditions-year", "conditions-ever"),
    ),
    "disclosure": ("Whom survivors told", ("disclosure",)),
    "justice": ("Reports to the police, and charges", ("justice", "comparators")),
    "need": ("Met and unmet need", ("children", "known")),
}
CHARTS = {
    "survivors": ("bars", slice(0, 1)),
    "all-ages": ("bars", slice(0, 1)),
    "disclosure": ("bars", slice(1, 2)),
    "known": ("bars", slice(0, 1)),
}

__all__ = ["ABOUT", "CHAPTERS", "CHARTS", "MAIN", "TITLE", "steps", "tables"]
