"""What may be done with a sealed account. See each file."""

from onestory.sealed.actions.accounts import (
    Told,
    change_account,
    destroy_account,
    open_account,
    right_code,
)
from onestory.sealed.actions.elsewhere import release_by_code
from onestory.sealed.actions.evidence import add_evidence, end_evidence, keep_longer, told_holder
from onestory.sealed.actions.likeness import add_facts, answer_echo
from onestory.sealed.actions.releases import end_release, release_account, release_slip

__all__ = [
    "Told",
    "add_evidence",
    "add_facts",
    "answer_echo",
    "change_account",
    "destroy_account",
    "end_evidence",
    "end_release",
    "keep_longer",
    "open_account",
    "release_account",
    "release_by_code",
    "release_slip",
    "right_code",
    "told_holder",
]
