"""Where people can go: the daily places in one line, all others under More."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onestory.agencies.actor import Actor
from onestory.agencies.guard import signed_in
from onestory.agencies.roles import Permission
from onestory.conversations import queries as conversations
from onestory.sealed import queries as sealed


class Place(NamedTuple):
    """An item of the navigation: for whoever has one of the permissions."""

    label: str
    view: str
    permissions: frozenset[Permission]
    # It is marked as current on every page whose view's name starts with one of these.
    pages: tuple[str, ...]
    # What it is for, on the page of those that do not fit into the line.
    about: str
    # How much waits there, where that is worth a query on every page.
    waiting: Callable[[Actor], int] | None = None


class Item(NamedTuple):
    """A place as one person has it: with a count where something waits there."""

    label: str
    url: str
    current: bool
    count: int | None
    about: str


# As many as stand in one line on a desk. Whoever has more finds the others under More.
DAILY = 6
P = Permission
# Those that are needed most come first.
PLACES = (
    Place(
        "Worklist",
        "cases:worklist",
        frozenset({P.CONTACT_RECORD}),
        (
            "cases:worklist",
            "cases:contact",
            "cases:referral",
            "cases:passport",
            "cases:brok",
        ),
        "What waits for you and your team today.",
    ),
    Place(
        "Inbox",
        "cases:inbox",
        frozenset({P.REFERRAL_ANSWER}),
        ("cases:inbox",),
        "Referrals to your team: to answer, waiting for you, and no longer with you.",
    ),
    Place(
        "My people",
        "support:mine",
        frozenset({P.CASE_WORK}),
        ("support:",),
        "The people you support, and what is next for each.",
    ),
    Place(
        "Record a contact",
        "cases:record",
        frozenset({P.CONTACT_RECORD}),
        ("cases:record", "cases:sent"),
        "Somebody came, called or wrote: search first, then write it down.",
    ),
    Place(
        "Find a person",
        "people:find",
        frozenset({P.PERSON_FIND}),
        ("people:", "assessment:"),
        "By name, date of birth, telephone number, address or reference.",
    ),
    Place(
        "Messages",
        "conversations:inbox",
        frozenset({P.CASE_WORK}),
        ("conversations:",),
        "What survivors wrote to your teams, and what was answered.",
        conversations.unread,
    ),
    Place(
        "Cases",
        "cases:list",
        frozenset({P.CASE_WORK}),
        ("cases:list", "cases:case"),
        "Your team’s cases, open and closed.",
    ),
    Place(
        "MARAC",
        "marac:home",
        frozenset({P.MARAC_ATTEND}),
        ("marac:",),
        "Cases at high risk: what your agency is asked, what it offered to do, the meetings.",
    ),
    Place(
        "Services",
        "agencies:directory",
        frozenset({P.CONTACT_RECORD, P.DIRECTORY_KEEP}),
        ("agencies:directory", "agencies:service", "agencies:keep-service"),
        "The directory: who helps with what, for whom, and how long it takes.",
    ),
    Place(
        "Rights",
        "rights:requests",
        frozenset({P.RIGHTS_WORK, P.RIGHTS_REVIEW}),
        ("rights:", "therapy:requests", "therapy:request"),
        "Copies of a record, what is to be put right, how long we keep, and deletion.",
    ),
    Place(
        "Reviews",
        "inquiries:inquiries",
        frozenset({P.RIGHTS_WORK, P.RIGHTS_REVIEW}),
        ("inquiries:",),
        "Domestic homicide and safeguarding reviews: who is appointed, and the chronology.",
    ),
    Place(
        "Clare’s Law",
        "risk:disclosures",
        frozenset({P.CASE_WORK}),
        ("risk:disclosure",),
        "Somebody asks, or should know, whether a partner has been violent before.",
    ),
    Place(
        "Sealed accounts",
        "sealed:accounts",
        frozenset({P.SEALED_WORK}),
        ("sealed:",),
        "For somebody who does not want to be named yet.",
        sealed.waiting,
    ),
    Place(
        "Dashboard",
        "reporting:dashboard",
        frozenset({P.REPORT_READ}),
        ("reporting:dashboard",),
        "Few figures of your team, against last year and what is aimed for.",
    ),
    Place(
        "Reports",
        "reporting:reports",
        frozenset({P.REPORT_READ, P.REPORT_RELEASED}),
        ("reporting:",),
        "Your team’s reports in tables and charts, also for publication.",
    ),
    Place(
        "Editions",
        "reporting:editions",
        frozenset({P.REPORT_WRITE}),
        ("reporting:edition",),
        "Reports written around released figures: versions, freezing, publishing.",
    ),
    Place(
        "Measures",
        "reporting:measures",
        frozenset({P.REPORT_READ, P.SNAPSHOT_MAKE}),
        ("reporting:measure",),
        "What is counted, and how: each runs for any period, area or team.",
    ),
    Place(
        "Needs assessments",
        "reporting:needs",
        frozenset({P.REPORT_READ, P.SNAPSHOT_MAKE}),
        ("reporting:needs",),
        "What may be expected here, from populations, surveys and costs.",
    ),
    Place(
        "Snapshots",
        "reporting:snapshots",
        frozenset({P.SNAPSHOT_MAKE}),
        ("reporting:snap",),
        "Figures of one day, in which nobody is named.",
    ),
    Place(
        "Access",
        "access:record",
        frozenset({P.RECORD_READ, P.BREAK_GLASS_REVIEW}),
        ("access:",),
        "Who opened and changed what; emergency openings, closed records and seals.",
    ),
    Place(
        "Staff",
        "agencies:staff",
        frozenset({P.STAFF_MANAGE}),
        ("agencies:staff", "agencies:member"),
        "Who works here: invite, move, unlock and end.",
    ),
    Place(
        "If you are told",
        "cases:guide",
        frozenset({P.CONTACT_RECORD}),
        ("cases:guide",),
        "Not sure after a disclosure? What to say, what must be passed on, and to whom.",
    ),
    Place(
        "Matches and requests",
        "people:notices",
        frozenset({P.PERSON_FIND}),
        ("people:notices", "people:settle", "people:answer"),
        "Records that may be of one person, and what other teams ask to see.",
    ),
)


def navigation(request: HttpRequest, actor: Actor) -> list[tuple[str, str, bool, int | None]]:
    """The daily places, and More where there are others: it counts what waits behind it."""
    items = _items(request, actor)
    menu = [item[:4] for item in items[:DAILY]]
    if rest := items[DAILY:]:
        behind = sum(item.count or 0 for item in rest) or None
        here = request.resolver_match
        current = bool(here and here.view_name == "more") or any(item.current for item in rest)
        menu.append(("More", reverse("more"), current, behind))
    return menu


@signed_in
def more(request: HttpRequest) -> HttpResponse:
    """The places that are not in the line, each with what it is for."""
    rest = _items(request, request.actor)[DAILY:]
    if not rest:
        raise Http404
    return render(request, "kernel/more.html", {"places": rest})


def _items(request: HttpRequest, actor: Actor) -> list[Item]:
    places = [place for place in PLACES if any(map(actor.may, place.permissions))]
    current = _current(request, places)
    return [
        Item(
            place.label,
            reverse(place.view),
            place is current,
            _waiting(place, actor),
            place.about,
        )
        for place in places
    ]


def _current(request: HttpRequest, places: list[Place]) -> Place | None:
    """Where the page belongs; of two places, to the one that names it more closely."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    found = [
        (len(start), place) for place in places for start in place.pages if here.startswith(start)
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


def _waiting(place: Place, actor: Actor) -> int | None:
    """Nothing is shown where nothing waits."""
    return (place.waiting(actor) or None) if place.waiting else None
