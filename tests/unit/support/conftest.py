"""Somebody referred to the first contact navigators by the housing team, and taken on."""

import pytest

from onestory.cases.actions import (
    accept_referral,
    decide_contact,
    grade_contact,
    open_case,
    record_contact,
)
from onestory.cases.models import Case, Referral
from tests.disclosures import case_facts, referring, told


@pytest.fixture
def referral(as_):
    """Sent by Tess, to the team that calls within 48 hours. Nobody has answered it yet."""
    with as_("olu") as by:
        contact = record_contact(by=by, team_id=by.home_team_id, told=told())
    with as_("tess") as by:
        grade_contact(by=by, contact_id=contact.pk, version=0, rag="amber", reason="At home.")
        decide_contact(
            by=by, contact_id=contact.pk, version=1, decision=referring("sericc-first-contact")
        )
        return Referral.objects.get(contact_id=contact.pk)


@pytest.fixture
def case(as_, referral):
    """Nora's team has accepted it."""
    with as_("nora") as by:
        accept_referral(by=by, referral_id=referral.pk, version=referral.version, case=case_facts())
        return Case.objects.select_related("referral").get(referral_id=referral.pk)


@pytest.fixture
def graded_case(as_):
    """A case of the team that knows somebody anyway: nothing was opened for it."""
    with as_("olu") as by:
        contact = record_contact(by=by, team_id=by.home_team_id, told=told())
    with as_("petra") as by:
        return open_case(
            by=by, team_id=by.home_team_id, person_id=contact.person_id, facts=case_facts()
        )
