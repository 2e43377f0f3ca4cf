"""What somebody who asks for support has saved, sealed; and how often it was tried to open it."""

from django.db import models

from onestory.kernel.classified import LINK, OWN, SECRET
from onestory.kernel.ids import new_id


class Asking(models.Model):
    """A request for support, by its reference. Nobody can read it without the code that goes with it.

    Before it is sent it holds what was typed, sealed with a key made from that code; afterwards only
    which contact it became, so that reference and code together show where it stands. There is no
    foreign key: a record may be deleted while somebody still has its reference.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.TextField(unique=True)
    salt = models.TextField()
    proof = models.TextField()
    sealed = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    contact_id = models.UUIDField(null=True)
    # How an answer reaches them, so that the page can say it without opening the contact.
    reach = models.TextField(blank=True)
    wrong_tries = models.IntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "contact_id"), LINK),
        **dict.fromkeys(("salt", "proof"), SECRET),
        **dict.fromkeys(("reference", "sealed", "saved_at", "expires_at", "reach"), OWN),
        **dict.fromkeys(("wrong_tries", "locked_until"), OWN),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contact_id=None) | models.Q(sealed=""),
                name="asking_sent_holds_no_words",
            ),
        ]


class Knocks(models.Model):
    """How often one connection has done one thing of late. A mark of the day, not an address."""

    mark = models.TextField(primary_key=True)
    counted = models.IntegerField()
    since = models.DateTimeField(db_index=True)

    CLASSIFIED = {
        "mark": SECRET,
        **dict.fromkeys(("counted", "since"), OWN),
    }
