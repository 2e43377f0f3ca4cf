"""What the page of a person says of MARAC: that they can be referred, and how their cases stand."""

from collections.abc import Iterable

from django.urls import reverse

from onestory.agencies.roles import Permission
from onestory.kernel.components import Event, Row
from onestory.kernel.templatetags.pages import moment
from onestory.marac.queries.cases import cases_of
from onestory.marac.views.words import state
from onestory.people.about import About


def rows(about: About) -> Iterable[Row]:
    """The way to refer, and the cases that the actor sees."""
    if not about.by.may(Permission.MARAC_ATTEND):
        return
    for case in about.once(cases_of):
        url = reverse("marac:case", args=[case.pk])
        yield Row("MARAC", f"{state(case)}, referred {moment(case.referred_on)}", url, "See it")
    if about.by.may(Permission.MARAC_REFER):
        yield Row(
            "High risk?",
            "A meeting of agencies makes one plan",
            reverse("marac:refer", args=[about.ids[0]]),
            "Refer to MARAC",
        )


def events(about: About) -> Iterable[Event]:
    """Referrals to the meeting, and reviews. One query."""
    if not about.by.may(Permission.MARAC_ATTEND):
        return
    for case in about.once(cases_of):
        url = reverse("marac:case", args=[case.pk])
        yield Event(
            when=case.recorded_at,
            title="Referred to MARAC",
            by=f"{case.recorded_by}, {case.from_team}",
            url=url,
        )
        if case.closed_at:
            yield Event(when=case.closed_at, title="MARAC case closed", url=url)
