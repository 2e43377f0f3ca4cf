"""The survivor and the person using abuse: joined from her side alone."""

from datetime import date
from uuid import UUID

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.marac.models import Referral
from onestory.marac.rules.criteria import is_repeat
from onestory.people.models import Relationship
from onestory.people.queries import records
from onestory.risk.models import RiskAssessment


def abusers(by: Actor, person_id: UUID) -> list[UUID]:
    """Who uses abuse against this person, as her own record says."""
    rows = Relationship.objects.filter(
        person_id__in=ids_of(by, person_id), superseded_at=None, uses_abuse=True
    )
    return list(dict.fromkeys(row.other_id for row in rows.order_by("recorded_at", "id")))


def latest_assessment(by: Actor, person_id: UUID) -> RiskAssessment | None:
    """The newest result that is open to the actor, of every record of this human being."""
    rows = RiskAssessment.objects.filter(person_id__in=ids_of(by, person_id))
    return rows.order_by("-assessed_at", "-id").first()


def open_case_of_pair(by: Actor, case: Referral) -> Referral | None:
    """The case of the same two people that the table has taken and not closed, if there is one."""
    return _of_pair(by, case).filter(accepted_at__isnull=False, closed_at=None).first()


def last_of_pair(by: Actor, case: Referral, on: date) -> Referral | None:
    """The last referral of the same two before this one, if that makes this one a repeat."""
    rule = pack().marac_rule(on)
    rows = _of_pair(by, case).filter(accepted_at__isnull=False, referred_on__lte=on)
    last = rows.order_by("-referred_on", "-id").first()
    if last and rule and is_repeat(last.referred_on, on, rule.repeat_months):
        return last
    return None


def the_other_way(by: Actor, cases: list[Referral]) -> set[UUID]:
    """Which of these cases have a mirror: each of the two says that the other uses abuse."""
    pairs = {(case.person_id, case.abuser_id): case.pk for case in cases if case.abuser_id}
    people = {person for person, _ in pairs}
    rows = Referral.objects.filter(
        person_id__in={abuser for _, abuser in pairs},
        abuser_id__in=people,
        closed_at=None,
        declined_at=None,
    )
    return {pairs[key] for row in rows if (key := (row.abuser_id, row.person_id)) in pairs}


def ids_of(by: Actor, person_id: UUID) -> list[UUID]:
    """Every record of this human being that the actor knows of."""
    return [person.pk for person in records(by, person_id)]


def _of_pair(by: Actor, case: Referral):
    """Other cases of the same survivor and the same person using abuse."""
    rows = Referral.objects.filter(
        person_id__in=ids_of(by, case.person_id), to_team_id=case.to_team_id, part_of=None
    ).exclude(pk=case.pk)
    if case.abuser_id is None:
        return rows.filter(abuser=None)
    return rows.filter(abuser_id__in=ids_of(by, case.abuser_id) or [case.abuser_id])
