"""Rowan, with whom everything was done that there is, for what people may ask of us about a record."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from onestory.access import queries as access
from onestory.access.acting import acting
from onestory.access.actions import end_grant, share
from onestory.access.models import Grant
from onestory.agencies.actor import actor_of
from onestory.agencies.models import Team
from onestory.assessment import actions as assessment
from onestory.cases.models import Contact
from onestory.kernel.ids import new_id
from onestory.people import actions as people
from onestory.people.actions import Facts
from onestory.rights import actions
from onestory.rights.models import CopyRequest, Deletion
from onestory.therapy import actions as therapy
from onestory.therapy.models import NotesRequest
from tests.consenting import open_own_pages
from tests.supported import Supported, supported

COUNSELLING = "sericc-counselling"
NOTE = "She spoke of the kitchen, and of her sister Maud."
SEEN = "Passport, seen by Nora at the counter"


def team(code: str) -> UUID:
    return Team.objects.get(code=code).pk


def known_to_counselling(as_, person_id: UUID) -> None:
    """Whoever may, opens what they may write in to the team that gives counselling."""
    for who in ("olu", "tess", "nora"):
        with as_(who) as by:
            opened = access.open_envelopes(by, person_id).values()
            mine = access.sharing_until(by, opened, may_write=True)
            share(
                by=by,
                envelopes=[envelope for envelope in opened if envelope.pk in mine],
                team=Team.objects.get(code=COUNSELLING),
                purpose="support",
                basis="consent",
                may_write=True,
            )


def counselled(as_) -> UUID:
    """Wren, whom the counselling team has recorded itself."""
    with as_("theo") as by:
        facts = Facts("Wren", "Askew", sex="female", born_on=date(1994, 2, 11))
        made = people.add_person(
            by=by, team_id=by.home_team_id, facts=facts, kinds=people.SURVIVOR_KINDS
        )
        return made.pk


def noted(as_, person_id: UUID, words: str = NOTE) -> UUID:
    """A note of Theo's."""
    with as_("theo") as by:
        note = therapy.write_note(
            by=by,
            person_id=person_id,
            team_id=team(COUNSELLING),
            note_id=new_id(),
            on=timezone.localdate(),
            words=words,
        )
        return note.pk


def asked_for_notes(as_, person_id: UUID, **changes) -> UUID:
    """The police ask Dina, who manages the team, for notes."""
    values = {
        "who": "DC Harlow, Essex Police",
        "basis": "police-request",
        "what": "Notes of the first three sessions",
        "asked_on": timezone.localdate(),
        "their_reference": "42/1234/26",
    }
    with as_("dina") as by:
        asked = therapy.log_notes_request(
            by=by, person_id=person_id, team_id=team(COUNSELLING), **{**values, **changes}
        )
        return asked.pk


def said_to_be_wrong(as_, person_id: UUID) -> None:
    """Rowan says on her own pages that what Olu wrote down is wrong."""
    account = open_own_pages(as_, person_id, by="theo")
    with as_("tess"):
        contact = Contact.objects.get(person_id=person_id)
    with acting(actor_of(account), purpose="test") as scope:
        actions.ask_correction(
            by=scope.actor, person_id=person_id, row_id=contact.pk, wrong="It was the garden."
        )


def held_by_nobody(as_) -> UUID:
    """What Rowan says is wrong, of which no team that works with them holds anything any more."""
    found = supported(as_)
    known_to_counselling(as_, found.person_id)
    said_to_be_wrong(as_, found.person_id)
    with as_("tess"):
        envelope_id = Contact.objects.get(person_id=found.person_id).envelope_id
    for who in ("theo", "nora", "tess"):
        with as_(who) as by:
            for grant in Grant.objects.filter(envelope_id=envelope_id):
                end_grant(by=by, grant_id=grant.pk, reason="The work has ended")
    return found.person_id


def answered(as_, person_id: UUID) -> None:
    """Whoever asked for notes has been answered, as Dina and Theo decided."""
    with as_("dina") as by:
        row = NotesRequest.objects.get(person_id=person_id)
        step = {"by": by, "request_id": row.pk}
        therapy.tell_of_notes_request(**step, view="objects", words="No.")
        therapy.decide_notes_request(**step, decision="refused", words="No line of inquiry.")
    with as_("theo") as by:
        therapy.agree_notes_request(by=by, request_id=row.pk, agrees=True)
    with as_("dina") as by:
        therapy.answer_notes_request(
            by=by,
            request_id=row.pk,
            given="A letter, without notes",
            how="letter",
            answered_on=timezone.localdate(),
        )


def whole(as_) -> Supported:
    """Rowan, with calls, sessions, goals, answers, therapy and somebody who asks for its notes."""
    found = supported(as_)
    known_to_counselling(as_, found.person_id)
    noted(as_, found.person_id)
    with as_("theo") as by:
        therapy.set_proceedings(
            by=by, person_id=found.person_id, team_id=team(COUNSELLING), stage="investigation"
        )
    asked_for_notes(as_, found.person_id)
    with as_("theo") as by:
        sitting = assessment.begin_sitting(
            by=by,
            team_id=by.home_team_id,
            person_id=found.person_id,
            instrument="needs-assessment",
        )
        assessment.answer(
            by=by,
            sitting_id=sitting.pk,
            question="about.faith-or-culture",
            value="Her sister Maud, at 3 Mill Row, must not know",
        )
    return found


def copy_asked(as_, person_id: UUID, *, who: str = "nora", **changes) -> CopyRequest:
    """Rowan asks Nora for a copy of her record."""
    with as_(who) as by:
        values = {
            "team_id": by.home_team_id,
            "handler_id": by.user_id,
            "asked_by": "self",
            "identity_checked": SEEN,
            "received_on": timezone.localdate(),
        }
        return actions.log_request(by=by, person_id=person_id, **{**values, **changes})


def copy_confirmed(as_, person_id: UUID, **changes) -> CopyRequest:
    """And Gwen, a guardian, confirms it: it is open to Nora."""
    asked = copy_asked(as_, person_id, **changes)
    with as_("gwen") as by:
        actions.confirm_request(by=by, request_id=asked.pk)
    return asked


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def decided_past_the_rules(by, person_id: UUID, reference: str) -> UUID:
    """A deletion that a guardian wrote down with SQL of their own: a hold stands in its way."""
    return Deletion.objects.create(
        person_id=person_id,
        reference=reference,
        because="asked",
        reason="x",
        decided_by_id=by.user_id,
        decided_at=timezone.now(),
    ).pk
