"""Targeted lung health checks: a funnel from everybody of 55 to 74 to the cancers that are found."""

from onestory.analysis.needs.lung_checks.funnel import steps, tables

TITLE = "Targeted lung health checks"
ABOUT = (
    "How many people of 55 to 74 would be invited, checked, scanned and found to have lung cancer:"
    " each stage a share of the one before."
)
MAIN = ("checks", "scans", "cancers-all", "surgery")

CHAPTERS = {"funnel": ("From invitation to surgery", ("funnel",))}
# Not as a funnel: the stages branch, so that a share of those before would be of the wrong ones.
CHARTS = {"funnel": ("bars", slice(0, 1))}

__all__ = ["ABOUT", "CHAPTERS", "CHARTS", "MAIN", "TITLE", "steps", "tables"]
