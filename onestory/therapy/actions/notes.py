"""Notes: typed, kept as a draft, written down, never changed."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.actions import make_envelopes
from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.kernel.opening import Opening, Typed, keep
from onestory.people.actions.envelopes import hold, supersede, written
from onestory.people.queries import known_person
from onestory.therapy.models import LONGEST, NOTE, NoteDraft, Proceedings, TherapyNote

CLOSED = (
    "Another team keeps therapy notes about them. Ask that team to open the therapy part to yours: "
    "neither will read the other’s notes."
)


@transaction.atomic
def save_draft(
    *, by: Actor, person_id: UUID, team_id: UUID, note_id: UUID, typed: Typed, opening: Opening
) -> NoteDraft | None:
    """Keep what is typed now. `Stale` if it was typed on in another window meanwhile.

    Of a note that is written there is no draft any more: what arrives after it is not kept. A draft
    that was begun is kept on with after the record closes: it is the writer's own.
    """
    by.must(Permission.THERAPY_WORK, team_id)
    mine = {"user_id": by.user_id, "person_id": person_id, "team_id": team_id}
    if not NoteDraft.objects.filter(**mine).exists():
        known_person(by, person_id)
    if TherapyNote.objects.filter(pk=note_id).exists():
        return None
    now = timezone.now()
    drafts = NoteDraft.objects.select_for_update()
    draft, _ = drafts.get_or_create(**mine, defaults={"saved_at": now})
    if keep(draft.answers, NOTE, typed, opening):
        draft.saved_at = now
    draft.save(update_fields=["answers", "saved_at"])
    return draft


@transaction.atomic
def discard_draft(*, by: Actor, person_id: UUID, team_id: UUID) -> None:
    """Throw away what was typed and not written down."""
    mine = NoteDraft.objects.filter(user_id=by.user_id, person_id=person_id, team_id=team_id)
    if not mine.delete()[0]:
        raise Http404
    record.write("therapy.discard", by=by, person_id=person_id)


@transaction.atomic
def write_note(
    *,
    by: Actor,
    person_id: UUID,
    team_id: UUID,
    note_id: UUID,
    on: date,
    words: str,
    amends: UUID | None = None,
) -> TherapyNote:
    """Write a note down, for good; sent twice, it is one. What was typed as a draft is gone then."""
    by.must(Permission.THERAPY_WORK, team_id)
    words = words.replace("\r\n", "\n").strip()
    if not words:
        raise Refused("Write something first.")
    if len(words) > LONGEST:
        raise Refused(f"Write at most {LONGEST:,} characters. You wrote {len(words):,}.")
    if on > timezone.localdate():
        raise Refused("A note is of a day that has been.")
    envelope_id = therapy_envelope(by=by, person_id=person_id, team_id=team_id)
    there = TherapyNote.objects.filter(pk=note_id).first()
    if there:
        return there
    if amends and not TherapyNote.objects.filter(pk=amends, person_id=person_id).exists():
        raise Http404
    note = TherapyNote.objects.create(
        id=note_id,
        team_id=team_id,
        on=on,
        words=words,
        amends_id=amends,
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
    )
    NoteDraft.objects.filter(user_id=by.user_id, person_id=person_id, team_id=team_id).delete()
    record.write(
        "therapy.write",
        by=by,
        person_id=person_id,
        envelopes=[envelope_id],
        subject=f"note:{note.pk}",
        detail={"amends": bool(amends)},
    )
    return note


@transaction.atomic
def set_proceedings(
    *, by: Actor, person_id: UUID, team_id: UUID, stage: str, words: str = ""
) -> Proceedings:
    """How far criminal proceedings are, for the therapists of the team to know."""
    by.must(Permission.THERAPY_WORK, team_id)
    if stage not in pack().notes_stages:
        raise Refused("Choose how far the proceedings are.")
    envelope_id = therapy_envelope(by=by, person_id=person_id, team_id=team_id)
    before = Proceedings.objects.filter(person_id=person_id, team_id=team_id, superseded_at=None)
    for row in before:
        supersede(by=by, row=row)
    made = Proceedings.objects.create(
        team_id=team_id,
        stage=stage,
        words=words.strip(),
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
    )
    record.write(
        "therapy.proceedings",
        by=by,
        person_id=person_id,
        envelopes=[envelope_id],
        detail={"stage": stage},
    )
    return made


def therapy_envelope(*, by: Actor, person_id: UUID, team_id: UUID) -> UUID:
    """The envelope of therapy, for writing; made for this team if there is none yet."""
    held = hold(person_id, by=by)
    if Kind.THERAPY in held.covers:
        if not held.covers[Kind.THERAPY].is_open:
            raise Refused(CLOSED)
        return held.to_write(Kind.THERAPY)
    # A team begins a part of its own only about somebody whom it writes about already.
    if not any(cover.may_write for cover in access.envelopes_of(by, person_id)):
        raise Refused("Your team may read this, but not change it.")
    made = make_envelopes(by=by, person_id=person_id, kinds=[Kind.THERAPY], team_id=team_id)
    return made[Kind.THERAPY].pk
