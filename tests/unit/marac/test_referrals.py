"""Referrals: on what, once, to whom they open what; what becomes of them; repeats."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.models import ShareWithoutConsent
from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id
from onestory.marac import actions
from onestory.marac.models import Referral
from onestory.people.models import Identity
from tests.marac import accepted, ask, facts, pair, referred


def test_any_agency_refers_and_the_coordinator_sees_just_what_is_needed(as_):
    them = pair(as_)
    case = referred(as_, them)
    with as_("cora") as by:
        assert Referral.objects.get(pk=case.pk).words
        assert set(access.open_envelopes(by, them.person_id)) == {"identity", "risk"}
        assert set(access.open_envelopes(by, them.abuser_id)) == {"identity", "conduct"}
        assert Identity.objects.filter(person_id=them.person_id).exists()


def test_sent_twice_it_is_one(as_):
    them = pair(as_)
    key = new_id()
    with as_("petra") as by:
        how = {
            "by": by,
            "team_id": by.home_team_id,
            "person_id": them.person_id,
            "referral_id": key,
            "facts": facts(abuser_id=them.abuser_id),
        }
        first = actions.refer(**how)
        assert actions.refer(**how).pk == first.pk
        assert Referral.objects.count() == 1
        hers = ShareWithoutConsent.objects.filter(person_id=them.person_id)
        assert hers.count() == 1


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"criteria": ()}, "at least one criterion"),
        ({"criteria": ("visible-high-risk",)}, "does not say high risk"),
        ({"reason": " "}, "Give the reason"),
        ({"criteria": ("escalation",), "events": 2}, "3 events or more within 12 months"),
        ({"criteria": ("escalation",)}, "3 events or more within 12 months"),
        ({"told": False}, "Say why the survivor is not told"),
        ({"why": ""}, "no more than needed"),
        ({"words": ""}, "what has happened"),
        ({"words": "She is at 62 Harbour View, RM19 1QP."}, "Leave postcodes"),
        ({"agrees": "perhaps"}, "whether the survivor agrees"),
        ({"abuser_id": new_id()}, "names as using abuse"),
    ],
)
def test_on_what_nobody_is_referred(as_, changes, why):
    them = pair(as_)
    with pytest.raises(Refused, match=why):
        referred(as_, them, **changes)


def test_who_does_not_know_her_does_not_refer_her(as_):
    them = pair(as_)
    with pytest.raises(Http404):
        referred(as_, them, name="ida")


def test_who_is_only_asked_about_her_is_told_what_to_do_instead(as_):
    them = pair(as_)
    ask(as_, accepted(as_, referred(as_, them)), "police-public-protection")
    with pytest.raises(Refused, match="add this to what you hold"):
        referred(as_, them, name="pru", abuser_id=None)


def test_the_person_using_abuse_is_never_told(as_):
    them = pair(as_)
    referred(as_, them, told=True)
    with as_("petra"):
        his = ShareWithoutConsent.objects.get(person_id=them.abuser_id)
        assert his.told_at is None
        assert "never told" in his.not_told_reason
        assert ShareWithoutConsent.objects.get(person_id=them.person_id).told_at


def test_within_a_year_of_the_last_it_is_a_repeat_by_the_rule_of_that_day(as_):
    them = pair(as_)
    first = accepted(as_, referred(as_, them))
    with as_("cora") as by:
        actions.close_case(by=by, referral_id=first.pk, version=first.version, outcome="risk-lower")
    again = accepted(as_, referred(as_, them))
    assert again.repeat_of_id == first.pk
    assert again.repeat_rule == "any-abuse-12-months"


def test_of_another_pair_it_is_none(as_):
    accepted(as_, referred(as_, pair(as_)))
    other = accepted(as_, referred(as_, pair(as_, "Mona")))
    assert other.repeat_of_id is None


def test_while_a_case_is_open_a_second_referral_joins_it(as_):
    them = pair(as_)
    first = accepted(as_, referred(as_, them))
    second = referred(as_, them)
    with pytest.raises(Refused, match="Join this referral"):
        accepted(as_, second)
    with as_("cora") as by:
        joined = actions.join_referral(by=by, referral_id=second.pk, version=second.version)
        assert joined.part_of_id == first.pk


def test_sent_back_it_closes_what_was_opened_for_it(as_):
    them = pair(as_)
    case = referred(as_, them)
    with as_("cora") as by:
        actions.decline_referral(
            by=by, referral_id=case.pk, version=case.version, reason="no-criterion"
        )
    with as_("cora") as by:
        assert not access.open_envelopes(by, them.person_id)
        assert not access.open_envelopes(by, them.abuser_id)
        assert not Referral.objects.filter(pk=case.pk).exists()
    with as_("petra"):
        assert Referral.objects.get(pk=case.pk).decline_reason == "no-criterion"


def test_an_agency_sees_a_case_from_when_it_is_asked_until_the_review_closes(as_):
    them = pair(as_)
    case = accepted(as_, referred(as_, them))
    for name in ("pru", "ida", "nell"):
        with as_(name):
            assert not Referral.objects.exists()
    ask(as_, case, "police-public-protection")
    with as_("pru") as by:
        assert Referral.objects.get().pk == case.pk
        assert set(access.open_envelopes(by, them.person_id)) == {"identity", "risk"}
        assert set(access.open_envelopes(by, them.abuser_id)) == {"identity", "conduct"}
    with as_("ida"):
        assert not Referral.objects.exists()
    with as_("cora") as by:
        actions.close_case(by=by, referral_id=case.pk, version=case.version, outcome="risk-lower")
    with as_("pru") as by:
        assert not Referral.objects.exists()
        assert not access.open_envelopes(by, them.person_id)
        assert not access.open_envelopes(by, them.abuser_id)


def test_what_was_opened_lapses_by_itself(as_):
    them = pair(as_)
    case = accepted(as_, referred(as_, them))
    ask(as_, case, "police-public-protection")
    with as_("cora"):
        share = ShareWithoutConsent.objects.get(
            person_id=them.person_id, to_team__code="police-public-protection"
        )
        assert share.until == timezone.localdate() + timedelta(days=120)
        assert share.basis == "marac"
        assert share.reason
