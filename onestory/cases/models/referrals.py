"""Referrals between two teams, what a survivor refused, and her choices until they are sent."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Greatest

from onestory.agencies import columns
from onestory.cases.models.contacts import Contact
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE, OWN, STAFF
from onestory.kernel.ids import new_id
from onestory.people.models import OfPerson


class Referral(OfPerson):
    """Envelope `support`, and only between the two teams: sent, acknowledged, answered."""

    reference = models.TextField(unique=True)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, related_name="referrals"
    )
    from_team = columns.team()
    to_team = columns.team()
    service = columns.service(null=True)
    needs = ArrayField(models.TextField(), default=list)
    words = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    sent_by = columns.user()
    acknowledge_by = models.DateTimeField()
    answer_by = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = columns.user(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = columns.user(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_by = columns.user(null=True)
    decline_reason = models.TextField(blank=True)
    answer_words = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = columns.user(null=True)
    withdraw_reason = models.TextField(blank=True)
    # When one that nobody has acknowledged is brought before the sender and the receiver's manager.
    escalate_at = models.DateTimeField(null=True)

    # Where it was put in the queue on accepting, and how long that was thought to take.
    place = models.IntegerField(null=True)
    estimate_days = models.IntegerField(null=True)
    estimate_from = models.TextField(blank=True, default="", db_default="")
    # What was offered instead on declining; which service, if it was one.
    offered_instead = models.TextField(blank=True, default="", db_default="")
    offered_service = columns.service(null=True)

    # After an acceptance: the day of the first session, and the day on which the work ended.
    begun_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    # Given back by the receiver, as when its service closes with people waiting; or moved on.
    returned_at = models.DateTimeField(null=True)
    returned_by = columns.user(null=True)
    return_reason = models.TextField(blank=True, default="", db_default="")
    moved_from = columns.service(null=True)

    # The sender has seen the answer.
    seen_at = models.DateTimeField(null=True)
    seen_by = columns.user(null=True)
    # What the survivor agreed to, where she was asked about this service by itself.
    consent = models.ForeignKey(
        "access.Consent", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # The grants that were given with it, and end with it.
    grants = ArrayField(models.UUIDField(), default=list)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(
            (
                "reference",
                "contact",
                "from_team",
                "to_team",
                "service",
                "consent",
                "grants",
                "offered_service",
                "moved_from",
            ),
            LINK,
        ),
        **dict.fromkeys(
            (
                "sent_by",
                "acknowledged_by",
                "accepted_by",
                "declined_by",
                "withdrawn_by",
                "returned_by",
                "seen_by",
            ),
            STAFF,
        ),
        **dict.fromkeys(("words", "answer_words", "version"), OF_ENVELOPE),
        **dict.fromkeys(
            (
                "needs",
                "sent_at",
                "acknowledge_by",
                "answer_by",
                "acknowledged_at",
                "accepted_at",
                "declined_at",
                "decline_reason",
                "withdrawn_at",
                "withdraw_reason",
                "seen_at",
                "escalate_at",
                "place",
                "estimate_days",
                "estimate_from",
                "offered_instead",
                "begun_on",
                "ended_on",
                "returned_at",
                "return_reason",
            ),
            CODED,
        ),
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["to_team", "acknowledge_by"],
                condition=models.Q(accepted_at=None, declined_at=None, withdrawn_at=None),
                name="referrals_to_answer",
            ),
            models.Index(
                fields=["from_team", "acknowledge_by"],
                condition=models.Q(accepted_at=None, declined_at=None, withdrawn_at=None),
                name="referrals_unanswered",
            ),
            models.Index(
                fields=["service", "accepted_at"],
                condition=models.Q(begun_on=None, ended_on=None, returned_at=None)
                & ~models.Q(accepted_at=None),
                name="referrals_waiting",
            ),
            models.Index(
                fields=["to_team", "accepted_at", "id"],
                condition=models.Q(begun_on=None, ended_on=None, returned_at=None)
                & ~models.Q(accepted_at=None),
                name="referrals_waiting_for_team",
            ),
            models.Index(
                fields=["service", "begun_on"],
                condition=~models.Q(begun_on=None),
                name="referrals_begun",
            ),
            models.Index(
                models.F("to_team"),
                Greatest("withdrawn_at", "declined_at", "returned_at"),
                condition=~models.Q(withdrawn_at=None, declined_at=None, returned_at=None),
                name="referrals_gone",
            ),
            models.Index(
                fields=["from_team", "sent_at"],
                condition=models.Q(seen_at=None),
                name="referrals_sent",
            ),
            models.Index(fields=["from_team", "-sent_at", "-id"], name="referrals_of_sender"),
        ]
        constraints = [
            columns.both("acknowledged", "referral_acknowledged_at_and_by"),
            columns.both("accepted", "referral_accepted_at_and_by"),
            columns.both("declined", "referral_declined_at_and_by"),
            columns.both("withdrawn", "referral_withdrawn_at_and_by"),
            columns.both("returned", "referral_returned_at_and_by"),
            columns.both("seen", "referral_seen_at_and_by"),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(declined_at=None),
                name="referral_accepted_or_declined",
            ),
            models.CheckConstraint(
                condition=models.Q(declined_at=None, decline_reason="")
                | (models.Q(declined_at__isnull=False) & ~models.Q(decline_reason="")),
                name="referral_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(begun_on=None, ended_on=None)
                | models.Q(accepted_at__isnull=False),
                name="referral_accepted_before_begun",
            ),
        ]

    def __str__(self):
        return self.reference


class Refusal(OfPerson):
    """Envelope `support`: she was offered a service, and said no. It counts as a need not met."""

    team = columns.team()
    service = columns.service()
    needs = ArrayField(models.TextField(), default=list)
    # None where she has agreed to another service of the same team.
    consent = models.ForeignKey(
        "access.Consent", on_delete=models.PROTECT, null=True, related_name="+"
    )

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("team", "service", "consent"), LINK),
        "needs": CODED,
    }

    class Meta:
        indexes = [models.Index(fields=["person"], name="refusals_of_person")]


class Brokering(models.Model):
    """Services being chosen with a survivor, and what she says about each, until all is sent.

    Only the one who asks her sees it, on any machine.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = columns.user()
    team = columns.team()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    # The services in their order, and by service what was answered about it.
    answers = models.JSONField()
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    version = models.IntegerField(default=0)
    # What came of it. The answers are emptied then.
    sent_at = models.DateTimeField(null=True)
    referrals = ArrayField(models.UUIDField(), default=list)
    already = ArrayField(models.UUIDField(), default=list)
    refusals = ArrayField(models.UUIDField(), default=list)

    CLASSIFIED = {
        **dict.fromkeys(("id", "user", "team", "person", "referrals", "already", "refusals"), LINK),
        **dict.fromkeys(("answers", "started_at", "saved_at", "version", "sent_at"), OWN),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "person"],
                condition=models.Q(sent_at=None),
                name="brokering_once_at_a_time",
            )
        ]
