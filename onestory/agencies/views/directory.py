"""The directory of services, as staff see it, and the page where a team keeps its own entry."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onestory.agencies import actions, queries
from onestory.agencies.forms.directory import FilterForm, ServiceForm
from onestory.agencies.guard import needs
from onestory.agencies.models import Service, ServiceChange
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.agencies.rules import listing
from onestory.agencies.rules.suggesting import present_wait
from onestory.kernel.components import Event, Row, WorkItem
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.templatetags.pages import moment, phone

# Staff, whatever their work is; nobody else.
STAFF = (Permission.CONTACT_RECORD, Permission.DIRECTORY_KEEP)
VERBS = {
    "keep": "Changed",
    "confirm": "Still right",
    "close": "Closed",
    "reopen": "Opened again",
}
# The parts of the page on which an entry is kept, in the order in which it is asked.
PARTS = (
    ("What it is", ("summary", "for_whom", "needs", "notes")),
    (
        "Who may come",
        (
            *("age_from", "age_to", "sexes", "residents_only", "localities", "languages"),
            *("interpreters", "no_recourse"),
        ),
    ),
    (
        "How to come, and how long it takes",
        ("routes", "referred_by", "accepting", "wait_days", "places", "places_per"),
    ),
    (
        "How to reach it",
        (*("phone", "email", "website", "opening"), *("confidential", "address", "postcode")),
    ),
    ("How it is paid for, and who sees it", ("funder", "contract", "funded_until", "listed")),
)


@needs(*STAFF)
@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """The services that are offered now, narrowed by the codes in the address."""
    form = FilterForm(request.GET)
    page = queries.directory(
        form.filters(), after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    context = {
        "form": form,
        "items": [_item(service) for service in page.rows],
        "mine": queries.stale(request.actor) if _keeps(request) else [],
        "previous_url": _neighbour(request, "before", page.previous),
        "next_url": _neighbour(request, "after", page.next),
    }
    return render(request, "agencies/directory.html", context)


@needs(*STAFF)
@require_GET
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """One entry; for its own team with what was changed in it, and by whom."""
    one = queries.service(service_id)
    is_mine = request.actor.may(Permission.DIRECTORY_KEEP, one.team_id)
    past = queries.history(service_id, after=request.GET.get("after", "")) if is_mine else None
    context = {
        "service": one,
        "rows": _rows(one),
        "is_mine": is_mine,
        "is_ours": one.team_id in request.actor.team_ids,
        "history": [_event(change) for change in past.rows] if past else [],
        "next_url": f"{request.path}?after={past.next}" if past and past.next else "",
        "checked": _checked(one),
    }
    return render(request, "agencies/service.html", context)


@needs(Permission.DIRECTORY_KEEP)
@require_http_methods(["GET", "POST"])
def keep_service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """A team says anew what its service is."""
    one = _mine(request, service_id)
    form = ServiceForm(request.POST or None, initial=ServiceForm.of(one))
    version = _version(request, one)
    if form.is_bound and form.is_valid():
        try:
            actions.keep_service(
                by=request.actor, service_id=service_id, version=version, values=form.values()
            )
        except Stale as stale:
            version = stale.theirs.version
            form.add_error(None, f"{stale.reason} Below is what you wrote; save again to keep it.")
            one = stale.theirs
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"{one.name} is saved, and counts as confirmed today.")
            return redirect("agencies:service", service_id)
    context = {
        "service": one,
        "form": form,
        "version": version,
        "parts": [(title, [form[name] for name in names]) for title, names in PARTS],
        "theirs": _rows(one) if form.is_bound and version != _version(request, one) else [],
        "back": reverse("agencies:service", args=[service_id]),
    }
    return render(request, "agencies/keep_service.html", context)


@needs(Permission.DIRECTORY_KEEP)
@require_POST
def confirm_service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """One press: it is still right."""
    return _press(
        request, service_id, actions.confirm_service, "Thank you. It counts as confirmed."
    )


@needs(Permission.DIRECTORY_KEEP)
@require_POST
def reopen_service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    return _press(request, service_id, actions.reopen_service, "It is in the directory again.")


def _press(request: HttpRequest, service_id: UUID, action, said: str) -> HttpResponse:
    one = _mine(request, service_id)
    try:
        action(by=request.actor, service_id=service_id, version=_version(request, one))
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, said)
    return redirect("agencies:service", service_id)


def _mine(request: HttpRequest, service_id: UUID) -> Service:
    one = queries.service(service_id)
    if not request.actor.may(Permission.DIRECTORY_KEEP, one.team_id):
        raise Http404
    return one


def _keeps(request: HttpRequest) -> bool:
    return request.actor.may(Permission.DIRECTORY_KEEP)


def _version(request: HttpRequest, one: Service) -> int:
    """The version that was on the screen when the form was sent."""
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdigit() and len(seen) < 10 else one.version


def _item(one: Service) -> WorkItem:
    wait = present_wait(one, timezone.localdate())
    tag, colour = ("", "grey") if one.accepting else ("Takes nobody new", "orange")
    return WorkItem(
        title=one.name,
        url=reverse("agencies:service", args=[one.pk]),
        rag=None,
        facts=[
            f"{one.team.name}, {one.team.organisation.name}",
            one.summary,
            " · ".join(listing.for_whom(pack(), one)),
            f"Wait: {wait} days" if wait is not None else "",
        ],
        tag=tag,
        tag_colour=colour,
    )


def _rows(one: Service) -> list[Row]:
    """The entry in words; what is not known says so only where it matters."""
    area = pack()
    where = (
        "Not told to anybody"
        if one.confidential
        else "\n".join(filter(None, [one.address, one.postcode]))
    )
    told = (
        ("What it does", one.summary),
        ("Who it is for", "\n".join([one.for_whom, *listing.for_whom(area, one)])),
        ("Needs", ", ".join(map(area.needs.name, one.needs))),
        ("Good to know", one.notes),
        ("How to come", "\n".join(listing.ways_in(area, one))),
        ("Takes new people", "Yes" if one.accepting else "Not at present"),
        ("Present wait", listing.wait(one) or "Not known"),
        ("Room for", listing.places(one)),
        ("Languages", ", ".join(listing.languages(area, one))),
        ("Telephone", phone(one.phone)),
        ("E-mail", one.email),
        ("Website", one.website),
        ("Open", "\n".join(listing.hours(one)) or "Not known"),
        ("Where", where or "Not known"),
        ("Team", f"{one.team.name}, {one.team.organisation.name}"),
        ("Paid for by", one.funder),
        ("Contract", one.contract),
        ("Paid for until", moment(one.funded_until) if one.funded_until else ""),
        ("Source", one.source),
    )
    return [Row(key, linebreaksbr(value)) for key, value in told if value]


def _checked(one: Service) -> str:
    if one.checked_by is None:
        return "Taken from the area pack. Its team has not confirmed it yet."
    return f"Confirmed by {one.checked_by.name}, {moment(one.checked_at)}."


def _event(change: ServiceChange) -> Event:
    lines = [
        listing.change_in_words(pack(), name, pair) for name, pair in sorted(change.changed.items())
    ]
    return Event(
        when=change.at,
        title=VERBS[change.verb],
        text="\n".join(lines),
        by=change.by.name,
    )


def _neighbour(request: HttpRequest, which: str, named: str) -> str:
    if not named:
        return ""
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query[which] = named
    return f"{request.path}?{query.urlencode()}"
