"""What is written of the work with somebody: one verb, one transaction, one entry.

All raise `Http404` for what is absent or not open to the actor, and `Refused` (or `Stale`) where
the rules say no. An id that a page gave is the id of the row: what is sent twice is there once.
"""

from onestory.support.actions.calls import record_call
from onestory.support.actions.endings import close_kept, end_case
from onestory.support.actions.episodes import hold_case, pause_wait, resume_wait
from onestory.support.actions.plans import (
    agree_step,
    drop_step,
    end_goal,
    measure_goal,
    reword_goal,
    set_goal,
    step_done,
)
from onestory.support.actions.sessions import (
    Meeting,
    move_session,
    plan_session,
    record_session,
    settle_session,
)

__all__ = [
    "Meeting",
    "agree_step",
    "close_kept",
    "drop_step",
    "end_case",
    "end_goal",
    "hold_case",
    "measure_goal",
    "move_session",
    "pause_wait",
    "plan_session",
    "record_call",
    "record_session",
    "resume_wait",
    "reword_goal",
    "set_goal",
    "settle_session",
    "step_done",
]
