"""What stands above a page until somebody has dealt with it: each for whoever may, where it is looked
for."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from onestory.access.queries import openings_to_review
from onestory.agencies import queries as agencies
from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission as P
from onestory.marac.queries import changed_meetings
from onestory.rights import queries as rights
from onestory.support.queries.gone import given_back


class Notice(NamedTuple):
    """Something that waits: how many there are is asked only of whoever has the permission."""

    tag: str
    # Of one, and of more than one.
    one: str
    many: str
    # What can be done about it, and on which page.
    link: str
    view: str
    permission: P
    count: Callable[[Actor], int]
    # On every page whose view's name starts with one of these.
    pages: tuple[str, ...]


EVERYWHERE, HOME, OF_GUARDIANS = ("",), ("cases:worklist",), ("access:", "rights:")
NOTICES = (
    Notice(
        "Emergency",
        "1 emergency opening waits for your review.",
        "{} emergency openings wait for your review.",
        "See who and why",
        "access:openings",
        P.BREAK_GLASS_REVIEW,
        openings_to_review,
        EVERYWHERE,
    ),
    Notice(
        "Directory",
        "1 entry of your team may be out of date.",
        "{} entries of your team may be out of date.",
        "Say what is still right",
        "agencies:directory",
        P.DIRECTORY_KEEP,
        lambda by: agencies.stale(by).count(),
        HOME,
    ),
    Notice(
        "MARAC",
        "1 meeting that is still to come was moved or called off.",
        "{} meetings that are still to come were moved or called off.",
        "See when they are",
        "marac:meetings",
        P.MARAC_ATTEND,
        changed_meetings,
        HOME,
    ),
    Notice(
        "Put right",
        "1 survivor says that something in their record is wrong.",
        "{} times survivors say that something in their record is wrong.",
        "See what, and decide",
        "rights:corrections",
        P.RIGHTS_WORK,
        rights.corrections_waiting,
        HOME,
    ),
    Notice(
        "Put right",
        "1 survivor says that something in their record is wrong, and nobody holds it.",
        "{} times survivors say that something in their record is wrong, and nobody holds it.",
        "Find somebody who decides",
        "rights:unheld",
        P.RIGHTS_REVIEW,
        lambda by: len(rights.unheld(by)),
        OF_GUARDIANS,
    ),
    Notice(
        "Given back",
        "1 person whom you held was given back in the last days.",
        "{} people whom you held were given back in the last days.",
        "See which case, and to whom",
        "support:mine",
        P.CASE_WORK,
        lambda by: len(given_back(by)),
        HOME,
    ),
)


def notices(request: HttpRequest, actor: Actor) -> Iterator[dict]:
    """Those for this page, in the form of `kernel/base.html`."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    for one in NOTICES:
        if not here.startswith(one.pages) or not actor.may(one.permission):
            continue
        if count := one.count(actor):
            yield {
                "tag": one.tag,
                "text": one.one if count == 1 else one.many.format(count),
                "url": reverse(one.view),
                "link": one.link,
            }
