"""What the page of a person says of therapy: where its notes are, never what is in them."""

from collections.abc import Iterable

from django.urls import reverse

from onestory.agencies.roles import Permission
from onestory.kernel.components import Row
from onestory.people.about import About


def rows(about: About) -> Iterable[Row]:
    """The way to the notes, for therapists; for the rest of the team, that they are apart."""
    if about.by.may(Permission.THERAPY_WORK):
        url = reverse("therapy:notes", args=[about.ids[0]])
        yield Row("Notes", "For the therapists of your team alone", url, "Open the notes")
    else:
        yield Row("Notes", "Kept apart, for the therapists alone")
    if about.by.may(Permission.RIGHTS_WORK):
        url = reverse("therapy:asked", args=[about.ids[0]])
        yield Row(
            "Somebody asks for notes", "A court, the police, a solicitor", url, "Take it down"
        )
