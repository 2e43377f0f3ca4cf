"""What several of this room's tables have."""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import LINK
from onestory.people.models import OfPerson


class Outside(OfPerson):
    """What is seen of a case from outside: by the team that referred, and by the survivor."""

    team = columns.team()
    from_team = columns.team(null=True)

    CLASSIFIED_HERE = {**OfPerson.CLASSIFIED_HERE, "team": LINK, "from_team": LINK}

    class Meta:
        abstract = True


class OfCase(OfPerson):
    """A row of one team's work with somebody, in the envelope of the case.

    Its id is given by the page on which it was typed, so that what is sent twice is there once.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="%(class)ss")
    team = columns.team()

    CLASSIFIED_HERE = {**OfPerson.CLASSIFIED_HERE, "case": LINK, "team": LINK}

    class Meta:
        abstract = True
