"""Sexual violence and abuse: how many survivors, what they live with, whom they told, who knows."""

from onestory.analysis.needs.sexual_violence.steps import steps
from onestory.analysis.needs.sexual_violence.tables import tables

TITLE = "Sexual violence and abuse"
ABOUT = (
    "How many people are likely to have gone through sexual violence, what they live with, whom"
    " they told, and how many of them services know. By the method of the needs assessment of 2019."
)
MAIN = ("survivors.ever", "survivors.year", "survivors.year.all", "cost.year", "cost.ever")

__all__ = ["ABOUT", "MAIN", "TITLE", "steps", "tables"]
