"""What can be asked about danger, always for an actor; PostgreSQL decides what comes back."""

from onestory.risk.queries.danger import (
    assessment,
    assessments,
    assessments_of,
    change,
    changes,
    draft,
    latest,
    seen_by,
)
from onestory.risk.queries.disclosures import (
    Asked,
    asked,
    disclosures,
    disclosures_of,
    due_on,
    may_be_asked_about,
)
from onestory.risk.queries.orders import (
    Against,
    Conduct,
    against,
    breach,
    conduct_of,
    order,
    orders_of,
    unseen,
)
from onestory.risk.queries.plans import (
    PlanView,
    newest,
    plan,
    versions,
)
from onestory.risk.queries.waiting import (
    breaches_to_see,
    changes_to_see,
    disclosures_to_do,
    orders_to_see,
    plans_to_review,
)

__all__ = [
    "Against",
    "Asked",
    "Conduct",
    "PlanView",
    "against",
    "asked",
    "assessment",
    "assessments",
    "assessments_of",
    "breach",
    "breaches_to_see",
    "change",
    "changes",
    "changes_to_see",
    "conduct_of",
    "disclosures",
    "disclosures_of",
    "disclosures_to_do",
    "draft",
    "due_on",
    "latest",
    "newest",
    "may_be_asked_about",
    "order",
    "orders_of",
    "orders_to_see",
    "plan",
    "plans_to_review",
    "seen_by",
    "unseen",
    "versions",
]
