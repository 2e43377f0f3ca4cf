"""The list of staff, one's own account, and the directory of services."""

from onestory.agencies.queries.accounts import (
    Page,
    invitation,
    is_locked_out,
    member,
    second_factors,
    sessions,
    staff,
    teams,
    user_with_address,
)
from onestory.agencies.queries.directory import (
    Filters,
    directory,
    history,
    offered,
    public_directory,
    public_service,
    service,
    stale,
    suggest,
)

__all__ = [
    "Filters",
    "Page",
    "directory",
    "history",
    "invitation",
    "is_locked_out",
    "member",
    "offered",
    "public_directory",
    "public_service",
    "second_factors",
    "service",
    "sessions",
    "staff",
    "stale",
    "suggest",
    "teams",
    "user_with_address",
]
