"""The work with somebody, on their page: calls and sessions of the actor's teams, and goals."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onestory.agencies.roles import Permission
from onestory.kernel.components import Event, Row
from onestory.people.about import About
from onestory.support.models import Call, Session
from onestory.support.views import words


def events(about: About) -> Iterable[Event]:
    """Calls that were answered, and sessions that are over. Two queries."""
    if not about.by.may(Permission.CASE_WORK):
        return
    calls = Call.objects.filter(
        person_id__in=about.ids, team_id__in=about.by.team_ids, outcome=Call.Outcome.ANSWERED
    )
    for call in calls.select_related("recorded_by"):
        yield Event(when=call.at, title="Spoke on the telephone", by=call.recorded_by.name)
    sessions = Session.objects.filter(
        person_id__in=about.ids, team_id__in=about.by.team_ids, state=Session.State.ATTENDED
    )
    for session in sessions.select_related("worker"):
        yield Event(
            when=session.starts_at,
            title=words.session_kind(session),
            by=session.worker.name,
            url=words.case_url(session.case_id),
        )


def ways(about: About) -> Iterable[Row]:
    """The ways on from here: to call, and to see where each service stands. No query."""
    if about.by.may(Permission.CASE_WORK):
        yield Row("First call and calls", _link("Before you call", "support:call", about.ids[0]))
        yield Row("Services", _link("Where each one stands", "support:journey", about.ids[0]))


def _link(label: str, view: str, person_id: UUID) -> SafeString:
    url = reverse(view, args=[person_id])
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, label)
