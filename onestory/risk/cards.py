"""What the page of a person says of danger."""

from collections.abc import Iterable

from django.urls import reverse

from onestory.agencies.roles import Permission
from onestory.kernel.components import Event, Row
from onestory.kernel.templatetags.pages import moment
from onestory.people.about import About
from onestory.risk import queries
from onestory.risk.views import words


def rows(about: About) -> Iterable[Row]:
    """The newest judgement, and the way to the plan. Two queries."""
    url = reverse("risk:person", args=[about.ids[0]])
    last = next(iter(about.once(queries.assessments_of)), None)
    said = "Nobody has judged it yet"
    if last:
        said = f"{words.level(last.level)}, {moment(last.assessed_at)}, {words.form(last)}"
    yield Row("How great the danger is", said, url, "Danger and safety")
    plan = next(iter(about.once(queries.versions)), None)
    if plan:
        said = f"Version {plan.version}, to look at again by {moment(plan.review_on)}"
        yield Row("Safety plan", said, reverse("risk:plan", args=[about.ids[0]]), "See it")
    if about.by.may(Permission.CASE_WORK):
        change = reverse("risk:change", args=[about.ids[0]])
        yield Row(
            "Something has changed", "Tell every team that knows of it", change, "Write it down"
        )


def events(about: About) -> Iterable[Event]:
    """Judgements, changes and versions of the plan. Three queries."""
    for row in about.once(queries.assessments_of):
        yield Event(
            row.assessed_at,
            f"Danger judged: {words.level(row.level).lower()}",
            by=f"{row.recorded_by}, {row.team}" if row.sitting_id else row.sent_by,
            url=reverse("risk:assessment", args=[row.pk]),
        )
    for row in queries.changes(about.by, about.ids):
        url = reverse("risk:changed", args=[row.pk])
        yield Event(row.on, words.change(row), by=f"{row.recorded_by}, {row.team}", url=url)
    for row in about.once(queries.versions):
        url = reverse("risk:plan-version", args=[row.person_id, row.version])
        yield Event(row.recorded_at, "Safety plan agreed", by=str(row.team), url=url)
