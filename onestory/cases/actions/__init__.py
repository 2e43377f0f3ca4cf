"""What is written about contacts, referrals and cases: one verb, one transaction, one entry.

All raise `Http404` for what is absent or not open to the actor, and `Refused` (or `Stale`) where
the rules say no.
"""

from onestory.cases.actions.brokering import (
    Brokered,
    begin_brokering,
    broker,
    discard_brokering,
    save_brokering,
    send_brokering,
)
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
from onestory.cases.actions.waiting import move_waiting, return_referral, return_waiting

__all__ = [
    "Brokered",
    "accept_referral",
    "acknowledge_decision",
    "acknowledge_referral",
    "begin_brokering",
    "broker",
    "close_case",
    "correct_case",
    "decide_contact",
    "decline_referral",
    "discard_brokering",
    "discard_draft",
    "grade_contact",
    "look_again",
    "move_waiting",
    "open_case",
    "record_contact",
    "return_referral",
    "return_waiting",
    "save_brokering",
    "save_draft",
    "see_answer",
    "send_brokering",
    "send_contact",
    "send_referral",
    "send_referrals",
    "start_draft",
    "withdraw_referral",
]
