"""Pages of a review: proposed, confirmed, its chronology on a page and as a file."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onestory.access import queries as access
from onestory.access.views.pages import done, sent
from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.inquiries import actions, documents, forms, queries
from onestory.inquiries.models import Inquiry
from onestory.inquiries.queries import Chronology
from onestory.kernel import word
from onestory.kernel.components import Cell, Row
from onestory.kernel.errors import Refused
from onestory.kernel.ids import read_reference
from onestory.kernel.templatetags.pages import moment
from onestory.people.models import Person
from onestory.people.queries import known_person, names

everybody = needs(Permission.RIGHTS_WORK, Permission.RIGHTS_REVIEW)
teams = needs(Permission.RIGHTS_WORK)
guardians = needs(Permission.RIGHTS_REVIEW)
COLUMNS = ["Review", "Kind", "Who is appointed", "Until", "Where it stands"]
NAMED = ["Record", "What they are to it", "Opened"]
LINES = 100
FILES = {"docx": (word.CONTENT_TYPE, documents.docx), "pdf": ("application/pdf", documents.pdf)}


@everybody
@require_GET
def inquiries(request: HttpRequest) -> HttpResponse:
    """Every review that the actor has to do with."""
    where = {name: request.GET.get(name, "") for name in ("after", "before")}
    window = queries.inquiries(request.actor, **where)
    context = {
        "window": window,
        "columns": COLUMNS,
        "table": [_line(one) for one in window.rows],
    }
    return render(request, "inquiries/inquiries.html", context)


@teams
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Proposing one, from the page of somebody whom it concerns."""
    by = request.actor
    known_person(by, person_id)
    form = forms.ProposeForm(sent(request), handlers=queries.handlers(by))
    made: list[Inquiry] = []

    def keep():
        team_id = by.teams_where(Permission.RIGHTS_WORK)[0]
        made.append(actions.propose(by=by, team_id=team_id, person_id=person_id, **form.proposed))

    if done(form, keep):
        messages.success(request, "Proposed. A guardian confirms it before anything opens.")
        return redirect("inquiries:inquiry", made[0].pk)
    context = {
        "form": form,
        "name": str(names(by, [person_id]).get(person_id, "Name closed to you")),
        "heading": "Propose a review of serious harm",
        "about": "Whoever is appointed reads what every agency wrote about those whom it concerns, "
        "to its last day. Not therapy, nor where somebody is staying and how to reach them.",
        "button": "Propose it",
        "back": reverse("people:person", args=[person_id]),
    }
    return render(request, "people/form.html", context)


@everybody
@require_http_methods(["GET", "POST"])
def inquiry(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """One review; a guardian confirms it here."""
    by = request.actor
    one = queries.inquiry(by, inquiry_id)
    people = list(one.people.select_related("person").order_by("added_at", "id"))
    known = names(by, [row.person_id for row in people]) if people else {}
    form = None
    if by.may(Permission.RIGHTS_REVIEW) and not one.ended_at:
        form = forms.Form(sent(request))
        if done(form, lambda: actions.confirm(by=by, inquiry_id=inquiry_id)):
            messages.success(request, "Confirmed. The records are open to whoever is appointed.")
            return redirect("inquiries:inquiry", inquiry_id)
    elif request.method == "POST":
        raise Http404
    context = {
        "one": one,
        "form": form,
        "facts": _facts(one),
        "columns": NAMED,
        "people": [_person(row, known) for row in people],
        "to_confirm": any(row.opened_at is None for row in people),
        "open_to_me": queries.is_open_to(by, one),
        "back": {"url": reverse("inquiries:inquiries"), "text": "Reviews"},
    }
    return render(request, "inquiries/inquiry.html", context)


@everybody
@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Naming somebody else whom it concerns, by the reference of their record."""
    by = request.actor
    one = queries.inquiry(by, inquiry_id)
    form = forms.PersonForm(sent(request))

    def keep():
        wanted = read_reference(form.cleaned_data["reference"])
        person = Person.objects.filter(reference=wanted).first()
        if person is None or person.pk not in access.references(by, [person.pk]):
            raise Refused("You know no record with this reference. Ask for it letter by letter.")
        part = form.cleaned_data["part"]
        actions.add_person(by=by, inquiry_id=inquiry_id, person_id=person.pk, part=part)

    if done(form, keep):
        messages.success(request, "Named. A guardian confirms it before their record opens.")
        return redirect("inquiries:inquiry", inquiry_id)
    return _form(request, one, form, "Name somebody whom it concerns", "Save")


@everybody
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Ending it: what it opened closes at once."""
    one = queries.inquiry(request.actor, inquiry_id)
    form = forms.EndForm(sent(request))

    def keep():
        actions.end(by=request.actor, inquiry_id=inquiry_id, **form.cleaned_data)

    if done(form, keep):
        messages.success(request, "Ended. What it had opened is closed.")
        return redirect("inquiries:inquiry", inquiry_id)
    return _form(request, one, form, "End this review", "End it")


@teams
@require_GET
def chronology(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """What happened when, and who knew what when; a part of it at a time."""
    one = _mine(request, inquiry_id)
    whole = queries.chronology(request.actor, one)
    form = _narrow(request, whole)
    found = whole.wanted(form.wanted)
    page = _number(request.GET.get("page", ""), len(found))
    shown = whole.lines(found[(page - 1) * LINES : page * LINES])
    asked = {key: value for key, value in request.GET.items() if key != "page" and value}
    context = {
        "one": one,
        "form": form,
        "days": documents.by_day(whole, shown),
        "count": len(found),
        "of": len(whole.entries),
        "asked": urlencode(asked),
        "previous_url": f"?{urlencode(asked | {'page': page - 1})}" if page > 1 else "",
        "next_url": f"?{urlencode(asked | {'page': page + 1})}"
        if page * LINES < len(found)
        else "",
        "left_out": documents.LEFT_OUT,
        "known": [
            (whole.names[row.person_id], reverse("people:known", args=[row.person_id]))
            for row in whole.people
        ],
        "back": {"url": reverse("inquiries:inquiry", args=[inquiry_id]), "text": str(one)},
    }
    return render(request, "inquiries/chronology.html", context)


@teams
@require_GET
def file(request: HttpRequest, inquiry_id: UUID, kind: str) -> HttpResponse:
    """The chronology to take away. That it was made stands in the record of everybody in it."""
    one = _mine(request, inquiry_id)
    if kind not in FILES:
        raise Http404
    whole = queries.chronology(request.actor, one)
    form = _narrow(request, whole)
    if form.is_bound and not form.is_valid():
        messages.error(request, "This was not made. Look again at which part of it you want.")
        return redirect("inquiries:chronology", inquiry_id)
    wanted = form.wanted
    lines = whole.lines(whole.wanted(wanted))
    content_type, write = FILES[kind]
    try:
        made = write(whole, lines, wanted)
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("inquiries:chronology", inquiry_id)
    actions.note_made(by=request.actor, inquiry=one, kind=kind, lines=len(lines))
    headers = {"Content-Disposition": f'attachment; filename="chronology.{kind}"'}
    return HttpResponse(made, content_type=content_type, headers=headers)


def _mine(request: HttpRequest, inquiry_id: UUID) -> Inquiry:
    """One whose records are open to the actor. `Http404` otherwise."""
    one = queries.inquiry(request.actor, inquiry_id)
    if not queries.is_open_to(request.actor, one):
        raise Http404
    return one


def _narrow(request: HttpRequest, whole: Chronology) -> forms.NarrowForm:
    given = request.GET if set(request.GET) - {"page"} else None
    people = [(one.person_id, whole.names[one.person_id]) for one in whole.people]
    return forms.NarrowForm(given, people=people, agencies=whole.organisations)


def _number(text: str, lines: int) -> int:
    last = max(1, -(-lines // LINES))
    return min(max(int(text), 1), last) if text.isascii() and text.isdecimal() else 1


def _form(request: HttpRequest, one: Inquiry, form, heading: str, button: str) -> HttpResponse:
    context = {
        "form": form,
        "name": str(one),
        "heading": heading,
        "button": button,
        "back": reverse("inquiries:inquiry", args=[one.pk]),
    }
    return render(request, "people/form.html", context)


def stands(one: Inquiry) -> str:
    """Where it stands, in a word or two."""
    if one.ended_at:
        return "Ended"
    if one.confirmed_at is None:
        return "Waits for a guardian"
    return "Open" if timezone.localdate() <= one.until_on else "Over"


def _line(one: Inquiry) -> list:
    address = reverse("inquiries:inquiry", args=[one.pk])
    kind = one.get_what_display()
    return [
        Cell(one.their_reference, address),
        kind,
        one.handler.name,
        moment(one.until_on),
        stands(one),
    ]


def _person(row, known: dict) -> list[str]:
    """By name where that is open to the actor; a guardian has the reference alone."""
    name = known.get(row.person_id)
    who = f"{name}, {row.person.reference}" if name else row.person.reference
    opened = moment(row.opened_at) if row.opened_at else "Waits for a guardian"
    return [who, row.get_part_display(), opened]


def _facts(one: Inquiry) -> list[Row]:
    confirmed = f"{one.confirmed_by}, {moment(one.confirmed_at)}" if one.confirmed_at else ""
    ended = f"{one.ended_why} ({one.ended_by}, {moment(one.ended_at)})" if one.ended_at else ""
    rows = [
        Row("Where it stands", stands(one)),
        Row("Who has ordered it", one.words),
        Row("Who is appointed", f"{one.handler}, {one.handler_team}"),
        Row("Until", moment(one.until_on)),
        Row("Proposed by", f"{one.proposed_by}, {one.team}, {moment(one.proposed_at)}"),
        Row("Confirmed by", confirmed),
        Row("Ended", ended),
    ]
    return [row for row in rows if row.value]
