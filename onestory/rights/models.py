"""What a person may ask of us, and how long we keep what we know: requests, holds, deletion.

But for corrections, nothing here lies in an envelope: guardians decide on it, who see nobody's
record. So it says who by a reference alone; whatever words there are must not say more.
"""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE, OF_IDENTITY, RECORD, STAFF
from onestory.kernel.ids import new_id
from onestory.people.models import OfPerson


class CopyRequest(models.Model):
    """Somebody asks for a copy of their record (subject access).

    Logged by a team, confirmed by a guardian: then the record is open to `handler` alone, to read,
    until it is answered or due.
    """

    class AskedBy(models.TextChoices):
        SELF = "self", "The survivor"
        REPRESENTATIVE = "representative", "Somebody for them"
        PARENT = "parent", "Somebody with parental responsibility"

    class Outcome(models.TextChoices):
        GIVEN = "given", "A copy was given"
        REFUSED = "refused", "Refused, with the reason and how to complain"
        WITHDRAWN = "withdrawn", "No longer wanted"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    team = columns.team()
    handler = columns.user()
    asked_by = models.TextField(choices=AskedBy.choices)
    # Who asks for them, and by what they may.
    representative = models.TextField(blank=True)
    received_on = models.DateField()
    # How it was checked that they are who they say: what was seen, never a copy of it.
    identity_checked = models.TextField()
    due_on = models.DateField()
    logged_by = columns.user()
    logged_at = models.DateTimeField()

    confirmed_by = columns.user(null=True)
    confirmed_at = models.DateTimeField(null=True)
    # What a guardian asked to be put right before they confirm.
    sent_back = models.TextField(blank=True)
    extended_on = models.DateField(null=True)
    extended_why = models.TextField(blank=True)

    outcome = models.TextField(choices=Outcome.choices, blank=True)
    answered_how = models.TextField(blank=True)
    answered_by = columns.user(null=True)
    answered_at = models.DateTimeField(null=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "person", "team"), LINK),
        **dict.fromkeys(("handler", "logged_by", "confirmed_by", "answered_by"), STAFF),
        **dict.fromkeys(
            (
                "asked_by",
                "representative",
                "received_on",
                "identity_checked",
                "due_on",
                "logged_at",
                "confirmed_at",
                "sent_back",
                "extended_on",
                "extended_why",
                "outcome",
                "answered_how",
                "answered_at",
            ),
            OF_IDENTITY,
        ),
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=models.Q(answered_at=None),
                name="requests_for_copies_open",
            ),
        ]
        constraints = [
            columns.both("confirmed", "copy_confirmed_at_and_by"),
            columns.both("answered", "copy_answered_at_and_by"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | ~models.Q(confirmed_by=models.F("logged_by")),
                name="copy_confirmed_by_another",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(answered_at=None),
                name="one_open_request_for_a_copy",
            ),
        ]


class Choice(models.Model):
    """What was decided for a copy about some words, or about a whole part: given, in part, or not.

    `place` is the part (`whereabouts`), or the table, row and column of the words. Each is kept,
    with its reason: a redaction that nobody can explain is none.
    """

    class What(models.TextChoices):
        KEEP = "keep", "Give it as it is"
        PART = "part", "Give a part of it"
        WITHHOLD = "withhold", "Leave it out"

    class Why(models.TextChoices):
        THIRD_PARTY = "third-party", "It is about somebody else"
        HARM = "serious-harm", "It would do serious harm"
        CRIME = "crime", "It would harm the prevention or detection of crime"
        LEGAL = "legal-privilege", "Legal advice"
        ELSEWHERE = "elsewhere", "It is given by another team"
        UNSAFE = "unsafe", "It is not safe to have on paper"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(CopyRequest, on_delete=models.PROTECT, related_name="choices")
    place = models.TextField()
    what = models.TextField(choices=What.choices)
    why = models.TextField(choices=Why.choices, blank=True)
    # What is left of the words, where a part of them is given.
    words = models.TextField(blank=True)
    decided_by = columns.user()
    decided_at = models.DateTimeField()

    CLASSIFIED = {
        **dict.fromkeys(("id", "request"), LINK),
        **dict.fromkeys(("place", "what", "why", "words", "decided_at"), OF_IDENTITY),
        "decided_by": STAFF,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "place"], name="one_choice_of_a_place"),
            models.CheckConstraint(
                condition=models.Q(what="keep") | ~models.Q(why=""), name="choice_says_why"
            ),
        ]


class Correction(OfPerson):
    """Something in her record is wrong, says the survivor, and a team that holds it decides.

    In the envelope of what it is about, so that whoever sees the one sees the other. Her words stay
    beside what was written, whatever is decided.
    """

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", "It was put right"
        BESIDE = "beside", "Her words stand beside it"
        UNCHANGED = "unchanged", "It was not changed"

    team = columns.team()
    # The table and row, and what such a row is called.
    place = models.TextField()
    about = models.TextField()
    wrong = models.TextField()
    right = models.TextField(blank=True)
    due_on = models.DateField()
    outcome = models.TextField(choices=Outcome.choices, blank=True)
    # As she reads it.
    reason = models.TextField(blank=True)
    decided_by = columns.user(null=True)
    decided_at = models.DateTimeField(null=True)
    # When she first saw what became of it.
    seen_at = models.DateTimeField(null=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("team", "place"), LINK),
        "decided_by": STAFF,
        "outcome": CODED,
        **dict.fromkeys(
            ("about", "wrong", "right", "due_on", "reason", "decided_at", "seen_at"), OF_ENVELOPE
        ),
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=models.Q(decided_at=None),
                name="corrections_open",
            ),
        ]
        constraints = [
            columns.both("decided", "correction_decided_at_and_by"),
            models.UniqueConstraint(
                fields=["place"],
                condition=models.Q(decided_at=None),
                name="one_open_correction_of_a_place",
            ),
        ]


class Hold(models.Model):
    """Nothing of a person (or of anybody) is deleted while an inquiry needs it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Everybody, where it is empty.
    person_id = models.UUIDField(null=True, db_index=True)
    reference = models.TextField(blank=True)
    # Who asks: an inquiry, a court, the police.
    who = models.TextField()
    why = models.TextField()
    review_on = models.DateField()
    placed_by = columns.user()
    placed_at = models.DateTimeField()
    lifted_by = columns.user(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.TextField(blank=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "person_id", "reference"), LINK),
        **dict.fromkeys(("placed_by", "lifted_by"), STAFF),
        **dict.fromkeys(
            ("who", "why", "review_on", "placed_at", "lifted_at", "lifted_why"), RECORD
        ),
    }

    class Meta:
        constraints = [columns.both("lifted", "hold_lifted_at_and_by")]


class Review(models.Model):
    """A record whose time is over by the area's rules, for a guardian to decide."""

    class Decision(models.TextChoices):
        KEEP = "keep", "Keep it longer"
        DELETE = "delete", "Delete it"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField(db_index=True)
    reference = models.TextField()
    rule = models.TextField()
    last_ending_on = models.DateField()
    due_on = models.DateField()
    found_at = models.DateTimeField()
    decision = models.TextField(choices=Decision.choices, blank=True)
    reason = models.TextField(blank=True)
    keep_until = models.DateField(null=True)
    decided_by = columns.user(null=True)
    decided_at = models.DateTimeField(null=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "person_id", "reference"), LINK),
        "decided_by": STAFF,
        **dict.fromkeys(
            (
                "rule",
                "last_ending_on",
                "due_on",
                "found_at",
                "decision",
                "reason",
                "keep_until",
                "decided_at",
            ),
            RECORD,
        ),
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=models.Q(decided_at=None),
                name="records_to_review",
            ),
        ]
        constraints = [
            columns.both("decided", "review_decided_at_and_by"),
            models.UniqueConstraint(
                fields=["person_id"],
                condition=models.Q(decided_at=None),
                name="reviewed_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="keep") | models.Q(keep_until__isnull=False),
                name="kept_longer_until_a_day",
            ),
        ]


class Deletion(models.Model):
    """A record to be deleted: decided by one, confirmed by another, then done. What stays of it is
    this: a reference, the days and the decision."""

    class Because(models.TextChoices):
        TIME = "time", "Its time is over"
        ASKED = "asked", "The survivor asked for it"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField(db_index=True)
    reference = models.TextField()
    because = models.TextField(choices=Because.choices)
    reason = models.TextField()
    decided_by = columns.user()
    decided_at = models.DateTimeField()
    confirmed_by = columns.user(null=True)
    confirmed_at = models.DateTimeField(null=True)
    cancelled_by = columns.user(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    # How many rows went from each table, and how many stay as counts.
    counts = models.JSONField(default=dict)

    CLASSIFIED = {
        **dict.fromkeys(("id", "person_id", "reference"), LINK),
        **dict.fromkeys(("decided_by", "confirmed_by", "cancelled_by"), STAFF),
        **dict.fromkeys(
            (
                "because",
                "reason",
                "decided_at",
                "confirmed_at",
                "cancelled_at",
                "cancelled_why",
                "done_at",
                "counts",
            ),
            RECORD,
        ),
    }

    class Meta:
        constraints = [
            columns.both("confirmed", "deletion_confirmed_at_and_by"),
            columns.both("cancelled", "deletion_cancelled_at_and_by"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | ~models.Q(confirmed_by=models.F("decided_by")),
                name="deletion_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None)
                | models.Q(confirmed_at__isnull=False, cancelled_at=None),
                name="deletion_done_when_confirmed",
            ),
            models.UniqueConstraint(
                fields=["person_id"],
                condition=models.Q(cancelled_at=None),
                name="deleted_once",
            ),
        ]
