"""What everybody may read, without signing in and without a cookie."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from onestory.agencies import queries
from onestory.agencies.guard import public
from onestory.agencies.models import Service
from onestory.agencies.pack import pack
from onestory.agencies.queries import Filters
from onestory.agencies.rules import listing, opening
from onestory.kernel.components import Row
from onestory.public.forms import FindForm
from onestory.public.sitting import QUIET_SECONDS

WAYS = {
    "self": "You can go there by yourself",
    "telephone": "You can call",
    "professional": "Somebody who works with you can send you, like a doctor or a teacher",
    "named-teams": "Only these can send you",
}


def show(request: HttpRequest, template: str, status: int = 200, **context) -> HttpResponse:
    """A public page looks the same whoever is signed in in this browser, or nobody."""
    no_frame = dict.fromkeys(("signed_in", "navigation", "red_alert", "page_parts"))
    if request.actor:
        no_frame["notices"] = None
    area = pack()
    common = {"helplines": area.helplines, "asking": area.asking, "area_name": area.name}
    return render(request, f"public/{template}.html", no_frame | common | context, status=status)


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return show(request, "home")


@public
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """What abuse is."""
    return show(request, "about")


@public
@require_GET
def what_next(request: HttpRequest) -> HttpResponse:
    """What happens to somebody who asks."""
    return show(request, "next", within=how_soon())


@public
@require_GET
def who_knows(request: HttpRequest) -> HttpResponse:
    """Who will know: as the system does it, and no better."""
    doors = [team for team in queries.teams() if team.front_door]
    return show(request, "knows", doors=doors, quiet_minutes=QUIET_SECONDS // 60)


@public
@csrf_exempt  # It changes nothing, and so needs no cookie.
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The directory. What is looked for is posted, so that it stands in no address or history."""
    form = FindForm(request.POST if request.method == "POST" else None)
    filters = Filters(**form.cleaned_data) if form.is_bound and form.is_valid() else Filters()
    page = queries.public_directory(filters, after=request.POST.get("after", ""))
    services = [_short(service) for service in page.rows]
    return show(request, "find", form=form, services=services, next=page.next)


@public
@require_GET
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    one = queries.public_service(service_id)
    return show(request, "service", service=one, rows=_rows(one), checked=_is_checked(one))


def how_soon() -> str:
    """Within what time somebody reads what was sent, and decides."""
    scale = pack().timescale("contact_decision", timezone.localdate())
    return f"{scale.hours:g} hours" if scale.hours else f"{scale.working_days} working days"


def _is_checked(one: Service) -> bool:
    """Whether its own team has said what stands here; else it is what printed sources say of it."""
    return one.checked_by_id is not None


def _short(one: Service) -> dict:
    now = timezone.localtime()
    return {
        "service": one,
        "for_whom": listing.for_whom(pack(), one),
        "open": _is_checked(one) and opening.is_open(one.opening, now),
        "checked": _is_checked(one),
        "self": bool({"self", "telephone"} & set(one.routes)),
    }


def _accepting(one: Service) -> str:
    """That a service takes people is nobody's word until its team has said so."""
    if not one.accepting:
        return "Not now"
    return "Yes" if _is_checked(one) else "Ask them first"


def _rows(one: Service) -> list[Row]:
    area = pack()
    where = "\n".join(filter(None, [one.address, one.postcode]))
    told = (
        ("What it does", one.summary),
        ("Who it is for", "\n".join([one.for_whom, *listing.for_whom(area, one)])),
        ("Good to know", one.notes),
        ("How to come", "\n".join(listing.ways_in(area, one, WAYS))),
        ("Takes new people", _accepting(one)),
        ("How long you wait", listing.wait(one)),
        ("Languages", ", ".join(listing.languages(area, one))),
        ("Phone", one.phone),
        ("E-mail", one.email),
        ("Website", one.website),
        ("Open", "\n".join(listing.hours(one))),
        ("Where", "This is kept secret, to keep people safe" if one.confidential else where),
        ("Run by", f"{one.team.name}, {one.team.organisation.name}"),
    )
    return [Row(key, linebreaksbr(value)) for key, value in told if value]
