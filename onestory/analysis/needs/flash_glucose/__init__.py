"""Flash glucose monitoring: what a year costs against what is paid for it, and how it is going."""

from onestory.analysis.needs.flash_glucose.trajectory import steps, tables

TITLE = "Flash glucose monitoring"
ABOUT = (
    "For how many people sensors are paid, what that leaves uncovered, and whether spending so far"
    " is above or below its trajectory."
)
MAIN = ("deficit", "year-at-this-pace")

__all__ = ["ABOUT", "MAIN", "TITLE", "steps", "tables"]
