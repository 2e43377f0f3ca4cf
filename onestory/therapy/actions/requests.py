"""Somebody from outside asks for notes: logged, the survivor told, decided by two, answered."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.people.actions.envelopes import written
from onestory.therapy import queries
from onestory.therapy.actions.notes import therapy_envelope
from onestory.therapy.models import NotesRequest

Decision, View = NotesRequest.Decision, NotesRequest.View


@transaction.atomic
def log_notes_request(
    *,
    by: Actor,
    person_id: UUID,
    team_id: UUID,
    who: str,
    basis: str,
    what: str,
    asked_on: date,
    their_reference: str = "",
    due_on: date | None = None,
) -> NotesRequest:
    """Take a request down. Due when the paper says (`due_on`), or as soon as the area's rule says."""
    by.must(Permission.RIGHTS_WORK, team_id)
    rule = pack().notes_bases.get(basis)
    if rule is None:
        raise Refused("Choose on what basis they ask.")
    if not who.strip() or not what.strip():
        raise Refused("Say who asks, and for what exactly.")
    if asked_on > timezone.localdate():
        raise Refused("It cannot have been asked for on a day to come.")
    due = due_on or asked_on + timedelta(days=rule.days)
    if due < asked_on:
        raise Refused("It cannot be due before it was asked for.")
    envelope_id = therapy_envelope(by=by, person_id=person_id, team_id=team_id)
    asked = NotesRequest.objects.create(
        team_id=team_id,
        who=who.strip(),
        basis=basis,
        what=what.strip(),
        their_reference=their_reference.strip(),
        asked_on=asked_on,
        due_on=due,
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
    )
    _write_down("notes.ask", by, asked, basis=basis)
    return asked


@transaction.atomic
def tell_of_notes_request(
    *, by: Actor, request_id: UUID, view: str, words: str = ""
) -> NotesRequest:
    """The survivor was told, and what she says to it; or why she was not told."""
    asked = _open(by, request_id)
    if view not in View:
        raise Refused("Choose what the survivor says to it.")
    if view == View.NOT_TOLD and not words.strip():
        raise Refused("Say why the survivor has not been told.")
    if asked.decided_at:
        raise Refused("It has been decided already.")
    asked.view, asked.view_words = view, words.strip()
    asked.viewed_at, asked.viewed_by_id = timezone.now(), by.user_id
    return _saved(
        "notes.tell", by, asked, "view", "view_words", "viewed_at", "viewed_by", what=view
    )


@transaction.atomic
def decide_notes_request(*, by: Actor, request_id: UUID, decision: str, words: str) -> NotesRequest:
    """Decide, with the reason. It holds when a second person has agreed."""
    asked = _open(by, request_id)
    if decision not in Decision:
        raise Refused("Choose what you decide.")
    if not asked.view:
        raise Refused("Tell the survivor first, or write down why not.")
    if asked.decided_at:
        raise Refused("It has been decided already.")
    if not words.strip():
        raise Refused("Give the reason.")
    rule = pack().notes_bases.get(asked.basis)
    given = decision in (Decision.FULL, Decision.PART)
    if given and rule and rule.consent and asked.view not in (View.AGREES, View.PART):
        raise Refused("This rests on the survivor’s consent, and they have not agreed.")
    asked.decision, asked.decision_words = decision, words.strip()
    asked.decided_at, asked.decided_by_id = timezone.now(), by.user_id
    columns = ("decision", "decision_words", "decided_at", "decided_by")
    return _saved("notes.decide", by, asked, *columns, what=decision)


@transaction.atomic
def agree_notes_request(*, by: Actor, request_id: UUID, agrees: bool) -> NotesRequest:
    """The second person agrees; or does not, and it has to be decided anew."""
    asked = _open(by, request_id)
    if asked.decided_at is None or asked.agreed_at:
        raise Refused("There is no decision that waits for a second person.")
    if asked.decided_by_id == by.user_id:
        raise Refused("You decided it: somebody else has to agree.")
    if agrees:
        asked.agreed_at, asked.agreed_by_id = timezone.now(), by.user_id
        return _saved("notes.agree", by, asked, "agreed_at", "agreed_by", what=asked.decision)
    asked.decision = asked.decision_words = ""
    asked.decided_at = asked.decided_by_id = None
    columns = ("decision", "decision_words", "decided_at", "decided_by")
    return _saved("notes.send-back", by, asked, *columns)


@transaction.atomic
def answer_notes_request(
    *, by: Actor, request_id: UUID, given: str, how: str, answered_on: date
) -> NotesRequest:
    """Answered: what was given, how, and on which day."""
    asked = _open(by, request_id)
    if asked.agreed_at is None:
        raise Refused("Two people have to decide it first.")
    if how not in NotesRequest.How:
        raise Refused("Choose how it was answered.")
    if not given.strip():
        raise Refused("Say what was given, or what was written to them.")
    if not asked.asked_on <= answered_on <= timezone.localdate():
        raise Refused("It was answered after it was asked for, and not in days to come.")
    asked.given, asked.how, asked.answered_on = given.strip(), how, answered_on
    asked.answered_at, asked.answered_by_id = timezone.now(), by.user_id
    columns = ("given", "how", "answered_on", "answered_at", "answered_by")
    return _saved("notes.answer", by, asked, *columns, what=asked.decision)


def _open(by: Actor, request_id: UUID) -> NotesRequest:
    """A request that is not answered yet, locked. `Http404` if it is not to the actor's team."""
    asked = queries.request(by, request_id)
    by.must(Permission.RIGHTS_WORK, asked.team_id)
    asked = NotesRequest.objects.select_for_update().get(pk=request_id)
    if asked.answered_at:
        raise Refused("It has been answered already.")
    return asked


def _saved(verb: str, by: Actor, asked: NotesRequest, *columns: str, **detail) -> NotesRequest:
    asked.version += 1
    asked.save(update_fields=[*columns, "version"])
    _write_down(verb, by, asked, **detail)
    return asked


def _write_down(verb: str, by: Actor, asked: NotesRequest, **detail) -> None:
    record.write(
        verb,
        by=by,
        person_id=asked.person_id,
        envelopes=[asked.envelope_id],
        subject=f"notes-request:{asked.pk}",
        detail=detail,
    )
