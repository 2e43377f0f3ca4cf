"""Sittings on the timeline of a person, and what was answered among what is known of them."""

from collections.abc import Iterable

from django.urls import reverse

from onestory.agencies.roles import Permission
from onestory.assessment import bank, queries
from onestory.assessment.models import Answer
from onestory.kernel.components import Event, Row
from onestory.people.about import About

SHOWN = 20


def events(about: About) -> Iterable[Event]:
    """The latest sittings that are open to the actor. One query."""
    for row in queries.sittings(about.by, about.ids)[:SHOWN]:
        title = bank.instrument(row.instrument, row.version).title
        yield Event(row.begun_at, f"{title} begun", by=f"{row.recorded_by}, {row.team}")


def found(about: About) -> Iterable[Row]:
    """How much has been answered. One query."""
    answered = Answer.objects.filter(person_id__in=about.ids, superseded_at=None).count()
    if answered:
        url = ""
        if about.by.may(Permission.ASSESS):
            url = reverse("assessment:known", args=[about.ids[0]])
        what = "1 question" if answered == 1 else f"{answered} questions"
        yield Row("Answered", what, url, "See")
