"""Editions of reports: written around live figures, frozen, and published.

Nobody is in them: figures are those for publication. What must never change has a table of its own
to which rows are only added.
"""

from django.db import models

from onestory.agencies import columns
from onestory.kernel.classified import LINK, MOMENT, OF_REPORT, STAFF
from onestory.kernel.ids import new_id


class Edition(models.Model):
    """One report of one period on its way through its versions, or a correction of an earlier one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # The code of the report in the area pack, and its title when the edition was begun.
    report = models.TextField()
    title = models.TextField()
    team = columns.team()
    from_on = models.DateField()
    to_on = models.DateField()
    # A code of the area's `edition_versions`.
    version = models.TextField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="correction"
    )
    made_at = models.DateTimeField()
    made_by = columns.user()
    # Begun by mistake: it is in no list any more, and makes room for another of its period.
    discarded_at = models.DateTimeField(null=True)
    discarded_by = columns.user(null=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "team", "replaces"), LINK),
        **dict.fromkeys(("report", "title", "from_on", "to_on", "version"), OF_REPORT),
        **dict.fromkeys(("made_at", "discarded_at"), MOMENT),
        **dict.fromkeys(("made_by", "discarded_by"), STAFF),
    }

    class Meta:
        indexes = [
            models.Index(fields=["team", "report", "-to_on", "-id"], name="editions_of_report"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "report", "from_on", "to_on"],
                condition=models.Q(replaces=None, discarded_at=None),
                name="one_first_edition_of_a_period",
            ),
            columns.both("discarded", "edition_discarded_at_and_by"),
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")), name="edition_of_a_period"
            ),
        ]


class Move(models.Model):
    """An edition went from one version to another."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="moves")
    from_version = models.TextField()
    to_version = models.TextField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = columns.user()

    CLASSIFIED = {
        **dict.fromkeys(("id", "edition"), LINK),
        **dict.fromkeys(("from_version", "to_version", "reason"), OF_REPORT),
        "at": MOMENT,
        "by": STAFF,
    }


class Passage(models.Model):
    """What the authors wrote in one section. Kept from year to year: see `kept_from`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="passages")
    section = models.TextField()
    words = models.TextField(blank=True)
    # As `kernel.opening` keeps a page that saves itself.
    version = models.IntegerField(default=0)
    tab = models.TextField(blank=True)
    heard = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    written_by = columns.user()
    # The edition from which the words were brought forward, until somebody changes them here.
    kept_from = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")

    CLASSIFIED = {
        **dict.fromkeys(("id", "edition", "kept_from"), LINK),
        **dict.fromkeys(("section", "words", "version", "tab", "heard"), OF_REPORT),
        "written_at": MOMENT,
        "written_by": STAFF,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "section"], name="one_passage_of_a_section_in_an_edition"
            ),
        ]


class Entry(models.Model):
    """A number that somebody entered by hand, with where it is from."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="entries")
    table = models.TextField()
    place = models.TextField()
    # As it was typed; empty where it was taken out again.
    value = models.TextField(blank=True)
    source = models.TextField()
    entered_at = models.DateTimeField()
    entered_by = columns.user()

    CLASSIFIED = {
        **dict.fromkeys(("id", "edition"), LINK),
        **dict.fromkeys(("table", "place", "value", "source"), OF_REPORT),
        "entered_at": MOMENT,
        "entered_by": STAFF,
    }

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "table", "place"], name="one_entry_of_a_place_in_an_edition"
            ),
        ]


class Frozen(models.Model):
    """The whole edition as it was when it was frozen. From then on pages and files come from here."""

    edition = models.OneToOneField(
        Edition, on_delete=models.PROTECT, primary_key=True, related_name="frozen"
    )
    at = models.DateTimeField()
    by = columns.user()
    # The moment that the figures are of.
    figures_at = models.DateTimeField()
    # As `analysis.frozen` writes a report.
    content = models.JSONField()

    CLASSIFIED = {
        "edition": LINK,
        **dict.fromkeys(("at", "figures_at"), MOMENT),
        "by": STAFF,
        "content": OF_REPORT,
    }

    class Meta:
        verbose_name = "frozen edition"


class Publication(models.Model):
    """A frozen edition stands on the public page, or stood there until it was withdrawn."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="publications")
    at = models.DateTimeField()
    by = columns.user()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = columns.user(null=True)
    withdrawn_why = models.TextField(blank=True)

    CLASSIFIED = {
        **dict.fromkeys(("id", "edition"), LINK),
        **dict.fromkeys(("at", "withdrawn_at"), MOMENT),
        **dict.fromkeys(("by", "withdrawn_by"), STAFF),
        "withdrawn_why": OF_REPORT,
    }

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="publications_newest_first")]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=models.Q(withdrawn_at=None),
                name="published_once_at_a_time",
            ),
            columns.both("withdrawn", "publication_withdrawn_at_and_by"),
        ]
