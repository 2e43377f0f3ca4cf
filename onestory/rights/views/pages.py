"""What the pages of this room have in common."""

from django.http import HttpRequest
from django.urls import reverse

from onestory.agencies.roles import Permission

WORK, REVIEW = Permission.RIGHTS_WORK, Permission.RIGHTS_REVIEW
SECTIONS = (
    ("Copies of records", "rights:requests", (WORK, REVIEW)),
    ("Something is wrong", "rights:corrections", (WORK,)),
    ("Wrong, and held by nobody", "rights:unheld", (REVIEW,)),
    ("Requests for therapy notes", "therapy:requests", (WORK,)),
    ("Time is over", "rights:reviews", (REVIEW,)),
    ("Held for inquiries", "rights:holds", (WORK, REVIEW)),
    ("Deletion", "rights:deletions", (WORK, REVIEW)),
)


def sections(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """The pages of this room: label, address, whether it is this one."""
    here = request.resolver_match.view_name
    return [
        (label, reverse(view), view == here)
        for label, view, permissions in SECTIONS
        if any(map(request.actor.may, permissions))
    ]
