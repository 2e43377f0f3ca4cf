"""The people pages: who may come in, which query or action, what is shown."""

from onestory.people.views.consent import (
    ask_consent,
    consents,
    end_share,
    share,
    tell_of_share,
    withdraw,
)
from onestory.people.views.facts import (
    add_address,
    add_phone,
    end_address,
    end_phone,
    end_relationship,
    identity,
    relate,
    safe_contact,
)
from onestory.people.views.finding import duplicates, find
from onestory.people.views.inbox import answer, ask, notices, settle
from onestory.people.views.joining import join, undo_join
from onestory.people.views.knowing import known, who_knows, withdraw_noted
from onestory.people.views.person import code_word, person

__all__ = [
    "add_address",
    "add_phone",
    "answer",
    "ask",
    "ask_consent",
    "code_word",
    "consents",
    "duplicates",
    "end_address",
    "end_phone",
    "end_relationship",
    "end_share",
    "find",
    "identity",
    "join",
    "known",
    "notices",
    "person",
    "relate",
    "safe_contact",
    "settle",
    "share",
    "tell_of_share",
    "undo_join",
    "who_knows",
    "withdraw",
    "withdraw_noted",
]
