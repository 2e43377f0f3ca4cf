"""Sitting down with somebody: a section on a page, each answer kept as it is given."""

import json
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.assessment import actions, bank, queries
from onestory.assessment.definitions import Instrument
from onestory.assessment.forms import SectionForm, name, read_seen
from onestory.assessment.models import Sitting
from onestory.assessment.queries import Item, Part, Picture
from onestory.assessment.rules import values
from onestory.assessment.views import words
from onestory.kernel.errors import Refused
from onestory.kernel.opening import Opening
from onestory.people.queries import names

CLOSED_MEANWHILE = (
    "Part of this section was closed to your team while you were asking. "
    "What was answered there is not kept."
)

asks = needs(Permission.ASSESS)


@dataclass
class Opened:
    """A sitting with everything that its pages are made of."""

    sitting: Sitting
    instrument: Instrument
    picture: Picture
    parts: list[Part]
    who: str

    def part(self, code: str) -> Part:
        found = next((part for part in self.parts if part.section.code == code), None)
        if found is None:
            raise Http404
        return found

    def after(self, code: str) -> Part | None:
        """The next section in which the team may ask anything."""
        codes = [part.section.code for part in self.parts]
        later = self.parts[codes.index(code) + 1 :]
        return next((part for part in later if part.items), None)


@asks
@require_POST
def begin(request: HttpRequest, person_id: UUID, instrument: str) -> HttpResponse:
    """Sit down over an instrument, or go on with today's sitting."""
    queries.picture(request.actor, person_id)
    teams = request.actor.teams_where(Permission.ASSESS)
    try:
        begun = actions.begin_sitting(
            by=request.actor,
            team_id=teams[0],
            person_id=person_id,
            instrument=instrument,
            occasion=request.POST.get("occasion", ""),
        )
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("assessment:overview", person_id)
    return redirect("assessment:sitting", begun.pk)


@asks
def sitting(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """The sections, with how much is known of each."""
    opened = _open(request, sitting_id)
    context = {
        "opened": opened,
        "tasks": [words.task(opened.sitting, part) for part in opened.parts],
        "closed": any(part.closed for part in opened.parts),
        "occasion": words.occasion(opened.instrument, opened.sitting),
        "back": reverse("assessment:overview", args=[opened.sitting.person_id]),
    }
    return render(request, "assessment/sitting.html", context)


@asks
def section(request: HttpRequest, sitting_id: UUID, section: str) -> HttpResponse:
    """One section: what is new first, then what may have changed, then what is known."""
    opened = _open(request, sitting_id)
    part = opened.part(section)
    if request.method != "POST":
        return _page(request, opened, part, _form(opened, part))
    form = _form(opened, part, request.POST)
    saved = _saved(request, opened, form)
    if _closed_meanwhile(request, part):
        messages.error(request, CLOSED_MEANWHILE)
    if not saved or form.errors or saved.stale:
        return _page_again(request, opened, part, form, saved)
    if request.POST.get("action") == "later":
        messages.success(request, "Saved. You can go on at any time.")
        return redirect("assessment:sitting", sitting_id)
    if _further(request, sitting_id, section):
        messages.info(request, "What was said leads to further questions. They are below.")
        return redirect("assessment:section", sitting_id, section)
    following = opened.after(section)
    if following is None:
        return redirect("assessment:sitting", sitting_id)
    return redirect("assessment:section", sitting_id, following.section.code)


@asks
@require_POST
def save(request: HttpRequest, sitting_id: UUID, section: str) -> HttpResponse:
    """What the page sends while somebody types: 204 if all of it is kept."""
    opened = _open(request, sitting_id)
    part = opened.part(section)
    form = _form(opened, part, request.POST)
    saved = _saved(request, opened, form)
    kept = saved and not (form.errors or saved.stale or _closed_meanwhile(request, part))
    return HttpResponse(status=204 if kept else 409)


@asks
@require_POST
def end(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """This sitting is over; the rest may be asked at another."""
    ended = actions.end_sitting(by=request.actor, sitting_id=sitting_id)
    messages.success(request, "This sitting has ended. What was answered is kept.")
    return redirect("assessment:overview", ended.person_id)


def _open(request: HttpRequest, sitting_id: UUID) -> Opened:
    found = queries.sitting(request.actor, sitting_id)
    picture = queries.picture(request.actor, found.person_id)
    who = names(request.actor, [found.person_id]).get(found.person_id)
    return Opened(
        sitting=found,
        instrument=bank.instrument(found.instrument, found.version),
        picture=picture,
        parts=queries.parts(picture, found, queries.left_in(found)),
        who=str(who) if who else picture.person.reference,
    )


def _form(opened: Opened, part: Part, data=None) -> SectionForm:
    before = queries.answers_read(part, opened.picture)
    return SectionForm(part.items, data, before, may_leave=not opened.instrument.afresh)


def _saved(request: HttpRequest, opened: Opened, form: SectionForm) -> actions.Saved | None:
    """What could be kept is kept, whatever else is wrong. None where the rules say no."""
    given = form.given(read_seen(request.POST.get("seen", "")))
    try:
        return actions.save(
            by=request.actor,
            sitting_id=opened.sitting.pk,
            given=given,
            opening=Opening.of(request.POST),
        )
    except Refused as refused:
        form.refuse(refused)
        return None


def _closed_meanwhile(request: HttpRequest, part: Part) -> bool:
    """Whether something was answered that the team may not write any more."""
    open_ = {item.question.code for item in part.items if item.may_write}
    asked = [ask.question for ask in part.section.asks]
    return any(request.POST.get(name(code)) for code in asked if code not in open_)


def _further(request: HttpRequest, sitting_id: UUID, section: str) -> bool:
    """Whether there are questions to ask now that the page did not show."""
    part = _open(request, sitting_id).part(section)
    shown = set(request.POST.get("shown", "").split())
    return any(i.state == "new" and i.question.code not in shown for i in part.asked)


def _page_again(request, opened: Opened, part: Part, form: SectionForm, saved) -> HttpResponse:
    """What was typed, with what is wrong with it, beside what somebody else wrote meanwhile."""
    stale = saved.stale if saved else {}
    seen = read_seen(request.POST.get("seen", ""))
    for code, theirs in stale.items():
        question = bank.question(code)
        said = values.in_words(question, theirs.value)
        form.add_error(
            name(code),
            f"{theirs.recorded_by}, {theirs.team}, answered meanwhile: {said}. "
            "Save again to put yours in its place.",
        )
        seen[code] = theirs.pk
    tab = request.POST.get("tab", "") or uuid4().hex
    return _page(request, opened, part, form, seen=seen, tab=tab)


def _page(
    request: HttpRequest, opened: Opened, part: Part, form: SectionForm, *, seen=None, tab=""
) -> HttpResponse:
    if seen is None:
        known = opened.picture.known.items()
        seen = {code: one.answer_id for code, one in known if one.answer_id}
    here = {item.question.code for item in part.items}
    place = opened.parts.index(part)
    blocks = [words.block(i, n, form) for n, i in enumerate(part.items) if _shows(i)]
    context = {
        "opened": opened,
        "part": part,
        "form": form,
        "number": place + 1,
        "new": [b for b in blocks if b.item.state in ("new", "here")],
        "again": [b for b in blocks if b.item.state == "again"],
        "known": (known := [b for b in blocks if b.item.state == "known"]),
        "known_title": f"Known already: {len(known)}",
        "known_opened": any(block.is_wrong for block in known),
        "seen": json.dumps({code: str(key) for code, key in seen.items() if code in here}),
        "shown": " ".join(item.question.code for item in part.asked),
        "before": json.dumps(queries.answers_read(part, opened.picture)),
        "tab": tab or uuid4().hex,
        "back": {
            "url": reverse("assessment:sitting", args=[opened.sitting.pk]),
            "text": opened.instrument.title,
        },
    }
    return render(request, "assessment/section.html", context)


def _shows(item: Item) -> bool:
    """An answer that is not asked for now is not shown; a question may come to be asked."""
    return item.asked or item.is_field
