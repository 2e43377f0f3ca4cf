"""The forms of the people pages."""

from onestory.people.forms.facts import (
    AddressForm,
    ConfirmForm,
    IdentityForm,
    PhoneForm,
    RelationshipForm,
    SafeContactForm,
)
from onestory.people.forms.matches import (
    AnswerForm,
    AskForm,
    FindForm,
    JoinForm,
    SettleForm,
    UndoJoinForm,
)

__all__ = [
    "AddressForm",
    "AnswerForm",
    "AskForm",
    "ConfirmForm",
    "FindForm",
    "IdentityForm",
    "JoinForm",
    "PhoneForm",
    "RelationshipForm",
    "SafeContactForm",
    "SettleForm",
    "UndoJoinForm",
]
