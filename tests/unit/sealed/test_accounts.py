"""Accounts under a pseudonym: kept, compared, released by the survivor's code, destroyed."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.agencies.models import Team
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.ids import new_id
from onestory.sealed import actions, queries
from onestory.sealed.models import Account, AgreedFact, Echo, Evidence
from tests.accounts import DEAN, opened, told

LATER = timezone.localdate() + timedelta(days=30)


def isva() -> Team:
    return Team.objects.get(code="sericc-isva")


def test_it_is_known_by_a_pseudonym_and_opened_by_a_code(as_):
    with as_("nora") as by:
        account, code = opened(by)
        assert code not in account.code and account.pseudonym.count("-") == 2
        assert [row.pk for row in queries.accounts(by).rows] == [account.pk]
        assert actions.right_code(by=by, account_id=account.pk, code=code.lower().replace("-", " "))


@pytest.mark.parametrize("name", ["olu", "isla", "gwen", "ida"])
def test_nobody_else_finds_it(as_, name):
    with as_("nora") as by:
        account, _ = opened(by)
    with as_(name) as by:
        assert queries.accounts(by).rows == [] and queries.released(by) == ([], [])
        with pytest.raises(Http404):
            queries.account(by, account.pk)
        with pytest.raises(Http404):
            actions.add_facts(by=by, account_id=account.pk, given=DEAN)


def test_after_too_many_wrong_codes_no_code_is_right(as_):
    with as_("nora") as by:
        account, code = opened(by)
        for _ in range(5):
            assert not actions.right_code(by=by, account_id=account.pk, code="AAAAA-AAAAA")
        with pytest.raises(Refused, match="wrong codes"):
            actions.right_code(by=by, account_id=account.pk, code=code)


@pytest.mark.parametrize(
    "words", ["Call 07700 900123", "RM17 6EX", "she@example.org", "+44 7700 900 123"]
)
def test_it_may_name_nobody(as_, words):
    with as_("nora") as by, pytest.raises(Refused, match="names nobody"):
        opened(by, words=words)


def test_both_sides_are_told_that_there_is_another(as_):
    with as_("nora") as by:
        one, _ = opened(by)
        assert actions.add_facts(by=by, account_id=one.pk, given=DEAN) == 0
    with as_("wren") as by:
        other, _ = opened(by)
        assert (
            actions.add_facts(by=by, account_id=other.pk, given={"phone": "+44 7700 900456"}) == 1
        )
        (seen,) = queries.echoes(by, other)
        assert seen.team is None
        assert Account.objects.count() == 1 and Echo.objects.count() == 1
        actions.answer_echo(by=by, echo_id=seen.echo.pk, willing=True)
        assert queries.echoes(by, other)[0].team is None
        # Said once more, nobody is told again.
        assert actions.add_facts(by=by, account_id=other.pk, given={"phone": "07700900456"}) == 0
    with as_("nora") as by:
        (seen,) = queries.echoes(by, one)
        assert queries.waiting(by) == 1
        actions.answer_echo(by=by, echo_id=seen.echo.pk, willing=True)
        assert queries.echoes(by, one)[0].team.code == "compass"
        assert queries.waiting(by) == 0
        actions.answer_echo(by=by, echo_id=seen.echo.pk, willing=False)
    with as_("wren") as by:
        assert queries.echoes(by, other)[0].team is None


def test_a_few_weak_facts_tell_nobody(as_):
    with as_("nora") as by:
        one, _ = opened(by)
        actions.add_facts(by=by, account_id=one.pk, given=DEAN)
    with as_("wren") as by:
        other, _ = opened(by)
        given = {"first-name": "Déan", "last-name": "TEALE"}
        assert actions.add_facts(by=by, account_id=other.pk, given=given) == 0
        assert actions.add_facts(by=by, account_id=other.pk, given={"birth-year": "1989"}) == 0


def test_only_marks_are_kept_of_facts(as_):
    with as_("nora") as by:
        account, _ = opened(by)
        actions.add_facts(by=by, account_id=account.pk, given=DEAN)
        for fact in AgreedFact.objects.filter(account=account):
            assert len(fact.mark) == 64 and "900456" not in fact.mark


def test_it_is_released_to_the_team_she_names_and_taken_back(as_):
    with as_("nora") as by:
        account, _ = opened(by)
        release = actions.release_account(
            by=by,
            account_id=account.pk,
            version=0,
            team_id=isva().pk,
            purpose="support",
            until=LATER,
        )
    with as_("isla") as by:
        assert [row.pk for row in queries.released(by)[0]] == [account.pk]
        assert not queries.is_own(by, queries.account(by, account.pk))
    with as_("ida") as by:
        assert queries.released(by) == ([], [])
    with as_("nora") as by:
        actions.end_release(by=by, release_id=release.pk)
    with as_("isla") as by:
        assert queries.released(by) == ([], [])


def test_a_slip_leads_to_no_account(as_):
    with as_("nora") as by:
        account, _ = opened(by)
        version = {"account_id": account.pk, "version": 0}
        to = {"team_id": isva().pk, "purpose": "legal", "until": LATER}
        with pytest.raises(Refused, match="pseudonym"):
            actions.release_slip(by=by, **version, **to, words=f"From {account.pseudonym}")
        actions.release_slip(by=by, **version, **to, words="A blue car at the rec, Fridays.")
        assert queries.released(by) == ([], [])
    with as_("isla") as by:
        accounts, (slip,) = queries.released(by)
        assert accounts == [] and slip.words == "A blue car at the rec, Fridays."
        assert Account.objects.count() == 0


def test_destroyed_it_is_empty_and_like_nothing(as_):
    with as_("nora") as by:
        account, code = opened(by)
        actions.add_facts(by=by, account_id=account.pk, given=DEAN)
        kept = actions.add_evidence(
            by=by, account_id=account.pk, kind="clothing", held_by="SARC", keep_until=LATER
        )
        actions.destroy_account(by=by, account_id=account.pk, version=0)
        assert queries.accounts(by).rows == []
        left = Account.objects.get(pk=account.pk)
        assert (left.words, left.wants, left.reach) == ("", "", "")
        assert Evidence.objects.get(pk=kept.pk).end_reason
        with pytest.raises(Http404):
            actions.right_code(by=by, account_id=account.pk, code=code)
    with as_("wren") as by:
        other, _ = opened(by)
        assert actions.add_facts(by=by, account_id=other.pk, given=DEAN) == 0


def test_two_at_once_are_told_of_each_other(as_):
    with as_("nora") as by:
        account, _ = opened(by)
        actions.change_account(
            by=by, account_id=account.pk, version=0, told=told(words="\N{PEACOCK} שלום")
        )
        with pytest.raises(Stale):
            actions.change_account(by=by, account_id=account.pk, version=0, told=told())
        assert queries.account(by, account.pk).words == "\N{PEACOCK} שלום"


def test_evidence_is_kept_longer_never_shorter_and_what_became_of_it_is_said(as_):
    with as_("nora") as by:
        account, _ = opened(by)
        about = {"by": by, "account_id": account.pk, "kind": "sarc-samples", "held_by": "SARC"}
        with pytest.raises(Refused, match="still to come"):
            actions.add_evidence(**about, keep_until=timezone.localdate() - timedelta(days=1))
        kept = actions.add_evidence(**about, keep_until=LATER)
        assert queries.waiting(by) == 1
        with pytest.raises(Refused, match="later day"):
            actions.keep_longer(by=by, evidence_id=kept.pk, version=0, keep_until=LATER)
        longer = LATER + timedelta(days=300)
        actions.keep_longer(by=by, evidence_id=kept.pk, version=0, keep_until=longer)
        assert queries.waiting(by) == 0
        with pytest.raises(Refused, match="what became"):
            actions.end_evidence(by=by, evidence_id=kept.pk, version=1, reason=" ")
        actions.end_evidence(by=by, evidence_id=kept.pk, version=1, reason="Given back to her.")
        with pytest.raises(Http404):
            queries.one_evidence(by, kept.pk)


def test_a_double_click_opens_one_account_whose_last_code_holds(as_):
    with as_("nora") as by:
        about = {"by": by, "team_id": by.home_team_id, "told": told(), "account_id": new_id()}
        first, old = actions.open_account(**about)
        second, code = actions.open_account(**about)
        assert first.pk == second.pk and len(queries.accounts(by).rows) == 1
        assert actions.right_code(by=by, account_id=first.pk, code=code)
        assert not actions.right_code(by=by, account_id=first.pk, code=old)
