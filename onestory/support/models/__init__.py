"""What is done with a survivor once somebody works with her: calls, sessions, goals, and the end.

All of it lies in the envelope of the case (`support`, as a rule). An episode and its pauses are the
outside of a case: the team that referred sees them as well. The rest is its own team's work.
"""

from onestory.support.models.calls import Call
from onestory.support.models.episodes import Ending, Episode, Pause
from onestory.support.models.plans import Goal, Measure, Step
from onestory.support.models.sessions import Session

__all__ = ["Call", "Ending", "Episode", "Goal", "Measure", "Pause", "Session", "Step"]
