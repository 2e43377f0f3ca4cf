"""Brokering: a referral for each yes with exactly its grants, a refusal for each no, once each."""

from dataclasses import replace

import pytest
from django.http import Http404
from django.urls import reverse

from onestory.access.actions import record_consent, withdraw_consent
from onestory.access.models import Consent, Entry, Grant, Kind
from onestory.agencies.models import Team
from onestory.cases import actions
from onestory.cases.models import Brokering, Case, Contact, Referral, Refusal
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.opening import Opening
from onestory.people.actions import add_phone
from onestory.people.models import Identity
from onestory.people.queries import open_person
from tests.brokering import BASICS, accepted, brokered, share, tell
from tests.disclosures import AGREED, case_facts, target


@pytest.fixture
def rowan(as_):
    with as_("nora") as by:
        return tell(by)


def kinds_open_to(as_, name: str, person_id) -> set[str]:
    with as_(name):
        grants = Grant.objects.filter(envelope__person_id=person_id)
        return set(grants.values_list("envelope__kind", flat=True))


def test_each_yes_is_a_referral_with_its_own_consent(rowan, as_):
    with as_("nora") as by:
        done = brokered(
            by,
            rowan,
            share("sexual-violence-counselling"),
            share("isva", kinds=BASICS | {Kind.STORY}, words="She would like a woman."),
        )
    assert [r.service.code for r in done.sent] == ["sexual-violence-counselling", "isva"]
    assert [r.needs for r in done.sent] == [["counselling"], ["criminal-justice", "advocacy"]]
    assert len({r.consent_id for r in done.sent}) == 2
    assert kinds_open_to(as_, "theo", rowan) == BASICS | {Kind.SUPPORT}
    assert kinds_open_to(as_, "isla", rowan) == BASICS | {Kind.SUPPORT, Kind.STORY}
    with as_("theo"):
        assert Referral.objects.get().service.code == "sexual-violence-counselling"
        assert not Contact.objects.exists()
    with as_("nora"):
        consent = Consent.objects.get(pk=done.sent[1].consent_id)
        assert {g.pk for g in Grant.objects.raw("SELECT * FROM access_who_knows(%s)", [rowan])} >= (
            set(done.sent[1].grants)
        )
        assert consent.until.year == 2099


def test_not_that_part(rowan, as_):
    with as_("nora") as by:
        brokered(by, rowan, share("isva", kinds=frozenset({Kind.IDENTITY})))
    assert kinds_open_to(as_, "isla", rowan) == {Kind.IDENTITY, Kind.SUPPORT}


def test_a_no_is_written_down_and_tells_nobody(rowan, as_):
    with as_("nora") as by:
        done = brokered(by, rowan, share("isva", agreed=False))
        assert not done.sent
        refusal = Refusal.objects.get()
        assert (refusal.service.code, refusal.needs) == ("isva", ["criminal-justice", "advocacy"])
        assert Consent.objects.get(pk=refusal.consent_id).answer == "refused"
    assert kinds_open_to(as_, "isla", rowan) == set()
    with as_("isla"):
        assert not Refusal.objects.exists()
    with as_("gwen"):
        assert Entry.objects.filter(verb="referral.refuse", person_id=rowan).count() == 1


def test_a_no_to_one_service_takes_nothing_from_another_of_the_same_team(rowan, as_):
    """Both belong to the team of counsellors; she wants the one and not the other."""
    with as_("nora") as by:
        brokered(by, rowan, share("sexual-violence-counselling"))
        done = brokered(by, rowan, share("brighter-futures-sexual-violence", agreed=False))
    assert done.refused[0].consent_id is None
    assert Kind.IDENTITY in kinds_open_to(as_, "theo", rowan)


def test_two_services_of_one_team_end_one_by_one(rowan, as_):
    with as_("nora") as by:
        first, second = brokered(
            by,
            rowan,
            share("sexual-violence-counselling"),
            share("brighter-futures-sexual-violence"),
        ).sent
    with as_("theo") as by:
        decline(by, first)
        assert Identity.objects.filter(person_id=rowan).exists()
        decline(by, second)
        assert not Identity.objects.filter(person_id=rowan).exists()


def decline(by, referral, **how):
    values = {"reason": "no-room", "offered_instead": "nothing", **how}
    return actions.decline_referral(
        by=by, referral_id=referral.pk, version=referral.version, **values
    )


def test_the_same_service_is_asked_once(rowan, as_):
    with as_("nora") as by:
        first = brokered(by, rowan, share("isva")).sent[0]
        again = brokered(by, rowan, share("isva"), share("sexual-violence-counselling"))
        assert again.already == [first]
        assert len(again.sent) == 1
        with pytest.raises(Refused, match="ISVA: already sent on .* by Nora Fielding"):
            actions.send_referral(
                by=by,
                team_id=by.home_team_id,
                person_id=rowan,
                target=target("sericc-isva", "isva"),
                sharing=AGREED,
            )


@pytest.mark.parametrize("how", ["declined", "withdrawn", "consent", "ended"])
def test_what_is_over_may_be_asked_again(rowan, as_, how):
    with as_("nora") as by:
        first = brokered(by, rowan, share("isva")).sent[0]
    if how == "declined":
        with as_("isla") as by:
            decline(by, first)
    elif how == "ended":
        with as_("isla") as by:
            accepted(by, first, case=case_facts())
            case = Case.objects.get(referral=first)
            end = {"closed_on": case.opened_on, "reason": "support-completed"}
            actions.close_case(by=by, case_id=case.pk, version=0, **end)
    with as_("nora") as by:
        if how == "withdrawn":
            actions.withdraw_referral(
                by=by, referral_id=first.pk, version=0, reason="survivor-changed-mind"
            )
        elif how == "consent":
            withdraw_consent(by=by, consent_id=first.consent_id, how="spoken")
        assert len(brokered(by, rowan, share("isva")).sent) == 1


def test_withdrawn_consent_closes_the_referral_to_the_service(rowan, as_):
    with as_("nora") as by:
        sent = brokered(by, rowan, share("isva")).sent[0]
    with as_("isla") as by:
        accepted(by, sent)
    with as_("nora") as by:
        withdraw_consent(by=by, consent_id=sent.consent_id, how="spoken")
    assert kinds_open_to(as_, "isla", rowan) == set()
    with as_("isla") as by, pytest.raises(Http404):
        actions.acknowledge_referral(by=by, referral_id=sent.pk, version=1)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kinds": frozenset({Kind.NEEDS})}, "Who they are"),
        ({"kinds": BASICS | {Kind.THERAPY}}, "cannot be shared"),
        ({"capacity": "under-13"}, "does not decide"),
        ({"capacity": "gillick"}, "who judged"),
        ({"how": ""}, "how they let us know"),
    ],
)
def test_all_of_it_or_nothing(rowan, as_, change, why):
    with as_("nora") as by:
        with pytest.raises(Refused, match=why):
            brokered(by, rowan, share("sexual-violence-counselling"), share("isva", **change))
        assert not Referral.objects.filter(person_id=rowan).exists()
        assert not Consent.objects.filter(person_id=rowan).exists()


def test_who_does_not_know_her_sends_nothing(rowan, as_):
    with as_("nell") as by, pytest.raises(Http404):
        brokered(by, rowan, share("isva"))
    with as_("olu") as by, pytest.raises(Refused):
        brokered(by, rowan, share("isva"))


# Choices, until they are sent


@pytest.fixture
def choices(rowan, as_):
    with as_("nora") as by:
        return begin(by, rowan, "isva", "sexual-violence-counselling")


def begin(by, person_id, *codes):
    return actions.begin_brokering(
        by=by, person_id=person_id, team_id=by.home_team_id, services=codes
    )


def save(by, choices, typed, *, tab="a", service="isva"):
    return actions.save_brokering(
        by=by, brokering_id=choices.pk, service=service, typed=typed, opening=Opening(tab)
    )


def test_choices_are_begun_once_and_kept(choices, rowan, as_):
    with as_("nora") as by:
        save(by, choices, {"answer": ["no"]})
        other = begin(by, rowan, "isva", "refuge-place")
    assert other.pk == choices.pk
    assert other.answers["pages"]["isva"]["typed"] == {"answer": ["no"]}
    assert other.answers["services"] == ["isva", "refuge-place"]


def test_two_windows_do_not_overwrite_one_another(choices, as_):
    with as_("nora") as by:
        save(by, choices, {"answer": ["yes"]}, tab="one")
        with pytest.raises(Stale) as stale:
            save(by, choices, {"answer": ["no"]}, tab="two")
    assert stale.value.theirs == {"answer": ["yes"]}


def test_sent_twice_is_sent_once(choices, as_):
    with as_("nora") as by:
        how = {"by": by, "brokering_id": choices.pk, "shares": [share("isva")], "needs": ()}
        with pytest.raises(Stale):
            actions.send_brokering(**how, version=7)
        first = actions.send_brokering(**how, version=0)
        again = actions.send_brokering(**how, version=0)
        assert first.referrals == again.referrals
        assert Referral.objects.count() == 1
        assert again.answers == {}
        with pytest.raises(Refused, match="sent already"):
            save(by, choices, {"answer": ["no"]})


def test_choices_are_nobody_elses(choices, as_):
    for who in ("isla", "tess", "gwen"):
        with as_(who) as by:
            assert not Brokering.objects.exists()
            with pytest.raises(Http404):
                actions.discard_brokering(by=by, brokering_id=choices.pk)
    with as_("nora") as by:
        actions.discard_brokering(by=by, brokering_id=choices.pk)
        assert not Brokering.objects.exists()


def test_the_same_service_is_not_chosen_twice(rowan, as_):
    with as_("nora") as by, pytest.raises(Refused, match="twice"):
        brokered(by, rowan, share("isva"), replace(share("isva"), agreed=False))


class TestReferredToNavigators:
    """Another team referred her: the navigators read who she is, and find services with her."""

    @pytest.fixture
    def amina(self, as_, world):
        with as_("tess") as by:
            actions.send_referral(
                by=by,
                team_id=by.home_team_id,
                person_id=world.id("amina"),
                target=target("sericc-first-contact"),
                sharing=AGREED,
            )
        return world.id("amina")

    def test_they_pass_on_what_she_says_yes_to(self, as_, amina):
        with as_("nora") as by:
            done = brokered(by, amina, share("sexual-violence-counselling"), needs=())
        assert len(done.sent) == 1
        assert kinds_open_to(as_, "theo", amina) >= BASICS

    def test_they_keep_up_how_to_reach_her_and_invite_her_to_own_pages(self, as_, amina):
        with as_("nora") as by:
            add_phone(by=by, person_id=amina, number="+447700900456", safe="yes")
            assert open_person(by, amina).may_write(Kind.IDENTITY)

    def test_whom_they_told_passes_nothing_on(self, as_, amina):
        with as_("nora") as by:
            brokered(by, amina, share("sexual-violence-counselling"), needs=())
        with as_("theo") as by, pytest.raises(Refused, match="may not share"):
            brokered(by, amina, share("isva"), needs=())

    @pytest.fixture
    def unasked(self, as_, world):
        """Referred because her life was in danger, and not because she had agreed."""
        with as_("tess") as by:
            actions.send_referral(
                by=by,
                team_id=by.home_team_id,
                person_id=world.id("amina"),
                target=target("sericc-first-contact"),
                sharing=replace(AGREED, basis="vital-interests", reason="Her life is in danger."),
            )
        return world.id("amina")

    def test_nothing_that_she_did_not_agree_to_is_passed_on(self, as_, unasked):
        """What came without her consent is theirs to read, and for nobody else."""
        with as_("nora") as by, pytest.raises(Refused, match="may not share"):
            brokered(by, unasked, share("isva"), needs=())

    def test_her_yes_later_on_opens_the_way(self, as_, client, world, unasked):
        """Whoever referred her writes it down; the page says so, since nobody gives it to themselves."""
        client.force_login(world.user("nora"))
        address = reverse("cases:broker", args=[unasked])
        page = client.get(address).content.decode()
        assert "If they say yes to you now" in page and "Housing Safeguarding" in page
        with as_("tess") as by:
            navigators = Team.objects.get(code="sericc-first-contact")
            record_consent(
                by=by,
                person_id=unasked,
                team_id=by.home_team_id,
                to_team_id=navigators.pk,
                kinds=BASICS,
                purpose="support",
                until=None,
                answer="given",
                how="spoken",
                capacity="adult",
            )
        assert "Choose services" in client.get(address).content.decode()
        with as_("nora") as by:
            assert len(brokered(by, unasked, share("isva"), needs=()).sent) == 1
