"""Brokering: a navigator and a survivor choose services, one page for each, and send them all."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from onestory.access.models import Answer
from onestory.agencies.guard import needs
from onestory.agencies.models import Service
from onestory.agencies.pack import pack
from onestory.agencies.queries import offered
from onestory.agencies.roles import Permission
from onestory.cases import actions
from onestory.cases.forms.broker import AddForm, ChooseForm, ServiceForm, typed_about
from onestory.cases.forms.shown import rows
from onestory.cases.models import Brokering
from onestory.cases.queries import brokering as queries
from onestory.cases.views import words
from onestory.cases.views.asked import number
from onestory.cases.views.passing_on import not_to_pass_on
from onestory.kernel.components import Row
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.opening import Opening, Typed
from onestory.people.queries import PersonView, open_person
from onestory.people.rules import age

OF_THE_PAGE = ("csrfmiddlewaretoken", "action", *Opening.FIELDS)
# How it was answered for one service is proposed for the next. What was decided is not.
PROPOSED = ("how", "capacity", "age_note")
OF_A_YES = ("kinds", "address", "until", "words")


@needs(Permission.REFERRAL_SEND)
def choose(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The needs found, and the services that meet them."""
    by = request.actor
    person = open_person(by, person_id)
    team_id = by.teams_where(Permission.REFERRAL_SEND)[0]
    if closed := not_to_pass_on(request, person):
        return closed
    begun = next(iter(queries.choosing(by, person.person.pk)), None)
    add = _adding(request)
    ticked = begun.answers["services"] if begun else []
    also = [*ticked, *request.POST.getlist("added")]
    if adds := add.is_bound:
        ticked = request.POST.getlist("services")
    if adds and add.is_valid():
        code = add.cleaned_data["other"]
        ticked, also = [*ticked, code], [*also, code]
        add = AddForm(services=offered())  # nothing is chosen any more, or it is added again
    known = queries.known(by, person)
    wanted = queries.needs_of(person, known)
    choices = queries.choices(by, team_id, person, wanted, known, also)
    form = ChooseForm(
        None if adds else request.POST or None,
        choices=choices,
        waits={one.service.code: words.waiting(one.outlook) for one in choices},
        initial={"services": ticked},
    )
    if form.is_bound and form.is_valid():
        try:
            begun = actions.begin_brokering(
                by=by,
                person_id=person.person.pk,
                team_id=team_id,
                services=form.cleaned_data["services"],
            )
            return redirect(_address(begun, begun.answers["services"][0]))
        except Refused as refused:
            form.refuse(refused)
    about = {"form": form, "forms": [add], "needs": wanted, "begun": begun, "added": also}
    return _choosing(request, person, choices, about)


def _adding(request: HttpRequest) -> AddForm:
    """Bound where a service is added. One that was chosen and not added is not passed over."""
    adds = request.POST.get("action") == "add" or request.POST.get("other")
    return AddForm(request.POST if adds else None, services=offered())


def _choosing(request: HttpRequest, person: PersonView, choices, about: dict) -> HttpResponse:
    context = {
        **about,
        "needs": [pack().needs.name(code) for code in about["needs"]],
        "name": str(person.identity or words.CLOSED),
        "person_id": person.person.pk,
        "already": [words.already(one.already) for one in choices if one.already],
        "any": any(one.already is None for one in choices),
        "back": reverse("cases:brokered", args=[person.person.pk]),
    }
    return render(request, "cases/broker.html", context)


@needs(Permission.REFERRAL_SEND)
def service(request: HttpRequest, brokering_id: UUID, code: str) -> HttpResponse:
    """One service: exactly what it would know, with whom, what for, how long; and her answer."""
    choices = queries.brokering(request.actor, brokering_id)
    if choices.sent_at:
        return redirect("cases:brokered", choices.person_id)
    about = _about(choices, code)
    if request.method != "POST":
        return _page(request, choices, about, judged="missing" in request.GET)
    try:
        choices = _save(request, brokering_id, code)
    except Stale as stale:
        return _page(request, choices, about, theirs=stale.theirs)
    if request.POST.get("action") == "later":
        messages.success(request, "Saved. You find it on your worklist.")
        return redirect("cases:worklist")
    options = _options(request, open_person(request.actor, choices.person_id))
    if not _judged(choices, code, options).is_valid():
        return _page(request, choices, about, judged=True)
    return redirect(_next(choices, code))


@needs(Permission.REFERRAL_SEND)
@require_POST
def autosave(request: HttpRequest, brokering_id: UUID, code: str) -> HttpResponse:
    """What `draft.js` sends while somebody types."""
    try:
        _save(request, brokering_id, code)
    except Refused:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


@needs(Permission.REFERRAL_SEND)
def check(request: HttpRequest, brokering_id: UUID) -> HttpResponse:
    """All her answers; what is missing; and sending them."""
    by = request.actor
    choices = queries.brokering(by, brokering_id)
    if choices.sent_at:
        return redirect("cases:brokered", choices.person_id)
    person = open_person(by, choices.person_id)
    services = queries.services_named(choices.answers["services"])
    options = _options(request, person)
    pages = [(one, _judged(choices, one.code, options)) for one in services]
    faults = [(_address(choices, one.code), one, form) for one, form in pages if form.errors]
    refused = ""
    if request.method == "POST" and not faults:
        try:
            sent = actions.send_brokering(
                by=by,
                brokering_id=brokering_id,
                version=number(request.POST.get("version", "")),
                shares=[form.share(one) for one, form in pages],
                needs=queries.needs_of(person, queries.known(by, person)),
            )
            messages.success(request, _told(sent))
            return redirect("cases:brokered", choices.person_id)
        except Refused as said:
            refused = said.reason
            choices = queries.brokering(by, brokering_id)
    context = {
        "choices": choices,
        "name": str(person.identity or words.CLOSED),
        "sections": [(one, _rows(choices, one, form)) for one, form in pages],
        "faults": faults,
        "refused": refused,
        "back": _address(choices, choices.answers["services"][-1]) if services else "",
    }
    return render(request, "cases/broker_check.html", context)


@needs(Permission.REFERRAL_SEND)
def discard(request: HttpRequest, brokering_id: UUID) -> HttpResponse:
    """Throw the choices away, after asking."""
    choices = queries.brokering(request.actor, brokering_id)
    if request.method == "POST":
        actions.discard_brokering(by=request.actor, brokering_id=brokering_id)
        messages.success(request, "Thrown away.")
        return redirect("cases:brokered", choices.person_id)
    back = reverse("cases:broker-check", args=[choices.pk])
    return render(request, "cases/discard.html", {"draft": choices, "back": back})


def _save(request: HttpRequest, brokering_id: UUID, code: str) -> Brokering:
    return actions.save_brokering(
        by=request.actor,
        brokering_id=brokering_id,
        service=code,
        typed=_typed(request),
        opening=Opening.of(request.POST),
    )


def _typed(request: HttpRequest) -> Typed:
    return {name: given for name, given in request.POST.lists() if name not in OF_THE_PAGE}


def _about(choices: Brokering, code: str) -> Service:
    found = queries.services_named([code]) if code in choices.answers["services"] else []
    if not found:
        raise Http404
    return found[0]


def _options(request: HttpRequest, person: PersonView, parts: dict | None = None) -> dict:
    """What the page of every service must know of her."""
    kinds = queries.shareable(request.actor, person)
    return {
        "kinds": kinds,
        "parts": parts or {},
        "age": _age(person),
        "has_home": any(not address.confidential for address in person.addresses),
    }


def _judged(choices: Brokering, code: str, options: dict) -> ServiceForm:
    """The page of a service as it was typed, with what is missing."""
    return ServiceForm(typed_about(choices.answers, code), **options)


def _shown(choices: Brokering, code: str, options: dict) -> ServiceForm:
    """The page of a service as it was typed, or as the one before it was answered."""
    typed = typed_about(choices.answers, code)
    initial = {} if typed else _proposed(choices, code)
    return ServiceForm(draft=typed, initial=initial, **options)


def _age(person: PersonView) -> int | None:
    born = person.identity.born_on if person.identity else None
    return age.years(born, timezone.localdate()) if born else None


def _proposed(choices: Brokering, code: str) -> dict:
    """How the last service before this one was answered."""
    codes = choices.answers["services"]
    for before in reversed(codes[: codes.index(code)]):
        typed = typed_about(choices.answers, before)
        if typed:
            return {name: typed[name] for name in PROPOSED if typed.get(name)}
    return {}


def _page(
    request: HttpRequest,
    choices: Brokering,
    about: Service,
    *,
    judged: bool = False,
    theirs: Typed | None = None,
) -> HttpResponse:
    person = open_person(request.actor, choices.person_id)
    parts = queries.parts(request.actor, person)
    options = _options(request, person, parts)
    other, code = [], about.code
    if theirs is not None:
        choices.refresh_from_db()
        other = rows(_shown(choices, code, options))
        kept = choices.answers["pages"][code]
        choices.answers["pages"][code] = {**kept, "typed": _typed(request)}
    make = _judged if judged and code in choices.answers["pages"] else _shown
    codes = choices.answers["services"]
    place = codes.index(about.code)
    back = _address(choices, codes[place - 1]) if place else _chosen(choices)
    context = {
        "form": make(choices, code, options),
        "choices": choices,
        "service": about,
        "name": str(person.identity or words.CLOSED),
        "always": parts.get("identity", []),
        "number": place + 1,
        "of": len(codes),
        "version": choices.answers["pages"].get(code, {}).get("version", 0),
        "tab": uuid4().hex,
        "theirs": other,
        "back": back,
    }
    return render(request, "cases/broker_service.html", context)


def _rows(choices: Brokering, one: Service, form: ServiceForm) -> list[Row]:
    change = _address(choices, one.code)
    # After a no, what was ticked is not read out again: nothing of it goes anywhere.
    no = form["answer"].value() == Answer.REFUSED
    answers = rows(form, change, leave_out=OF_A_YES if no else ())
    return [Row("With", f"{one.team}, {one.team.organisation}"), *answers]


def _told(sent: Brokering) -> str:
    """What came of it, in one line."""
    said = [words.counted(len(sent.referrals), "referral", "sent")]
    if sent.already:
        said.append(words.counted(len(sent.already), "service", "had been asked already"))
    if sent.refusals:
        said.append(words.counted(len(sent.refusals), "service", "refused, and written down"))
    return ". ".join(said) + "."


def _next(choices: Brokering, code: str) -> str:
    codes = choices.answers["services"]
    following = codes[codes.index(code) + 1 :]
    if not following:
        return reverse("cases:broker-check", args=[choices.pk])
    return _address(choices, following[0])


def _address(choices: Brokering, code: str) -> str:
    return reverse("cases:broker-service", args=[choices.pk, code])


def _chosen(choices: Brokering) -> str:
    return reverse("cases:broker", args=[choices.person_id])
