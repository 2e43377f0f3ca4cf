"""A request for a copy: logged by a team, confirmed by a guardian, read through, answered."""

from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.people.queries import known_person
from onestory.rights import queries
from onestory.rights.models import Choice, CopyRequest
from onestory.rights.rules import clocks

AskedBy, Outcome = CopyRequest.AskedBy, CopyRequest.Outcome


@transaction.atomic
def log_request(
    *,
    by: Actor,
    person_id: UUID,
    team_id: UUID,
    handler_id: UUID,
    asked_by: str,
    identity_checked: str,
    received_on: date,
    representative: str = "",
) -> CopyRequest:
    """Take a request down. Nothing opens before a guardian has confirmed it."""
    by.must(Permission.RIGHTS_WORK, team_id)
    person = known_person(by, person_id)
    if asked_by not in AskedBy:
        raise Refused("Choose who asks.")
    if asked_by != AskedBy.SELF and not representative.strip():
        raise Refused("Say who asks for them, and by what they may.")
    if not identity_checked.strip():
        raise Refused("Say how it was checked that they are who they say.")
    if received_on > timezone.localdate():
        raise Refused("It cannot have been asked for on a day to come.")
    if CopyRequest.objects.filter(person_id=person.pk, answered_at=None).exists():
        raise Refused("A request for a copy of this record is open already.")
    asked = CopyRequest.objects.create(
        person_id=person.pk,
        team_id=team_id,
        handler_id=handler_id,
        asked_by=asked_by,
        representative=representative.strip(),
        identity_checked=identity_checked.strip(),
        received_on=received_on,
        due_on=clocks.copy_due(pack().rights_clocks, received_on),
        logged_by_id=by.user_id,
        logged_at=timezone.now(),
    )
    _write_down("copy.ask", by, asked, asked_by=asked_by)
    return asked


@transaction.atomic
def confirm_request(*, by: Actor, request_id: UUID) -> None:
    """A guardian confirms: the record opens to the handler, to read, until the answer is due."""
    by.must(Permission.RIGHTS_REVIEW)
    asked = queries.request(by, request_id)
    if asked.logged_by_id == by.user_id:
        raise Refused("You took it down: another guardian has to confirm it.")
    opened = _ask("SELECT rights_confirm(%s, '')", request_id)
    if opened is None:
        raise Refused(
            "This cannot be confirmed: it is no longer open, or the record is closed to whoever is to "
            "answer it. Send it back, and have somebody else named."
        )
    _write_down("copy.confirm", by, asked, envelopes=opened)


@transaction.atomic
def send_back_request(*, by: Actor, request_id: UUID, words: str) -> None:
    """A guardian asks for something to be put right first. Without a name in it."""
    by.must(Permission.RIGHTS_REVIEW)
    asked = queries.request(by, request_id)
    if not words.strip():
        raise Refused("Say what has to be put right.")
    if _ask("SELECT rights_confirm(%s, %s)", request_id, words.strip()) is None:
        raise Refused("It is no longer open.")
    _write_down("copy.send-back", by, asked)


@transaction.atomic
def mend_request(
    *, by: Actor, request_id: UUID, handler_id: UUID, identity_checked: str
) -> CopyRequest:
    """Put right what a guardian asked for, before it is confirmed."""
    asked = _of_team(by, request_id)
    if asked.confirmed_at:
        raise Refused("It has been confirmed already.")
    if not identity_checked.strip():
        raise Refused("Say how it was checked that they are who they say.")
    asked.handler_id, asked.identity_checked = handler_id, identity_checked.strip()
    asked.save(update_fields=["handler", "identity_checked"])
    _write_down("copy.mend", by, asked)
    return asked


@transaction.atomic
def extend_request(*, by: Actor, request_id: UUID, until: date, why: str) -> None:
    """Put the answer off, once, where it is hard to give; the survivor is told why."""
    asked = _of_handler(by, request_id)
    latest = clocks.latest_due(pack().rights_clocks, asked.received_on)
    if not asked.due_on < until <= latest:
        raise Refused(f"It may be put off to {latest.day} {latest:%B %Y} at the latest.")
    if not why.strip():
        raise Refused("Say why, as you tell the survivor.")
    opened = _ask("SELECT rights_extend(%s, %s, %s)", request_id, until, why.strip())
    if opened is None:
        raise Refused("It has been put off before, or is not open.")
    _write_down("copy.extend", by, asked, envelopes=opened)


@transaction.atomic
def choose(
    *, by: Actor, request_id: UUID, place: str, what: str, why: str = "", words: str = ""
) -> Choice:
    """Decide about some words, or a part: given, in part, or left out, and then why."""
    asked = _of_handler(by, request_id)
    if asked.confirmed_at is None:
        raise Http404
    if what not in Choice.What:
        raise Refused("Choose whether it is given.")
    if place == Kind.THERAPY and what != Choice.What.WITHHOLD:
        raise Refused("Therapy notes are given by the therapists of the team that keeps them.")
    if what == Choice.What.KEEP:
        why = words = ""
    elif why not in Choice.Why:
        raise Refused("Choose why it is left out.")
    if what == Choice.What.PART and not words.strip():
        raise Refused("Write what is given of it.")
    choice, _ = Choice.objects.update_or_create(
        request_id=asked.pk,
        place=place,
        defaults={
            "what": what,
            "why": why,
            "words": words.strip() if what == Choice.What.PART else "",
            "decided_by_id": by.user_id,
            "decided_at": timezone.now(),
        },
    )
    _write_down("copy.choose", by, asked, place=place, what=what, why=why)
    return choice


@transaction.atomic
def answer_request(*, by: Actor, request_id: UUID, outcome: str, how: str) -> CopyRequest:
    """The copy was given (or refused, or no longer wanted): what was opened for it closes."""
    asked = _of_handler(by, request_id)
    if outcome not in Outcome:
        raise Refused("Choose what came of it.")
    if not how.strip():
        raise Refused("Say how it was given, or what was written to them.")
    if outcome == Outcome.GIVEN and (
        asked.confirmed_at is None or queries.draft_of(by, asked).undecided
    ):
        raise Refused("Some words have not been read through yet.")
    asked.outcome, asked.answered_how = outcome, how.strip()
    asked.answered_at, asked.answered_by_id = timezone.now(), by.user_id
    closed = _close(by, asked)
    asked.save(update_fields=["outcome", "answered_how", "answered_at", "answered_by"])
    _write_down("copy.answer", by, asked, envelopes=closed, outcome=outcome)
    return asked


def _close(by: Actor, asked: CopyRequest) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.id FROM access_grant g CROSS JOIN LATERAL access_end_grant(g.id, 'answered') e"
            " WHERE g.purpose = 'subject-access' AND g.user_id = %s AND g.envelope_id IN"
            " (SELECT e.id FROM access_envelope e WHERE e.person_id = ANY(%s))",
            [by.user_id, queries.records_of(by, asked.person_id)],
        )
        return [row[0] for row in cursor.fetchall()]


def _of_team(by: Actor, request_id: UUID) -> CopyRequest:
    """An open request of the actor's team, locked. `Http404` if there is none."""
    asked = queries.request(by, request_id)
    by.must(Permission.RIGHTS_WORK, asked.team_id)
    if asked.answered_at:
        raise Refused("It has been answered already.")
    return CopyRequest.objects.select_for_update().get(pk=request_id)


def _of_handler(by: Actor, request_id: UUID) -> CopyRequest:
    asked = _of_team(by, request_id)
    if asked.handler_id != by.user_id:
        raise Refused("Somebody else answers this request.")
    return asked


def _ask(statement: str, *given) -> list[UUID] | None:
    """What a function of the database opened; None where it says no."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchone()[0]


def _write_down(
    verb: str, by: Actor, asked: CopyRequest, *, envelopes: list[UUID] = (), **detail
) -> None:
    record.write(
        verb,
        by=by,
        person_id=asked.person_id,
        envelopes=envelopes,
        subject=f"copy-request:{asked.pk}",
        detail=detail,
    )
