"""A review: what for, about whom, who is appointed, until when.

Nothing here lies in an envelope: guardians decide on it, who see nobody's record. So it says who by a
reference alone, and whatever words there are must not say more.
"""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import LINK, OF_ENVELOPE, RECORD, STAFF
from onestory.kernel.ids import new_id


class Inquiry(models.Model):
    """Proposed by a team, confirmed by a guardian: then what is known of the people concerned is open
    to `handler` alone, to read, until it ends."""

    class What(models.TextChoices):
        HOMICIDE = "homicide", "Domestic homicide review"
        ADULT = "adult", "Safeguarding adults review"
        CHILD = "child", "Child safeguarding practice review"
        OTHER = "other", "Another review of serious harm"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    what = models.TextField(choices=What.choices)
    # Its number, and who has ordered it: never a name.
    their_reference = models.TextField()
    words = models.TextField()
    team = columns.team()
    handler = columns.user()
    handler_team = columns.team()
    until_on = models.DateField()
    proposed_by = columns.user()
    proposed_at = models.DateTimeField()
    confirmed_by = columns.user(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_by = columns.user(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(blank=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "team", "handler", "handler_team"), LINK),
        **dict.fromkeys(("proposed_by", "confirmed_by", "ended_by"), STAFF),
        **dict.fromkeys(
            (
                "what",
                "their_reference",
                "words",
                "until_on",
                "proposed_at",
                "confirmed_at",
                "ended_at",
                "ended_why",
            ),
            RECORD,
        ),
    }

    class Meta:
        verbose_name_plural = "inquiries"
        constraints = [
            # What is opened for it is known by its number.
            models.UniqueConstraint(fields=["their_reference"], name="one_inquiry_of_a_number"),
            columns.both("confirmed", "inquiry_confirmed_at_and_by"),
            columns.both("ended", "inquiry_ended_at_and_by"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | (
                    ~models.Q(confirmed_by=models.F("proposed_by"))
                    & ~models.Q(confirmed_by=models.F("handler"))
                ),
                name="inquiry_confirmed_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.get_what_display()} {self.their_reference}"


class InquiryPerson(models.Model):
    """Somebody whom it concerns, and what their record is to it."""

    class Part(models.TextChoices):
        HARMED = "harmed", "Who was harmed"
        USED_ABUSE = "used-abuse", "Who used abuse, or is said to"
        CHILD = "child", "A child of the family"
        OTHER = "other", "Somebody else concerned"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    part = models.TextField(choices=Part.choices)
    added_by = columns.user()
    added_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "inquiry", "person"), LINK),
        "added_by": STAFF,
        "part": OF_ENVELOPE,
        **dict.fromkeys(("added_at", "opened_at"), RECORD),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "person"], name="concerned_once"),
        ]
