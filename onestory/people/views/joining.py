"""Joining two records of one person, and taking them apart."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.people import actions, forms, queries
from onestory.people.models import Join
from onestory.people.queries.matching import weigh_people
from onestory.people.views.pages import done, form_page, saved, sent
from onestory.people.views.words import born

joins_people = needs(Permission.PERSON_JOIN)


@joins_people
def join(request: HttpRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    people = [queries.known_person(request.actor, key) for key in (person_id, other_id)]
    known = queries.names(request.actor, [person_id, other_id])
    records = [
        (
            str(person.pk),
            ", ".join(
                filter(
                    None,
                    [
                        str(known.get(person.pk, "Name closed to you")),
                        born(known.get(person.pk)),
                        person.reference,
                    ],
                )
            ),
        )
        for person in people
    ]
    form = forms.JoinForm(sent(request), records=records, initial={"keep": str(person_id)})

    def decide():
        kept = UUID(form.cleaned_data["keep"])
        actions.join(
            by=request.actor,
            kept_id=kept,
            joined_id=other_id if kept == person_id else person_id,
            reason=form.cleaned_data["reason"],
        )

    if done(form, decide):
        return saved(request, person_id, "The two records are joined.")
    context = {
        "form": form,
        "match": weigh_people(request.actor, person_id, other_id),
        "back": reverse("people:duplicates", args=[person_id]),
    }
    return render(request, "people/join.html", context)


@joins_people
def undo_join(request: HttpRequest, person_id: UUID, join_id: UUID) -> HttpResponse:
    if not Join.objects.filter(pk=join_id, undone_at=None).exists():
        raise Http404
    form = forms.UndoJoinForm(sent(request))

    def undo():
        actions.undo_join(by=request.actor, join_id=join_id, reason=form.cleaned_data["reason"])

    if done(form, undo):
        return saved(request, person_id, "The two records stand apart again.")
    return form_page(
        request, person_id, form, "Take the two records apart", button="Take them apart"
    )
