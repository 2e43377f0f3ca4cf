"""Consent and sharing without it: who may record it, who sees it, and that taking it back closes."""

from datetime import timedelta
from functools import partial

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.access import actions, queries
from onestory.access.acting import acting, now
from onestory.access.models import Consent, ShareWithoutConsent, Withdrawal
from onestory.access.rules.consent import State
from onestory.agencies.actor import actor_of
from onestory.kernel.errors import Refused
from tests import consenting
from tests.access.raw import refused, rows
from tests.consenting import (
    ASKED,
    COUNSELLING,
    EVERYDAY,
    IDVA,
    ISVA,
    open_own_pages,
    record_rosa,
    team,
)


@pytest.fixture
def rosa(as_):
    return record_rosa(as_)


@pytest.fixture
def ask(as_, rosa):
    return partial(consenting.ask, as_, rosa)


@pytest.fixture
def decide(as_, rosa):
    return partial(consenting.decide, as_, rosa)


@pytest.fixture
def as_herself(as_, rosa):
    account = open_own_pages(as_, rosa)
    return lambda: acting(actor_of(account), purpose="test")


def kinds_open(as_, who, person):
    with as_(who) as by:
        return set(queries.open_envelopes(by, person))


def standing(as_, person, who="nora"):
    with as_(who) as by:
        return queries.consents(by, person)


def test_a_yes_opens_just_what_was_agreed(as_, rosa, ask):
    consent = ask()
    assert kinds_open(as_, "isla", rosa) == set(EVERYDAY)
    assert not kinds_open(as_, "theo", rosa) and not kinds_open(as_, "ida", rosa)
    assert {(g.basis, g.purpose, g.may_write) for g in consent.grants} == {
        ("consent", "support", False)
    }


def test_what_they_may_write_in_is_said(as_, rosa, ask):
    ask(kinds=("identity", "support"), writes=("support",))
    with as_("isla") as by:
        writable = {c.kind for c in queries.envelopes_of(by, rosa) if c.may_write}
    assert writable == {"support"}


def test_a_no_opens_nothing_and_stays_known(as_, rosa, ask):
    ask(answer="refused", words="Not them.")
    assert not kinds_open(as_, "isla", rosa)
    assert [(s.state, s.open) for s in standing(as_, rosa)] == [(State.REFUSED, [])]


def test_a_no_and_later_a_yes_are_both_kept(as_, rosa, ask):
    ask(answer="refused")
    ask()
    assert [s.state for s in standing(as_, rosa)] == [State.GIVEN, State.REFUSED]
    assert kinds_open(as_, "isla", rosa) == set(EVERYDAY)


def test_a_no_takes_an_earlier_yes_back(as_, rosa, ask):
    ask()
    ask(answer="refused", kinds=("story",))
    assert kinds_open(as_, "isla", rosa) == {"identity", "safe-contact"}
    assert [s.state for s in standing(as_, rosa)] == [State.REFUSED, State.PARTLY]


def test_asked_twice_with_the_same_answer_there_is_one_consent(as_, rosa, ask):
    first, again = ask(), ask()
    assert again.pk == first.pk
    assert {g.pk for g in again.grants} == {g.pk for g in first.grants}
    assert len(standing(as_, rosa)) == 1
    assert ask(purpose="accommodation").pk != first.pk


def test_a_part_of_it_is_taken_back(as_, rosa, ask):
    consent = ask()
    with as_("nora") as by:
        actions.withdraw_consent(by=by, consent_id=consent.pk, how="spoken", kinds=("story",))
    assert kinds_open(as_, "isla", rosa) == {"identity", "safe-contact"}
    [one] = standing(as_, rosa)
    assert (one.state, one.open) == (State.PARTLY, ["identity", "safe-contact"])
    with as_("nora") as by, pytest.raises(Refused, match="already"):
        actions.withdraw_consent(by=by, consent_id=consent.pk, how="spoken", kinds=("story",))


def test_the_team_that_was_told_may_record_that_it_is_taken_back(as_, rosa, ask):
    consent = ask()
    with as_("isla") as by:
        actions.withdraw_consent(by=by, consent_id=consent.pk, how="spoken")
    assert not kinds_open(as_, "isla", rosa)


def test_it_ends_only_what_rests_on_it(as_, rosa, ask, decide):
    """A team that knows on another basis knows still, and the list says so."""
    consent = ask()
    decide(to=ISVA, kinds=("identity", "safe-contact"))
    with as_("nora") as by:
        actions.withdraw_consent(by=by, consent_id=consent.pk, how="spoken")
        live = [k for k in queries.who_knows(by, rosa) if k.team.code == ISVA and k.is_live]
    assert kinds_open(as_, "isla", rosa) == {"identity", "safe-contact"}
    assert [(k.basis, k.is_consent) for k in live] == [("safeguarding", False)]


def test_a_consent_lapses_by_its_day_without_any_job(as_, rosa, ask):
    consent = ask(until=timezone.localdate() + timedelta(days=30))
    midnight = timezone.localtime(consent.grants[0].ends_at)
    assert (midnight.hour, midnight.date()) == (0, consent.until + timedelta(days=1))


@pytest.mark.parametrize("capacity", ["under-13", "lacks-capacity"])
def test_who_cannot_agree_did_not(ask, capacity):
    with pytest.raises(Refused, match="another legal basis"):
        ask(capacity=capacity, age_note="Judged with her mother.")
    assert ask(capacity=capacity, age_note="Judged by me.", answer="refused")


@pytest.mark.parametrize("capacity", ["gillick", "parent", "lacks-capacity"])
def test_a_judgement_says_whose_it_is(ask, capacity):
    with pytest.raises(Refused, match="who judged"):
        ask(capacity=capacity)


@pytest.mark.parametrize(
    "change, said",
    [
        ({"kinds": ()}, "what would be shared"),
        ({"purpose": "gossip"}, "what it is for"),
        ({"how": "by owl"}, "how they let us know"),
        ({"answer": "perhaps"}, "yes or no"),
        ({"capacity": "tired"}, "who decided"),
        ({"to": "sericc-first-contact"}, "your own team"),
        ({"to": "own-pages"}, "team that would know"),
        ({"until": timezone.localdate() - timedelta(days=1)}, "today or later"),
        ({"kinds": ("identity", "conduct")}, "Conduct"),
    ],
    ids=str,
)
def test_what_is_asked_must_make_sense(ask, change, said):
    with pytest.raises(Refused, match=said):
        ask(**change)


def test_a_role_without_it_asks_nobody(as_, world, rosa):
    with as_("olu") as by, pytest.raises(Refused, match="role"):
        actions.record_consent(
            by=by,
            person_id=world.id("sara"),
            team_id=by.home_team_id,
            to_team_id=team(ISVA).pk,
            **ASKED,
        )


@pytest.mark.parametrize("who", ["ida", "tess", "theo"])
def test_who_does_not_know_her_finds_nobody_to_ask(ask, who):
    with pytest.raises(Http404):
        ask(to=ISVA, who=who)


def test_who_may_only_read_asks_for_nothing(ask):
    ask()
    with pytest.raises(Refused, match="may not share"):
        ask(to=COUNSELLING, who="isla")


@pytest.mark.parametrize("who", ["ida", "tess", "theo", "olu", "gwen", "adam"])
def test_consents_are_nobody_elses(as_, rosa, ask, decide, who):
    consent = ask()
    shared = decide(to=IDVA if who != "ida" else "pass")
    with as_("nora") as by:
        actions.withdraw_consent(by=by, consent_id=consent.pk, how="spoken", kinds=("story",))
    with as_(who) as by:
        for model, key in ((Consent, consent.pk), (ShareWithoutConsent, shared.pk)):
            assert not model.objects.filter(pk=key).exists()
        assert not Withdrawal.objects.exists()
        assert queries.consents(by, rosa) == queries.shares_without_consent(by, rosa) == []
        with pytest.raises(Http404):
            actions.withdraw_consent(by=by, consent_id=consent.pk, how="spoken")
        with pytest.raises((Http404, Refused)):
            actions.tell_of_share(by=by, share_id=shared.pk)
        assert (
            rows("SELECT * FROM access_end_consent(%s, %s, 'x')", [consent.pk, [*EVERYDAY]]) == []
        )
    assert kinds_open(as_, "isla", rosa) == {"identity", "safe-contact"}


def test_the_barred_see_none(as_, world, rosa, ask):
    consent = ask()
    with as_("gwen") as by:
        actions.bar(by=by, person_id=rosa, user=world.user("isla"), reason="Her cousin.")
    with as_("isla") as by:
        assert queries.consents(by, rosa) == queries.who_knows(by, rosa) == []
        with pytest.raises(Http404):
            actions.withdraw_consent(by=by, consent_id=consent.pk, how="spoken")


def test_nothing_of_it_is_changed_or_taken_away(as_, ask, decide, rosa):
    consent, shared = ask(), decide()
    with as_("nora") as by:
        taken = actions.withdraw_consent(by=by, consent_id=consent.pk, how="spoken")
    for statement, key in (
        ("UPDATE access_consent SET answer = 'refused' WHERE id = %s", consent.pk),
        ("DELETE FROM access_consent WHERE id = %s", consent.pk),
        ("UPDATE access_withdrawal SET kinds = '{}' WHERE id = %s", taken.pk),
        ("DELETE FROM access_withdrawal WHERE id = %s", taken.pk),
        ("UPDATE access_sharewithoutconsent SET reason = 'x' WHERE id = %s", shared.pk),
        ("DELETE FROM access_sharewithoutconsent WHERE id = %s", shared.pk),
    ):
        with as_("nora"), refused():
            rows(statement, [key])


@pytest.mark.parametrize(
    "change",
    [
        {"asked_by_id": "tess"},
        {"asked_at": timedelta(days=-1)},
        {"team_id": "idva"},
        {"to_team_id": "own-pages"},
        {"to_team_id": "sericc-first-contact"},
        {"person_id": "meera"},
    ],
    ids=str,
)
def test_nobody_writes_a_consent_that_was_not_asked_now_by_them(as_, world, rosa, change):
    [(column, value)] = change.items()
    with as_("nora") as by:
        row = {
            "person_id": rosa,
            "team_id": by.home_team_id,
            "to_team_id": team(ISVA).pk,
            "asked_by_id": by.user_id,
            "asked_at": now(),
            "kinds": ["identity"],
        }
        row |= {name: ASKED[name] for name in ("purpose", "answer", "how", "capacity")}
        if isinstance(value, timedelta):
            row[column] = now() + value
        elif column == "person_id":
            row[column] = world.id(value)
        else:
            row[column] = world.users[value] if value in world.users else team(value).pk
        with refused():
            Consent.objects.create(**row)


@pytest.mark.parametrize(
    "change, said",
    [
        ({"basis": "consent"}, "legal basis"),
        ({"basis": "curiosity"}, "legal basis"),
        ({"reason": " "}, "reason"),
        ({"told": False}, "why they are not told"),
        ({"second": None}, "second opinion"),
        ({"second": "nora"}, "second opinion"),
        ({"second": "isla"}, "second opinion"),
        ({"kinds": ()}, "what would be shared"),
    ],
    ids=str,
)
def test_sharing_without_consent_has_its_conditions(decide, change, said):
    with pytest.raises(Refused, match=said):
        decide(**change)


def test_a_basis_that_asks_for_no_second_opinion_needs_none(as_, rosa, decide):
    decide(basis="child-protection", second=None)
    assert kinds_open(as_, "ida", rosa) == set(EVERYDAY)


def test_a_share_without_consent_is_ended_with_a_reason(as_, rosa, decide):
    shared = decide()
    with as_("nora") as by:
        with pytest.raises(Refused, match="why"):
            actions.end_share(by=by, share_id=shared.pk, reason=" ")
        actions.end_share(by=by, share_id=shared.pk, reason="The danger is over.")
        [one] = queries.shares_without_consent(by, rosa)
        assert one.open == []
        with pytest.raises(Http404):
            actions.end_share(by=by, share_id=shared.pk, reason="Again.")
    assert not kinds_open(as_, "ida", rosa)


def shown(as_herself, rosa):
    with as_herself() as scope:
        found = queries.shown_to_her(scope.actor, rosa)
        return {(k.team.code, k.basis) for k in found.knowers}


def test_she_sees_who_knows_even_what_is_closed_to_her_own_pages(as_herself, rosa, ask, decide):
    ask(kinds=("identity", "whereabouts"))
    decide()
    assert shown(as_herself, rosa) == {
        ("sericc-first-contact", "recorded"),
        (ISVA, "consent"),
        (IDVA, "safeguarding"),
    }
    with as_herself() as scope:
        [isva] = [k for k in queries.shown_to_her(scope.actor, rosa).knowers if k.team.code == ISVA]
    assert isva.kinds == ("identity", "whereabouts")


def test_what_she_must_not_be_told_is_hidden_from_her_alone_until_she_is(
    as_, as_herself, rosa, decide
):
    shared = decide(told=False, not_told_reason="He reads her telephone.")
    assert shown(as_herself, rosa) == {("sericc-first-contact", "recorded")}
    with as_herself() as scope:
        assert not ShareWithoutConsent.objects.exists()
        assert queries.shares_without_consent(scope.actor, rosa) == []
        assert not rows("SELECT 1 FROM access_who_knows(%s) WHERE basis = 'safeguarding'", [rosa])
        with pytest.raises(Refused):
            actions.tell_of_share(by=scope.actor, share_id=shared.pk)
        with pytest.raises(Http404):
            actions.end_share(by=scope.actor, share_id=shared.pk, reason="No.")
    for who in ("nora", "ida", "gwen"):
        with as_(who) as by:
            assert IDVA in {k.team.code for k in queries.who_knows(by, rosa)}
    with as_("nora") as by:
        actions.tell_of_share(by=by, share_id=shared.pk)
        with pytest.raises(Refused, match="already"):
            actions.tell_of_share(by=by, share_id=shared.pk)
    assert (IDVA, "safeguarding") in shown(as_herself, rosa)


def test_she_takes_back_what_she_agreed_to_and_nothing_else(as_, as_herself, rosa, ask, decide):
    consent, shared = ask(), decide()
    with as_herself() as scope:
        assert [s.consent.pk for s in queries.consents(scope.actor, rosa)] == [consent.pk]
        actions.withdraw_consent(by=scope.actor, consent_id=consent.pk, how="own-pages")
        with pytest.raises(Http404):
            actions.end_share(by=scope.actor, share_id=shared.pk, reason="No.")
    assert not kinds_open(as_, "isla", rosa)
    assert kinds_open(as_, "ida", rosa) == set(EVERYDAY)


def test_her_own_pages_are_not_among_those_who_know(as_, as_herself, rosa):
    with as_("nora") as by:
        assert {k.team.code for k in queries.who_knows(by, rosa)} == {"sericc-first-contact"}
        assert {g.team.code for g in queries.grants_on(by, rosa)} == {"sericc-first-contact"}


def test_her_pages_tell_her_nothing_of_anybody_else(as_herself, world):
    with as_herself() as scope:
        for name in ("sara", "meera", "derek-participant"):
            found = queries.shown_to_her(scope.actor, world.id(name))
            assert (found.knowers, found.openings) == ([], [])
            assert not rows("SELECT access_is_self(%s)", [world.id(name)])[0][0]


@pytest.mark.parametrize("who", ["ida", "tess", "theo", "olu", "adam", "bart"])
@pytest.mark.parametrize(
    "function", ["access_known", "access_who_knows", "access_reads", "access_rows_on"]
)
def test_who_holds_nothing_learns_nothing(as_, rosa, ask, who, function):
    ask()
    extra = ", (SELECT id FROM agencies_team WHERE code = %s), current_date"
    more, params = (extra, [ISVA]) if function == "access_rows_on" else ("", [])
    with as_(who):
        assert rows(f"SELECT * FROM {function}(%s{more})", [rosa, *params]) == []
        assert (
            rows("SELECT access_works_with(id) FROM access_envelope WHERE person_id = %s", [rosa])
            == []
        )
