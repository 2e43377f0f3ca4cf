"""What somebody agreed to, refused or took back; and what was shared without asking."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onestory.access.models.envelopes import Kind
from onestory.agencies import columns
from onestory.kernel.classified import CODED_OF_IDENTITY, LINK, OF_IDENTITY
from onestory.kernel.ids import new_id


class Capacity(models.TextChoices):
    """Who decided, and whether they could: considered each time that consent is asked."""

    ADULT = "adult", "An adult, who can decide this"
    SIXTEEN = "16-17", "16 or 17, and can decide this"
    GILLICK = "gillick", "Under 16, and understands enough to decide this (Gillick competent)"
    PARENT = "parent", "A child, for whom somebody with parental responsibility decided"
    CHILD = "under-13", "Under 13, with nobody who can safely decide for them"
    LACKS = "lacks-capacity", "Cannot decide this, even with help"


class How(models.TextChoices):
    """How somebody let us know."""

    SPOKEN = "spoken", "They said so"
    WRITTEN = "in-writing", "In writing"
    OWN_PAGES = "own-pages", "On their own pages"


class Answer(models.TextChoices):
    GIVEN = "given", "Yes"
    REFUSED = "refused", "No"


class Consent(models.Model):
    """Somebody was asked whether a team may know, and said yes or no. Never changed.

    What was agreed and is taken back, in whole or in part, is a `Withdrawal`. A consent lapses by
    its day, `until`, as its grants do.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # A foreign key to people_person in the database, as that of an envelope.
    person_id = models.UUIDField(db_index=True)
    team = columns.team()
    to_team = columns.team()
    kinds = ArrayField(models.TextField())
    purpose = models.TextField()
    until = models.DateField(null=True)
    answer = models.TextField(choices=Answer.choices)
    how = models.TextField(choices=How.choices)
    capacity = models.TextField(choices=Capacity.choices)
    # Who judged it, and on what; who decided, if somebody else did.
    age_note = models.TextField(blank=True)
    words = models.TextField(blank=True)
    asked_by = columns.user()
    asked_at = models.DateTimeField()

    CLASSIFIED = {
        **dict.fromkeys(("id", "person_id", "team", "to_team", "asked_by"), LINK),
        **dict.fromkeys(
            ("kinds", "purpose", "until", "answer", "how", "capacity", "asked_at"),
            CODED_OF_IDENTITY,
        ),
        **dict.fromkeys(("age_note", "words"), OF_IDENTITY),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kinds__len__gt=0, kinds__contained_by=Kind.values),
                name="consent_kinds",
            ),
            models.CheckConstraint(
                condition=models.Q(answer=Answer.REFUSED)
                | ~models.Q(capacity__in=[Capacity.CHILD, Capacity.LACKS]),
                name="consent_given_by_who_can",
            ),
        ]


class Withdrawal(models.Model):
    """A consent taken back, or a part of it. Its grants ended in the same moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="withdrawals")
    kinds = ArrayField(models.TextField())
    how = models.TextField(choices=How.choices)
    words = models.TextField(blank=True)
    withdrawn_by = columns.user()
    withdrawn_at = models.DateTimeField()

    CLASSIFIED = {
        **dict.fromkeys(("id", "consent", "withdrawn_by"), LINK),
        **dict.fromkeys(("kinds", "how", "withdrawn_at"), CODED_OF_IDENTITY),
        "words": OF_IDENTITY,
    }


class ShareWithoutConsent(models.Model):
    """A team was told without consent: on which basis, why, who else thought so, whether the
    survivor was told. Until they are, it is hidden from their own pages, and from those alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.UUIDField(db_index=True)
    team = columns.team()
    to_team = columns.team()
    kinds = ArrayField(models.TextField())
    purpose = models.TextField()
    basis = models.TextField()
    reason = models.TextField(blank=True)
    until = models.DateField(null=True)
    shared_by = columns.user()
    shared_at = models.DateTimeField()
    second_opinion_by = columns.user(null=True)
    not_told_reason = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True)
    told_by = columns.user(null=True)

    CLASSIFIED = {
        **dict.fromkeys(
            ("id", "person_id", "team", "to_team", "shared_by", "second_opinion_by", "told_by"),
            LINK,
        ),
        **dict.fromkeys(
            ("kinds", "purpose", "basis", "until", "shared_at", "told_at"),
            CODED_OF_IDENTITY,
        ),
        **dict.fromkeys(("reason", "not_told_reason"), OF_IDENTITY),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(told_at__isnull=False, told_by__isnull=False)
                | (models.Q(told_at=None, told_by=None) & ~models.Q(not_told_reason="")),
                name="share_told_or_why_not",
            ),
            models.CheckConstraint(
                condition=models.Q(second_opinion_by=None)
                | ~models.Q(second_opinion_by=models.F("shared_by")),
                name="share_second_opinion_is_anothers",
            ),
        ]
