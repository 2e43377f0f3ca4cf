"""Therapy: its notes, how far criminal proceedings are, and who from outside has asked for the notes."""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import CODED, LINK, OF_ENVELOPE, OWN, STAFF
from onestory.kernel.ids import new_id
from onestory.kernel.opening import Typed
from onestory.people.models import OfPerson, Superseded

LONGEST = 20_000


class TherapyNote(OfPerson):
    """Envelope `therapy`: what a therapist notes. For the therapists of that team alone.

    Its id is given by the page on which it was typed, so that what is sent twice is there once. It
    is never changed: what was wrong is said in a later note, which `amends` it.
    """

    team = columns.team()
    on = models.DateField()
    words = models.TextField()
    amends = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **dict.fromkeys(("team", "amends"), LINK),
        **dict.fromkeys(("on", "words"), OF_ENVELOPE),
    }

    class Meta:
        indexes = [
            models.Index(fields=["person", "team", "-on", "-id"], name="notes_of_person"),
        ]


# The one page of a draft.
NOTE = "note"


class NoteDraft(models.Model):
    """A note being written. Only its writer sees it, on any machine, until it is a note."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = columns.user()
    team = columns.team()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    # What was typed, as `kernel.opening` keeps it.
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    CLASSIFIED = {
        **dict.fromkeys(("id", "user", "team", "person"), LINK),
        **dict.fromkeys(("answers", "saved_at"), OWN),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "person", "team"], name="one_draft_of_a_note_at_a_time"
            ),
        ]

    @property
    def typed(self) -> Typed:
        return self._page.get("typed", {})

    @property
    def version(self) -> int:
        return self._page.get("version", 0)

    @property
    def _page(self) -> dict:
        return self.answers.get("pages", {}).get(NOTE, {})


class Proceedings(OfPerson, Superseded):
    """Envelope `therapy`: how far criminal proceedings are, so that therapy before a trial is given
    with care. For information: therapy never waits for a trial."""

    team = columns.team()
    stage = models.TextField()
    words = models.TextField(blank=True)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        **Superseded.CLASSIFIED_SUPERSEDED,
        "team": LINK,
        **dict.fromkeys(("stage", "words"), OF_ENVELOPE),
    }

    class Meta:
        verbose_name_plural = "proceedings"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "team"],
                condition=models.Q(superseded_at=None),
                name="one_stage_of_proceedings_now",
            ),
            columns.both("superseded", "proceedings_superseded_at_and_by"),
        ]


class NotesRequest(OfPerson):
    """Envelope `therapy`: somebody from outside asks for notes. Asked, told, decided by two, answered.

    Seen by the team whose notes they are, managers too: it says nothing of what is in them.
    """

    class View(models.TextChoices):
        AGREES = "agrees", "Agrees that it is given"
        PART = "part", "Agrees to a part of it"
        OBJECTS = "objects", "Does not want it given"
        UNDECIDED = "undecided", "Has not made up their mind"
        NOT_TOLD = "not-told", "Has not been told"

    class Decision(models.TextChoices):
        FULL = "full", "Given in full"
        PART = "part", "Given in part"
        REFUSED = "refused", "Refused"
        COURT = "court", "Referred to the court"

    class How(models.TextChoices):
        HAND = "by-hand", "Handed over in person"
        POST = "by-post", "By post, signed for"
        SECURE_MAIL = "secure-mail", "By secure e-mail"
        COURT = "to-court", "To the court"
        LETTER = "letter", "In a letter, without notes"

    team = columns.team()
    who = models.TextField()
    basis = models.TextField()
    what = models.TextField()
    # The number of the order, or of the case with the police.
    their_reference = models.TextField(blank=True)
    asked_on = models.DateField()
    due_on = models.DateField()

    view = models.TextField(choices=View.choices, blank=True)
    view_words = models.TextField(blank=True)
    viewed_at = models.DateTimeField(null=True)
    viewed_by = columns.user(null=True)

    decision = models.TextField(choices=Decision.choices, blank=True)
    decision_words = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = columns.user(null=True)
    # The second person, who agrees to the decision; or sends it back.
    agreed_at = models.DateTimeField(null=True)
    agreed_by = columns.user(null=True)

    given = models.TextField(blank=True)
    how = models.TextField(choices=How.choices, blank=True)
    answered_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = columns.user(null=True)
    version = models.IntegerField(default=0)

    CLASSIFIED = {
        **OfPerson.CLASSIFIED_HERE,
        "team": LINK,
        **dict.fromkeys(("viewed_by", "decided_by", "agreed_by", "answered_by"), STAFF),
        **dict.fromkeys(
            (
                "who",
                "what",
                "their_reference",
                "view_words",
                "decision_words",
                "given",
                "version",
                "viewed_at",
                "agreed_at",
                "answered_at",
            ),
            OF_ENVELOPE,
        ),
        **dict.fromkeys(
            (
                "basis",
                "asked_on",
                "due_on",
                "view",
                "decision",
                "decided_at",
                "how",
                "answered_on",
            ),
            CODED,
        ),
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["team", "due_on", "id"],
                condition=models.Q(answered_at=None),
                name="requests_for_notes_open",
            ),
        ]
        constraints = [
            columns.both("viewed", "notes_viewed_at_and_by"),
            columns.both("decided", "notes_decided_at_and_by"),
            columns.both("agreed", "notes_agreed_at_and_by"),
            columns.both("answered", "notes_answered_at_and_by"),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decision="")
                | (
                    models.Q(decided_at__isnull=False) & ~models.Q(decision="") & ~models.Q(view="")
                ),
                name="notes_decided_after_view",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_at=None)
                | (
                    models.Q(decided_at__isnull=False) & ~models.Q(agreed_by=models.F("decided_by"))
                ),
                name="notes_agreed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(agreed_at__isnull=False),
                name="notes_agreed_before_answered",
            ),
        ]
