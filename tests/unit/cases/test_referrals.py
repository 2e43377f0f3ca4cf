"""A referral: sent, acknowledged, accepted or declined, withdrawn; with its clocks and grants."""

import pytest
from django.http import Http404

from onestory.access.models import Entry, Grant, Kind
from onestory.cases.actions import (
    accept_referral,
    acknowledge_referral,
    decide_contact,
    decline_referral,
    open_case,
    see_answer,
    send_referral,
    withdraw_referral,
)
from onestory.cases.models import Case, Contact, Referral
from onestory.kernel.errors import Refused, Stale
from onestory.people.models import Identity, Relationship, SafeContact
from tests.disclosures import AGREED, case_facts, referring, target


def sees(as_, name: str, person_id) -> set[str]:
    """The kinds of knowledge about a person that somebody's team may open."""
    with as_(name):
        return set(
            Grant.objects.filter(envelope__person_id=person_id).values_list(
                "envelope__kind", flat=True
            )
        )


def test_a_referral_opens_just_what_is_needed(referral, as_):
    assert sees(as_, "ida", referral.person_id) == {
        Kind.IDENTITY,
        Kind.SAFE_CONTACT,
        Kind.NEEDS,
        Kind.SUPPORT,
    }
    with as_("ida"):
        about = {"person_id": referral.person_id}
        assert Referral.objects.get(**about).needs == [
            "risk-of-homelessness",
            "money",
            "child-wellbeing",
        ]
        assert Identity.objects.get(**about).given_name == "Rowan"
        assert SafeContact.objects.get(**about).code_word == "Bluebell"
        assert not Contact.objects.filter(**about).exists()
        assert not Relationship.objects.filter(**about).exists()


def test_what_is_ticked_goes_along(graded, as_):
    kinds = frozenset({Kind.STORY})
    with as_("tess") as by:
        decision = referring(targets=(target("idva", "high-risk-advocacy", kinds),))
        decide_contact(by=by, contact_id=graded.pk, version=1, decision=decision)
    assert sees(as_, "ida", graded.person_id) == {Kind.IDENTITY, Kind.STORY, Kind.SUPPORT}


def test_its_clocks_run_on_working_days(referral):
    assert referral.sent_at < referral.acknowledge_by < referral.answer_by
    assert referral.acknowledge_by.hour == referral.answer_by.hour == 17


def test_children_go_to_the_childrens_front_door(graded, as_):
    decision = referring("mash", outcome="childrens-social-care")
    with as_("tess") as by:
        decide_contact(by=by, contact_id=graded.pk, version=1, decision=decision)
    with as_("cass"):
        sent = Referral.objects.get(contact_id=graded.pk)
        assert sent.from_team.code == "housing-safeguarding"


def test_accepting_acknowledges_as_well(referral, as_):
    with as_("ida") as by:
        accepted = accept_referral(by=by, referral_id=referral.pk, version=0, words="Tomorrow.")
    assert accepted.acknowledged_at == accepted.accepted_at
    with as_("tess") as by:
        seen = see_answer(by=by, referral_id=referral.pk)
        assert see_answer(by=by, referral_id=referral.pk).version == seen.version
    assert seen.answer_words == "Tomorrow."


def test_accepting_may_open_a_case(referral, as_):
    with as_("ida") as by:
        accept_referral(by=by, referral_id=referral.pk, version=0, case=case_facts())
        case = Case.objects.get(person_id=referral.person_id)
    assert case.referral_id == referral.pk
    assert case.team_id == referral.to_team_id


def test_a_case_that_cannot_be_opened_leaves_the_referral_open(referral, as_):
    with as_("ida") as by:
        with pytest.raises(Refused, match="category"):
            facts = case_facts(category="")
            accept_referral(by=by, referral_id=referral.pk, version=0, case=facts)
        assert Referral.objects.get(pk=referral.pk).accepted_at is None


def test_declining_needs_a_coded_reason_and_closes_what_was_opened(referral, as_):
    with as_("ida") as by:
        with pytest.raises(Refused, match="reason"):
            decline_referral(by=by, referral_id=referral.pk, version=0, reason="busy")
        acknowledge_referral(by=by, referral_id=referral.pk, version=0)
        decline_referral(by=by, referral_id=referral.pk, version=1, reason="no-room")
    assert sees(as_, "ida", referral.person_id) == set()
    with as_("ida"):
        assert not Referral.objects.filter(pk=referral.pk).exists()
        assert not Identity.objects.filter(person_id=referral.person_id).exists()
    with as_("tess") as by:
        kept = Referral.objects.get(pk=referral.pk)
        assert (kept.decline_reason, kept.version) == ("no-room", 2)
        see_answer(by=by, referral_id=kept.pk)


def test_withdrawing_closes_what_was_opened(referral, as_):
    with as_("tess") as by:
        withdraw_referral(by=by, referral_id=referral.pk, version=0, reason="consent-withdrawn")
    assert sees(as_, "ida", referral.person_id) == set()


def test_one_referral_ends_without_the_other(referral, as_):
    """Two services of one team: declining the first does not blind the team to the second."""
    with as_("tess") as by:
        second = send_referral(
            by=by,
            team_id=by.home_team_id,
            person_id=referral.person_id,
            target=target("idva", "high-risk-advocacy"),
            sharing=AGREED,
        )
    with as_("ida") as by:
        decline_referral(by=by, referral_id=referral.pk, version=0, reason="already-open")
        assert Identity.objects.get(person_id=referral.person_id).given_name == "Rowan"
        accept_referral(by=by, referral_id=second.pk, version=0)


def test_answered_is_answered(referral, as_):
    with as_("ida") as by:
        accept_referral(by=by, referral_id=referral.pk, version=0)
        with pytest.raises(Refused, match="accepted"):
            decline_referral(by=by, referral_id=referral.pk, version=1, reason="no-room")
    with as_("tess") as by, pytest.raises(Refused, match="accepted"):
        withdraw_referral(by=by, referral_id=referral.pk, version=1, reason="sent-in-error")


def test_two_cannot_both_answer(referral, as_):
    with as_("ida") as by:
        accept_referral(by=by, referral_id=referral.pk, version=0)
        with pytest.raises(Stale, match="accepted") as stale:
            decline_referral(by=by, referral_id=referral.pk, version=0, reason="no-room")
    assert stale.value.theirs.accepted_at


def test_sender_and_receiver_each_have_their_part(referral, as_):
    with as_("tess") as by, pytest.raises(Refused):
        accept_referral(by=by, referral_id=referral.pk, version=0)
    with as_("ida") as by, pytest.raises(Refused):
        withdraw_referral(by=by, referral_id=referral.pk, version=0, reason="sent-in-error")


@pytest.mark.parametrize("stranger", ["olu", "nell", "cass", "gwen", "adam"])
def test_nobody_else_sees_a_referral(referral, as_, stranger):
    with as_(stranger) as by:
        assert not Referral.objects.filter(pk=referral.pk).exists()
        with pytest.raises(Http404):
            see_answer(by=by, referral_id=referral.pk)


@pytest.mark.parametrize(
    ("team", "service", "reason"),
    [
        ("designated-leads", "", "does not take referrals"),
        ("housing-safeguarding", "", "own team"),
        ("idva", "refuge-place", "does not offer"),
    ],
)
def test_where_a_referral_may_go(graded, as_, team, service, reason):
    with as_("tess") as by, pytest.raises(Refused, match=reason):
        send_referral(
            by=by,
            team_id=by.home_team_id,
            person_id=graded.person_id,
            target=target(team, service),
            sharing=AGREED,
        )


def test_therapy_cannot_be_slipped_in(graded, as_):
    with as_("tess") as by, pytest.raises(Refused, match="cannot be shared"):
        send_referral(
            by=by,
            team_id=by.home_team_id,
            person_id=graded.person_id,
            target=target("idva", kinds=frozenset({Kind.THERAPY})),
            sharing=AGREED,
        )


def test_nobody_refers_somebody_they_cannot_see(graded, as_):
    with as_("nell") as by, pytest.raises(Http404):
        send_referral(
            by=by,
            team_id=by.home_team_id,
            person_id=graded.person_id,
            target=target("idva"),
            sharing=AGREED,
        )


def test_a_receiver_may_not_pass_on_what_it_may_only_read(referral, as_):
    with as_("ida") as by, pytest.raises(Refused, match="may not share"):
        send_referral(
            by=by,
            team_id=by.home_team_id,
            person_id=referral.person_id,
            target=target("refuge"),
            sharing=AGREED,
        )


def test_each_verb_is_on_the_record(referral, as_):
    with as_("ida") as by:
        acknowledge_referral(by=by, referral_id=referral.pk, version=0)
        decline_referral(by=by, referral_id=referral.pk, version=1, reason="no-room")
    with as_("gwen"):
        about = Entry.objects.filter(subject=f"referral:{referral.pk}").order_by("id")
        verbs = [entry.verb for entry in about]
    assert verbs == ["referral.send", "referral.acknowledge", "referral.decline"]


def test_a_case_is_opened_for_somebody_known(graded, as_):
    with as_("petra") as by:
        case = open_case(
            by=by, team_id=by.home_team_id, person_id=graded.person_id, facts=case_facts()
        )
    assert case.reference


def test_a_team_refers_to_a_service_of_its_own(graded, as_):
    """Whoever triages hands on to whoever supports: nothing to open, nobody else to tell."""
    with as_("tess") as by:
        decision = referring(targets=(target("housing-safeguarding", "sanctuary-scheme"),))
        decide_contact(by=by, contact_id=graded.pk, version=1, decision=decision)
        own = Referral.objects.get(contact_id=graded.pk)
        assert own.grants == []
    with as_("petra") as by:
        done = accept_referral(by=by, referral_id=own.pk, version=0, case=case_facts())
        assert done.seen_at == done.accepted_at
        assert Case.objects.get(referral=own).team_id == by.home_team_id
