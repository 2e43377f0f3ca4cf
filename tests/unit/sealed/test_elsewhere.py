"""She comes to another worker with her pseudonym and her code; and whoever keeps evidence is told."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from onestory.access.models import Entry
from onestory.agencies.models import Team
from onestory.kernel.errors import Refused, Stale
from onestory.sealed import actions, queries
from onestory.sealed.models import Account, Evidence, Release
from tests.accounts import opened

LATER = timezone.localdate() + timedelta(days=400)
WRONG = "AAAAA-AAAAA"


@pytest.fixture
def kept(as_) -> tuple[Account, str]:
    """An account of Nora's with evidence, and its code."""
    with as_("nora") as by:
        account, code = opened(by)
        actions.add_evidence(
            by=by,
            account_id=account.pk,
            kind="clothing",
            held_by="SARC",
            mark="B 1042",
            keep_until=LATER,
        )
    return account, code


def team(code: str) -> UUID:
    return Team.objects.get(code=code).pk


def released(by, account: Account, code: str, to: str = "sericc-isva", **changes) -> UUID | None:
    said = {"pseudonym": account.pseudonym, "code": code, "purpose": "support", "until": LATER}
    return actions.release_by_code(by=by, team_id=team(to), **{**said, **changes})


class TestByCode:
    def test_it_opens_to_the_team_that_she_names_and_to_nobody_else(self, as_, kept):
        account, code = kept
        with as_("wren") as by:
            how_it_is_typed = code.lower().replace("-", " ")
            pseudonym = f" {account.pseudonym.title()} "
            found = released(by, account, how_it_is_typed, pseudonym=pseudonym)
            assert found == account.pk
            assert not Account.objects.exists() and not Release.objects.exists()
        with as_("isla") as by:
            assert [row.pk for row in queries.released(by)[0]] == [account.pk]
            assert not queries.is_own(by, queries.account(by, account.pk))

    def test_the_team_that_keeps_it_sees_it_takes_it_back_and_is_to_tell(self, as_, world, kept):
        account, code = kept
        with as_("wren") as by:
            released(by, account, code)
        with as_("nora") as by:
            (release,) = queries.releases(account)
            assert release.to_team.code == "sericc-isva"
            assert release.recorded_by_id == world.user("wren").pk
            (evidence,) = queries.tellings(by)
            assert (evidence.mark, evidence.tell) == ("B 1042", "released")
            actions.end_release(by=by, release_id=release.pk)
        with as_("isla") as by:
            assert queries.released(by) == ([], [])
        with as_("gwen"):
            entry = Entry.objects.get(verb="sealed.release")
            assert entry.actor_id == world.user("wren").pk and entry.detail["elsewhere"]

    def test_to_their_own_team_if_she_wants(self, as_, kept):
        account, code = kept
        with as_("wren") as by:
            released(by, account, code, to="compass")
            assert queries.account(by, account.pk).words

    @pytest.mark.parametrize("wrong", ["code", "pseudonym"])
    def test_nothing_tells_which_of_the_two_is_wrong_and_nothing_is_shown(self, as_, kept, wrong):
        account, code = kept
        changes = {wrong: WRONG if wrong == "code" else "amber-heron-000"}
        with as_("wren") as by:
            assert released(by, account, **{"code": code, **changes}) is None
            assert not Account.objects.exists()
        with as_("isla") as by:
            assert queries.released(by) == ([], [])

    def test_after_too_many_wrong_codes_none_is_right_here_or_where_it_is_kept(self, as_, kept):
        account, code = kept
        with as_("wren") as by:
            for _ in range(5):
                assert released(by, account, WRONG) is None
            with pytest.raises(Refused, match="too many"):
                released(by, account, code)
        with as_("nora") as by, pytest.raises(Refused, match="wrong codes"):
            actions.right_code(by=by, account_id=account.pk, code=code)

    def test_guessing_at_pseudonyms_is_counted_too(self, as_, kept):
        account, code = kept
        with as_("wren") as by:
            for number in range(5):
                assert released(by, account, code, pseudonym=f"amber-heron-{number}") is None
            with pytest.raises(Refused, match="too many"):
                released(by, account, code)

    def test_refusals(self, as_, kept):
        account, code = kept
        yesterday = timezone.localdate() - timedelta(days=1)
        for changes, why in (
            ({"purpose": "curiosity"}, "what it is released for"),
            ({"until": yesterday}, "still to come"),
            ({"to": "sericc-first-contact"}, "holds the account already"),
        ):
            with as_("wren") as by, pytest.raises(Refused, match=why):
                released(by, account, code, **changes)

    def test_destroyed_it_opens_to_nobody(self, as_, kept):
        account, code = kept
        with as_("nora") as by:
            actions.destroy_account(by=by, account_id=account.pk, version=account.version)
        with as_("wren") as by:
            assert released(by, account, code) is None

    @pytest.mark.parametrize("name", ["isla", "theo", "olu", "gwen", "adam"])
    def test_it_takes_a_team_that_keeps_such_accounts(self, as_, world, client, kept, name):
        account, code = kept
        with as_(name) as by, pytest.raises(Refused, match="does not include"):
            released(by, account, code)
        client.force_login(world.user(name))
        assert client.get(reverse("sealed:by-code")).status_code == 404

    @pytest.mark.parametrize("name", ["isla", "gwen", "adam"])
    def test_the_functions_themselves_open_nothing_to_others(self, as_, kept, name):
        """Past all Python, and with the right proof."""
        account, _ = kept
        with as_("nora"):
            proof = Account.objects.get(pk=account.pk).code
        with as_(name), connection.cursor() as cursor:
            cursor.execute("SELECT salt FROM sealed_how(%s)", [account.pseudonym])
            assert cursor.fetchone()[0] not in proof.split("$")
            asked = [account.pk, account.pseudonym, proof, team("sericc-isva"), "support", LATER]
            cursor.execute(
                "SELECT said, account FROM sealed_release(%s, %s, %s, %s, %s, %s, 5, 60)", asked
            )
            assert cursor.fetchone() == ("wrong", None)

    def test_the_page_keeps_what_was_typed_and_shows_nothing_of_it(self, world, client, kept):
        account, code = kept
        client.force_login(world.user("wren"))
        page = reverse("sealed:by-code")
        said = {
            "pseudonym": account.pseudonym,
            "code": WRONG,
            "team": team("sericc-isva"),
            "purpose": "support",
        }
        day = dict(zip(("day", "month", "year"), (LATER.day, LATER.month, LATER.year), strict=True))
        said |= {f"until-{part}": value for part, value in day.items()}
        shown = client.post(page, said).content.decode()
        assert "No account has this pseudonym and this code" in shown
        assert account.pseudonym in shown and account.words not in shown
        done = client.post(page, {**said, "code": code})
        assert done.url == reverse("sealed:released")
        assert account.pseudonym not in client.get(done.url).content.decode()


class TestTelling:
    def test_when_it_is_destroyed_whoever_keeps_evidence_is_still_to_be_told(
        self, as_, world, client, kept
    ):
        account, _ = kept
        with as_("nora") as by:
            assert queries.tellings(by) == []
            actions.destroy_account(by=by, account_id=account.pk, version=account.version)
            (evidence,) = queries.tellings(by)
            assert evidence.tell == "destroyed" and queries.waiting(by) == 1
        client.force_login(world.user("nora"))
        shown = client.get(reverse("sealed:accounts")).content.decode()
        assert "B 1042" in shown and account.pseudonym not in shown
        told = reverse("sealed:told", args=[evidence.pk])
        client.post(told, {"version": evidence.version - 1})
        assert "B 1042" in client.get(reverse("sealed:accounts")).content.decode()
        client.post(told, {"version": evidence.version})
        assert "B 1042" not in client.get(reverse("sealed:accounts")).content.decode()
        assert client.post(told, {"version": evidence.version + 1}).status_code == 404

    def test_as_its_day_comes_near_and_again_for_a_later_day(self, as_, kept):
        account, _ = kept
        soon = timezone.localdate() + timedelta(days=30)
        with as_("nora") as by:
            row = actions.add_evidence(
                by=by, account_id=account.pk, kind="document", held_by="Vault", keep_until=soon
            )
            assert [one.pk for one in queries.tellings(by)] == [row.pk]
            with pytest.raises(Stale):
                actions.told_holder(by=by, evidence_id=row.pk, version=7)
            actions.told_holder(by=by, evidence_id=row.pk, version=0)
            assert queries.tellings(by) == [] and queries.waiting(by) == 0
            longer = soon + timedelta(days=10)
            actions.keep_longer(by=by, evidence_id=row.pk, version=1, keep_until=longer)
            assert [one.pk for one in queries.tellings(by)] == [row.pk]

    @pytest.mark.parametrize("name", ["wren", "isla", "gwen"])
    def test_it_is_the_keeping_teams_alone(self, as_, world, client, kept, name):
        account, _ = kept
        with as_("nora") as by:
            actions.destroy_account(by=by, account_id=account.pk, version=account.version)
            evidence = Evidence.objects.get(account=account)
        with as_(name) as by:
            assert queries.tellings(by) == []
            with pytest.raises(Http404):
                actions.told_holder(by=by, evidence_id=evidence.pk, version=evidence.version)
        client.force_login(world.user(name))
        assert client.post(reverse("sealed:told", args=[evidence.pk])).status_code == 404
