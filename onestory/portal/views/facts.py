"""What is known of her, putting it right, and how it is safe to reach her."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onestory.agencies.pack import pack
from onestory.assessment import bank
from onestory.assessment import queries as assessment
from onestory.assessment.actions import correct as correct_answer
from onestory.assessment.forms import value_of
from onestory.kernel.errors import Stale
from onestory.kernel.forms import phone
from onestory.people import actions, queries
from onestory.people.models import Identity, Phone, SafeContact
from onestory.portal import forms, record
from onestory.portal.guard import hers
from onestory.portal.views.pages import done, page, sent
from onestory.rights import actions as rights
from onestory.rights import queries as of_rights

get_or_post = require_http_methods(["GET", "POST"])


@hers
@require_GET
def known(request: HttpRequest) -> HttpResponse:
    """Who she is, and what she has told."""
    by, person_id = request.actor, request.own.person_id
    identity = queries.fact_now(by, Identity, person_id)
    sex = pack().sexes.name(identity.sex) if identity and identity.sex else ""
    topics = record.told(by, person_id)
    asked = of_rights.corrections_about(by, of_rights.records_of(by, person_id))
    return page(request, "known", identity=identity, sex=sex, topics=topics, asked=len(asked))


@hers
@get_or_post
def identity(request: HttpRequest) -> HttpResponse:
    """Her name and date of birth, for her to put right."""
    by, person_id = request.actor, request.own.person_id
    now = queries.fact_now(by, Identity, person_id)
    names = ("given_name", "family_name", "other_names", "born_on", "sex")
    form = forms.IdentityForm(
        sent(request), initial={name: getattr(now, name) for name in names} if now else {}
    )

    def change():
        said = form.cleaned_data
        facts = actions.Facts(
            **{name: said[name] for name in names},
            birth_year=None if said["born_on"] or not now else now.birth_year,
        )
        actions.change_identity(by=by, person_id=person_id, seen_id=_seen(request), facts=facts)

    return _versioned(request, form, now, change, "identity", "portal:known")


@hers
@get_or_post
def correct(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """One answer, for her to put right. What stood there stays in the history."""
    by, person_id = request.actor, request.own.person_id
    answers = assessment.known(by, person_id).values()
    answer = next((one for one in answers if one.answer_id == answer_id), None)
    if answer is None or answer.question not in bank.questions():
        messages.success(request, "This was changed just now. Here is how it stands.")
        return redirect("portal:known")
    question = bank.question(answer.question)
    form = forms.CorrectForm(sent(request), question=question, answer=answer)

    def put_right():
        value = value_of(question, form.cleaned_data["answer"])
        correct_answer(
            by=by,
            person_id=person_id,
            question=question.code,
            value=value,
            words=form.cleaned_data["words"],
        )

    if done(form, put_right):
        messages.success(request, "Saved. Your workers see that it was you who put it right.")
        return redirect("portal:known")
    back = {"url": reverse("portal:known"), "text": "Back"}
    return page(request, "correct", form=form, question=question, answer=answer, back=back)


@hers
@get_or_post
def wrong(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """What others wrote, which she cannot change: she says what is wrong, and a team looks at it."""
    by, person_id = request.actor, request.own.person_id
    stands = record.entry(by, person_id, row_id)
    form = forms.WrongForm(sent(request))

    def ask():
        rights.ask_correction(by=by, person_id=person_id, row_id=row_id, **form.cleaned_data)

    if done(form, ask):
        messages.success(request, "Sent. Here you see what becomes of it.")
        return redirect("portal:asked")
    back = {"url": reverse("portal:copy-shown"), "text": "Back"}
    return page(request, "wrong", form=form, stands=stands, back=back)


@hers
@require_GET
def asked(request: HttpRequest) -> HttpResponse:
    """What she said is wrong, and what became of it. Opening it says that she has seen it."""
    by, person_id = request.actor, request.own.person_id
    rows = of_rights.corrections_about(by, of_rights.records_of(by, person_id))
    rights.see_answers(by=by, person_id=person_id)
    back = {"url": reverse("portal:known"), "text": "Back"}
    return page(request, "asked", rows=rows, today=timezone.localdate(), back=back)


@hers
@get_or_post
def reach(request: HttpRequest) -> HttpResponse:
    """When and how it is safe to reach her, and who must not find out."""
    by, person_id = request.actor, request.own.person_id
    now = queries.fact_now(by, SafeContact, person_id)
    form = forms.ReachForm(sent(request), initial=forms.ReachForm.said(now))

    def change():
        facts = form.facts()
        actions.set_safe_contact(by=by, person_id=person_id, seen_id=_seen(request), **facts)

    phones = Phone.objects.filter(person_id=person_id, superseded_at=None).order_by("recorded_at")
    rows = [(row, phone(row.number)) for row in phones]
    return _versioned(request, form, now, change, "reach", "portal:home", phones=rows)


@hers
@get_or_post
def add_phone(request: HttpRequest) -> HttpResponse:
    """A telephone number of hers. The same number again replaces what was said of it."""
    form = forms.NumberForm(sent(request))

    def add():
        said = form.cleaned_data
        actions.add_phone(by=request.actor, person_id=request.own.person_id, **said)

    if done(form, add):
        messages.success(request, "Saved.")
        return redirect("portal:reach")
    return page(request, "phone", form=form, back={"url": reverse("portal:reach"), "text": "Back"})


@hers
@get_or_post
def end_phone(request: HttpRequest, phone_id: UUID) -> HttpResponse:
    """Take a number away, once she has said yes."""
    row = Phone.objects.filter(
        pk=phone_id, person_id=request.own.person_id, superseded_at=None
    ).first()
    if row is None:
        raise Http404
    form = forms.ConfirmForm(sent(request))
    if done(form, lambda: actions.end_phone(by=request.actor, phone_id=phone_id)):
        messages.success(request, "We will not use this number any more.")
        return redirect("portal:reach")
    back = {"url": reverse("portal:reach"), "text": "Back"}
    return page(request, "phone_end", form=form, number=phone(row.number), back=back)


def _versioned(
    request: HttpRequest, form, now, change, template: str, after: str, **context
) -> HttpResponse:
    """A form that replaces what she saw. If a worker was faster, she is told and shown it."""
    theirs = None
    seen = request.POST.get("seen", str(now.pk) if now else "")
    try:
        if done(form, change):
            messages.success(request, "Saved.")
            return redirect(after)
    except Stale as stale:
        form.add_error(None, "Somebody changed this just now. Look at both, then save again.")
        theirs = stale.theirs
        seen = str(theirs.pk) if theirs else ""
    back = {"url": reverse(after), "text": "Back"}
    return page(request, template, form=form, seen=seen, theirs=theirs, back=back, **context)


def _seen(request: HttpRequest) -> UUID | None:
    """The version that she had before her. What is no id at all is no version there is."""
    text = request.POST.get("seen", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        return UUID(int=0)
