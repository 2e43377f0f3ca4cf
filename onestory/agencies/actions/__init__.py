"""Setting up the area, keeping the directory and the list of staff, and signing in."""

from onestory.agencies.actions.area import ensure_system_user, load_area
from onestory.agencies.actions.directory import (
    close_service,
    confirm_service,
    keep_service,
    reopen_service,
)
from onestory.agencies.actions.sign_in import (
    change_password,
    choose_password,
    end_sessions,
    fail_try,
    hold_address,
    note_refusal,
    resume_sign_in,
    sign_in,
    sign_out,
    spend_code,
)
from onestory.agencies.actions.staff import (
    add_membership,
    add_user,
    change_user,
    create_admin,
    end_membership,
    invite_user,
    renew_invitation,
    reset_second_factors,
    set_active,
    unlock_user,
)

__all__ = [
    "add_membership",
    "add_user",
    "change_password",
    "change_user",
    "choose_password",
    "close_service",
    "confirm_service",
    "create_admin",
    "end_membership",
    "end_sessions",
    "ensure_system_user",
    "fail_try",
    "hold_address",
    "invite_user",
    "keep_service",
    "load_area",
    "note_refusal",
    "renew_invitation",
    "reopen_service",
    "reset_second_factors",
    "resume_sign_in",
    "set_active",
    "sign_in",
    "sign_out",
    "spend_code",
    "unlock_user",
]
