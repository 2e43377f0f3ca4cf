"""The work with a survivor: who finds nothing of it, by page, query or SQL; and who writes it."""

import pytest
from django.db import connection
from django.urls import reverse

from onestory.access.models import Envelope, Kind
from onestory.agencies.roles import Permission
from onestory.support import queries
from onestory.support.models import Episode
from tests.access.raw import refused, rows
from tests.own_pages import as_her, invite, quick_numbers, user_of
from tests.supported import supported

__all__ = ["quick_numbers"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_numbers")]
INSIDE = ("call", "session", "goal", "measure", "step")
OUTSIDE = ("episode", "pause")


@pytest.fixture(scope="module")
def of(beforehand):
    """Rowan, whom Nora works with; Tess's team referred her and knows her well."""
    return supported(beforehand)


def count(table: str, person_id) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM support_{table} WHERE person_id = %s", [person_id])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("who", "inside", "outside"),
    [
        ("nora", True, True),
        # Tess, Mina and Petra hold the very envelope that it lies in: their team made it.
        ("tess", False, True),
        ("mina", False, True),
        ("petra", False, True),
        ("olu", False, False),
        ("isla", False, False),
        ("theo", False, False),
        ("dina", False, False),
        ("ida", False, False),
        ("cass", False, False),
        ("nell", False, False),
        ("gwen", False, False),
        ("adam", False, False),
    ],
)
def test_who_sees_a_row(of, as_, who, inside, outside):
    with as_(who):
        for table in INSIDE:
            assert bool(count(table, of.person_id)) is inside, table
        for table in OUTSIDE:
            assert bool(count(table, of.person_id)) is outside, table


def test_nobody_acting_sees_nothing(of):
    for table in (*INSIDE, *OUTSIDE, "ending"):
        assert count(table, of.person_id) == 0, table


def test_who_referred_holds_the_envelope_and_still_writes_nothing(of, as_):
    """The envelope is theirs as well; the work in it is another team's."""
    with as_("tess"):
        assert Envelope.objects.filter(person_id=of.person_id, kind=Kind.SUPPORT).exists()
        assert rows("UPDATE support_episode SET sessions_attended = 9") == 0
        assert rows("UPDATE support_pause SET asked_by = 'service'") == 0
        assert rows("UPDATE support_session SET absence = 'did-not-come'") == 0
    with as_("nora"):
        assert rows("UPDATE support_episode SET sessions_attended = 9") == 1


@pytest.mark.parametrize("table", [*INSIDE, *OUTSIDE])
def test_nothing_is_taken_away(of, as_, table):
    with as_("nora"), refused():
        rows(f"DELETE FROM support_{table}")


@pytest.mark.parametrize("table", ["call", "session", "goal", "measure", "step", "episode"])
def test_a_row_stays_in_its_envelope_and_with_its_person(of, as_, table):
    for column in ("envelope_id", "person_id", "recorded_by_id"):
        with as_("nora"), refused():
            rows(f"UPDATE support_{table} SET {column} = {column}")


def test_nobody_writes_for_another_team(of, as_):
    with as_("isla") as by:
        other = by.home_team_id
    with as_("nora"):
        episode = Episode.objects.get(case_id=of.case.pk)
        with refused():
            rows("UPDATE support_episode SET team_id = %s WHERE id = %s", [other, episode.pk])


def addresses(of) -> list[str]:
    pairs = [
        *((name, of.person_id) for name in ("call", "journey")),
        *((name, of.case.pk) for name in ("case", "hold", "pause", "resume", "end")),
        *((name, of.case.pk) for name in ("session-plan", "session-add", "goal", "step")),
        *((name, of.session_id) for name in ("session", "session-move")),
        *((name, of.goal_id) for name in ("goal-reword", "goal-measure", "goal-end")),
    ]
    found = [reverse(f"support:{name}", args=[key]) for name, key in pairs]
    return [*found, reverse("support:dial", args=[of.person_id, of.phone_id])]


@pytest.mark.parametrize(
    "who", ["olu", "isla", "theo", "dina", "ida", "cass", "nell", "gwen", "adam"]
)
def test_for_whoever_does_not_work_with_her_every_address_is_absent(of, client, world, who):
    client.force_login(world.user(who))
    for address in addresses(of):
        for answer in (client.get(address), client.post(address, {"version": 0})):
            assert answer.status_code == 404, address
            assert "Rowan" not in answer.content.decode()
    for name in ("step-done", "step-drop"):
        address = reverse(f"support:{name}", args=[of.step_id])
        assert client.post(address).status_code == 404


@pytest.mark.parametrize("who", ["tess", "mina", "petra"])
def test_who_referred_sees_the_journey_and_no_case(of, client, world, who):
    client.force_login(world.user(who))
    journey = reverse("support:journey", args=[of.person_id])
    # They know her, so they may call her as well.
    own = {journey, reverse("support:call", args=[of.person_id])}
    dial = reverse("support:dial", args=[of.person_id, of.phone_id])
    for address in set(addresses(of)) - own - {dial}:
        assert client.get(address).status_code == 404, address
    page = client.get(journey).content.decode()
    assert "Started" in page
    for inside in ("Room 2", "A line.", "To sleep", "She will come"):
        assert inside not in page
    assert client.get(dial)["Location"] == reverse("support:call", args=[of.person_id])


@pytest.mark.parametrize("who", ["isla", "gwen", "adam", "olu"])
def test_lists_show_nobody_elses(of, client, world, who):
    client.force_login(world.user(who))
    for show in ("people", "calls", "nobodys", "late", "team"):
        answer = client.get(f"{reverse('support:mine')}?show={show}")
        assert "Rowan" not in answer.content.decode()
        assert answer.status_code == (200 if who == "isla" else 404)


def test_nobody_signed_in_is_sent_to_sign_in(of, client):
    for address in addresses(of):
        assert client.get(address)["Location"].startswith("/account/sign-in/"), address


def test_the_survivor_sees_her_sessions_and_her_plan_but_no_calls_and_no_ending(of, as_):
    invite(as_, of.person_id, by="tess")
    with as_her(user_of(as_, of.person_id, by="tess")) as her:
        for table in ("session", "goal", "measure", "step", *OUTSIDE):
            assert count(table, of.person_id), table
        for table in ("call", "ending"):
            assert count(table, of.person_id) == 0, table
        assert [one.place for one in queries.appointments(her, of.person_id)] == ["Room 2"]
        assert [one.goal.words for one in queries.plan(her, of.person_id).goals] == ["To sleep"]
        assert not her.may(Permission.CASE_WORK)
        assert rows("UPDATE support_goal SET words = 'Other'") == 0


def test_a_survivor_sees_nothing_of_another(of, as_, world):
    other = world.id("meera")
    invite(as_, other)
    with as_her(user_of(as_, other)) as her:
        for table in (*INSIDE, *OUTSIDE, "ending"):
            assert count(table, of.person_id) == 0, table
        assert queries.appointments(her, of.person_id) == []
