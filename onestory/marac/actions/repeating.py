"""What was noticed after a referral: looked at by the coordinator, and brought back if it is a repeat."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.errors import Refused
from onestory.marac.actions.opening import rule_now
from onestory.marac.actions.referring import assessed, write_down
from onestory.marac.models import FoundRepeat, Referral
from onestory.marac.queries.cases import is_told, locked
from onestory.marac.queries.pairs import latest_assessment
from onestory.marac.queries.repeats import found_repeats
from onestory.people.actions.envelopes import written

STILL_OPEN = "The case is still open: put it on an agenda again."


@transaction.atomic
def dismiss_repeat(
    *, by: Actor, referral_id: UUID, on: date, team_id: UUID, words: str
) -> FoundRepeat:
    """It is none: other people, or no abuse. The coordinator has asked, and says so."""
    case = _coordinated(by, referral_id, on, team_id)
    if not words.strip():
        raise Refused("Say why it is no repeat.")
    return _look_at(by, case, on, team_id, FoundRepeat.How.NOT, words)


@transaction.atomic
def bring_again(
    *, by: Actor, referral_id: UUID, on: date, team_id: UUID, new_id: UUID, words: str
) -> Referral:
    """It is one: the same two come before the meeting again, as a repeat by the rule of today."""
    if there := Referral.objects.filter(pk=new_id).first():
        return there
    case = _coordinated(by, referral_id, on, team_id)
    if case.closed_at is None:
        raise Refused(STILL_OPEN)
    if not words.strip():
        raise Refused("Say what happened, as the team that noticed it has told you.")
    _look_at(by, case, on, team_id, FoundRepeat.How.REPEAT, "")
    now = timezone.now()
    told = is_told(case)
    made = Referral.objects.create(
        id=new_id,
        from_team_id=case.to_team_id,
        to_team_id=case.to_team_id,
        abuser_id=case.abuser_id,
        referred_on=timezone.localdate(),
        criteria=[one.code for one in pack().marac_criteria if one.rule == "repeat"],
        words=words.strip(),
        children=case.children,
        children_words=case.children_words,
        agrees=Referral.Agrees.NOT_ASKED,
        told_at=now if told else None,
        told_by_id=by.user_id if told else None,
        not_told_reason="" if told else case.not_told_reason,
        **assessed(latest_assessment(by, case.person_id)),
        **written(by=by, person_id=case.person_id, envelope_id=case.envelope_id),
    )
    made.accepted_at, made.accepted_by_id = now, by.user_id
    made.repeat_of, made.repeat_rule = case, rule_now().repeat_version
    made.save(update_fields=["accepted_at", "accepted_by", "repeat_of", "repeat_rule"])
    write_down("again", by, made, repeat_of=str(case.pk))
    return made


def _coordinated(by: Actor, referral_id: UUID, on: date, team_id: UUID) -> Referral:
    """The case, if this was found after it and nobody has looked at it. `Http404` otherwise."""
    case = locked(by, referral_id)
    by.must(Permission.MARAC_COORDINATE, case.to_team_id)
    found = {(one.referral_id, one.day, one.team_id) for one in found_repeats(by)}
    if (case.pk, on, team_id) not in found:
        raise Http404
    return case


def _look_at(
    by: Actor, case: Referral, on: date, team_id: UUID, how: str, words: str
) -> FoundRepeat:
    made = FoundRepeat.objects.create(
        referral=case,
        on=on,
        team_id=team_id,
        how=how,
        words=words.strip(),
        **written(by=by, person_id=case.person_id, envelope_id=case.envelope_id),
    )
    write_down("look", by, case, how=how)
    return made
