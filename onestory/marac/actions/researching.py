"""Agencies are asked what they hold, and answer."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access import acting
from onestory.access import queries as access
from onestory.access.models import Envelope, Kind
from onestory.agencies.actor import Actor
from onestory.agencies.models import Team
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.calendar import deadline
from onestory.kernel.errors import Refused
from onestory.marac.actions.opening import (
    ASKED_AGAIN,
    close,
    open_abuser,
    open_survivor,
    rule_now,
)
from onestory.marac.models import ConductFinding, Finding, Referral, Research
from onestory.marac.queries.asking import Seat, seats
from onestory.marac.queries.cases import is_told, locked
from onestory.marac.queries.namesakes import namesakes
from onestory.people.actions.envelopes import written
from onestory.risk.rules.orders import leave_places_out

SAY_WHAT = "Say what you hold, about the survivor or about the person using abuse."
HOLDS_NOTHING = "You say that you hold nothing, and wrote something down."
CONDUCT_CLOSED = (
    "The part of their record on conduct is not open to your team. Tell the coordinator, who can ask "
    "the agency that keeps it."
)


@transaction.atomic
def ask_agencies(
    *, by: Actor, referral_id: UUID, team_ids: Iterable[UUID], words: str, checked: bool = False
) -> list[Research]:
    """Ask these agencies what they hold. From now until the review each sees this case: who she is
    and her risk, and of the person using abuse who he is and his conduct. `words` says why each
    must know, and no more. Asked again, a new question with a clock and shares of its own takes the
    place of the last; not while an agency sees the case and has yet to answer.

    Where somebody works there who is called as the person using abuse is, somebody must have looked
    whether it is he (`checked`), and closed the record to him first.
    """
    case = locked(by, referral_id)
    by.must(Permission.MARAC_COORDINATE, case.to_team_id)
    if case.accepted_at is None:
        raise Refused("Take the referral first.")
    if case.closed_at:
        raise Refused("The case is closed.")
    if not words.strip():
        raise Refused(
            "Say why these agencies must know, and that it is no more than needed.", about="words"
        )
    chosen = set(team_ids)
    asked = [one for one in seats(by, case) if one.team.pk in chosen and one.can_be_asked]
    if not asked:
        raise Refused(
            "Choose at least one agency that has not been asked, or has answered.", about="teams"
        )
    alike = namesakes(by, case, [one.team.pk for one in asked])
    if alike and not checked:
        named = "; ".join(f"{one.name}, {one.team}" for one in alike)
        raise Refused(
            f"Somebody works there who has the same name: {named}. Find out whether it is the same "
            "person. If it is, close this record to them first. Then say that you have looked.",
            about="checked",
        )
    return [_ask(by, case, one, words.strip()) for one in asked]


@transaction.atomic
def answer_research(
    *,
    by: Actor,
    research_id: UUID,
    answer_id: UUID,
    holds: str,
    about_survivor: str = "",
    about_abuser: str = "",
) -> Research:
    """What the agency holds. What it knows about her lies in her record, what it knows about him in
    his. It may be added to until the review; sent twice, it is there once."""
    asked = _asked(by, research_id)
    if holds not in Research.Holds:
        raise Refused("Say whether you hold something.", about="holds")
    leave_places_out(about_survivor, about_abuser)
    found = bool(about_survivor.strip() or about_abuser.strip())
    if holds == Research.Holds.SOMETHING and not found:
        raise Refused(SAY_WHAT, about="about_survivor")
    if holds == Research.Holds.NOTHING and found:
        raise Refused(HOLDS_NOTHING, about="holds")
    if about_survivor.strip():
        risk = access.open_envelopes(by, asked.person_id)[Kind.RISK]
        _find(by, asked, Finding, answer_id, risk, about_survivor)
    if about_abuser.strip():
        _find_about_abuser(by, asked, answer_id, about_abuser)
    if asked.holds != Research.Holds.SOMETHING:
        asked.holds = holds
    if asked.answered_at is None:
        asked.answered_at, asked.answered_by_id = timezone.now(), by.user_id
    asked.save(update_fields=["holds", "answered_at", "answered_by"])
    _write("answer", by, asked, holds=holds)
    return asked


def _asked(by: Actor, research_id: UUID) -> Research:
    rows = Research.objects.select_for_update(of=("self",))
    asked = rows.filter(pk=research_id, team_id__in=by.team_ids).first()
    if asked is None:
        raise Http404
    by.must(Permission.MARAC_ATTEND, asked.team_id)
    if asked.closed_at:
        raise Refused("The case is closed.")
    return asked


def _ask(by: Actor, case: Referral, seat: Seat, words: str) -> Research:
    rule, team = rule_now(), seat.team
    if seat.before:
        _close(by, seat.before)
    asked = Research.objects.create(
        referral=case,
        team=team,
        to_team_id=case.to_team_id,
        abuser_id=case.abuser_id,
        words=words,
        due_at=deadline(timezone.now(), working_days=rule.research_working_days),
        shares=_open_to(by, case, team, words, _lapses()),
        **written(by=by, person_id=case.person_id, envelope_id=case.envelope_id),
    )
    _write("ask", by, asked, team=team.code, again=seat.before is not None)
    return asked


def _close(by: Actor, row: Research) -> None:
    close(by=by, shares=row.shares, reason=ASKED_AGAIN)
    row.closed_at, row.closed_by_id = timezone.now(), by.user_id
    row.save(update_fields=["closed_at", "closed_by"])


def _lapses() -> date:
    return timezone.localdate() + timedelta(days=rule_now().lapse_days)


def _open_to(by: Actor, case: Referral, team: Team, words: str, until: date) -> list[UUID]:
    """Nobody is given more than to read: what they find they add by that, and they pass nothing on. To
    the team that coordinates nothing needs to be opened: it holds the case."""
    if team.pk == case.to_team_id:
        return []
    how = {
        "by": by,
        "team_id": case.to_team_id,
        "to_team_id": team.pk,
        "words": words,
        "until": until,
    }
    shares = [
        open_survivor(
            **how,
            person_id=case.person_id,
            told=is_told(case),
            not_told_reason=case.not_told_reason,
            writes=(),
        )
    ]
    if case.abuser_id:
        shares += open_abuser(**how, person_id=case.abuser_id, writes=())
    return shares


def _find_about_abuser(by: Actor, asked: Research, answer_id: UUID, words: str) -> None:
    if asked.abuser_id is None:
        raise Refused(
            "The referral does not say who uses abuse: write it about the survivor.",
            about="about_abuser",
        )
    conduct = access.open_envelopes(by, asked.abuser_id).get(Kind.CONDUCT)
    if conduct is None:
        raise Refused(CONDUCT_CLOSED)
    _find(by, asked, ConductFinding, answer_id, conduct, words)
    known = {"may_write": True, "until": acting.now()}
    if conduct.pk not in access.held_by(asked.to_team_id, [asked.abuser_id], **known):
        why = "What is found about the person using abuse is told to the meeting."
        open_abuser(
            by=by,
            person_id=asked.abuser_id,
            team_id=asked.team_id,
            to_team_id=asked.to_team_id,
            words=why,
            until=_lapses(),
            writes=(Kind.CONDUCT,),
        )


def _find(
    by: Actor, asked: Research, model, answer_id: UUID, envelope: Envelope, words: str
) -> None:
    """One finding, in the envelope of whom it is about."""
    if model.objects.filter(pk=answer_id).exists():
        return
    model.objects.create(
        id=answer_id,
        referral_id=asked.referral_id,
        team_id=asked.team_id,
        words=words.strip(),
        **written(by=by, person_id=envelope.person_id, envelope_id=envelope.pk),
    )


def _write(verb: str, by: Actor, asked: Research, **detail) -> None:
    record.write(
        f"marac.{verb}",
        by=by,
        person_id=asked.person_id,
        envelopes=[asked.envelope_id],
        subject=f"marac:{asked.referral_id}",
        detail=detail,
    )
