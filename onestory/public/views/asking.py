"""Asking for support: one question a page, checked, saved if she wishes, sent once."""

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onestory.agencies.guard import public
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.kernel.components import Row
from onestory.kernel.errors import Refused
from onestory.kernel.ids import read_reference
from onestory.public import actions, sitting
from onestory.public.connection import address
from onestory.public.forms import AgreeForm, BackForm, StepForm
from onestory.public.rules import steps
from onestory.public.sitting import Sitting
from onestory.public.views import words
from onestory.public.views.pages import how_soon, show

WRONG = (
    "This reference and this code do not open anything. Check both. After five wrong tries you "
    "have to wait an hour."
)


def _asking(view):
    """A page of asking, public, where the area lets people ask online at all."""

    @public
    @wraps(view)
    def asked(request, *args, **kwargs):
        if pack().asking is None:
            raise Http404
        return view(request, *args, **kwargs)

    return asked


def _in_sitting(view):
    """As `_asking`; and the view gets the sitting. Without one it starts again from the top."""

    @_asking
    @wraps(view)
    def sat(request, *args, **kwargs):
        one = sitting.sitting_of(request)
        if one is None:
            return redirect("public:ask")
        return view(request, one, *args, **kwargs)

    return sat


@_asking
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Before the first question; or where to go on."""
    if request.method == "POST":
        sitting.keep(request, Sitting())
        return redirect("public:step", "who")
    one = sitting.sitting_of(request)
    if one and one.sent:
        return redirect("public:sent")
    return show(request, "ask", go_on=_place(steps.first_open(one.answers)) if one else "")


@_in_sitting
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, one: Sitting, slug: str) -> HttpResponse:
    """One question. What was answered is kept on the server, under the name of the session."""
    if one.sent:
        return redirect("public:sent")
    order = steps.asked(one.answers)
    if slug not in order:
        raise Http404
    before = [earlier for earlier in order[: order.index(slug)] if earlier not in one.answers]
    if before:
        return redirect(_place(before[0]))
    form = StepForm(slug, one.answers, _sent(request))
    saving = "save" in request.POST
    if form.is_bound and form.is_valid():
        one.answers[slug] = form.cleaned_data
        sitting.keep(request, one)
        if not saving:
            return redirect(_place(steps.first_open(one.answers)))
    if saving and (form.is_valid() or not form.has_something):
        return _save(request, one, form, slug)
    return _step(request, one, form, slug)


def _step(request: HttpRequest, one: Sitting, form: StepForm, slug: str, status=200):
    previous = steps.previous_step(one.answers, slug)
    return show(
        request,
        "step",
        status,
        form=form,
        heading=words.HEADINGS.get(slug, ""),
        hint=words.HINTS.get(slug, ""),
        danger=steps.in_danger(one.answers) and slug != "now",
        number=steps.asked(one.answers).index(slug) + 1,
        back=_place(previous) if previous else reverse("public:ask"),
        kept=one.saved,
    )


def _save(request: HttpRequest, one: Sitting, form: StepForm, slug: str) -> HttpResponse:
    try:
        actions.knock(by=None, what="save", address=address(request))
        actions.save_asking(by=None, **one.named, answers=one.answers)
    except Refused as refused:
        form.errors.clear()
        form.refuse(refused)
        return _step(request, one, form, slug, status=429)
    one.saved = True
    sitting.keep(request, one)
    return redirect("public:kept")


@_in_sitting
@require_GET
def kept(request: HttpRequest, one: Sitting) -> HttpResponse:
    """Reference and code of what was saved."""
    if not one.saved or one.sent:
        return redirect("public:ask")
    return show(request, "kept", sitting=one, go_on=_place(steps.first_open(one.answers)))


@_in_sitting
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, one: Sitting) -> HttpResponse:
    """Everything that was answered, who will read it, and the yes to that."""
    if one.sent:
        return redirect("public:sent")
    missing = steps.first_open(one.answers)
    if missing != steps.CHECK:
        return redirect(_place(missing))
    form, status = AgreeForm(_sent(request)), 200
    if form.is_bound and form.is_valid():
        try:
            actions.knock(by=None, what="send", address=address(request))
            actions.send_asking(by=None, **one.named, answers=one.answers)
        except Refused as refused:
            form.refuse(refused)
            status = 429
        else:
            one.sent, one.answers = True, {}
            sitting.keep(request, one)
            return redirect("public:sent")
    rows = [
        Row(words.ASKED[slug], linebreaksbr(words.answer(slug, one.answers)), _place(slug))
        for slug in steps.asked(one.answers)
    ]
    team = Team.objects.select_related("organisation").get(code=one.answers["door"]["team"])
    back = _place(steps.previous_step(one.answers, steps.CHECK))
    return show(request, "check", status, form=form, rows=rows, team=team, back=back)


@_in_sitting
@require_GET
def sent(request: HttpRequest, one: Sitting) -> HttpResponse:
    """It has been sent: reference and code once more, and what happens next."""
    if not one.sent:
        return redirect("public:ask")
    return show(request, "sent", sitting=one, within=how_soon())


@_asking
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Throw away what was typed, and what was saved of it if it was not sent."""
    one = sitting.sitting_of(request)
    if one and one.saved and not one.sent:
        actions.throw_away(by=None, reference=one.reference)
    sitting.end(request)
    return redirect("public:home")


@_asking
@require_http_methods(["GET", "POST"])
def back(request: HttpRequest) -> HttpResponse:
    """With reference and code: on with what was saved, or where what was sent stands."""
    form, status = BackForm(_sent(request)), 200
    if form.is_bound and form.is_valid():
        reference = read_reference(form.cleaned_data["reference"]) or ""
        code = read_reference(form.cleaned_data["code"]) or ""
        try:
            actions.knock(by=None, what="open", address=address(request))
        except Refused as refused:
            form.refuse(refused)
            status = 429
        else:
            opened = actions.open_asking(by=None, reference=reference, code=code)
            if opened and opened.answers is None:
                return show(request, "state", state=words.state(opened))
            if opened:
                found = Sitting(str(opened.id), reference, code, opened.answers, saved=True)
                sitting.keep(request, found)
                return redirect(_place(steps.first_open(found.answers)))
            form.add_error(None, WRONG)
    return show(request, "back", status, form=form)


def _place(slug: str) -> str:
    if slug == steps.CHECK:
        return reverse("public:check")
    return reverse("public:step", args=[slug])


def _sent(request: HttpRequest):
    return request.POST if request.method == "POST" else None
