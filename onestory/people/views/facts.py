"""Changing what is known of somebody: short forms, each for one kind of fact."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from onestory.access.models import Kind
from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.kernel.components import Row
from onestory.kernel.errors import Refused, Stale
from onestory.people import actions, forms, queries
from onestory.people.models import Identity, SafeContact
from onestory.people.views.pages import done, form_page, saved, sent
from onestory.people.views.words import identity_rows, safe_contact_rows

records_people = needs(Permission.PERSON_RECORD)


@records_people
def identity(request: HttpRequest, person_id: UUID) -> HttpResponse:
    queries.writable_person(request.actor, person_id, Kind.IDENTITY)
    now = queries.fact_now(request.actor, Identity, person_id)
    form = forms.IdentityForm(sent(request), initial=_initial(forms.IdentityForm, now))

    def change():
        actions.change_identity(
            by=request.actor, person_id=person_id, seen_id=_seen(request), facts=form.facts()
        )

    return _versioned(request, person_id, form, "Who they are", now, change, identity_rows)


@records_people
def safe_contact(request: HttpRequest, person_id: UUID) -> HttpResponse:
    queries.writable_person(request.actor, person_id, Kind.SAFE_CONTACT)
    now = queries.fact_now(request.actor, SafeContact, person_id)
    form = forms.SafeContactForm(sent(request), initial=_initial(forms.SafeContactForm, now))

    def change():
        actions.set_safe_contact(
            by=request.actor, person_id=person_id, seen_id=_seen(request), **form.cleaned_data
        )

    return _versioned(request, person_id, form, "Safe contact", now, change, safe_contact_rows)


def _versioned(
    request: HttpRequest,
    person_id: UUID,
    form: forms.ConfirmForm,
    heading: str,
    now: Identity | SafeContact | None,
    change: Callable[[], None],
    rows: Callable[..., list[Row]],
) -> HttpResponse:
    """A form that replaces what was seen. If somebody else was faster, both versions are shown."""
    try:
        if done(form, change):
            return saved(request, person_id)
    except Stale as stale:
        form.add_error(None, f"{stale.reason} Compare the two, then save yours or go back.")
        return form_page(
            request,
            person_id,
            form,
            heading,
            seen=stale.theirs.pk if stale.theirs else "",
            theirs=rows(stale.theirs) if stale.theirs else [],
            button="Save mine instead",
        )
    seen = request.POST.get("seen", now.pk if now else "")
    return form_page(request, person_id, form, heading, seen=seen)


def _seen(request: HttpRequest) -> UUID | None:
    """The version that the user had before them. What is no id at all is no version there is."""
    text = request.POST.get("seen", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        return UUID(int=0)


def _initial(form: type, now: Identity | SafeContact | None) -> dict:
    return {name: getattr(now, name) for name in form.base_fields} if now else {}


@records_people
def add_phone(request: HttpRequest, person_id: UUID) -> HttpResponse:
    queries.writable_person(request.actor, person_id, Kind.SAFE_CONTACT)
    form = forms.PhoneForm(sent(request))

    def add():
        actions.add_phone(by=request.actor, person_id=person_id, **form.cleaned_data)

    if done(form, add):
        return saved(request, person_id)
    return form_page(request, person_id, form, "Add a telephone number")


@records_people
def add_address(request: HttpRequest, person_id: UUID) -> HttpResponse:
    queries.known_person(request.actor, person_id)
    form = forms.AddressForm(sent(request))

    def add():
        confidential = form.cleaned_data.pop("confidential") == "yes"
        actions.add_address(
            by=request.actor, person_id=person_id, confidential=confidential, **form.cleaned_data
        )

    if done(form, add):
        return saved(request, person_id)
    return form_page(request, person_id, form, "Add an address")


@records_people
def relate(request: HttpRequest, person_id: UUID) -> HttpResponse:
    queries.writable_person(request.actor, person_id, Kind.STORY)
    form = forms.RelationshipForm(sent(request))

    def add():
        said = form.cleaned_data
        with transaction.atomic():
            actions.relate(
                by=request.actor,
                person_id=person_id,
                other_id=_other(request, form),
                kind=said["kind"],
                lives_with=said["lives_with"],
                uses_abuse=said["uses_abuse"],
            )

    if done(form, add):
        return saved(request, person_id)
    return form_page(request, person_id, form, "Add somebody in their life")


def _other(request: HttpRequest, form: forms.RelationshipForm) -> UUID:
    """The other person: the one with that reference, or a new record."""
    reference = form.cleaned_data["reference"]
    if reference:
        other = queries.by_reference(request.actor, reference)
        if other is None:
            raise Refused("No record with this reference is open to you.")
        return other.pk
    added = actions.add_person(
        by=request.actor,
        team_id=request.actor.home_team_id,
        facts=form.facts(),
        kinds=[Kind.IDENTITY],
    )
    return added.pk


@records_people
def end_phone(request: HttpRequest, person_id: UUID, row_id: UUID) -> HttpResponse:
    return _end(
        request,
        person_id,
        "Take this telephone number away?",
        lambda: actions.end_phone(by=request.actor, phone_id=row_id),
    )


@records_people
def end_address(request: HttpRequest, person_id: UUID, row_id: UUID) -> HttpResponse:
    return _end(
        request,
        person_id,
        "Take this address away?",
        lambda: actions.end_address(by=request.actor, address_id=row_id),
    )


@records_people
def end_relationship(request: HttpRequest, person_id: UUID, row_id: UUID) -> HttpResponse:
    return _end(
        request,
        person_id,
        "Take this person away from their page?",
        lambda: actions.end_relationship(by=request.actor, relationship_id=row_id),
    )


def _end(
    request: HttpRequest, person_id: UUID, question: str, act: Callable[[], object]
) -> HttpResponse:
    """Ask once more, then end it. What was recorded stays in the history."""
    queries.known_person(request.actor, person_id)
    form = forms.ConfirmForm(sent(request))
    if done(form, act):
        return saved(request, person_id, "It no longer counts. What was recorded before is kept.")
    return form_page(request, person_id, form, question, button="Yes, it no longer holds")
