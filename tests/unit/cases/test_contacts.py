"""Recording a contact, and triage."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.access.models import Entry, Envelope
from onestory.cases.actions import (
    acknowledge_decision,
    decide_contact,
    grade_contact,
    record_contact,
)
from onestory.cases.models import Contact, Referral
from onestory.cases.rules.decisions import Decision, Sharing
from onestory.cases.rules.told import Home
from onestory.kernel.errors import Refused, Stale
from onestory.people.models import Address, Identity, Phone, Relationship, SafeContact
from tests.disclosures import referring, told

ADVICE = Decision("advice", "safety", "Told her how to leave safely.")


def test_everything_told_is_kept(contact, as_):
    with as_("tess"):
        kept = Contact.objects.get(pk=contact.pk)
        person = kept.person_id
        assert Identity.objects.get(person_id=person).given_name == "Rowan"
        assert SafeContact.objects.get(person_id=person).code_word == "Bluebell"
        assert Phone.objects.get(person_id=person).safe == "yes"
        assert Address.objects.get(person_id=person).locality == "grays"
        people = Relationship.objects.filter(person_id=person)
        assert {(r.kind, r.uses_abuse) for r in people} == {
            ("child", False),
            ("husband-or-wife", True),
        }
        names = Identity.objects.filter(person_id__in=[r.other_id for r in people])
        assert {n.given_name for n in names} == {"Ben", "Dean"}
        assert kept.contributory_needs == ["money", "child-wellbeing"]


def test_the_presenting_need_is_not_counted_twice(as_):
    with as_("olu") as by:
        sent = record_contact(
            by=by,
            team_id=by.home_team_id,
            told=told(contributory_needs=("money", "legal"), presenting_need="money"),
        )
    assert sent.contributory_needs == ["legal"]


def test_a_confidential_address_goes_along_only_if_asked(as_):
    hiding = Home("2 Mill Lane", "SS17 0AA", "stanford", confidential=True)
    with as_("olu") as by:
        kept = record_contact(by=by, team_id=by.home_team_id, told=told(home=hiding))
        sent = record_contact(
            by=by, team_id=by.home_team_id, told=told(home=hiding, share_whereabouts=True)
        )
    with as_("tess"):
        seen = set(Address.objects.values_list("person_id", flat=True))
    assert sent.person_id in seen
    assert kept.person_id not in seen


def test_a_basis_without_consent_wants_its_reason(as_):
    with as_("olu") as by, pytest.raises(Refused, match="reason"):
        record_contact(by=by, team_id=by.home_team_id, told=told(sharing=Sharing("safeguarding")))


def test_nothing_of_a_refused_contact_stays(as_):
    with as_("olu") as by:
        before = Envelope.objects.count()
        with pytest.raises(Refused):
            record_contact(by=by, team_id=by.home_team_id, told=told(sharing=Sharing("nonsense")))
        assert Envelope.objects.count() == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"abuse": ()}, "abuse"),
        ({"abuse": ("unkindness",)}, "abuse"),
        ({"presenting_need": ""}, "need"),
        ({"to_team": "idva"}, "who should act"),
        ({"channel": "pigeon"}, "how"),
    ],
)
def test_what_must_be_there(as_, change, reason):
    with as_("olu") as by, pytest.raises(Refused, match=reason):
        record_contact(by=by, team_id=by.home_team_id, told=told(**change))


def test_somebody_known_is_not_made_again(contact, as_):
    with as_("olu") as by:
        known = SafeContact.objects.get(person_id=contact.person_id)
        again = record_contact(
            by=by,
            team_id=by.home_team_id,
            told=told(safe=replace(told().safe, safe_to_call="no", seen_id=known.pk)),
            person_id=contact.person_id,
        )
        assert again.person_id == contact.person_id
        now = SafeContact.objects.get(person_id=contact.person_id, superseded_at=None)
        assert now.safe_to_call == "no"


def test_safe_contact_changed_meanwhile_is_not_overwritten(contact, as_):
    with as_("olu") as by, pytest.raises(Stale) as stale:
        record_contact(by=by, team_id=by.home_team_id, told=told(), person_id=contact.person_id)
    assert stale.value.theirs.safe_to_call == "yes"


def test_where_others_keep_the_record_a_new_one_is_made(referral, as_):
    with as_("ida") as by:
        sent = record_contact(
            by=by, team_id=by.home_team_id, told=told(), person_id=referral.person_id
        )
    assert sent.person_id != referral.person_id


def test_nobody_unknown_can_be_named(contact, as_):
    with as_("nell") as by, pytest.raises(Http404):
        record_contact(by=by, team_id=by.home_team_id, told=told(), person_id=contact.person_id)


def test_a_grade_sets_the_clock(contact, as_):
    with as_("tess") as by:
        red = grade_contact(by=by, contact_id=contact.pk, version=0, rag="red", reason="Knife.")
        assert red.due_at - red.received_at == timedelta(hours=4)
        assert red.timescale == "contact_decision_red"
        green = grade_contact(by=by, contact_id=contact.pk, version=1, rag="green", reason="Safe.")
    assert green.due_at == red.due_at
    assert green.rag == "green"


def test_a_grade_needs_its_reason(contact, as_):
    with as_("tess") as by, pytest.raises(Refused, match="why"):
        grade_contact(by=by, contact_id=contact.pk, version=0, rag="red", reason=" ")


def test_only_triage_of_the_receiving_team_grades(contact, as_):
    with as_("olu") as by, pytest.raises(Refused, match="role"):
        grade_contact(by=by, contact_id=contact.pk, version=0, rag="red", reason="Knife.")
    with as_("cass") as by, pytest.raises(Http404):
        grade_contact(by=by, contact_id=contact.pk, version=0, rag="red", reason="Knife.")


def test_a_stale_grade_is_refused_with_what_stands(graded, as_):
    with as_("mina") as by, pytest.raises(Stale, match="Tess Marlow has graded this Amber") as s:
        grade_contact(by=by, contact_id=graded.pk, version=0, rag="blue", reason="Nothing.")
    assert s.value.theirs.rag == "amber"


def test_two_cannot_both_decide(graded, as_):
    with as_("tess") as by:
        decide_contact(by=by, contact_id=graded.pk, version=1, decision=ADVICE)
    with as_("mina") as by, pytest.raises(Stale, match="Tess Marlow has decided this already"):
        decide_contact(by=by, contact_id=graded.pk, version=1, decision=referring("idva"))
    with as_("mina"):
        assert not Referral.objects.filter(contact_id=graded.pk).exists()


def test_no_decision_without_a_grade(contact, as_):
    with as_("tess") as by, pytest.raises(Refused, match="Grade"):
        decide_contact(by=by, contact_id=contact.pk, version=0, decision=ADVICE)


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (Decision("nothing"), "what is decided"),
        (Decision("no-further-action"), "reason"),
        (Decision("no-further-action", "safety"), "reason"),
        (Decision("advice", "no-room"), "advice"),
        (Decision("referral"), "where"),
    ],
)
def test_each_outcome_says_what_it_needs(graded, as_, decision, reason):
    with as_("tess") as by, pytest.raises(Refused, match=reason):
        decide_contact(by=by, contact_id=graded.pk, version=1, decision=decision)


def test_a_referral_needs_its_basis(graded, as_):
    with as_("tess") as by, pytest.raises(Refused, match="basis"):
        decision = referring("idva", sharing=None)
        decide_contact(by=by, contact_id=graded.pk, version=1, decision=decision)


def test_the_sender_is_told_and_acknowledges_once(graded, as_):
    with as_("tess") as by:
        decide_contact(by=by, contact_id=graded.pk, version=1, decision=ADVICE)
        with pytest.raises(Refused, match="role"):
            acknowledge_decision(by=by, contact_id=graded.pk)
    with as_("olu") as by:
        first = acknowledge_decision(by=by, contact_id=graded.pk)
        again = acknowledge_decision(by=by, contact_id=graded.pk)
    assert first.acknowledged_at == again.acknowledged_at
    assert first.version == again.version == 3


def test_a_decision_that_is_not_there_cannot_be_acknowledged(contact, as_):
    with as_("olu") as by, pytest.raises(Refused, match="Nothing has been decided"):
        acknowledge_decision(by=by, contact_id=contact.pk)


def test_a_team_that_told_itself_needs_no_telling(as_):
    with as_("tess") as by:
        own = record_contact(by=by, team_id=by.home_team_id, told=told())
        grade_contact(by=by, contact_id=own.pk, version=0, rag="blue", reason="Advice only.")
        decided = decide_contact(by=by, contact_id=own.pk, version=1, decision=ADVICE)
    assert decided.acknowledged_at == decided.decided_at


def test_each_verb_is_on_the_record_without_names(referral, as_):
    with as_("olu") as by:
        acknowledge_decision(by=by, contact_id=referral.contact_id)
    with as_("gwen"):
        about = Entry.objects.filter(subject=f"contact:{referral.contact_id}").order_by("id")
        found = {entry.verb: entry for entry in about}
    assert list(found) == [
        "contact.send",
        "contact.grade",
        "contact.decide",
        "contact.acknowledge",
    ]
    assert found["contact.decide"].detail == {"outcome": "referral", "reason": "", "within": True}
    assert found["contact.send"].detail["basis"] == "consent"


def test_due_time_is_of_receipt(contact):
    assert contact.due_at - contact.received_at == timedelta(hours=24)
    assert timezone.now() - contact.received_at < timedelta(minutes=5)


def test_who_is_known_to_live_there_goes_along_as_well(contact, as_):
    """A second contact, to another front door, about somebody whose family is known already."""
    with as_("olu") as by:
        known = SafeContact.objects.get(person_id=contact.person_id)
        safe = replace(told().safe, seen_id=known.pk)
        again = told(safe=safe, household=(), to_team="mash")
        record_contact(by=by, team_id=by.home_team_id, told=again, person_id=contact.person_id)
        family = [r.other_id for r in Relationship.objects.filter(person_id=contact.person_id)]
    with as_("cass"):
        names = Identity.objects.filter(person_id__in=family)
        assert {name.given_name for name in names} == {"Ben", "Dean"}
