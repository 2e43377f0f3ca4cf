"""Clare's Law, step by step: asked for, spoken to, met, looked up, decided by two, told in person."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.people.actions.envelopes import hold, written
from onestory.people.queries import known_person, records
from onestory.risk.actions.orders import conduct_envelope
from onestory.risk.models import ConductNote, Disclosure, DisclosureCheck
from onestory.risk.rules import disclosures as rules
from onestory.risk.rules.orders import leave_places_out

Applicant, Decision, Route, ToWhom = (
    Disclosure.Applicant,
    Disclosure.Decision,
    Disclosure.Route,
    Disclosure.ToWhom,
)
NOT_TO_COME = "It cannot have been on a day to come."


@transaction.atomic
def ask_disclosure(
    *,
    by: Actor,
    person_id: UUID,
    team_id: UUID,
    about_id: UUID,
    route: str,
    applicant: str,
    received_on: date,
    words: str,
    applicant_words: str = "",
) -> Disclosure:
    """Take it down. It lies with the person who may be in danger; nothing is written of the other."""
    by.must(Permission.CASE_WORK, team_id)
    if route not in Route or applicant not in Applicant:
        raise Refused("Choose who asks, and by which right.")
    rules.check_applicant(route, applicant, applicant_words)
    _must_have_been(received_on)
    if not words.strip():
        raise Refused("Say what they are worried about.")
    about = known_person(by, about_id)
    if about.pk in {person.pk for person in records(by, person_id)}:
        raise Refused("Choose somebody else: nobody asks about themselves here.")
    envelope_id = hold(person_id, by=by).to_write(Kind.RISK)
    open_ones = Disclosure.objects.filter(person_id=person_id, about=about, finished_at=None)
    if open_ones.exists():
        raise Refused("Somebody has asked about them already, and it is not finished.")
    asked = Disclosure.objects.create(
        team_id=team_id,
        about=about,
        route=route,
        applicant=applicant,
        applicant_words=applicant_words.strip(),
        received_on=received_on,
        words=words.strip(),
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
    )
    _write_down("disclosure.ask", by, asked, route=route, applicant=applicant)
    return asked


@transaction.atomic
def speak_of_disclosure(
    *, by: Actor, disclosure_id: UUID, on: date, danger_now: bool, words: str = ""
) -> Disclosure:
    """Whoever asks has been spoken to, and asked whether anybody is in danger now."""
    asked = _open(by, disclosure_id)
    _must_follow(asked.received_on, on, "They cannot have been spoken to before they asked.")
    if danger_now and not words.strip():
        raise Refused("Say what was done at once about the danger.")
    asked.contacted_on, asked.danger_now, asked.contacted_words = on, danger_now, words.strip()
    columns = ("contacted_on", "danger_now", "contacted_words")
    return _saved("disclosure.speak", by, asked, *columns, danger=danger_now)


@transaction.atomic
def meet_for_disclosure(
    *, by: Actor, disclosure_id: UUID, on: date, identity_checked: str
) -> Disclosure:
    """Whoever asks has been met, and has shown who they are."""
    asked = _open(by, disclosure_id)
    if asked.contacted_on is None:
        raise Refused("Speak to them first, and ask whether anybody is in danger now.")
    _must_follow(asked.contacted_on, on, "They cannot have been met before they were spoken to.")
    if not identity_checked.strip():
        raise Refused("Say how it was seen that they are who they say.")
    asked.met_on, asked.identity_checked = on, identity_checked.strip()
    return _saved("disclosure.meet", by, asked, "met_on", "identity_checked")


@transaction.atomic
def check_for_disclosure(
    *, by: Actor, disclosure_id: UUID, source: str, on: date, found: str, words: str = ""
) -> DisclosureCheck:
    """Where was looked, and whether anything was found. What it is goes to the other one's conduct."""
    asked = _open(by, disclosure_id)
    if asked.decided_at:
        raise Refused("It has been decided. Have it decided anew if something else was found.")
    if source not in pack().disclosure_sources:
        raise Refused("Choose where you looked.")
    if found not in DisclosureCheck.Found:
        raise Refused("Choose what came of it.")
    something = found == DisclosureCheck.Found.SOMETHING
    if something != bool(words.strip()):
        raise Refused(
            "Say what was found."
            if something
            else "You say that nothing was found, and what it is. Choose one of the two."
        )
    _must_have_been(on)
    if something:
        note_conduct(
            by=by,
            person_id=asked.about_id,
            team_id=asked.team_id,
            source=source,
            on=on,
            words=words,
        )
    check = DisclosureCheck.objects.create(
        disclosure=asked,
        team_id=asked.team_id,
        source=source,
        on=on,
        found=found,
        **written(by=by, person_id=asked.person_id, envelope_id=asked.envelope_id),
    )
    _write_down("disclosure.check", by, asked, source=source, found=found)
    return check


@transaction.atomic
def note_conduct(
    *, by: Actor, person_id: UUID, team_id: UUID, source: str, on: date, words: str
) -> ConductNote:
    """What is known of how somebody has treated others. It does not say that anybody asked."""
    by.must(Permission.CASE_WORK, team_id)
    if source not in pack().disclosure_sources:
        raise Refused("Choose where it is known from.")
    if not words.strip():
        raise Refused("Say what is known.")
    _must_have_been(on)
    leave_places_out(words)
    envelope_id = conduct_envelope(by=by, person_id=person_id)
    note = ConductNote.objects.create(
        team_id=team_id,
        source=source,
        on=on,
        words=words.strip(),
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
    )
    record.write(
        "conduct.note",
        by=by,
        person_id=person_id,
        envelopes=[envelope_id],
        subject=f"conduct-note:{note.pk}",
        detail={"source": source},
    )
    return note


@transaction.atomic
def decide_disclosure(
    *,
    by: Actor,
    disclosure_id: UUID,
    decision: str,
    reason: str,
    to_whom: str,
    to_whom_words: str = "",
    what: str = "",
) -> Disclosure:
    """Decide what is told to whom, or that nothing is. It holds when a second person has agreed."""
    asked = _open(by, disclosure_id)
    if decision not in Decision:
        raise Refused("Choose whether anything is told.")
    if to_whom not in ToWhom:
        raise Refused("Choose who is told, or who hears that nothing is.")
    if asked.decided_at:
        raise Refused("It has been decided already.")
    step = rules.next_step(asked, checked=asked.checks.exists())
    if step != rules.DECIDE:
        raise Refused("The steps before are not done yet: speak, meet, and look up what is known.")
    if not reason.strip():
        raise Refused("Give the reason.")
    tells = decision == Decision.TELL
    rules.check_told(asked.applicant, to_whom, to_whom_words, tells)
    if tells and not what.strip():
        raise Refused("Say what is told: as much as keeps them safe, and no more.")
    leave_places_out(what)
    asked.decision, asked.reason = decision, reason.strip()
    asked.to_whom, asked.to_whom_words = to_whom, to_whom_words.strip()
    asked.what = what.strip() if tells else ""
    asked.decided_at, asked.decided_by_id = timezone.now(), by.user_id
    return _saved("disclosure.decide", by, asked, *DECIDED, what=decision, to=to_whom)


DECIDED = ("decision", "reason", "to_whom", "to_whom_words", "what", "decided_at", "decided_by")


@transaction.atomic
def agree_disclosure(*, by: Actor, disclosure_id: UUID, agrees: bool) -> Disclosure:
    """The second person agrees; or does not, and it has to be decided anew."""
    asked = _open(by, disclosure_id)
    if asked.decided_at is None or asked.agreed_at:
        raise Refused("There is no decision that waits for a second person.")
    if asked.decided_by_id == by.user_id:
        raise Refused("You decided it: somebody else has to agree.")
    if agrees:
        asked.agreed_at, asked.agreed_by_id = timezone.now(), by.user_id
        return _saved("disclosure.agree", by, asked, "agreed_at", "agreed_by", what=asked.decision)
    asked.decision = asked.reason = asked.to_whom = asked.to_whom_words = asked.what = ""
    asked.decided_at = asked.decided_by_id = None
    return _saved("disclosure.send-back", by, asked, *DECIDED)


@transaction.atomic
def tell_disclosure(
    *, by: Actor, disclosure_id: UUID, on: date, where: str, said: str, keeps_it: bool
) -> Disclosure:
    """It was told, in person: on which day, where, and in which words. There is no other way."""
    asked = _open(by, disclosure_id)
    if asked.agreed_at is None:
        raise Refused("Two people have to decide it first.")
    if not where.strip():
        raise Refused("Say where it was told: a place where nobody else heard it.")
    if not said.strip():
        raise Refused("Say what was said.")
    decided_on = timezone.localdate(asked.agreed_at)
    _must_follow(decided_on, on, "It cannot have been told before two people had decided.")
    asked.told_on, asked.told_where, asked.said = on, where.strip(), said.strip()
    asked.keeps_it = keeps_it
    asked.finished_at, asked.finished_by_id = timezone.now(), by.user_id
    columns = ("told_on", "told_where", "said", "keeps_it", "finished_at", "finished_by")
    return _saved("disclosure.tell", by, asked, *columns, what=asked.decision)


@transaction.atomic
def withdraw_disclosure(*, by: Actor, disclosure_id: UUID, words: str) -> Disclosure:
    """Whoever asked does not want to go on, or it cannot go on."""
    asked = _open(by, disclosure_id)
    if not words.strip():
        raise Refused("Say why it does not go on.")
    asked.withdrawn_words = words.strip()
    asked.finished_at, asked.finished_by_id = timezone.now(), by.user_id
    columns = ("withdrawn_words", "finished_at", "finished_by")
    return _saved("disclosure.withdraw", by, asked, *columns)


def _open(by: Actor, disclosure_id: UUID) -> Disclosure:
    """One of the actor's team that is not finished, locked. `Http404` if there is none to be seen."""
    rows = Disclosure.objects.filter(pk=disclosure_id)
    asked = rows.first()
    if asked is None:
        raise Http404
    by.must(Permission.CASE_WORK, asked.team_id)
    # What is finished cannot be locked any more: PostgreSQL lets nobody change it.
    locked = None if asked.finished_at else rows.select_for_update().first()
    if locked is None:
        raise Refused("It is finished already, or your team may only read it.")
    return locked


def _must_have_been(on: date) -> None:
    if on > timezone.localdate():
        raise Refused(NOT_TO_COME)


def _must_follow(before: date, on: date, otherwise: str) -> None:
    _must_have_been(on)
    if on < before:
        raise Refused(otherwise)


def _saved(verb: str, by: Actor, asked: Disclosure, *columns: str, **detail) -> Disclosure:
    asked.version += 1
    asked.save(update_fields=[*columns, "version"])
    _write_down(verb, by, asked, **detail)
    return asked


def _write_down(verb: str, by: Actor, asked: Disclosure, **detail) -> None:
    """With the one who may be in danger alone: the other's record says nothing of it."""
    record.write(
        verb,
        by=by,
        person_id=asked.person_id,
        envelopes=[asked.envelope_id],
        subject=f"disclosure:{asked.pk}",
        detail=detail,
    )
