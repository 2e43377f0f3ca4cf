"""What is being typed of a judgement or a plan, so that nothing typed is lost."""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE
from onestory.people.models import OfPerson


class Draft(OfPerson):
    """One for a team, a person and a page; emptied once it is sent.

    `answers` is as `kernel.opening.keep` has it. In the envelope `risk`, and the team's alone.
    """

    team = columns.team()
    page = models.TextField()
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    @property
    def typed(self) -> dict[str, list[str]]:
        """What stands on the page, field by field."""
        return self._page().get("typed", {})

    @property
    def version(self) -> int:
        """Which opening of the page typed it last, by number."""
        return self._page().get("version", 0)

    def _page(self) -> dict:
        return self.answers.get("pages", {}).get(self.page, {})

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        "team": LINK,
        "page": LINK,
        "saved_at": CODED,
        "answers": OF_ENVELOPE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "team", "page"], name="one_draft_of_a_page"),
        ]
