"""What is known of the work with somebody. Reads only, always for an actor."""

from onestory.support.queries.calling import ClockOfCall, calls, clock_of_call
from onestory.support.queries.cases import CaseView, case_view, sessions, waiting
from onestory.support.queries.journey import Leg, episodes_of_person, journey
from onestory.support.queries.mine import Counts, counts
from onestory.support.queries.plans import GoalNow, Plan, appointments, plan, plan_of_case

__all__ = [
    "CaseView",
    "ClockOfCall",
    "Counts",
    "GoalNow",
    "Leg",
    "Plan",
    "appointments",
    "calls",
    "case_view",
    "clock_of_call",
    "counts",
    "episodes_of_person",
    "journey",
    "plan",
    "plan_of_case",
    "sessions",
    "waiting",
]
