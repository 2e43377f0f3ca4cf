"""Cases: opened, corrected, closed."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.cases.actions import close_case, correct_case, open_case
from onestory.cases.models import Case
from onestory.kernel.errors import Refused, Stale
from tests.disclosures import case_facts

OPENED = date(2026, 1, 5)


@pytest.fixture
def case(as_, graded):
    with as_("petra") as by:
        return open_case(
            by=by, team_id=by.home_team_id, person_id=graded.person_id, facts=case_facts()
        )


def test_closing(case, as_):
    with as_("petra") as by:
        closed = close_case(
            by=by,
            case_id=case.pk,
            version=0,
            closed_on=date(2026, 3, 2),
            reason="support-completed",
        )
        assert (closed.version, closed.close_reason) == (1, "support-completed")
        with pytest.raises(Refused, match="already"):
            close_case(
                by=by,
                case_id=case.pk,
                version=1,
                closed_on=date(2026, 3, 2),
                reason="support-completed",
            )


@pytest.mark.parametrize(
    ("closed_on", "reason", "why"),
    [
        (OPENED - timedelta(days=1), "died", "before it was opened"),
        (None, "died", "future"),
        (OPENED, "bored", "reason"),
    ],
)
def test_what_cannot_be_closed(case, as_, closed_on, reason, why):
    day = closed_on or timezone.localdate() + timedelta(days=1)
    with as_("petra") as by, pytest.raises(Refused, match=why):
        close_case(by=by, case_id=case.pk, version=0, closed_on=day, reason=reason)


def test_correcting_changes_only_what_changed(case, as_):
    with as_("mina") as by:
        correct_case(by=by, case_id=case.pk, version=0, facts=case_facts(category="marac"))
        kept = Case.objects.get(pk=case.pk)
        assert (kept.category, kept.version) == ("marac", 1)
        same = correct_case(by=by, case_id=case.pk, version=1, facts=case_facts(category="marac"))
    assert same.version == 1


def test_a_stale_correction_is_refused(case, as_):
    with as_("mina") as by:
        correct_case(by=by, case_id=case.pk, version=0, facts=case_facts(category="marac"))
    with as_("petra") as by, pytest.raises(Stale) as stale:
        correct_case(by=by, case_id=case.pk, version=0, facts=case_facts(category="mash"))
    assert stale.value.theirs.category == "marac"


def test_a_case_is_not_opened_after_it_was_closed(case, as_):
    with as_("petra") as by:
        close_case(by=by, case_id=case.pk, version=0, closed_on=OPENED, reason="died")
        with pytest.raises(Refused, match="after it was closed"):
            facts = case_facts(opened_on=OPENED + timedelta(days=1))
            correct_case(by=by, case_id=case.pk, version=1, facts=facts)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"category": "gossip"}, "category"),
        ({"area": "atlantis"}, "area"),
        ({"group": ""}, "group"),
        ({"abuse": ()}, "abuse"),
        ({"risk_assessment": "horoscope"}, "risk assessment"),
        ({"referred_by": "pigeon"}, "referred"),
    ],
)
def test_what_is_counted_must_be_known(graded, as_, change, why):
    with as_("petra") as by, pytest.raises(Refused, match=why):
        open_case(
            by=by,
            team_id=by.home_team_id,
            person_id=graded.person_id,
            facts=case_facts(**change),
        )


def test_it_cannot_be_opened_tomorrow(graded, as_):
    facts = case_facts(opened_on=timezone.localdate() + timedelta(days=1))
    with as_("petra") as by, pytest.raises(Refused, match="future"):
        open_case(by=by, team_id=by.home_team_id, person_id=graded.person_id, facts=facts)


def test_an_officer_opens_no_case(contact, as_):
    with as_("olu") as by, pytest.raises(Refused, match="role"):
        open_case(by=by, team_id=by.home_team_id, person_id=contact.person_id, facts=case_facts())


def test_another_team_finds_no_case(case, as_):
    with as_("ida") as by, pytest.raises(Http404):
        close_case(by=by, case_id=case.pk, version=0, closed_on=OPENED, reason="died")
