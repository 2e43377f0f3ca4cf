"""Checklists and judgements, safety plans, changes of risk, orders and breaches."""

from onestory.risk.models.changes import RiskChange, RiskChangeSeen
from onestory.risk.models.checklists import RiskAssessment
from onestory.risk.models.disclosures import Disclosure, DisclosureCheck, Finding
from onestory.risk.models.drafts import Draft
from onestory.risk.models.orders import Breach, Order, OrderSeen
from onestory.risk.models.plans import SafetyPlan, SafetyPlanStep

__all__ = [
    "Breach",
    "Disclosure",
    "DisclosureCheck",
    "Draft",
    "Finding",
    "Order",
    "OrderSeen",
    "RiskAssessment",
    "RiskChange",
    "RiskChangeSeen",
    "SafetyPlan",
    "SafetyPlanStep",
]
