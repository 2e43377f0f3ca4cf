"""Cases that go to the MARAC of another area, or come from one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE, STAFF
from onestory.marac.models.referrals import Referral
from onestory.people.models import OfPerson


class TransferOut(OfPerson):
    """Envelope `risk`: what was handed to which MARAC, and whether it said that it has it.

    The file is kept as it was sealed until the receipt is here, and then no longer. Its pass phrase
    is kept nowhere. Its id is given by the page: what is sent twice is there once.
    """

    class Contact(models.TextChoices):
        NO = "no", "No: it does not go"
        AGREED = "agreed", "Yes: the survivor agreed to exactly this"
        NEEDED = "needed", "Yes: without it they could not be kept safe"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="sent")
    to_team = columns.team()
    to_name = models.TextField()
    to_contact = models.TextField()
    basis = models.TextField()
    reason = models.TextField()
    agrees = models.TextField(choices=Referral.Agrees.choices)
    told_at = models.DateTimeField(null=True)
    told_by = columns.user(null=True)
    not_told_reason = models.TextField(blank=True)
    # Whether the file says how she is reached, and why. The words themselves are in the file alone.
    contact = models.TextField(choices=Contact.choices)
    contact_reason = models.TextField(blank=True)
    handover = models.TextField()
    parts = ArrayField(models.TextField(), default=list)
    file = models.TextField(blank=True)
    digest = models.TextField()
    receipt = models.TextField()
    due_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = columns.user(null=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("referral", "to_team"), LINK),
        **dict.fromkeys(("told_by", "received_by"), STAFF),
        **dict.fromkeys(
            (
                "to_name",
                "to_contact",
                "reason",
                "not_told_reason",
                "contact_reason",
                "handover",
                "file",
                "digest",
                "receipt",
            ),
            OF_ENVELOPE,
        ),
        **dict.fromkeys(
            ("basis", "agrees", "told_at", "contact", "parts", "due_at", "received_at"), CODED
        ),
    }

    class Meta:
        verbose_name = "transfer to another area"
        indexes = [
            models.Index(
                fields=["to_team", "due_at"],
                condition=models.Q(received_at=None),
                name="transfers_without_receipt",
            ),
            models.Index(fields=["referral", "recorded_at"], name="transfers_of_case"),
        ]
        constraints = [
            columns.both("told", "transfer_told_at_and_by"),
            columns.both("received", "transfer_received_at_and_by"),
            models.CheckConstraint(
                condition=models.Q(told_at__isnull=False) | ~models.Q(not_told_reason=""),
                name="transfer_told_or_why_not",
            ),
            models.CheckConstraint(
                condition=models.Q(received_at=None) | models.Q(file=""),
                name="transfer_file_until_receipt",
            ),
        ]

    @property
    def file_name(self) -> str:
        """It names nobody: whoever sees it in a mailbox learns nothing."""
        return f"marac-{self.recorded_at:%Y-%m-%d}-{self.digest[:8]}.json"


class TransferIn(OfPerson):
    """Envelope `risk`: what the MARAC of another area handed over, as it came. Nothing here is ours
    to change; what it said of the person using abuse lies with what is known of his conduct."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="received")
    from_name = models.TextField()
    sent_on = models.DateField()
    referred_on = models.DateField()
    handover = models.TextField()
    assessed = models.TextField(blank=True)
    risk = models.TextField(blank=True)
    wishes = models.TextField(blank=True)
    actions = models.TextField(blank=True)
    # Of the file: the same one is opened once.
    digest = models.TextField()
    receipt = models.TextField()

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        "referral": LINK,
        **dict.fromkeys(
            (
                "from_name",
                "handover",
                "assessed",
                "risk",
                "wishes",
                "actions",
                "digest",
                "receipt",
            ),
            OF_ENVELOPE,
        ),
        **dict.fromkeys(("sent_on", "referred_on"), CODED),
    }

    class Meta:
        verbose_name = "transfer from another area"
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="transfer_opened_once"),
        ]
