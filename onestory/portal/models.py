"""A survivor's own pages: whose they are, how she was invited, and how she comes in."""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import LINK, OF_ENVELOPE, RECORD, SECRET, STAFF
from onestory.kernel.ids import new_id
from onestory.people.models import OfPerson


class OwnPages(OfPerson):
    """Envelope `support`: this person has pages of their own, as this user.

    Written by the database alone (`portal_open`). The user has a random address and no name.
    """

    user = models.OneToOneField("agencies.User", on_delete=models.PROTECT, related_name="own_pages")

    CLASSIFIED = {**OfPerson.CLASSIFIED_HERE, "user": LINK}

    class Meta:
        verbose_name_plural = "own pages"
        constraints = [
            models.UniqueConstraint(fields=["person"], name="own_pages_of_a_person"),
        ]


class Invitation(OfPerson):
    """Envelope `support`: a code told by a worker, that opens once, with a word both agreed on.

    Kept are marks of the two, which only this system can make: neither can be read here.
    """

    class How(models.TextChoices):
        IN_PERSON = "in-person", "In person"
        BY_PHONE = "by-phone", "By telephone, at a safe time"

    own_pages = models.ForeignKey(OwnPages, on_delete=models.PROTECT, related_name="invitations")
    team = columns.team()
    how = models.TextField(choices=How.choices)
    # Where she is under 16 or her age is not known: how it was judged that she may have them.
    judged = models.TextField(blank=True)
    code = models.TextField(unique=True)
    word = models.TextField()
    expires_at = models.DateTimeField()
    wrong_tries = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = columns.user(null=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("own_pages", "team"), LINK),
        **dict.fromkeys(("code", "word"), SECRET),
        **dict.fromkeys(
            ("how", "judged", "expires_at", "wrong_tries", "used_at", "revoked_at"), OF_ENVELOPE
        ),
        "revoked_by": STAFF,
    }

    class Meta:
        constraints = [
            columns.both("revoked", "invitation_revoked_at_and_by"),
        ]


class Code(models.Model):
    """One of the codes on a survivor's list. It lets in once, together with her number.

    Looked up before anybody is known, as sessions and passkeys are: it holds a mark, and no person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = columns.user()
    code = models.TextField(unique=True)
    made_at = models.DateTimeField()
    wrong_tries = models.SmallIntegerField(default=0)
    # Used, or taken away with the whole list.
    ended_at = models.DateTimeField(null=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "user"), LINK),
        "code": SECRET,
        **dict.fromkeys(("made_at", "wrong_tries", "ended_at"), RECORD),
    }


class Feedback(models.Model):
    """What somebody thinks of what a team did for them. Not whose it is: nothing leads back.

    The month is all that is kept of when; the id does not sort by time as others do.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    team = columns.team()
    month = models.DateField()
    heard = models.TextField()
    in_control = models.TextField()
    safer = models.TextField()
    words = models.TextField(blank=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "team"), LINK),
        **dict.fromkeys(("month", "heard", "in_control", "safer", "words"), RECORD),
    }
