"""Somebody whom the first contact navigators work with, for tests: all that a case can have."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from onestory.cases.actions import (
    accept_referral,
    decide_contact,
    grade_contact,
    record_contact,
)
from onestory.cases.models import Case, Referral
from onestory.kernel.ids import new_id
from onestory.people.models import Phone
from onestory.support import actions
from onestory.support.actions import Meeting
from tests.disclosures import case_facts, referring, told

CALLING_TEAM = "sericc-first-contact"


def referred(as_) -> Referral:
    """Rowan, whom Tess has referred to the team that calls within 48 hours. Nobody has answered."""
    with as_("olu") as by:
        contact = record_contact(by=by, team_id=by.home_team_id, told=told())
    with as_("tess") as by:
        grade_contact(by=by, contact_id=contact.pk, version=0, rag="amber", reason="At home.")
        decide_contact(by=by, contact_id=contact.pk, version=1, decision=referring(CALLING_TEAM))
        return Referral.objects.get(contact_id=contact.pk)


def taken_on(as_, referral: Referral) -> Case:
    """The case of Nora's team that comes of it."""
    with as_("nora") as by:
        accept_referral(by=by, referral_id=referral.pk, version=referral.version, case=case_facts())
        return Case.objects.select_related("referral").get(referral_id=referral.pk)


@dataclass(frozen=True)
class Supported:
    """The ids of one of each thing."""

    case: Case
    person_id: UUID
    phone_id: UUID
    session_id: UUID
    goal_id: UUID
    step_id: UUID


def meeting(by, **changes) -> Meeting:
    """An hour ago in Room 2."""
    values = {
        "kind": "assessment",
        "channel": "face-to-face",
        "starts_at": timezone.now() - timedelta(hours=1),
        "worker_id": by.user_id,
        "place": "Room 2",
        "minutes": 50,
    }
    return Meeting(**{**values, **changes})


def tomorrow(**more) -> dict:
    """What makes a meeting an appointment."""
    return {"starts_at": timezone.now() + timedelta(days=1), "minutes": None, **more}


def hold(by, case: Case, version: int = 0, **changes):
    """Held by whoever says so, every week."""
    values = {"holder_id": by.user_id, "check_in_days": 7}
    return actions.hold_case(by=by, case_id=case.pk, version=version, **{**values, **changes})


def supported(as_) -> Supported:
    """A case with a call, a session that was and one ahead, a pause, a goal and a step."""
    case = taken_on(as_, referred(as_))
    key = {"call": new_id(), "was": new_id(), "ahead": new_id(), "goal": new_id(), "step": new_id()}
    with as_("nora") as by:
        of_case = {"by": by, "case_id": case.pk}
        hold(by, case)
        today = timezone.localdate()
        actions.pause_wait(**of_case, version=1, asked_by="survivor", from_on=today)
        actions.resume_wait(**of_case, version=2, until_on=today)
        actions.record_call(
            by=by,
            team_id=by.home_team_id,
            person_id=case.person_id,
            call_id=key["call"],
            outcome="answered",
            said="She will come.",
        )
        actions.record_session(
            **of_case, session_id=key["was"], meeting=meeting(by), attended=True, words="A line."
        )
        actions.plan_session(**of_case, session_id=key["ahead"], meeting=meeting(by, **tomorrow()))
        actions.set_goal(**of_case, goal_id=key["goal"], words="To sleep", value=3)
        actions.agree_step(**of_case, step_id=key["step"], words="Write", who="Nora")
        phone = Phone.objects.filter(person_id=case.person_id).first()
    return Supported(case, case.person_id, phone.pk, key["ahead"], key["goal"], key["step"])
