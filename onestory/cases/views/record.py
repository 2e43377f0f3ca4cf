"""Recording a contact: search first, then one flow of short pages, each saved as it is typed."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from onestory.agencies.guard import needs
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases import actions
from onestory.cases.forms.record import PAGES, FindForm
from onestory.cases.forms.shown import rows
from onestory.cases.forms.typed import (
    MOST_MEMBERS,
    Typed,
    faults,
    from_search,
    members_typed,
    page_forms,
    typed_on,
)
from onestory.cases.models import Draft
from onestory.cases.queries import contacts as queries
from onestory.cases.rules import clocks, routing
from onestory.cases.views import words
from onestory.cases.views.asked import number, uuid
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.opening import Opening
from onestory.people import queries as people
from onestory.people.views.words import safe_contact_rows

TITLES = {
    "who": "Who is it about?",
    "household": "Who else is there?",
    "safe": "Is it safe?",
    "happened": "What happened?",
    "needs": "What is needed?",
    "sharing": "Who should act?",
}
SUGGESTED = "There are children in the home: the children’s front door is proposed."
# The last search of this session, shared with the page that finds people.
SEARCH = "people_search"
OF_THE_PAGE = ("csrfmiddlewaretoken", "action", *Opening.FIELDS)


@needs(Permission.CONTACT_RECORD)
def record(request: HttpRequest) -> HttpResponse:
    """Search first, so that somebody known is found and not made again."""
    form = FindForm(request.POST or None, initial={"text": request.session.get(SEARCH, "")})
    if request.method == "POST" and form.is_valid():
        request.session[SEARCH] = form.cleaned_data["text"]
        return redirect("cases:record")
    if "person" in request.GET:
        return _about(request, uuid(request.GET["person"]))
    text = request.session.get(SEARCH, "")
    found = people.find(request.actor, text) if text and not form.is_bound else []
    context = {
        "form": form,
        "searched": bool(text),
        "found": [(one, words.found_facts(one)) for one in found],
        "back": reverse("cases:worklist"),
    }
    return render(request, "cases/record.html", context)


def _about(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """From the page of somebody known: nothing to search for."""
    person = people.known_person(request.actor, person_id)
    identity = people.names(request.actor, [person.pk]).get(person.pk)
    context = {
        "about": identity or person.reference,
        "person_id": person.pk,
        "back": reverse("people:person", args=[person.pk]),
    }
    return render(request, "cases/record.html", context)


@needs(Permission.CONTACT_RECORD)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin a draft, about somebody found or with what was searched for."""
    text = request.session.pop(SEARCH, "")
    person = request.POST.get("person", "")
    pages = {}
    # From the guide for whoever has just been told: it says whether the survivor was asked.
    if asked := request.POST.get("wishes_asked", ""):
        pages["needs"] = {"wishes_asked": [asked]}
    if person:
        draft = actions.start_draft(by=request.actor, person_id=uuid(person), pages=pages)
    else:
        pages["who"] = from_search(text)
        draft = actions.start_draft(by=request.actor, pages=pages)
    return redirect("cases:record-page", draft.pk, PAGES[0])


@needs(Permission.CONTACT_RECORD)
def record_page(request: HttpRequest, draft_id: UUID, page: str) -> HttpResponse:
    """One page of the flow. What is typed is kept before anything is said about it."""
    draft = queries.draft(request.actor, draft_id)
    if page not in PAGES:
        raise Http404
    if draft.contact_id:
        return redirect("cases:sent", draft.contact_id)
    if request.method != "POST":
        judged = "missing" in request.GET and page in draft.answers["pages"]
        return _page(request, draft, page, judged=judged)
    try:
        draft = _save(request, draft_id, page)
    except Stale as stale:
        return _page_of_two(request, draft, page, theirs=stale.theirs)
    action = request.POST.get("action", "")
    if action == "add" and page == "household":
        return _page(request, draft, page, room=members_typed(typed_on(draft.answers, page)) + 1)
    if action == "later":
        messages.success(request, "Saved. You find it on your worklist.")
        return redirect("cases:worklist")
    if not all(form.is_valid() for form in page_forms(draft.answers, page, judged=True)):
        return _page(request, draft, page, judged=True)
    return redirect(_next(draft, page))


@needs(Permission.CONTACT_RECORD)
@require_POST
def autosave(request: HttpRequest, draft_id: UUID, page: str) -> HttpResponse:
    """What `draft.js` sends while somebody types."""
    if page not in PAGES:
        raise Http404
    try:
        _save(request, draft_id, page)
    except Refused:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


@needs(Permission.CONTACT_RECORD)
def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """All the answers; what is missing; and sending them."""
    said = {}
    if request.method == "POST":
        try:
            version = number(request.POST.get("version", ""))
            contact = actions.send_contact(by=request.actor, draft_id=draft_id, version=version)
            return redirect("cases:sent", contact.pk)
        except Stale as stale:
            said = _changed(request, draft_id, stale)
        except Refused as refused:
            said = {"refused": refused.reason}
    draft = said.get("draft") or queries.draft(request.actor, draft_id)
    if draft.contact_id:
        return redirect("cases:sent", draft.contact_id)
    context = {"draft": draft, "back": _address(draft, PAGES[-1]), **said}
    context["sections"] = [_section(draft, page) for page in PAGES]
    context["missing"] = faults(draft.answers)
    context["danger"] = _in_danger(draft)
    to_team = pack().teams.get(typed_on(draft.answers, "sharing").get("to_team"))
    context["send"] = f"Send to {to_team.name}" if to_team else "Send"
    return render(request, "cases/check.html", context)


@needs(Permission.CONTACT_RECORD)
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Throw a draft away, after asking."""
    draft = queries.draft(request.actor, draft_id)
    if request.method == "POST":
        actions.discard_draft(by=request.actor, draft_id=draft_id)
        messages.success(request, "Thrown away.")
        return redirect("cases:worklist")
    return render(request, "cases/discard.html", {"draft": draft, "back": _first(draft)})


@needs(Permission.CONTACT_RECORD)
def sent(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """What happens next and by when, and what to tell the survivor."""
    contact = queries.contact(request.actor, contact_id)
    if contact.from_team_id not in request.actor.team_ids:
        raise Http404
    safe = people.open_person(request.actor, contact.person_id).safe_contacts
    context = {
        "contact": contact,
        "safe": safe[0] if safe else None,
        "decided_by": words.by_when(contact.due_at),
        "told_by": words.by_when(clocks.sender_told_by(pack(), contact.received_at)),
        "own": contact.from_team_id == contact.to_team_id,
    }
    return render(request, "cases/sent.html", context)


def _save(request: HttpRequest, draft_id: UUID, page: str) -> Draft:
    """Keep what the page sends; `Stale` if it was changed meanwhile from another window."""
    return actions.save_draft(
        by=request.actor,
        draft_id=draft_id,
        page=page,
        typed=_typed(request),
        opening=Opening.of(request.POST),
    )


def _typed(request: HttpRequest) -> Typed:
    return {name: given for name, given in request.POST.lists() if name not in OF_THE_PAGE}


def _page(
    request: HttpRequest, draft: Draft, page: str, *, judged: bool = False, room: int = 0, **more
) -> HttpResponse:
    place = PAGES.index(page)
    forms = page_forms(draft.answers, page, judged=judged, room=min(room, MOST_MEMBERS))
    for form in forms:
        _propose(draft, page, form)
    context = {
        "draft": draft,
        "page": page,
        "title": TITLES[page],
        "number": place + 1,
        "of": len(PAGES),
        "forms": forms,
        "version": draft.answers["pages"].get(page, {}).get("version", 0),
        "tab": uuid4().hex,
        "danger": _in_danger(draft),
        "suggested": SUGGESTED if page == "sharing" and _children(draft) else "",
        "known": people.names(request.actor, _person(draft)),
        "back": _address(draft, PAGES[place - 1]) if place else reverse("cases:worklist"),
        **more,
    }
    return render(request, f"cases/record_{page}.html", context)


def _page_of_two(request: HttpRequest, draft: Draft, page: str, *, theirs: Typed) -> HttpResponse:
    """The page as it is typed here, beside what was typed in another window."""
    draft.refresh_from_db()
    other = [row for form in page_forms(draft.answers, page, judged=False) for row in rows(form)]
    version = draft.answers["pages"][page]["version"]
    draft.answers["pages"][page] = {"typed": _typed(request), "version": version}
    return _page(request, draft, page, theirs=other, is_stale=True)


def _propose(draft: Draft, page: str, form) -> None:
    """Answers that stand there until somebody gives another."""
    if page != "sharing" or form.is_bound:
        return
    team = pack().teams[Team.objects.get(pk=draft.team_id).code]
    proposed = {
        "to_team": routing.front_door(pack(), children=_children(draft)),
        "source": routing.source(pack(), team),
        "channel": routing.channel(pack()),
    }
    form.initial = proposed | {name: given for name, given in form.initial.items() if given}


def _children(draft: Draft) -> bool:
    """Whether children live there, as far as has been typed."""
    if typed_on(draft.answers, "happened").get("children_in_home") == "yes":
        return True
    typed, relationships = typed_on(draft.answers, "household"), pack().relationships
    return any(
        (term := relationships.get(typed.get(f"p{number}-relationship", "")))
        and term.child
        and "lives" in typed.getlist(f"p{number}-which")
        for number in range(members_typed(typed))
    )


def _in_danger(draft: Draft) -> bool:
    return typed_on(draft.answers, "happened").get("danger_now") == "yes"


def _section(draft: Draft, page: str) -> dict:
    change = _address(draft, page)
    forms = page_forms(draft.answers, page, judged=False)
    shown = [row for form in forms for row in rows(form)]
    return {
        "title": TITLES[page],
        "rows": shown,
        "change": change,
    }


def _changed(request: HttpRequest, draft_id: UUID, stale: Stale) -> dict:
    """What was changed meanwhile: the draft in another window, or safe contact by somebody."""
    if isinstance(stale.theirs, Draft):
        return {"draft": stale.theirs, "refused": stale.reason}
    draft = actions.look_again(by=request.actor, draft_id=draft_id)
    return {
        "draft": draft,
        "refused": "Somebody else changed whether it is safe to reach them while you were writing. "
        "Compare it with yours before you send.",
        "safe": safe_contact_rows(stale.theirs) if stale.theirs else [],
    }


def _next(draft: Draft, page: str) -> str:
    following = PAGES[PAGES.index(page) + 1 :]
    if not following:
        return reverse("cases:record-check", args=[draft.pk])
    return _address(draft, following[0])


def _address(draft: Draft, page: str) -> str:
    return reverse("cases:record-page", args=[draft.pk, page])


def _first(draft: Draft) -> str:
    return _address(draft, PAGES[0])


def _person(draft: Draft) -> list[UUID]:
    person = draft.answers["person"]
    return [UUID(person)] if person else []
