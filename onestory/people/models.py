"""People and what is known of who they are, each fact in its envelope.

Facts are superseded, not overwritten: the row that holds now has no `superseded_at`.
"""

from django.db import models

from onestory.access.models import Protected
from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, MOMENT, OF_ENVELOPE, STAFF
from onestory.kernel.ids import new_id


class Person(models.Model):
    """A human being, and nothing about them: all that is known lies in their envelopes.

    Survivor, person using abuse and child are not kinds of people but parts in a relationship.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # What can be read over the telephone.
    reference = models.TextField(unique=True)
    added_by = columns.user()
    added_at = models.DateTimeField()
    # Two records of one human being: this one is shown as part of that one. See `Join`.
    joined_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="joined"
    )

    CLASSIFIED = {
        **dict.fromkeys(("id", "reference", "joined_into"), LINK),
        "added_by": STAFF,
        "added_at": MOMENT,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(joined_into=None) | ~models.Q(joined_into=models.F("id")),
                name="person_not_joined_into_itself",
            )
        ]
        indexes = [
            # Whoever is looked up is looked for among the joined as well, and few ever were.
            models.Index(
                fields=["id"], condition=models.Q(joined_into__isnull=False), name="people_joined"
            ),
        ]

    def __str__(self):
        return self.reference


class OfPerson(Protected):
    """A protected row about one person. The database holds envelope and person together."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="%(class)ss")

    CLASSIFIED_HERE = {**Protected.CLASSIFIED_HERE, "person": LINK}

    class Meta:
        abstract = True


class Superseded(models.Model):
    """A fact that a later one may replace."""

    superseded_at = models.DateTimeField(null=True)
    superseded_by = columns.user(null=True)

    CLASSIFIED_SUPERSEDED = {"superseded_at": MOMENT, "superseded_by": STAFF}

    class Meta:
        abstract = True


def _superseded_together(table: str) -> models.CheckConstraint:
    return columns.both("superseded", f"{table}_superseded_at_and_by")


def _one_now(table: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=["person"], condition=models.Q(superseded_at=None), name=f"one_{table}_now"
    )


class Identity(OfPerson, Superseded):
    """Envelope `identity`: name, birth, sex."""

    given_name = models.TextField(blank=True)
    family_name = models.TextField(blank=True)
    # Maiden names, aliases, names in use elsewhere; one a line.
    other_names = models.TextField(blank=True)
    born_on = models.DateField(null=True)
    # Where only an age is known.
    birth_year = models.SmallIntegerField(null=True)
    sex = models.TextField(blank=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **Superseded.CLASSIFIED_SUPERSEDED,
        **dict.fromkeys(("given_name", "family_name", "other_names", "born_on"), OF_ENVELOPE),
        **dict.fromkeys(("birth_year", "sex"), CODED),
    }

    class Meta:
        constraints = [_superseded_together("identity"), _one_now("identity")]

    def __str__(self):
        return f"{self.given_name} {self.family_name}".strip() or "Name not known"


class SafeContact(OfPerson, Superseded):
    """Envelope `safe-contact`: whether, when and how it is safe to reach them, and who may not know."""

    class Safe(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        UNKNOWN = "unknown", "Not known"

    safe_to_call = models.TextField(choices=Safe.choices, default=Safe.UNKNOWN)
    when_safe = models.TextField(blank=True)
    voicemail = models.TextField(choices=Safe.choices, default=Safe.UNKNOWN)
    text_messages = models.TextField(choices=Safe.choices, default=Safe.UNKNOWN)
    code_word = models.TextField(blank=True)
    must_not_know = models.TextField(blank=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **Superseded.CLASSIFIED_SUPERSEDED,
        **dict.fromkeys(
            (
                "safe_to_call",
                "when_safe",
                "voicemail",
                "text_messages",
                "code_word",
                "must_not_know",
            ),
            OF_ENVELOPE,
        ),
    }

    class Meta:
        constraints = [_superseded_together("safecontact"), _one_now("safecontact")]


class Phone(OfPerson, Superseded):
    """Envelope `safe-contact`: a number, and whether it may be used."""

    number = models.TextField()
    safe = models.TextField(choices=SafeContact.Safe.choices, default=SafeContact.Safe.UNKNOWN)
    whose = models.TextField(blank=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **Superseded.CLASSIFIED_SUPERSEDED,
        **dict.fromkeys(("number", "safe", "whose"), OF_ENVELOPE),
    }

    class Meta:
        constraints = [_superseded_together("phone")]


class Address(OfPerson, Superseded):
    """An address. One that the person using abuse must not learn lies in `whereabouts`, any other
    in `identity`; `confidential` says which, and the database holds the two together."""

    lines = models.TextField()
    postcode = models.TextField(blank=True)
    locality = models.TextField(blank=True)
    housing = models.TextField(blank=True)
    confidential = models.BooleanField(default=False)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **Superseded.CLASSIFIED_SUPERSEDED,
        **dict.fromkeys(("lines", "postcode"), OF_ENVELOPE),
        **dict.fromkeys(("locality", "housing", "confidential"), CODED),
    }

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [_superseded_together("address")]


class Relationship(OfPerson, Superseded):
    """Envelope `story` of `person`: somebody in their life, and whether they live together.

    One-way on purpose. It is read from the page of `person` only: nothing leads back from `other`.
    """

    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField()
    lives_with = models.BooleanField(default=False)
    uses_abuse = models.BooleanField(default=False)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **Superseded.CLASSIFIED_SUPERSEDED,
        "other": LINK,
        **dict.fromkeys(("kind", "lives_with", "uses_abuse"), CODED),
    }

    class Meta:
        constraints = [
            _superseded_together("relationship"),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("other")), name="relationship_of_two"
            ),
        ]


class SearchKey(models.Model):
    """What a person is found by, in the envelope of the fact that it comes from.

    Only equality can use an index under row-level security, so spelling is forgiven by keys (see
    `rules.keys`) and not by patterns.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    envelope = models.ForeignKey(
        "access.Envelope", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.TextField()
    value = models.TextField()

    CLASSIFIED = {
        **dict.fromkeys(("id", "person", "envelope"), LINK),
        **dict.fromkeys(("kind", "value"), OF_ENVELOPE),
    }

    class Meta:
        indexes = [models.Index(fields=["value", "kind"], name="searchkey_value")]
        constraints = [
            models.UniqueConstraint(
                fields=["envelope", "kind", "value"], name="one_searchkey_of_a_value"
            )
        ]


class Join(models.Model):
    """A person's decision that two records are of one human being; undone by another decision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    joined = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    weight = models.FloatField()
    reason = models.TextField()
    joined_by = columns.user()
    joined_at = models.DateTimeField()
    undone_by = columns.user(null=True)
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.TextField(blank=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "kept", "joined", "joined_by", "undone_by"), LINK),
        **dict.fromkeys(("weight", "reason", "joined_at", "undone_at", "undo_reason"), OF_ENVELOPE),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["joined"], condition=models.Q(undone_at=None), name="joined_once"
            ),
            columns.both("undone", "join_undone_at_and_by"),
        ]


class MatchNotice(OfPerson):
    """Told to those who hold `person`: another team has recorded somebody who may be the same.

    Written only by the database (`people_tell_holders`), since whoever made the new record may not
    learn of this one. `other` and `other_team` say whom to talk to.
    """

    class Outcome(models.TextChoices):
        SAME = "same", "The same person"
        DIFFERENT = "different", "Somebody else"
        UNCLEAR = "unclear", "Could not be told"

    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other_team = columns.team()
    weight = models.FloatField()
    settled_at = models.DateTimeField(null=True)
    settled_by = columns.user(null=True)
    settled_how = models.TextField(blank=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("other", "other_team", "settled_by"), LINK),
        **dict.fromkeys(("weight", "settled_at", "settled_how"), OF_ENVELOPE),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="one_notice_of_a_pair"),
            columns.both("settled", "notice_settled_at_and_by"),
        ]


class AccessRequest(models.Model):
    """A team that knows a person asks to see a closed envelope; whoever may share it answers.

    Not a protected row: the team that asks sees its request while the envelope stays closed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    envelope = models.ForeignKey("access.Envelope", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    team = columns.team()
    purpose = models.TextField()
    words = models.TextField()
    asked_by = columns.user()
    asked_at = models.DateTimeField()
    answered_by = columns.user(null=True)
    answered_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    answer = models.TextField(blank=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "envelope", "person", "team"), LINK),
        **dict.fromkeys(("asked_by", "answered_by"), STAFF),
        **dict.fromkeys(
            ("purpose", "words", "asked_at", "answered_at", "agreed", "answer"), OF_ENVELOPE
        ),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["envelope", "team"],
                condition=models.Q(answered_at=None),
                name="asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None, agreed=None)
                | models.Q(
                    answered_at__isnull=False, answered_by__isnull=False, agreed__isnull=False
                ),
                name="request_answered_at_and_by",
            ),
        ]
