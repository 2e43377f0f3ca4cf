"""The forms of the people pages."""

from onestory.people.forms.consent import (
    ConsentForm,
    EndShareForm,
    KnownForm,
    SharingForm,
    TakeBackForm,
    WithdrawForm,
    WithoutForm,
)
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
    "ConsentForm",
    "EndShareForm",
    "FindForm",
    "IdentityForm",
    "JoinForm",
    "KnownForm",
    "PhoneForm",
    "RelationshipForm",
    "SafeContactForm",
    "SettleForm",
    "SharingForm",
    "UndoJoinForm",
    "TakeBackForm",
    "WithdrawForm",
    "WithoutForm",
]
