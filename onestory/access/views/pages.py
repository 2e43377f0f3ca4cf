"""What the pages of this room have in common."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from onestory.agencies.roles import Permission
from onestory.kernel.errors import Refused
from onestory.kernel.forms import Form
from onestory.kernel.keyset import Window, window

# The pages of a guardian, and what one needs for each.
SECTIONS = (
    ("The record", "access:record", Permission.RECORD_READ),
    ("Emergency openings", "access:openings", Permission.BREAK_GLASS_REVIEW),
    ("Barrings", "access:barrings", Permission.BREAK_GLASS_REVIEW),
    ("Many records", "access:busy", Permission.RECORD_READ),
    ("Seals", "access:seals", Permission.RECORD_READ),
)


def sections(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """The guardian's pages: label, address, whether it is this one."""
    here = request.resolver_match.view_name
    return [
        (label, reverse(view), view == here)
        for label, view, permission in SECTIONS
        if request.actor.may(permission)
    ]


def sent(request: HttpRequest):
    """What was sent, for a form; None while the page is only being opened."""
    return request.POST if request.method == "POST" else None


def done(form: Form, act: Callable) -> bool:
    """Whether the form was sent, is valid, and the action did it. A refusal becomes an error."""
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def page_of(request: HttpRequest, rows: QuerySet, order: tuple[str, ...], **kept) -> dict:
    """One page of a long list, with the addresses of its neighbours. `kept` stays in those."""
    found: Window = window(
        rows,
        order,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return {
        "rows": found.rows,
        "previous_url": f"?{urlencode(kept | {'before': found.previous})}"
        if found.previous
        else "",
        "next_url": f"?{urlencode(kept | {'after': found.next})}" if found.next else "",
    }
