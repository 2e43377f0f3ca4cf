"""A referral to MARAC: by any agency, once however often it is sent."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.access import acting
from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.area.marac import MaracRule
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.marac.actions.opening import open_abuser, open_survivor, rule_now
from onestory.marac.models import Referral
from onestory.marac.queries.pairs import abusers, latest_assessment
from onestory.marac.rules.criteria import Known, after_months, why_not
from onestory.people.actions.envelopes import hold, written
from onestory.people.queries import known_person, names
from onestory.people.rules.age import years
from onestory.risk.models import RiskAssessment
from onestory.risk.rules.orders import leave_places_out

READS_ONLY = (
    "Your team reads this record and does not write in it. If MARAC has asked you about them, add this to "
    "what you hold, and ring the coordinator. If not, tell the team that keeps the record."
)


@dataclass(frozen=True)
class Facts:
    """What the referrer says. `why`: why sharing is needed, and no more than needed."""

    criteria: tuple[str, ...]
    words: str
    why: str
    agrees: str
    reason: str = ""
    events: int | None = None
    abuser_id: UUID | None = None
    children: int | None = None
    children_words: str = ""
    agrees_words: str = ""
    told: bool = False
    not_told_reason: str = ""


@transaction.atomic
def refer(
    *, by: Actor, team_id: UUID, person_id: UUID, referral_id: UUID, facts: Facts
) -> Referral:
    """Bring somebody before the meeting. Opens who she is and her risk to the coordinators, and of
    the person using abuse who he is and his conduct; never where she is. Sent twice, it is one.

    Raises `Refused` where no criterion is met, or where she is not told and nobody says why;
    `Http404` if she is not this team's to see.
    """
    by.must(Permission.MARAC_REFER, team_id)
    known_person(by, person_id)
    if there := Referral.objects.filter(pk=referral_id).first():
        return there
    rule = rule_now()
    latest = latest_assessment(by, person_id)
    _must_stand(by, person_id, facts, rule, latest)
    must_be_old_enough(by, person_id, rule)
    table = Team.objects.get(code=rule.coordinators)
    envelope_id = _risk_to_write(by, person_id)
    shares = []
    if table.pk != team_id:
        shares = _open_to_table(by, person_id, team_id, table, facts, rule)
    made = Referral.objects.create(
        id=referral_id,
        from_team_id=team_id,
        to_team=table,
        referred_on=timezone.localdate(),
        shares=shares,
        told_at=acting.now() if facts.told else None,
        told_by_id=by.user_id if facts.told else None,
        **_said(facts),
        **assessed(latest),
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
    )
    write_down("refer", by, made, criteria=made.criteria, told=facts.told)
    return made


def write_down(verb: str, by: Actor, case: Referral, **detail) -> None:
    """One entry on the record about a case."""
    record.write(
        f"marac.{verb}",
        by=by,
        person_id=case.person_id,
        envelopes=[case.envelope_id],
        subject=f"marac:{case.pk}",
        detail=detail,
    )


def _risk_to_write(by: Actor, person_id: UUID) -> UUID:
    held = hold(person_id, by=by)
    risk = held.covers.get(Kind.RISK)
    if risk and risk.is_open and not risk.may_write:
        raise Refused(READS_ONLY)
    return held.to_write(Kind.RISK)


def _must_stand(
    by: Actor, person_id: UUID, facts: Facts, rule: MaracRule, latest: RiskAssessment | None
) -> None:
    known = Known(high=is_high(latest), events=facts.events, reason=facts.reason)
    refused = why_not(facts.criteria, pack().marac_criteria, rule, known)
    if refused:
        raise Refused(refused, about="criteria")
    if not facts.words.strip():
        raise Refused("Say what has happened, and what you fear.", about="words")
    leave_places_out(facts.words, facts.reason, facts.children_words)
    if not facts.why.strip():
        raise Refused(
            "Say why sharing this is needed, and that it is no more than needed.", about="why"
        )
    if facts.agrees not in Referral.Agrees:
        raise Refused("Say whether the survivor agrees.", about="agrees")
    if not facts.told and not facts.not_told_reason.strip():
        raise Refused("Say why the survivor is not told.", about="not_told_reason")
    if facts.abuser_id and facts.abuser_id not in abusers(by, person_id):
        raise Refused("Choose somebody whom their own record names as using abuse.", about="abuser")


def must_be_old_enough(by: Actor, person_id: UUID, rule: MaracRule) -> None:
    """`Refused` for a survivor who is known to be a child for whom others act."""
    who, today = names(by, [person_id]).get(person_id), timezone.localdate()
    if who is None or not (who.born_on or who.birth_year):
        return
    oldest = years(who.born_on, today) if who.born_on else today.year - who.birth_year
    if oldest < rule.youngest:
        raise Refused(
            f"MARAC is for survivors of {rule.youngest} and over. Somebody younger is a child to be "
            "protected: tell children’s social care at once."
        )


def is_high(latest: RiskAssessment | None) -> bool:
    """Whether the assessment stands at the highest level that the area has."""
    levels = [term.code for term in pack().risk_levels]
    return bool(latest and levels and latest.level == levels[-1])


def _open_to_table(
    by: Actor, person_id: UUID, team_id: UUID, table: Team, facts: Facts, rule: MaracRule
) -> list[UUID]:
    """The coordinators hold a case until no repeat can come of it any more."""
    last_day = after_months(timezone.localdate(), rule.repeat_months)
    how = {
        "by": by,
        "team_id": team_id,
        "to_team_id": table.pk,
        "words": facts.why,
        "until": last_day + timedelta(days=rule.lapse_days),
    }
    shares = [
        open_survivor(
            **how,
            person_id=person_id,
            told=facts.told,
            not_told_reason=facts.not_told_reason,
            writes=(Kind.IDENTITY, Kind.RISK),
        )
    ]
    if facts.abuser_id:
        _give_conduct(by, facts.abuser_id)
        writes = (Kind.IDENTITY, Kind.CONDUCT)
        shares += open_abuser(**how, person_id=facts.abuser_id, writes=writes)
    return shares


def _give_conduct(by: Actor, abuser_id: UUID) -> None:
    """See to it that there is a place for what agencies find about him."""
    held = hold(abuser_id, by=by)
    if Kind.CONDUCT not in held.covers and any(c.may_write for c in held.covers.values()):
        held.to_write(Kind.CONDUCT)


def _said(facts: Facts) -> dict:
    return {
        "abuser_id": facts.abuser_id,
        "criteria": [c.code for c in pack().marac_criteria if c.code in facts.criteria],
        "reason": facts.reason.strip(),
        "events": facts.events,
        "words": facts.words.strip(),
        "children": facts.children,
        "children_words": facts.children_words.strip(),
        "agrees": facts.agrees,
        "agrees_words": facts.agrees_words.strip(),
        "not_told_reason": "" if facts.told else facts.not_told_reason.strip(),
    }


def assessed(latest: RiskAssessment | None) -> dict:
    """The risk as it is assessed now; a new version of the form changes nothing of it later."""
    if latest is None:
        return {}
    return {
        "assessment_id": latest.pk,
        "instrument": latest.instrument,
        "threshold": latest.threshold,
        "yes": latest.yes,
        "level": latest.level,
    }
