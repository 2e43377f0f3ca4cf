"""What the page of a person says of corrections: what stands is wrong, in her words, beside it."""

from collections.abc import Iterable

from django.urls import reverse

from onestory.agencies.roles import Permission
from onestory.kernel.components import Row
from onestory.people.about import About
from onestory.rights import queries
from onestory.rights.models import Correction

SETTLED = (Correction.Outcome.CORRECTED, Correction.Outcome.UNCHANGED)


def rows(about: About) -> Iterable[Row]:
    """What waits to be decided, and her words where they stand beside what was written: of every
    kind of knowledge that is open to the actor. One query."""
    for one in queries.corrections_about(about.by, about.ids):
        if one.outcome in SETTLED:
            continue
        url = (
            reverse("rights:correction", args=[one.pk])
            if about.by.may(Permission.RIGHTS_WORK)
            else ""
        )
        key = "They say otherwise" if one.decided_at else "They say that it is wrong"
        yield Row(key, f"{one.about}: {one.wrong}", url, "See it whole" if url else "")
