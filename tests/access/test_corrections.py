"""What a survivor says is wrong: seen by whoever holds what it is about, decided by nobody but staff."""

import re

import pytest
from django.db import connection
from django.http import Http404

from onestory.access.actions import bar, end_grant
from onestory.access.models import Grant
from onestory.agencies.roles import ROLES, Permission
from onestory.cases.models import Contact
from onestory.rights import actions
from onestory.rights.models import Correction
from tests.access.raw import refused, rows
from tests.own_pages import as_her, invite, quick_numbers, user_of
from tests.supported import supported

__all__ = ["quick_numbers"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_numbers")]
HERS = (
    "INSERT INTO rights_correction (id, envelope_id, person_id, recorded_by_id, recorded_at, team_id,"
    ' place, about, wrong, "right", due_on, outcome, reason) SELECT gen_random_uuid(), envelope_id,'
    " person_id, actor(), now(), team_id, 'x', about, wrong, '', due_on, '', '' FROM rights_correction"
)
DECIDE = "UPDATE rights_correction SET outcome = 'unchanged', decided_at = now(), decided_by_id = actor()"


@pytest.fixture(scope="module")
def rowan(beforehand):
    return supported(beforehand).person_id


@pytest.fixture(scope="module")
def hers(beforehand, rowan):
    invite(beforehand, rowan, by="tess")
    return user_of(beforehand, rowan, by="tess")


@pytest.fixture(scope="module")
def asked(beforehand, hers, rowan) -> Correction:
    """She says that what Olu wrote down is wrong; it goes to Tess's team."""
    with beforehand("tess"):
        contact = Contact.objects.get(person_id=rowan)
    with as_her(hers) as her:
        return actions.ask_correction(by=her, person_id=rowan, row_id=contact.pk, wrong="Not so.")


@pytest.mark.parametrize("who", ["isla", "ida", "theo", "nell", "gwen", "adam"])
def test_who_does_not_hold_what_it_is_about_finds_nothing(as_, asked, who):
    with as_(who):
        assert rows("SELECT count(*) FROM rights_correction") == [(0,)]
        assert rows("SELECT count(*) FROM rights_keepers(%s)", [asked.envelope_id]) == [(0,)]
        assert rows("SELECT rights_keeps(%s, %s)", [asked.envelope_id, asked.team_id]) == [(False,)]
        assert rows(DECIDE) == 0


def test_nobody_acting_finds_nothing(asked):
    assert rows("SELECT count(*) FROM rights_correction") == [(0,)]


def test_somebody_else_on_own_pages_finds_nothing(as_, world, asked):
    invite(as_, world.id("meera"))
    with as_her(user_of(as_, world.id("meera"))):
        assert rows("SELECT count(*) FROM rights_correction") == [(0,)]
        rows("SELECT rights_see_answers(%s)", [asked.person_id])
    with as_("tess"):
        assert Correction.objects.get().seen_at is None


def test_she_does_not_decide_and_staff_do_not_ask(as_, hers, asked):
    with as_her(hers):
        assert rows(DECIDE) == 0
    with as_("tess"), refused():
        rows(HERS)


def test_what_was_asked_and_decided_stays(as_, hers, asked):
    for statement in (
        "UPDATE rights_correction SET wrong = 'Nothing'",
        "UPDATE rights_correction SET seen_at = now()",
        "DELETE FROM rights_correction",
    ):
        for acting in (as_("tess"), as_her(hers)):
            with acting, refused():
                rows(statement)
    with as_("tess"):
        assert rows(DECIDE) == 1
        assert rows(DECIDE) == 0


def test_a_decision_is_signed_by_who_makes_it(as_, world, asked):
    with as_("tess"), refused(), connection.cursor() as cursor:
        cursor.execute(DECIDE.replace("actor()", "%s"), [world.user("ida").pk])


def test_the_pages_are_not_there_for_those_who_do_not_hold_it(client, world, asked):
    page = f"/rights/wrong/{asked.pk}/"
    client.force_login(world.user("tess"))
    assert client.get(page).status_code == 200
    for who in ("isla", "olu", "gwen", "adam"):
        client.force_login(world.user(who))
        assert client.get(page).status_code == 404


HAND_OVER = "SELECT rights_hand_over(%s, %s, %s)"


def nobody_holds(as_, asked) -> None:
    with as_("tess") as by:
        for grant in Grant.objects.filter(envelope_id=asked.envelope_id, team_id=asked.team_id):
            end_grant(by=by, grant_id=grant.pk, reason="work ended")


def theirs(by) -> list:
    return [str(by.user_id), str(by.hats[0].team_id)]


def test_who_may_decide_is_told_alike_here_and_in_the_roles(as_):
    with as_("gwen"):
        written = rows("SELECT prosrc FROM pg_proc WHERE proname = 'rights_is_held'")[0][0]
    roles = {code for code, role in ROLES.items() if Permission.RIGHTS_WORK in role.permissions}
    assert set(re.findall(r"'([a-z]+)'", written)) == roles


def test_what_nobody_holds_is_known_to_guardians_alone_and_without_a_word(as_, asked):
    everybody = ("gwen", "tess", "olu", "isla", "ida", "theo", "nell", "adam")
    found = "SELECT * FROM rights_unheld()"
    for who in everybody:
        with as_(who):
            assert rows(found) == [], "somebody holds it"
    nobody_holds(as_, asked)
    for who in everybody:
        with as_(who):
            shown = rows(found)
            assert len(shown) == (who == "gwen")
            assert "Not so." not in str(shown)
            assert rows("SELECT count(*) FROM rights_correction WHERE wrong = 'Not so.'") == [
                (int(who == "olu"),)
            ]


def test_only_a_guardian_gives_it_and_only_to_somebody_who_may_decide(as_, world, asked):
    with as_("ida") as by:
        ida = theirs(by)
    with as_("isla") as by:
        isla = theirs(by)
    with as_("olu") as by:
        officer = theirs(by)
    with as_("gwen") as by:
        guardian = theirs(by)
        assert rows(HAND_OVER, [asked.pk, *ida]) == [(None,)], "somebody holds it"
    nobody_holds(as_, asked)
    for who in ("tess", "olu", "ida", "adam"):
        with as_(who):
            assert rows(HAND_OVER, [asked.pk, *ida]) == [(None,)]
    with as_("gwen") as gwen:
        assert rows(HAND_OVER, [asked.pk, *guardian]) == [(None,)]
        for nobody in (officer, [ida[0], isla[1]]):
            with refused("may decide"):
                rows(HAND_OVER, [asked.pk, *nobody])
        bar(by=gwen, person_id=asked.person_id, user=world.user("ida"), reason="A friend")
        with refused("may decide"):
            rows(HAND_OVER, [asked.pk, *ida])
        assert rows(HAND_OVER, [asked.pk, *isla]) == [(asked.envelope_id,)]
        assert rows("SELECT * FROM rights_unheld()") == []
    with as_("isla"):
        assert rows("SELECT wrong FROM rights_correction") == [("Not so.",)]
        assert rows(
            "SELECT may_write, may_share FROM access_grant WHERE purpose = 'correction'"
        ) == [(True, False)]
    with as_("gwen"):
        assert rows("SELECT count(*) FROM rights_correction") == [(0,)]


def test_she_says_it_of_her_own_record_alone_and_staff_have_no_such_page(
    as_, client, world, hers, rowan
):
    with as_("ida"):
        of_meera = rows("SELECT id FROM people_identity WHERE person_id = %s", [world.id("meera")])
    with as_her(hers) as her, pytest.raises(Http404):
        actions.ask_correction(by=her, person_id=rowan, row_id=of_meera[0][0], wrong="Hers.")
    client.force_login(world.user("tess"))
    assert client.get(f"/n/k/3/{of_meera[0][0]}/").status_code == 404
