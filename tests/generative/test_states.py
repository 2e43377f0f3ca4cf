"""Whatever order people do things in: states stay legal, nothing is lost, no clock is put back.

Everybody tries everything, with the version they last saw or an older one. What the rules refuse
must leave no trace; what they allow must be a step that the tables allow.
"""

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from onestory.access.models import Envelope
from onestory.cases import actions
from onestory.cases.models import Case, Contact, Referral
from onestory.cases.rules.decisions import Decision
from onestory.cases.rules.states import (
    ALLOWED,
    GONE,
    OF_SENDER,
    ReferralState,
    Verb,
    contact_state,
    referral_state,
)
from onestory.kernel.errors import Refused
from tests.disclosures import case_facts, referring, told

EVERYBODY = ("olu", "tess", "mina", "petra", "ida", "nell", "cass", "gwen")
RECEIVERS = {"idva": "ida", "pass": "nell", "mash": "cass"}
DECISIONS = (
    lambda: Decision("advice", "safety"),
    lambda: Decision("no-further-action", "for-information"),
    lambda: referring("idva"),
    lambda: referring("idva", "pass"),
    lambda: referring("mash", outcome="childrens-social-care"),
    lambda: Decision("advice", "no-such-kind"),
)
RAG = ("red", "amber", "green", "blue")
ORDER = ("waiting", "graded", "decided", "acknowledged")
BECOMES = {
    Verb.ACKNOWLEDGE: ReferralState.ACKNOWLEDGED,
    Verb.ACCEPT: ReferralState.ACCEPTED,
    Verb.DECLINE: ReferralState.DECLINED,
    Verb.RETURN: ReferralState.RETURNED,
    Verb.WITHDRAW: ReferralState.WITHDRAWN,
}
STILL_TOLD = {"reference", "words", "abuse", "presenting_need", "contributory_needs", "received_at"}

late = st.sampled_from([0] * 8 + [1])


def mostly(*names: str) -> st.SearchStrategy:
    """Mostly those whose work it is, or little would ever happen; now and then anybody."""
    return st.sampled_from([*names] * (24 // len(names)) + [*EVERYBODY])


class FrontDoor(RuleBasedStateMachine):
    """One contact, whatever comes of it, and everybody who might touch it."""

    as_ = None

    @initialize(decision=st.sampled_from([None, None, *DECISIONS[2:4] * 3]))
    def tell(self, decision):
        """A new contact; or, so that the later steps are tried as well, one that is referred on."""
        self.mark = transaction.atomic()
        self.mark.__enter__()
        with self.as_("olu") as by:
            sent = actions.record_contact(by=by, team_id=by.home_team_id, told=told())
        self.contact_id, self.person_id = sent.pk, sent.person_id
        if decision:
            one = {"contact_id": sent.pk}
            with self.as_("tess") as by:
                actions.grade_contact(by=by, **one, version=0, rag="green", reason="As told.")
                actions.decide_contact(by=by, **one, version=1, decision=decision())
        self.before = self.seen()

    def teardown(self):
        if hasattr(self, "mark"):
            transaction.set_rollback(True)
            self.mark.__exit__(None, None, None)

    def seen(self):
        """The contact and its referrals as they stand; the team that triages sees all of both."""
        with self.as_("tess"):
            contact = Contact.objects.get(pk=self.contact_id)
            referrals = Referral.objects.filter(person_id=self.person_id).select_related("to_team")
            return contact, {referral.pk: referral for referral in referrals.order_by("pk")}

    @precondition(lambda self: not self.before[0].decided_at)
    @rule(who=mostly("tess", "mina"), rag=st.sampled_from([*RAG, "pink"]), stale=late)
    def grade(self, who, rag, stale):
        contact = self.before[0]
        self.attempt(
            who,
            actions.grade_contact,
            contact_id=contact.pk,
            version=contact.version - stale,
            rag=rag,
            reason="As told.",
        )

    @precondition(lambda self: self.before[0].graded_at and not self.before[0].decided_at)
    @rule(who=mostly("tess", "mina"), decision=st.sampled_from(DECISIONS), stale=late)
    def decide(self, who, decision, stale):
        contact = self.before[0]
        self.attempt(
            who,
            actions.decide_contact,
            contact_id=contact.pk,
            version=contact.version - stale,
            decision=decision(),
        )

    @rule(who=mostly("olu"))
    def acknowledge_decision(self, who):
        self.attempt(who, actions.acknowledge_decision, contact_id=self.contact_id)

    @precondition(lambda self: self.before[1])
    @rule(
        who=mostly(""),
        verb=st.sampled_from(list(Verb)),
        which=st.integers(0, 1),
        stale=late,
    )
    def do_with_referral(self, who, verb, which, stale):
        referral = [*self.before[1].values()][which - len(self.before[1])]
        who = who or ("tess" if verb in OF_SENDER else RECEIVERS[referral.to_team.code])
        how = {"referral_id": referral.pk, "version": referral.version - stale}
        act, more = {
            Verb.ACKNOWLEDGE: (actions.acknowledge_referral, {}),
            Verb.ACCEPT: (actions.accept_referral, {"case": case_facts()}),
            Verb.DECLINE: (actions.decline_referral, {"reason": "no-room"}),
            Verb.RETURN: (actions.return_referral, {"reason": "service-full"}),
            Verb.WITHDRAW: (actions.withdraw_referral, {"reason": "sent-in-error"}),
            Verb.SEE: (actions.see_answer, {}),
        }[verb]
        if verb is Verb.SEE:
            del how["version"]
        was = referral_state(referral)
        if self.attempt(who, act, **how, **more):
            assert verb in ALLOWED[was] or (verb is Verb.SEE and referral.seen_at)
            now = referral_state(self.before[1][referral.pk])
            assert now is BECOMES.get(verb, was)

    def attempt(self, who, act, **how) -> bool:
        """Do it as somebody; then look whether the world is still a legal one."""
        try:
            with self.as_(who) as by, transaction.atomic():
                act(by=by, **how)
            done = True
        except (Refused, Http404):
            done = False
        after = self.seen()
        if not done:
            assert plain(after) == plain(self.before)
        self.nothing_is_lost(after)
        self.before = after
        self.who_sees_what()
        return done

    def nothing_is_lost(self, after):
        was, now = self.before[0], after[0]
        assert {n: getattr(now, n) for n in STILL_TOLD} == {n: getattr(was, n) for n in STILL_TOLD}
        assert now.due_at <= was.due_at
        assert now.version in {was.version, was.version + 1}
        assert ORDER.index(contact_state(now)) >= ORDER.index(contact_state(was))
        assert set(after[1]) >= set(self.before[1])
        for key, referral in self.before[1].items():
            assert after[1][key].version in {referral.version, referral.version + 1}
            assert after[1][key].answer_by == referral.answer_by

    def who_sees_what(self):
        """A receiver sees the person just as long as a referral to it neither ended nor failed."""
        for name in RECEIVERS.values():
            with self.as_(name) as by:
                open_to = [r for r in self.before[1].values() if r.to_team_id in by.team_ids]
                live = any(referral_state(r) not in GONE for r in open_to)
                assert Envelope.objects.filter(person_id=self.person_id).exists() is live
                accepted = sum(r.accepted_at is not None for r in open_to if live)
                assert Case.objects.filter(person_id=self.person_id).count() == accepted


def plain(seen) -> list:
    """Everything in it, for comparing."""
    return [
        {name: value for name, value in vars(row).items() if not name.startswith("_")}
        for row in (seen[0], *seen[1].values())
    ]


@pytest.mark.django_db
def test_in_whatever_order(as_):
    machine = type("Machine", (FrontDoor,), {"as_": staticmethod(as_)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            suppress_health_check=list(HealthCheck),
        ),
    )
