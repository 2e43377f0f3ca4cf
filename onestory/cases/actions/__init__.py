"""What is written about contacts, referrals and cases: one verb, one transaction, one entry.

All raise `Http404` for what is absent or not open to the actor, and `Refused` (or `Stale`) where
the rules say no.
"""

from onestory.cases.actions.cases import close_case, correct_case, open_case
from onestory.cases.actions.contacts import record_contact
from onestory.cases.actions.drafts import (
    discard_draft,
    look_again,
    save_draft,
    send_contact,
    start_draft,
)
from onestory.cases.actions.referrals import (
    accept_referral,
    acknowledge_referral,
    decline_referral,
    see_answer,
    send_referral,
    send_referrals,
    withdraw_referral,
)
from onestory.cases.actions.triage import acknowledge_decision, decide_contact, grade_contact

__all__ = [
    "accept_referral",
    "acknowledge_decision",
    "acknowledge_referral",
    "close_case",
    "correct_case",
    "decline_referral",
    "decide_contact",
    "discard_draft",
    "grade_contact",
    "look_again",
    "open_case",
    "record_contact",
    "save_draft",
    "see_answer",
    "send_contact",
    "send_referral",
    "send_referrals",
    "start_draft",
    "withdraw_referral",
]
