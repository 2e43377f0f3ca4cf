"""Accounts under a pseudonym. Nobody is named in them: the envelope of each has no person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onestory.access.models import Protected
from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE, SECRET, STAFF
from onestory.kernel.ids import new_id


class Account(Protected):
    """What somebody told who does not want to be named, until they choose otherwise."""

    pseudonym = models.TextField(unique=True)
    # Slow to try: only whoever has the code can have the account released or destroyed.
    code = models.TextField()
    wrong_codes = ArrayField(models.DateTimeField(), default=list)
    team = columns.team()
    age = models.TextField()
    abuse = ArrayField(models.TextField())
    words = models.TextField(blank=True)
    wants = models.TextField(blank=True)
    # How they may be reached, if they wish to be. Nothing, unless they say so.
    reach = models.TextField(blank=True)
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = columns.user(null=True)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **Protected.CLASSIFIED_HERE,
        **dict.fromkeys(("pseudonym", "words", "wants", "reach", "wrong_codes"), OF_ENVELOPE),
        **dict.fromkeys(("age", "abuse", "destroyed_at"), CODED),
        "code": SECRET,
        "team": LINK,
        "destroyed_by": STAFF,
        "version": OF_ENVELOPE,
    }

    class Meta:
        indexes = [models.Index(fields=["team", "-recorded_at", "-id"], name="accounts_of_team")]
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at=None, destroyed_by=None)
                | Q(destroyed_at__isnull=False, destroyed_by__isnull=False, words="", reach=""),
                name="account_destroyed_whole",
            ),
        ]

    def __str__(self):
        return self.pseudonym


class Evidence(Protected):
    """What is kept, where, and until when. `tell`: why whoever keeps it has still to be told."""

    class Tell(models.TextChoices):
        NEAR = "near", "It is kept for a short time only now"
        RELEASED = "released", "The account was released to a team"
        DESTROYED = "destroyed", "The account was destroyed"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="evidence")
    kind = models.TextField()
    held_by = models.TextField()
    # The number on the bag or the box.
    mark = models.TextField(blank=True)
    keep_until = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = columns.user(null=True)
    end_reason = models.TextField(blank=True)
    tell = models.TextField(choices=Tell.choices, blank=True)
    told_at = models.DateTimeField(null=True)
    told_by = columns.user(null=True)
    # Of which day of letting go whoever keeps it was told, as it came near.
    told_until = models.DateField(null=True)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **Protected.CLASSIFIED_HERE,
        "account": LINK,
        **dict.fromkeys(("held_by", "mark", "end_reason", "version"), OF_ENVELOPE),
        **dict.fromkeys(("told_at", "told_until"), OF_ENVELOPE),
        **dict.fromkeys(("kind", "keep_until", "ended_at", "tell"), CODED),
        **dict.fromkeys(("ended_by", "told_by"), STAFF),
    }

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            columns.both("ended", "evidence_ended_at_and_by"),
            columns.both("told", "evidence_told_at_and_by"),
        ]


class AgreedFact(Protected):
    """A fact about the person using abuse, as a mark that only this system can make. Never the fact."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="facts")
    kind = models.TextField()
    mark = models.TextField()
    points = models.SmallIntegerField()

    CLASSIFIED = {
        **Protected.CLASSIFIED_HERE,
        "account": LINK,
        **dict.fromkeys(("kind", "mark", "points"), OF_ENVELOPE),
    }

    class Meta:
        indexes = [models.Index(fields=["mark"], name="agreed_facts_by_mark")]
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "mark"], name="agreed_fact_once")
        ]


class Pair(models.Model):
    """Two accounts about the same person, as far as the agreed facts say. Nobody reads this table:
    each side learns of it through its own `Echo`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    one = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()

    CLASSIFIED = dict.fromkeys(("id", "one", "other", "found_at"), LINK)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_pair_of_two"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="pair_in_order"),
        ]


class Echo(Protected):
    """Told to those who hold the account: there is another. `pair` says nothing of which."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="echoes")
    pair = models.UUIDField()
    # Whether this survivor is willing that the two workers speak: asked of each by their own.
    willing = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = columns.user(null=True)

    CLASSIFIED = {
        **Protected.CLASSIFIED_HERE,
        **dict.fromkeys(("account", "pair"), LINK),
        **dict.fromkeys(("willing", "answered_at"), OF_ENVELOPE),
        "answered_by": STAFF,
    }

    class Meta:
        verbose_name_plural = "echoes"
        constraints = [
            models.UniqueConstraint(fields=["account", "pair"], name="echo_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, willing=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False, willing__isnull=False),
                name="echo_answered_at_and_by",
            ),
        ]


class Release(Protected):
    """The survivor's own choice, by the code: this team may see it, for this, until then."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="releases")
    to_team = columns.team()
    purpose = models.TextField()
    until = models.DateField()
    # What was passed on instead of the account, where she chose that.
    slip = models.ForeignKey("Slip", on_delete=models.PROTECT, null=True, related_name="+")
    grant = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = columns.user(null=True)

    CLASSIFIED = {
        **Protected.CLASSIFIED_HERE,
        **dict.fromkeys(("account", "to_team", "slip", "grant"), LINK),
        **dict.fromkeys(("purpose", "until", "ended_at"), OF_ENVELOPE),
        "ended_by": STAFF,
    }

    class Meta:
        constraints = [
            columns.both("ended", "release_ended_at_and_by"),
        ]


class Slip(Protected):
    """What she agreed to pass on without the account: in an envelope of its own, so that whoever
    gets it can get no further."""

    reference = models.TextField(unique=True)
    words = models.TextField()

    CLASSIFIED = {
        **Protected.CLASSIFIED_HERE,
        **dict.fromkeys(("reference", "words"), OF_ENVELOPE),
    }

    def __str__(self):
        return self.reference
