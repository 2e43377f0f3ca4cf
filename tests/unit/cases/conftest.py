"""A contact on its way: sent by a housing officer, graded, and decided by referral."""

import pytest

from onestory.cases.actions import decide_contact, grade_contact, record_contact
from onestory.cases.models import Referral
from tests.disclosures import referring, told


@pytest.fixture
def contact(as_):
    with as_("olu") as by:
        return record_contact(by=by, team_id=by.home_team_id, told=told())


@pytest.fixture
def graded(as_, contact):
    with as_("tess") as by:
        return grade_contact(
            by=by, contact_id=contact.pk, version=0, rag="amber", reason="He is at home."
        )


@pytest.fixture
def referral(as_, graded):
    with as_("tess") as by:
        decide_contact(by=by, contact_id=graded.pk, version=1, decision=referring("idva"))
        return Referral.objects.get(contact_id=graded.pk)
