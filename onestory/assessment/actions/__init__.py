"""What is written about asking and answering. Each verb is one transaction and one entry.

All raise `Http404` for what is absent or not open to the actor, and `Refused` (or `Stale`) where
the rules say no.
"""

from onestory.assessment.actions.answers import Given, Saved, answer, confirm, leave, save
from onestory.assessment.actions.correcting import correct
from onestory.assessment.actions.sittings import begin_sitting, end_sitting

__all__ = [
    "Given",
    "Saved",
    "answer",
    "begin_sitting",
    "confirm",
    "correct",
    "end_sitting",
    "leave",
    "save",
]
