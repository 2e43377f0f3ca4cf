"""Flash glucose monitoring: what a year costs against what is paid for it, and how it is going."""

from onestory.analysis.needs.flash_glucose.trajectory import steps, tables

TITLE = "Flash glucose monitoring"
ABOUT = (
    "For how many people sensors are paid, what that leaves uncovered, and whether spending so far"
    " is above or below its trajectory."
)
MAIN = ("deficit", "year-at-this-pace")

CHAPTERS = {
    "money": ("What is paid for", ("money",)),
    "trajectory": ("Spending against its trajectory", ("trajectory", "ahead")),
}
CHARTS = {"trajectory": ("trajectory", slice(0, 2))}

__all__ = ["ABOUT", "CHAPTERS", "CHARTS", "MAIN", "TITLE", "steps", "tables"]
