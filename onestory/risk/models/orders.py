"""What a court or the police ordered somebody who uses abuse, what they did against it, who has seen it.

All of it is theirs alone: no column leads to anybody whom it protects.
"""

from uuid import uuid4

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, MOMENT, OF_ENVELOPE
from onestory.kernel.ids import new_id
from onestory.people.models import OfPerson, Superseded


class Order(OfPerson, Superseded):
    """Envelope `conduct`: an order or condition, as it stands. Changed or ended, a new row says so.

    `series` is the same in all that was said of one order.
    """

    class Protects(models.TextChoices):
        PARTNER = "partner", "A partner or former partner"
        FAMILY = "family", "Somebody in the family"
        CHILD = "child", "A child"
        SEVERAL = "several", "Several people"
        ANYBODY = "anybody", "Anybody at all"
        UNKNOWN = "unknown", "Not known"

    class Ended(models.TextChoices):
        LIFTED = "lifted", "Lifted by the court or the police"
        REPLACED = "replaced", "Another order takes its place"
        CASE_OVER = "case-over", "The case is over"

    series = models.UUIDField(default=uuid4)
    team = columns.team()
    kind = models.TextField()
    from_on = models.DateField()
    # Its last day; none where it has no end, or the next hearing is not fixed yet.
    until_on = models.DateField(null=True)
    made_by = models.TextField()
    their_reference = models.TextField(blank=True)
    conditions = models.TextField()
    protects = models.TextField(choices=Protects.choices)
    # How it ended before its day, if it did: `until_on` is that day then.
    ended = models.TextField(choices=Ended.choices, blank=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **Superseded.CLASSIFIED_SUPERSEDED,
        **dict.fromkeys(("series", "team"), LINK),
        **dict.fromkeys(("kind", "from_on", "until_on", "protects", "ended"), CODED),
        **dict.fromkeys(("made_by", "their_reference", "conditions"), OF_ENVELOPE),
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["until_on"],
                condition=models.Q(superseded_at=None, until_on__isnull=False),
                name="orders_by_their_end",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["series"], condition=models.Q(superseded_at=None), name="one_order_now"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on")),
                name="order_ends_after_it_begins",
            ),
            columns.both("superseded", "order_superseded_at_and_by"),
        ]


class Breach(OfPerson):
    """Envelope `conduct`: something done against an order. Who told of it is never kept here."""

    class Police(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        UNKNOWN = "unknown", "Not known"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="breaches")
    team = columns.team()
    on = models.DateField()
    what = models.TextField()
    police_know = models.TextField(choices=Police.choices)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("order", "team"), LINK),
        **dict.fromkeys(("on", "police_know"), CODED),
        "what": OF_ENVELOPE,
    }

    class Meta:
        verbose_name_plural = "breaches"
        indexes = [models.Index(fields=["recorded_at"], name="breaches_by_time")]


class OrderSeen(models.Model):
    """A team has seen that an order ends soon, that it has ended, or that it was broken.

    Said by teams that may only read, too; so it is not under the rule of envelopes, but under one
    that asks for the order.
    """

    class What(models.TextChoices):
        ENDING = "ending", "It ends soon"
        ENDED = "ended", "It has ended"
        BROKEN = "broken", "It was broken"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="seen")
    # Set where it is about one breach.
    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, null=True, related_name="seen")
    what = models.TextField(choices=What.choices)
    team = columns.team()
    seen_by = columns.user()
    seen_at = models.DateTimeField()

    CLASSIFIED = {
        **dict.fromkeys(("id", "person", "order", "breach", "team", "seen_by"), LINK),
        "what": OF_ENVELOPE,
        "seen_at": MOMENT,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "what", "team", "breach"],
                nulls_distinct=False,
                name="order_seen_once_by_a_team",
            ),
        ]
