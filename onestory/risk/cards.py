"""What the page of a person says of danger."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse

from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.kernel.components import Event, Row
from onestory.kernel.templatetags.pages import moment
from onestory.risk import queries
from onestory.risk.views import words


def rows(by: Actor, person_ids: Sequence[UUID]) -> Iterable[Row]:
    """The newest judgement, and the way to the plan. Two queries."""
    url = reverse("risk:person", args=[person_ids[0]])
    last = queries.assessments_of(person_ids).first()
    said = "Nobody has judged it yet"
    if last:
        said = f"{words.level(last.level)}, {moment(last.assessed_at)}, {words.form(last)}"
    yield Row("How great the danger is", said, url, "Danger and safety")
    plan = queries.newest(person_ids)
    if plan:
        said = f"Version {plan.version}, to look at again by {moment(plan.review_on)}"
        yield Row("Safety plan", said, reverse("risk:plan", args=[person_ids[0]]), "See it")
    if by.may(Permission.CASE_WORK):
        change = reverse("risk:change", args=[person_ids[0]])
        yield Row(
            "Something has changed", "Tell every team that knows of it", change, "Write it down"
        )


def events(by: Actor, person_ids: Sequence[UUID]) -> Iterable[Event]:
    """Judgements, changes and versions of the plan. Three queries."""
    for row in queries.assessments_of(person_ids):
        yield Event(
            row.assessed_at,
            f"Danger judged: {words.level(row.level).lower()}",
            by=f"{row.recorded_by}, {row.team}" if row.sitting_id else row.sent_by,
            url=reverse("risk:assessment", args=[row.pk]),
        )
    for row in queries.changes(person_ids):
        url = reverse("risk:changed", args=[row.pk])
        yield Event(row.on, words.change(row), by=f"{row.recorded_by}, {row.team}", url=url)
    for row in queries.versions(person_ids):
        url = reverse("risk:plan-version", args=[row.person_id, row.version])
        yield Event(row.recorded_at, "Safety plan agreed", by=str(row.team), url=url)
