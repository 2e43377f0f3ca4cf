"""Checklists and judgements, safety plans, changes of risk, orders and breaches."""

from onestory.risk.models.changes import RiskChange, RiskChangeSeen
from onestory.risk.models.checklists import RiskAssessment
from onestory.risk.models.disclosures import ConductNote, Disclosure, DisclosureCheck
from onestory.risk.models.drafts import Draft
from onestory.risk.models.orders import Breach, Order, OrderSeen
from onestory.risk.models.plans import SafetyPlan, SafetyPlanStep

__all__ = [
    "Breach",
    "ConductNote",
    "Disclosure",
    "DisclosureCheck",
    "Draft",
    "Order",
    "OrderSeen",
    "RiskAssessment",
    "RiskChange",
    "RiskChangeSeen",
    "SafetyPlan",
    "SafetyPlanStep",
]
