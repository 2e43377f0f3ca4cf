"""When the meeting is, and which cases are on its agenda."""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, MOMENT, OF_ENVELOPE, OUTSIDE, STAFF
from onestory.kernel.ids import new_id
from onestory.marac.models.referrals import Referral
from onestory.people.models import OfPerson


class Meeting(models.Model):
    """A day on which the agencies meet. It names nobody; the cases are its items."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = columns.team()
    starts_at = models.DateTimeField()
    minutes = models.IntegerField()
    minutes_a_case = models.IntegerField()
    place = models.TextField(blank=True)
    planned_by = columns.user()
    planned_at = models.DateTimeField()
    # When it was to be before, for those who had noted that.
    moved_from = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    called_off_by = columns.user(null=True)
    call_off_reason = models.TextField(blank=True)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **dict.fromkeys(("id", "team", "version"), LINK),
        **dict.fromkeys(("planned_by", "called_off_by"), STAFF),
        "planned_at": MOMENT,
        **dict.fromkeys(
            (
                "starts_at",
                "minutes",
                "minutes_a_case",
                "place",
                "moved_from",
                "called_off_at",
                "call_off_reason",
            ),
            OUTSIDE,
        ),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "starts_at"],
                condition=models.Q(called_off_at=None),
                name="one_meeting_at_a_time",
            ),
            columns.both("called_off", "meeting_called_off_at_and_by"),
            models.CheckConstraint(
                condition=models.Q(called_off_at=None) | ~models.Q(call_off_reason=""),
                name="meeting_called_off_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes_a_case__gt=0, minutes__gte=models.F("minutes_a_case")),
                name="meeting_has_time_for_a_case",
            ),
        ]

    @property
    def room(self) -> int:
        """How many cases there is time for."""
        return self.minutes // self.minutes_a_case


class Item(OfPerson):
    """Envelope `risk`: a case on the agenda of a meeting. It is on one agenda at a time.

    There is no number in it to count by: an item is counted among those that the reader can see, so
    that nobody who is barred from one counts a gap.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="items")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    # Where the coordinator put it, as a number that is drawn and only compared; null: by its risk.
    place = models.IntegerField(null=True)
    moved_at = models.DateTimeField(null=True)
    moved_by = columns.user(null=True)
    move_reason = models.TextField(blank=True)
    heard_at = models.DateTimeField(null=True)
    heard_by = columns.user(null=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("referral", "meeting", "place"), LINK),
        **dict.fromkeys(("moved_by", "heard_by"), STAFF),
        "move_reason": OF_ENVELOPE,
        **dict.fromkeys(("moved_at", "heard_at"), CODED),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=models.Q(moved_at=None, heard_at=None),
                name="on_one_agenda_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["meeting", "referral"],
                condition=models.Q(moved_at=None),
                name="once_on_an_agenda",
            ),
            columns.both("moved", "item_moved_at_and_by"),
            columns.both("heard", "item_heard_at_and_by"),
        ]
