"""The pages of consent and of who knows: whom they are for, what they keep, how much they ask."""

import re
from datetime import timedelta
from functools import partial

import pytest
from click.testing import CliRunner
from django.urls import reverse
from django.utils import timezone

from onestory.access import actions as access
from onestory.access import queries
from onestory.access.models import Envelope
from onestory.agencies.models import Team
from onestory.commands.access_ import command
from onestory.people import actions
from onestory.people.actions import SURVIVOR_KINDS, Facts
from onestory.people.models import Identity, Person
from tests import consenting
from tests.consenting import IDVA, ISVA, open_own_pages, record_rosa, team

SHARED = {
    "to_team": "",
    "kinds": ["identity", "story"],
    "purpose": "support",
    "until-day": "1",
    "until-month": "6",
    "until-year": str(timezone.localdate().year + 1),
}
ANSWERED = {"step": "2", "answer": "given", "how": "spoken", "capacity": "adult"}


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
def visit(client, world):
    """``visit("nora")`` is a browser at which Nora has signed in."""

    def visit(who):
        client.force_login(world.user(who) if isinstance(who, str) else who)
        return client

    return visit


def page(name, key):
    return reverse(f"people:{name}", args=[key])


def text(reply):
    return reply.content.decode()


def all_pages(rosa, consent, shared):
    yield from (page(name, rosa) for name in ("who-knows", "consents", "ask-consent", "share"))
    yield page("withdraw", consent.pk)
    yield from (page(name, shared.pk) for name in ("end-share", "tell-share"))


def told_nothing(ask, decide):
    return ask(), decide(to="pass", told=False, not_told_reason="He reads her telephone.")


@pytest.mark.parametrize("who", ["ida", "tess", "theo", "olu", "gwen", "adam"])
def test_for_whoever_does_not_know_her_there_is_no_such_page(visit, rosa, ask, decide, who):
    consent, shared = told_nothing(ask, decide)
    one = visit(who)
    for path in all_pages(rosa, consent, shared):
        assert one.get(path).status_code == one.post(path).status_code == 404, path
    expected = 200 if who == "gwen" else 404
    assert one.get(page("known", rosa)).status_code == expected


def test_staffs_pages_are_not_hers(as_, visit, rosa, ask, decide):
    consent, shared = told_nothing(ask, decide)
    one = visit(open_own_pages(as_, rosa))
    for path in [*all_pages(rosa, consent, shared), page("known", rosa)]:
        assert one.get(path).status_code == 404, path


def test_for_whoever_knows_her_they_are_there(visit, rosa, ask, decide):
    consent, shared = told_nothing(ask, decide)
    one = visit("nora")
    for path in [*all_pages(rosa, consent, shared), page("known", rosa)]:
        assert one.get(path).status_code == 200, path


def test_who_was_told_sees_who_knows_but_may_share_nothing_on(visit, rosa, ask):
    consent = ask()
    isla = visit("isla")
    for name in ("who-knows", "consents", "known"):
        assert isla.get(page(name, rosa)).status_code == 200
    for name in ("ask-consent", "share"):
        assert isla.get(page(name, rosa)).status_code == 404
    gone = isla.post(
        page("withdraw", consent.pk), {"kinds": list(consent.kinds), "how": "spoken"}, follow=True
    )
    # She recorded that it is taken back, and with it went her own sight of the page.
    assert gone.redirect_chain == [(reverse("people:find"), 302)]
    assert isla.get(page("who-knows", rosa)).status_code == 404


def test_what_they_answered_and_took_back_is_on_the_timeline(visit, rosa, ask):
    consent = ask()
    nora, path = visit("nora"), reverse("people:person", args=[rosa])
    said = f"to sharing with {consent.to_team}"
    shown = text(nora.get(path))
    assert f"Yes {said}" in shown and "Took back" not in shown
    nora.post(page("withdraw", consent.pk), {"kinds": list(consent.kinds), "how": "spoken"})
    assert f"Took back their yes {said}" in text(nora.get(path))
    refused = {"to_team": str(team("pass").pk), "answer": "refused"}
    nora.post(page("ask-consent", rosa), SHARED | ANSWERED | refused)
    assert f"No to sharing with {team('pass')}" in text(nora.get(path))
    assert "unless telling them is a danger" in text(nora.get(page("share", rosa)))


def test_a_yes_that_was_only_noted_is_taken_back_by_whoever_may_ask(visit, rosa, as_):
    with as_("nora") as by:
        name = Envelope.objects.get(person_id=rosa, kind="identity")
        access.share(by=by, envelopes=[name], team=team(ISVA), purpose="triage", basis="consent")
    nora, path = visit("nora"), reverse("people:withdraw-noted", args=[rosa, team(ISVA).pk])
    assert path in text(nora.get(page("who-knows", rosa)))
    assert "Select how they let you know" in text(nora.post(path))
    assert nora.post(path, {"how": "spoken"}).url == page("who-knows", rosa)
    assert nora.get(path).status_code == 404
    assert path not in text(nora.get(page("who-knows", rosa)))
    assert visit("isla").get(page("who-knows", rosa)).status_code == 404


def test_nothing_is_chosen_beforehand(visit, rosa):
    nora = visit("nora")
    for name in ("ask-consent", "share"):
        shown = text(nora.get(page(name, rosa)))
        assert " checked" not in shown, "no kind, no answer"
        assert re.findall(r'name="until-[^>]*value="[^"]', shown) == [], "no last day"


def test_the_answer_is_recorded_only_after_it_was_read_out(visit, rosa):
    nora, sent = visit("nora"), SHARED | {"to_team": str(team(ISVA).pk)}
    first = nora.post(page("ask-consent", rosa), sent | {"step": "1"})
    assert "What happened to you" in text(first) and "Record the answer" in text(first)
    again = nora.post(page("ask-consent", rosa), sent | {"step": "back"})
    assert "Ask for consent" in text(again) and f'value="{team(ISVA).pk}" selected' in text(again)
    done = nora.post(page("ask-consent", rosa), sent | ANSWERED, follow=True)
    assert "can see it now" in text(done) and "Agreed" in text(done)
    asked_again = nora.post(page("ask-consent", rosa), sent | {"step": "1"})
    assert "What this team can see already" in text(asked_again)


def test_nothing_typed_is_lost_however_long(visit, rosa):
    nora, sent = visit("nora"), SHARED | {"to_team": str(team(ISVA).pk)}
    long = (
        "Sh\N{LATIN SMALL LETTER E WITH ACUTE} said \N{PARTY POPPER} \u05e9\u05dc\u05d5\u05dd "
        * 1000
    )
    reply = nora.post(page("ask-consent", rosa), sent | ANSWERED | {"words": long})
    assert reply.status_code == 200 and "1,000 characters or fewer" in text(reply)
    assert long.strip() in text(reply)


def test_a_child_is_asked_as_one(as_, visit):
    with as_("nora") as by:
        born = timezone.localdate() - timedelta(days=14 * 365)
        facts = Facts("Lea", "Ng", born_on=born)
        lea = actions.add_person(
            by=by, team_id=by.home_team_id, facts=facts, kinds=SURVIVOR_KINDS
        ).pk
    nora, sent = visit("nora"), SHARED | {"to_team": str(team(ISVA).pk)}
    offered = text(nora.post(page("ask-consent", lea), sent | {"step": "1"}))
    assert "Gillick" in offered and "parental responsibility" in offered
    assert 'value="adult"' not in offered and 'value="under-13"' not in offered
    answered = sent | ANSWERED | {"capacity": "gillick"}
    assert "Say who judged" in text(nora.post(page("ask-consent", lea), answered))
    judged = answered | {"age_note": "Judged by me, over two talks."}
    assert nora.post(page("ask-consent", lea), judged).status_code == 302


def test_both_records_of_one_human_being_are_shared_and_closed(as_, visit):
    with as_("mina") as by:
        one, other = (
            actions.add_person(
                by=by, team_id=by.home_team_id, facts=Facts("Rita", "Moss"), kinds=SURVIVOR_KINDS
            ).pk
            for _ in range(2)
        )
        actions.join(by=by, kept_id=one, joined_id=other, reason="The same.")
    consent = consenting.ask(as_, one, who="mina")
    with as_("isla") as by:
        assert len(list(Person.objects.filter(pk__in=[one, other]))) == 2
    with as_("mina") as by:
        [isva] = [k for k in queries.who_knows(by, other) if k.team.code == ISVA]
        assert isva.kinds == consenting.EVERYDAY
        access.withdraw_consent(by=by, consent_id=consent.pk, how="spoken")
    with as_("isla") as by:
        assert not list(Person.objects.filter(pk__in=[one, other]))


def tell_many(as_, rosa, ask, decide, codes):
    for code in codes:
        ask(to=code)
        decide(to=code)


@pytest.mark.parametrize("name, most", [("who-knows", 24), ("consents", 26)])
def test_many_who_know_cost_no_more_queries(
    as_, visit, rosa, ask, decide, django_assert_max_num_queries, name, most
):
    codes = list(
        Team.objects.exclude(code__in=["sericc-first-contact", "own-pages"])
        .filter(ended_on=None)
        .values_list("code", flat=True)
    )
    tell_many(as_, rosa, ask, decide, codes[:12])
    nora = visit("nora")
    with django_assert_max_num_queries(most):
        assert nora.get(page(name, rosa)).status_code == 200


def known(*words):
    return CliRunner().invoke(command, ["known", *words])


def test_the_command_says_what_a_team_knew(as_, rosa, ask):
    ask()
    with as_("isla"):
        assert list(Identity.objects.filter(person_id=rosa))
    with as_("nora"):
        reference = Person.objects.get(pk=rosa).reference
    today = timezone.localdate()
    done = known("--person", reference.lower(), "--team", ISVA, "--on", today.isoformat())
    assert done.exit_code == 0, done.output
    assert "Open: Who they are, Safe contact, What happened" in done.output
    assert "Who they are: identity 1" in done.output
    assert "Isla Quinn" in done.output and "Lindqvist" not in done.output
    before = known("--person", reference, "--team", IDVA, "--on", today.isoformat())
    assert "Nothing was open to this team on that day." in before.output
    with as_("gwen") as by:
        assert queries.entries_about(by, rosa).filter(verb="known.look").count() == 2


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"--person": "7777-7777"}, "There is no record"),
        ({"--person": "somebody"}, "There is no record"),
        ({"--team": "lifeboat"}, "The teams are"),
        ({"--on": "yesterday"}, "does not match"),
    ],
    ids=str,
)
def test_the_command_says_what_is_wrong(as_, rosa, changed, said):
    with as_("nora"):
        reference = Person.objects.get(pk=rosa).reference
    options = {"--person": reference, "--team": ISVA, "--on": "2026-01-31"} | changed
    done = known(*(word for pair in options.items() for word in pair))
    assert done.exit_code == 2 and said in done.output
