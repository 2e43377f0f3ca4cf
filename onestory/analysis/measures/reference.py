"""The reference page of measures, written from the measures themselves."""

from onestory.analysis.measures import MEASURES, families
from onestory.analysis.measures.wording import explained

INTRODUCTION = """What each measure counts, written from its file in `onestory/analysis/measures/`. \
Every one can be run by `onestory measure run CODE`; how to add one is in the analyst's guide.

A count of people is of different people; a count of anything else is of rows. Somebody with two \
contacts is one of the first and two of the second."""


def page() -> str:
    """Every measure, in its folder's part, with what it counts and what to mind."""
    parts = ["# Measures", INTRODUCTION]
    for folder, about in families().items():
        parts += [f"## {folder.capitalize()}", about]
        for code, measure in MEASURES.items():
            if measure.folder == folder:
                said = "\n".join(f"- {heading}: {words}" for heading, words in explained(measure))
                parts += [f"### {measure.title}", f"`{code}`", said]
    return "\n\n".join(parts) + "\n"
