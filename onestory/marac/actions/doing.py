"""After the meeting: actions are done or not, the survivor is told, the case is closed."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access.actions import tell_of_share
from onestory.access.models import ShareWithoutConsent
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.errors import Refused, Stale
from onestory.marac.actions.opening import CLOSED, PURPOSE, close
from onestory.marac.actions.referring import write_down
from onestory.marac.models import Action, Item, Referral, Research, Telling
from onestory.marac.queries.cases import case as case_of
from onestory.marac.queries.cases import locked
from onestory.marac.queries.picture import speaks_for
from onestory.people.actions.envelopes import written


@transaction.atomic
def do_action(*, by: Actor, action_id: UUID, evidence: str) -> Action:
    """It is done, and how that is known."""
    row = _open_action(by, action_id)
    if row.done_at:
        return row
    if row.not_done_at:
        raise Refused("It has been said that it is not done.")
    if not evidence.strip():
        raise Refused("Say how it is known that it is done.")
    row.done_at, row.done_by_id, row.evidence = timezone.now(), by.user_id, evidence.strip()
    row.save(update_fields=["done_at", "done_by", "evidence"])
    write_down("do", by, row.referral, action=str(row.pk))
    return row


@transaction.atomic
def leave_action(*, by: Actor, action_id: UUID, reason: str) -> Action:
    """It will not be done, and why: the chair sees it."""
    row = _open_action(by, action_id)
    if row.not_done_at:
        return row
    if row.done_at:
        raise Refused("It has been said that it is done.")
    if not reason.strip():
        raise Refused("Say why it is not done.")
    _leave(by, row, reason.strip())
    return row


@transaction.atomic
def tell_survivor(
    *, by: Actor, referral_id: UUID, telling_id: UUID, on: date, words: str
) -> Telling:
    """What she was told of the meeting, and when. From then on her own pages show who was told
    about her. Sent twice, it is there once."""
    case = case_of(by, referral_id)
    team_id = speaks_for(by, case)
    if team_id is None:
        raise Http404
    if there := Telling.objects.filter(pk=telling_id).first():
        return there
    if not words.strip():
        raise Refused("Write what the survivor was told.", about="words")
    if on > timezone.localdate():
        raise Refused("The survivor was told on a day that has been.", about="on")
    made = Telling.objects.create(
        id=telling_id,
        referral=case,
        team_id=team_id,
        on=on,
        words=words.strip(),
        **written(by=by, person_id=case.person_id, envelope_id=case.envelope_id),
    )
    write_down("tell", by, case)
    untold = ShareWithoutConsent.objects.filter(
        person_id=case.person_id, purpose=PURPOSE, told_at=None
    )
    for share in untold if by.may(Permission.SHARE) else ():
        tell_of_share(by=by, share_id=share.pk)
    return made


@transaction.atomic
def close_case(
    *, by: Actor, referral_id: UUID, version: int, outcome: str, words: str = ""
) -> Referral:
    """The review: how it ends. Everything that was opened to the agencies closes with it.

    Everything agreed must be done, or not with a reason, unless the outcome ends it early: then
    what is open is left, with that as the reason.
    """
    case = locked(by, referral_id)
    if not by.may(Permission.MARAC_CHAIR, case.to_team_id):
        by.must(Permission.MARAC_COORDINATE, case.to_team_id)
    if case.closed_at:
        return case
    if case.version != version:
        raise Stale("Somebody else has just changed this.", case)
    term = pack().marac_outcomes.get(outcome)
    if term is None:
        raise Refused("Choose how the case ends.", about="outcome")
    if case.accepted_at is None:
        raise Refused("It has not been taken yet: send it back instead.")
    _end_what_is_open(by, case, early=term.early, reason=term.name)
    case.closed_at, case.closed_by_id = timezone.now(), by.user_id
    case.outcome, case.outcome_words = outcome, words.strip()
    case.version += 1
    case.save(update_fields=["closed_at", "closed_by", "outcome", "outcome_words", "version"])
    write_down("close", by, case, outcome=outcome)
    return case


def _end_what_is_open(by: Actor, case: Referral, *, early: bool, reason: str) -> None:
    open_actions = list(Action.objects.filter(referral=case, done_at=None, not_done_at=None))
    unheard = Item.objects.filter(referral=case, moved_at=None, heard_at=None).first()
    if not early:
        if open_actions:
            raise Refused(
                "What was agreed is not all done: write down of each action whether it is."
            )
        if unheard:
            raise Refused("It is on an agenda and has not been heard.")
    for row in open_actions:
        _leave(by, row, reason)
    if unheard:
        unheard.moved_at, unheard.moved_by_id = timezone.now(), by.user_id
        unheard.move_reason = CLOSED
        unheard.save(update_fields=["moved_at", "moved_by", "move_reason"])
    for asked in Research.objects.filter(referral=case, closed_at=None):
        close(by=by, shares=asked.shares)
        asked.closed_at, asked.closed_by_id = timezone.now(), by.user_id
        asked.save(update_fields=["closed_at", "closed_by"])


def _leave(by: Actor, row: Action, reason: str) -> None:
    row.not_done_at, row.not_done_by_id = timezone.now(), by.user_id
    row.not_done_reason = reason
    row.save(update_fields=["not_done_at", "not_done_by", "not_done_reason"])
    write_down("leave", by, row.referral, action=str(row.pk))


def _open_action(by: Actor, action_id: UUID) -> Action:
    """An action of the actor's own team, or of their table. Answered twice the same way, it is
    answered once; another answer is refused."""
    rows = Action.objects.select_for_update(of=("self",)).select_related("referral")
    row = rows.filter(pk=action_id).first()
    if row is None:
        raise Http404
    mine = by.may(Permission.MARAC_ATTEND, row.team_id)
    if not mine and not by.may(Permission.MARAC_CHAIR, row.to_team_id):
        by.must(Permission.MARAC_COORDINATE, row.to_team_id)
    return row
