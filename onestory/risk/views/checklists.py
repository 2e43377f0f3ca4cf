"""A checklist on one page: what is known to confirm, the rest to ask, and the judgement."""

import json
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from onestory.agencies.area.risk import RiskForm
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.assessment import actions as assessment
from onestory.assessment import bank
from onestory.assessment import queries as known
from onestory.assessment.definitions import Instrument
from onestory.assessment.forms import SectionForm, name, read_seen
from onestory.assessment.models import Sitting
from onestory.assessment.queries import Item, Part, Picture
from onestory.assessment.rules import conditions, scores, values
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.opening import Opening
from onestory.people.queries import PersonView
from onestory.risk import queries
from onestory.risk.actions import checklists as actions
from onestory.risk.actions.drafts import keep_draft
from onestory.risk.forms.checklists import JudgementForm
from onestory.risk.rules import levels
from onestory.risk.views import pages, words
from onestory.risk.views.asked import Question, question

JUDGED = ("level", "reason")
FINISHED = (
    "The result of this checklist was written down meanwhile. What you typed is below. "
    "Save it again if it is to be another result."
)


@dataclass
class Opened:
    """A sitting over a checklist, with everything its page is made of."""

    view: PersonView
    sitting: Sitting
    form: RiskForm
    instrument: Instrument
    picture: Picture
    parts: list[Part]

    @property
    def items(self) -> list[Item]:
        return [item for part in self.parts for item in part.items]

    @property
    def answers(self) -> dict:
        """What was answered or confirmed in this sitting, and so counts."""
        here = self.sitting.pk
        return {c: one.value for c, one in self.picture.known.items() if one.sitting_id == here}

    @property
    def draft_page(self) -> str:
        return actions.draft_page(self.sitting.pk)


@pages.asks
@require_http_methods(["GET", "POST"])
def checklist(request: HttpRequest, person_id: UUID, instrument: str) -> HttpResponse:
    """What is told beforehand; once begun, the questions and the judgement on one page."""
    view = pages.of_survivor(request.actor, person_id)
    form = pack().risk_forms.get(instrument)
    if form is None or form.outside:
        raise Http404
    sitting = known.open_sitting(request.actor, view.person.pk, instrument)
    if sitting is None:
        return _before(request, view, form)
    return _checklist(request, _open(request, view, sitting))


def _checklist(request: HttpRequest, opened: Opened) -> HttpResponse:
    if request.method != "POST":
        return _page(request, opened, _form(opened), _judgement(request, opened))
    return _sent(request, opened)


@pages.asks
@require_POST
def save(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """What the page sends while somebody types: 204 if all of it is kept."""
    sitting = known.sitting(request.actor, sitting_id)
    if sitting.instrument not in pack().risk_forms:
        raise Http404
    opened = _open(request, pages.of_survivor(request.actor, sitting.person_id), sitting)
    form = _form(opened, request.POST)
    saved = _saved(request, opened, form)
    kept = _judgement_kept(request, opened) is None
    whole = saved and not form.errors and not saved.stale and kept
    return HttpResponse(status=204 if whole else 409)


def _before(request: HttpRequest, view: PersonView, form: RiskForm) -> HttpResponse:
    """What a high score means is said before anything is asked."""
    refused = ""
    if request.method == "POST":
        try:
            sitting = actions.begin_checklist(
                by=request.actor,
                team_id=pages.team_of(request.actor, Permission.ASSESS),
                person_id=view.person.pk,
                instrument=form.code,
            )
            if "seen" in request.POST:
                return _finished_meanwhile(request, _open(request, view, sitting))
            return redirect("risk:checklist", view.person.pk, form.code)
        except Refused as refusal:
            refused = refusal.reason
    years = actions.years_of(request.actor, view.person.pk)
    instead = levels.is_too_young(pack(), form.code, years)
    context = {
        "name": pages.name(view),
        "person_id": view.person.pk,
        "form": form,
        "instrument": bank.instrument(form.code),
        "levels": list(pack().risk_levels),
        "rule": levels.threshold(
            pack(), form.code, bank.instrument(form.code).version, timezone.localdate()
        ),
        "instead": pack().risk_forms[instead] if instead else None,
        "refused": refused,
        "back": pages.back(view),
    }
    return render(request, "risk/before.html", context)


def _finished_meanwhile(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The page was still open elsewhere when its result was written down: what was typed is kept."""
    form, judgement = _form(opened, request.POST), JudgementForm(request.POST)
    form.add_error(None, FINISHED)
    return _page(request, opened, form, judgement)


def _sent(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Answers and judgement are kept first; then the result is written, if that is what was asked."""
    form = _form(opened, request.POST)
    saved = _saved(request, opened, form)
    theirs = _judgement_kept(request, opened)
    judgement = JudgementForm(request.POST)
    judgement.is_valid()
    if theirs is not None:
        said = " ".join(filter(None, (" ".join(given) for given in theirs.theirs.values())))
        judgement.add_error("reason", f"A colleague typed meanwhile: {said}. Save again for yours.")
    if not saved or form.errors or saved.stale or theirs is not None:
        return _page_again(request, opened, form, judgement, saved, theirs)
    action = request.POST.get("action")
    if action == "later":
        messages.success(request, "Saved. You can go on at any time.")
        return redirect("risk:person", opened.view.person.pk)
    if action != "assess":
        return redirect(f"{request.path}#judgement")
    try:
        found = actions.assess(
            by=request.actor,
            sitting_id=opened.sitting.pk,
            level=judgement.cleaned_data["level"],
            reason=judgement.cleaned_data["reason"],
            tab=request.POST.get("tab", ""),
        )
    except Refused as refused:
        judgement.add_error("reason" if "why" in refused.reason else "level", refused.reason)
        return _page_again(request, opened, form, judgement, saved, None)
    messages.success(request, "The result is written down.")
    return redirect("risk:assessment", found.pk)


def _open(request: HttpRequest, view: PersonView, sitting: Sitting) -> Opened:
    picture = known.picture(request.actor, sitting.person_id)
    return Opened(
        view=view,
        sitting=sitting,
        form=pack().risk_forms[sitting.instrument],
        instrument=bank.instrument(sitting.instrument, sitting.version),
        picture=picture,
        parts=known.parts(picture, sitting),
    )


def _form(opened: Opened, data=None) -> SectionForm:
    return SectionForm(opened.items, data, may_leave=False)


def _judgement(request: HttpRequest, opened: Opened) -> JudgementForm:
    draft = queries.draft(request.actor, opened.sitting.person_id, opened.draft_page)
    return JudgementForm(draft=draft.typed if draft else None)


def _saved(request: HttpRequest, opened: Opened, form: SectionForm) -> assessment.Saved | None:
    given = form.given(read_seen(request.POST.get("seen", "")))
    try:
        return assessment.save(
            by=request.actor,
            sitting_id=opened.sitting.pk,
            given=given,
            opening=Opening.of(request.POST),
        )
    except Refused as refused:
        form.refuse(refused)
        return None


def _judgement_kept(request: HttpRequest, opened: Opened) -> Stale | None:
    """Keeps what is typed of the judgement; a colleague's, where they typed it meanwhile."""
    if opened.sitting.ended_at:
        return None
    try:
        keep_draft(
            by=request.actor,
            team_id=opened.sitting.team_id,
            person_id=opened.sitting.person_id,
            page=opened.draft_page,
            typed=pages.typed(request, *JUDGED),
            opening=Opening.of(request.POST),
        )
    except Stale as stale:
        return stale
    return None


def _page_again(request, opened: Opened, form, judgement, saved, theirs) -> HttpResponse:
    """What was typed, with what is wrong with it, beside what somebody else wrote meanwhile."""
    seen = read_seen(request.POST.get("seen", ""))
    for code, answer in (saved.stale if saved else {}).items():
        said = values.in_words(bank.question(code), answer.value)
        form.add_error(
            name(code),
            f"{answer.recorded_by}, {answer.team}, answered meanwhile: {said}. "
            "Save again to put yours in its place.",
        )
        seen[code] = answer.pk
    opened = _open(request, opened.view, known.sitting(request.actor, opened.sitting.pk))
    for code, one in opened.picture.known.items():
        if one.sitting_id == opened.sitting.pk and one.answer_id:
            seen.setdefault(code, one.answer_id)
    return _page(request, opened, form, judgement, seen=seen, tab=request.POST.get("tab", ""))


def _page(request, opened: Opened, form, judgement, *, seen=None, tab="") -> HttpResponse:
    found = opened.picture.known
    if seen is None:
        seen = {code: one.answer_id for code, one in found.items() if one.answer_id}
    instrument, answers = opened.instrument, opened.answers
    codes = {item.question.code for item in opened.items}
    draft = queries.draft(request.actor, opened.sitting.person_id, opened.draft_page)
    today = timezone.localdate()
    count = scores.counted(instrument, answers)
    rule = levels.threshold(pack(), instrument.code, instrument.version, today)
    by_count = levels.of_count(pack(), instrument.code, instrument.version, today, count)
    context = {
        "opened": opened,
        "name": pages.name(opened.view),
        "forms": [form, judgement],
        "judgement": judgement,
        "sections": _sections(opened, form),
        "told": [_told(prompt, answers) for prompt in instrument.prompts],
        "steps": [_step(term, answers) for term in pack().plan_suggestions if _asked(term, codes)],
        "count": words.counted(count),
        "rule": rule,
        "bands": _bands(rule),
        "by_count": words.level(by_count.level) if by_count.level else "",
        "counts": " ".join(one.question for one in instrument.scoring.counts),
        "seen": json.dumps({code: str(key) for code, key in seen.items() if code in codes}),
        "tab": tab or uuid4().hex,
        "version": draft.version if draft else 0,
        "back": pages.back(opened.view),
    }
    return render(request, "risk/checklist.html", context)


def _sections(opened: Opened, form: SectionForm) -> list[tuple[str, str, list[Question]]]:
    numbers = {c.question: n for n, c in enumerate(opened.instrument.scoring.counts, start=1)}
    places = {item.question.code: n for n, item in enumerate(opened.items)}
    return [
        (
            part.section.title,
            part.section.intro,
            [question(item, form, opened, numbers, places) for item in part.items],
        )
        for part in opened.parts
    ]


def _told(prompt, answers: dict) -> words.Told:
    shown = conditions.holds(prompt.condition, answers)
    return words.told(prompt, json.dumps(prompt.condition), shown)


def _asked(term, codes: set[str]) -> bool:
    return bool(codes & set(term.questions))


def _step(term, answers: dict) -> dict:
    shown = any(answers.get(code) == "yes" for code in term.questions)
    return {"words": term.name, "questions": " ".join(term.questions), "shown": shown}


def _bands(rule) -> str:
    """The rule as the page's script reads it."""
    if rule is None:
        return ""
    bands = [
        {"from": band.from_, "to": band.to, "name": words.level(band.level)} for band in rule.bands
    ]
    return json.dumps({"fewest": rule.fewest, "bands": bands})
