"""Checklists: begun, judged, or sent by somebody else. A result is written once."""

from dataclasses import asdict
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.assessment import actions as assessment
from onestory.assessment import bank
from onestory.assessment.models import Answer, Sitting
from onestory.assessment.rules import scores
from onestory.kernel import record
from onestory.kernel.calendar import LONDON
from onestory.kernel.errors import Refused
from onestory.people.actions.envelopes import hold, written
from onestory.people.queries import names
from onestory.people.rules import age
from onestory.risk.actions import drafts
from onestory.risk.models import RiskAssessment
from onestory.risk.rules import levels

NOT_HERE = "Choose a checklist that is asked here."
NOTHING = "Nothing has been answered yet. Ask at least one question, or write down a result from elsewhere."


def draft_page(sitting_id: UUID) -> str:
    """Where the judgement of a sitting is kept while it is typed."""
    return f"checklist:{sitting_id}"


@transaction.atomic
def begin_checklist(*, by: Actor, team_id: UUID, person_id: UUID, instrument: str) -> Sitting:
    """Begin to ask a checklist, or go on with today's. `Refused` where it is not for their age."""
    form = pack().risk_forms.get(instrument)
    if form is None or form.outside or not bank.instrument(instrument).checklist:
        raise Refused(NOT_HERE)
    instead = levels.is_too_young(pack(), instrument, years_of(by, person_id))
    if instead:
        other = pack().risk_forms.name(instead)
        raise Refused(f"This form is for those of {form.from_age} and over. Use: {other}.")
    hold(person_id, by=by).to_write(Kind.RISK)
    return assessment.begin_sitting(
        by=by, team_id=team_id, person_id=person_id, instrument=instrument
    )


@transaction.atomic
def assess(
    *, by: Actor, sitting_id: UUID, level: str, reason: str = "", tab: str = ""
) -> RiskAssessment:
    """Write down what a checklist came to and how the danger is judged, and end its sitting.

    `tab` is the opening of the page that says so. Said twice, it is written once.
    """
    sitting = _locked(by, sitting_id)
    before = RiskAssessment.objects.filter(sitting=sitting).first()
    if before:
        if (before.level, before.reason) == (level, reason.strip()):
            return before
        raise Refused("The result of this sitting is written down already. Begin another.")
    form, day = (sitting.instrument, sitting.version), timezone.localdate()
    counted = scores.counted(bank.instrument(*form), answers_of(sitting))
    if not counted.yes + counted.no + counted.unknown:
        raise Refused(NOTHING)
    computed = levels.of_count(pack(), *form, day, counted)
    has_rule = levels.threshold(pack(), *form, day) is not None
    _must_suit(computed, level, reason, has_rule=has_rule)
    found = _write(
        by,
        sitting.person_id,
        computed,
        team_id=sitting.team_id,
        sitting=sitting,
        instrument=sitting.instrument,
        version=sitting.version,
        level=level,
        reason=reason.strip(),
        assessed_at=timezone.now(),
        **asdict(counted),
    )
    assessment.end_sitting(by=by, sitting_id=sitting.pk)
    drafts.empty(sitting.team_id, sitting.person_id, draft_page(sitting.pk), tab)
    return found


@transaction.atomic
def receive_result(
    *,
    by: Actor,
    team_id: UUID,
    person_id: UUID,
    form: str,
    sent_by: str,
    on: date,
    level: str,
    score: int | None = None,
    reason: str = "",
) -> RiskAssessment:
    """Write down a result that somebody from outside sent, as they judged it."""
    by.must(Permission.ASSESS, team_id)
    if form not in pack().risk_forms:
        raise Refused("Choose the form.")
    if not sent_by.strip():
        raise Refused("Say who sent it.")
    if on > timezone.localdate():
        raise Refused("That day is still to come.")
    version, computed = _of_theirs(form, score, on)
    if computed.level:
        _must_suit(computed, level, reason, has_rule=True)
    elif level not in pack().risk_levels:
        raise Refused("Choose the level as they judged it.")
    return _write(
        by,
        person_id,
        computed,
        team_id=team_id,
        sent_by=sent_by.strip(),
        instrument=form,
        version=version,
        score=score,
        level=level,
        reason=reason.strip(),
        assessed_at=datetime.combine(on, time(12), LONDON),
    )


def answers_of(sitting: Sitting) -> dict[str, object]:
    """What was answered or confirmed in it, the last of each, whatever was said later elsewhere."""
    rows = Answer.objects.filter(sitting=sitting).order_by("recorded_at", "id")
    return {row.question: row.value for row in rows}


def years_of(by: Actor, person_id: UUID) -> int | None:
    """How old somebody is, where that is known and open."""
    known = names(by, [person_id]).get(person_id)
    if known is None or not known.born_on:
        return None
    return age.years(known.born_on, timezone.localdate())


def _locked(by: Actor, sitting_id: UUID) -> Sitting:
    found = Sitting.objects.filter(pk=sitting_id).first()
    if found is None or found.team_id not in by.teams_where(Permission.ASSESS):
        raise Http404
    if found.instrument not in pack().risk_forms:
        raise Http404
    hold(found.person_id, by=by)
    found.refresh_from_db()
    return found


def _of_theirs(form: str, score: int | None, on: date) -> tuple[int, levels.Computed]:
    """The version of a form that others sent, and the level of its count; none of a form of theirs."""
    if pack().risk_forms[form].outside:
        return 0, levels.Computed()
    asked = bank.instrument(form)
    most = len(asked.scoring.counts)
    if score is None:
        return asked.version, levels.Computed()
    if score > most:
        raise Refused(f"This form has {most} questions: the count cannot be more.")
    rule = levels.threshold(pack(), form, asked.version, on)
    return asked.version, levels.computed(rule, score, most)


def _must_suit(computed: levels.Computed, level: str, reason: str, *, has_rule: bool) -> None:
    if fault := levels.fault(pack(), computed, level, reason, has_rule=has_rule):
        raise Refused(fault)


def _write(by: Actor, person_id: UUID, computed: levels.Computed, **values) -> RiskAssessment:
    envelope_id = hold(person_id, by=by).to_write(Kind.RISK)
    found = RiskAssessment.objects.create(
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
        computed=computed.level,
        threshold=computed.threshold,
        **values,
    )
    record.write(
        "risk.assess" if found.sitting_id else "risk.receive",
        by=by,
        person_id=person_id,
        envelopes=[envelope_id],
        subject=f"risk:{found.pk}",
        detail={"form": found.instrument, "version": found.version},
    )
    return found
