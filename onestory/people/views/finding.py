"""Finding a person, and finding other records of the same one."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.people import forms, queries
from onestory.people.models import Identity
from onestory.people.queries import Found
from onestory.people.views.words import born, identity_rows, locality

# Where the last search is kept, so that it never stands in an address or a log.
SEARCH = "people_search"
SHOWN = 20
VERDICTS = {
    "likely": ("Likely", "green"),
    "possible": ("Possible", "yellow"),
    "no": ("Shares something", "grey"),
}


@dataclass(frozen=True)
class Result:
    """Somebody found, in words."""

    found: Found
    name: str
    facts: list[str]
    tag: str
    colour: str
    url: str
    join_url: str = ""
    rows: list | None = None


@needs(Permission.PERSON_FIND)
def find(request: HttpRequest) -> HttpResponse:
    """One box. What was typed is kept in the session, and the results come by redirect."""
    if request.method == "POST":
        form = forms.FindForm(request.POST)
        if form.is_valid():
            request.session[SEARCH] = form.cleaned_data["text"]
            return redirect("people:find")
        return _find_page(request, form)
    text = request.session.get(SEARCH, "")
    form = forms.FindForm(initial={"text": text})
    if not text:
        return _find_page(request, form)
    found = queries.find(request.actor, text, limit=SHOWN)
    results = [_result(one) for one in found]
    return _find_page(request, form, searched=True, results=results, full=len(found) == SHOWN)


def _find_page(request: HttpRequest, form: forms.FindForm, **more) -> HttpResponse:
    context = {"form": form, "waiting": queries.waiting(request.actor), **more}
    return render(request, "people/find.html", context)


@needs(Permission.PERSON_FIND)
def duplicates(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Other records that may be of the same person, side by side with this one."""
    person = queries.records(request.actor, queries.known_person(request.actor, person_id).pk)[0]
    identity = queries.names(request.actor, [person.pk]).get(person.pk)
    may_join = request.actor.may(Permission.PERSON_JOIN)
    results = [
        _result(
            one,
            join_url=reverse("people:join", args=[person.pk, one.person.pk]) if may_join else "",
            rows=_side_by_side(identity, one.identity),
        )
        for one in queries.duplicates(request.actor, person.pk)
    ]
    context = {
        "person": person,
        "name": str(identity) if identity else "this person",
        "results": results,
        "may_join": may_join,
        "columns": ["What", "This record", "The other record"],
        "back": reverse("people:person", args=[person.pk]),
    }
    return render(request, "people/duplicates.html", context)


def _result(one: Found, join_url: str = "", rows: list | None = None) -> Result:
    tag, colour = VERDICTS[one.verdict]
    return Result(
        found=one,
        name=str(one.identity) if one.identity else "Name closed to you",
        facts=list(
            filter(None, [born(one.identity), locality(one.locality), one.person.reference])
        ),
        tag=tag,
        colour=colour,
        url=reverse("people:person", args=[one.person.pk]),
        join_url=join_url,
        rows=rows,
    )


def _side_by_side(this: Identity | None, other: Identity | None) -> list[list[str]]:
    if this is None or other is None:
        return []
    pairs = zip(identity_rows(this), identity_rows(other), strict=True)
    return [[one.key, one.value, two.value] for one, two in pairs]
