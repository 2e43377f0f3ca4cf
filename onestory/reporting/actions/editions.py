"""Editions on their way: begun, written, numbers entered, moved from version to version, discarded."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.opening import Opening, keep
from onestory.reporting.compiling import OF, span_of
from onestory.reporting.making import check_period, entries_of, sections_of
from onestory.reporting.models import Edition, Entry, Frozen, Move, Passage
from onestory.reporting.queries import editions as queries

LONGEST = 20_000
FROZEN = "This edition is frozen: nothing in it can be changed. Begin a correction instead."
THERE = "There is an edition of this report for this period already: go on with that one."
WORDS = "words"
KEPT = ("words", "version", "tab", "heard", "written_at", "written_by", "kept_from")


@transaction.atomic
def begin(*, by: Actor, code: str, from_: date, to: date, replaces: UUID | None = None) -> Edition:
    """A new edition, with the words of the last one before it; or, of a frozen one, its correction."""
    definition = queries.report_to_write(by, code)
    _check(definition, from_, to)
    team_id = queries.team_id(by, definition)
    now = timezone.now()
    try:
        with transaction.atomic():
            edition = Edition.objects.create(
                report=code,
                title=definition.title,
                team_id=team_id,
                from_on=from_,
                to_on=to,
                version=pack().versions[0].code,
                replaces_id=replaces,
                made_at=now,
                made_by_id=by.user_id,
            )
    except IntegrityError as error:
        raise Refused(THERE) from error
    before = queries.last_before(edition)
    kept = _bring_forward(by, before, edition) if before else 0
    if before and replaces:
        _bring_numbers(by, before, edition)
    detail = {"report": code, "passages": kept, "correction": bool(replaces)}
    record.write("edition.begin", by=by, subject=subject(edition), detail=detail)
    return edition


@transaction.atomic
def correct(*, by: Actor, edition_id: UUID) -> Edition:
    """Begin the edition that takes the place of a frozen one."""
    old = queries.edition_for(by, edition_id)
    if queries.frozen_of(old) is None:
        raise Refused("Only a frozen edition is corrected: this one can still be changed.")
    return begin(by=by, code=old.report, from_=old.from_on, to=old.to_on, replaces=old.pk)


@transaction.atomic
def write(*, by: Actor, edition_id: UUID, section: str, words: str, opening: Opening) -> Passage:
    """Keep what is typed in one section. `Stale`, with their passage, if somebody else wrote there.

    A page that saves itself is one entry in the record, however often it does.
    """
    edition = to_change(by, edition_id)
    if section not in dict(sections_of(edition.report)):
        raise Http404
    words = words.replace("\r\n", "\n").strip()
    if len(words) > LONGEST:
        raise Refused(f"Write at most {LONGEST:,} characters. You wrote {len(words):,}.")
    mine = {"written_at": timezone.now(), "written_by_id": by.user_id}
    passages = Passage.objects.select_for_update()
    passage, _ = passages.get_or_create(edition=edition, section=section, defaults=mine)
    before = passage.version
    if _keep(passage, words, opening):
        passage.kept_from = None
        passage.written_at, passage.written_by_id = mine.values()
    passage.save(update_fields=KEPT)
    if passage.version != before:
        detail = {"section": section, "version": passage.version}
        record.write("edition.write", by=by, subject=subject(edition), detail=detail)
    return passage


@transaction.atomic
def enter(
    *, by: Actor, edition_id: UUID, table: str, numbers: Mapping[str, str], source: str
) -> int:
    """Enter numbers of one table by hand, each place with its number; how many are new or other."""
    edition = to_change(by, edition_id)
    known = next((one for one in entries_of(edition.report) if one.key == table), None)
    if known is None:
        raise Http404
    given = {place: text.strip() for place, text in numbers.items()}
    try:
        known.numbers(given)
    except ValueError as error:
        raise Refused(str(error)) from error
    source = " ".join(source.split())
    if any(given.values()) and not source:
        raise Refused("Say where these numbers are from.")
    there = {one.place: one for one in Entry.objects.filter(edition=edition, table=table)}
    changed = [place for place in given if _is_other(there.get(place), given[place], source)]
    for place in changed:
        entry = there.get(place) or Entry(edition=edition, table=table, place=place)
        entry.value, entry.source = given[place], source
        entry.entered_at, entry.entered_by_id = timezone.now(), by.user_id
        if place in there:
            entry.save(update_fields=["value", "source", "entered_at", "entered_by"])
        else:
            entry.save(force_insert=True)
    detail = {"table": table, "numbers": len(changed)}
    record.write("edition.enter", by=by, subject=subject(edition), detail=detail)
    return len(changed)


@transaction.atomic
def move(*, by: Actor, edition_id: UUID, version: str, reason: str = "") -> Move:
    """Move an edition to another version: forward, or back with a reason."""
    edition = to_change(by, edition_id)
    codes = [one.code for one in pack().versions]
    reason = reason.strip()
    if version not in codes:
        raise Refused("Choose a version.")
    if version == edition.version:
        raise Refused("It is at this version already.")
    is_back = edition.version in codes and codes.index(version) < codes.index(edition.version)
    if is_back and not reason:
        raise Refused("Say why it goes back.")
    made = Move.objects.create(
        edition=edition,
        from_version=edition.version,
        to_version=version,
        reason=reason,
        at=timezone.now(),
        by_id=by.user_id,
    )
    edition.version = version
    edition.save(update_fields=["version"])
    detail = {"from": made.from_version, "to": version}
    record.write("edition.move", by=by, subject=subject(edition), detail=detail)
    return made


@transaction.atomic
def discard(*, by: Actor, edition_id: UUID) -> Edition:
    """Take away an edition that was begun by mistake. Another of its period can be begun then."""
    edition = to_change(by, edition_id)
    detail = {"report": edition.report, "version": edition.version}
    if edition.replaces_id:
        detail["correction_of"] = f"{edition.replaces_id}"
    edition.replaces = None
    edition.discarded_at, edition.discarded_by_id = timezone.now(), by.user_id
    edition.save(update_fields=["replaces", "discarded_at", "discarded_by"])
    record.write("edition.discard", by=by, subject=subject(edition), detail=detail)
    return edition


def to_change(by: Actor, edition_id: UUID) -> Edition:
    """An edition that the actor writes, held until the transaction ends. `Refused` once frozen."""
    found = queries.edition_for(by, edition_id)
    # Whoever waited here for a colleague to freeze it sees it no more: see `its_writers_move`.
    edition = Edition.objects.select_for_update().filter(pk=found.pk).first()
    if edition is None or Frozen.objects.filter(pk=found.pk).exists():
        raise Refused(FROZEN)
    return edition


def subject(edition: Edition) -> str:
    """How the record names an edition."""
    return f"edition:{edition.pk}"


def _bring_forward(by: Actor, before: Edition, edition: Edition) -> int:
    """What was written last time stands here too, until somebody changes it."""
    known = dict(sections_of(edition.report))
    passages = [
        Passage(
            edition=edition,
            section=old.section,
            words=old.words,
            written_at=edition.made_at,
            written_by_id=by.user_id,
            kept_from_id=old.kept_from_id or before.pk,
        )
        for old in queries.passages_of(before).values()
        if old.words and old.section in known
    ]
    return len(Passage.objects.bulk_create(passages))


def _bring_numbers(by: Actor, replaced: Edition, edition: Edition) -> None:
    """What is corrected is of the same period, so that its numbers stand here too."""
    Entry.objects.bulk_create(
        Entry(
            edition=edition,
            table=table,
            place=place,
            value=old.value,
            source=old.source,
            entered_at=edition.made_at,
            entered_by_id=by.user_id,
        )
        for table, places in queries.entries_in(replaced).items()
        for place, old in places.items()
    )


def _check(definition: queries.Definition, from_: date, to: date) -> None:
    """Raise `Refused` unless the report can be of these days."""
    if definition.code in pack().reports:
        check_period(from_, to)
        return
    span = span_of(definition, from_)
    if (span.start, span.end) != (from_, to):
        raise Refused(f"This report is of {OF[definition.period]}.")


def _keep(passage: Passage, words: str, opening: Opening) -> bool:
    """By the rule of every page that saves itself. Whether it changes what stands there."""
    page = {"version": passage.version, "tab": passage.tab, "typed": {WORDS: [passage.words]}}
    answers = {"pages": {passage.section: page}, "heard": passage.heard}
    try:
        changed = keep(answers, passage.section, {WORDS: [words]}, opening)
    except Stale as stale:
        raise Stale("Somebody else has changed this section meanwhile.", passage) from stale
    page = answers["pages"][passage.section]
    passage.words = page["typed"][WORDS][0]
    passage.version, passage.tab = page["version"], page["tab"]
    return changed


def _is_other(there: Entry | None, value: str, source: str) -> bool:
    if there is None:
        return bool(value)
    return there.value != value or (bool(value) and there.source != source)
