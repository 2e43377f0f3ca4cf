"""Who sees and changes an edition, in plain SQL past all Python; and which pages open to whom."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from onestory.agencies.actions import add_membership
from onestory.agencies.models import Team
from onestory.agencies.roles import ROLES, Permission
from onestory.kernel.ids import new_id
from onestory.public.figures_urls import urlpatterns
from onestory.reporting.actions import editions, publishing
from onestory.reporting.models import Edition
from onestory.setup import ROOT
from tests.access.held import as_admin
from tests.access.raw import refused, rows
from tests.editions import begin, freeze, write
from tests.yearly_report import REPORT

pytestmark = pytest.mark.django_db(databases=["default", "figures"])
WRITERS = ["vera", "mina"]
OTHERS = ["tess", "petra", "olu", "bart", "dina", "gwen", "adam"]
TABLES = ["edition", "move", "passage", "frozen"]
PAGES = ["", "write/area/", "version/", "freeze/", "as/csv/"]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr("onestory.database.home", lambda: tmp_path)


@pytest.fixture
def edition(as_) -> Edition:
    with as_("vera") as by:
        made = begin(by)
        write(by, made)
        return made


@pytest.fixture
def frozen(as_, edition) -> Edition:
    with as_("vera") as by:
        freeze(by, edition)
    return edition


def count(table: str) -> int:
    return rows(f"SELECT count(*) FROM reporting_{table}")[0][0]


def browser(world, name: str) -> Client:
    client = Client()
    client.force_login(world.user(name))
    return client


def test_writers_are_the_same_in_the_database_as_in_the_roles():
    """`reporting_teams` names the roles that carry the permission."""
    policies = (ROOT / "reporting" / "policies.sql").read_text()
    named = set(re.findall(r"'([a-z-]+)'", re.search(r"m\.role IN \(([^)]*)\)", policies)[1]))
    carry = {code for code, role in ROLES.items() if Permission.REPORT_WRITE in role.permissions}
    assert named == carry


def test_a_secretary_sees_no_survivors_record(as_, world):
    assert not ROLES["secretary"].works_cases
    with as_("vera"):
        assert rows("SELECT count(*) FROM people_person") == [(0,)]
        assert rows("SELECT count(*) FROM cases_case") == [(0,)]
    vera = browser(world, "vera")
    assert vera.get(f"/reports/{REPORT}/").status_code == 404
    assert REPORT not in vera.get("/reports/").content.decode()
    for address in ("/dashboard/", "/people/find/", "/cases/", "/measures/"):
        assert vera.get(address).status_code == 404


@pytest.mark.parametrize("name", WRITERS)
def test_who_writes_the_teams_reports_sees_its_editions(as_, frozen, name):
    with as_(name):
        assert [count(table) for table in TABLES] == [1, 0, 1, 1]


@pytest.mark.parametrize("name", OTHERS)
def test_for_others_there_is_nothing_until_it_is_published(as_, world, frozen, name):
    with as_(name):
        assert [count(table) for table in TABLES] == [0, 0, 0, 0]
    client = browser(world, name)
    for page in PAGES:
        assert client.get(f"/editions/{frozen.pk}/{page}").status_code == 404
    assert client.get("/editions/").status_code == (200 if name == "dina" else 404)


def test_nobody_acting_sees_what_is_published_and_not_what_was_typed_for_it(as_, frozen):
    assert [count(table) for table in TABLES] == [0, 0, 0, 0]
    with as_("vera") as by:
        publishing.publish(by=by, edition_id=frozen.pk)
    assert [count(table) for table in TABLES] == [1, 0, 0, 1]
    with as_("vera") as by:
        publishing.withdraw(by=by, edition_id=frozen.pk, why="A wrong total.")
    assert [count(table) for table in TABLES] == [0, 0, 0, 0]
    assert count("publication") == 1


def test_a_secretary_of_another_team_sees_and_writes_nothing(as_, world, edition):
    with as_("adam") as by:
        team = Team.objects.get(code="mash")
        add_membership(by=by, user=world.user("bart"), team=team, role="secretary")
    with as_("bart"):
        assert count("edition") == 0
        assert rows("UPDATE reporting_edition SET version = 'cabinet'") == 0
        with refused():
            rows(
                "INSERT INTO reporting_edition (id, report, title, team_id, from_on, to_on,"
                " version, made_at, made_by_id) SELECT %s, 'x', 'x', t.id, '2020-01-01',"
                " '2020-12-31', 'first-draft', now(), %s FROM agencies_team t"
                " WHERE t.code = 'housing-safeguarding'",
                [new_id(), world.users["bart"]],
            )


def test_whose_role_has_ended_writes_for_no_team(world):
    with as_admin() as admin:
        asked = "SELECT cardinality(reporting_teams())"
        admin.execute("SELECT set_config('onestory.actor', %s, true)", [world.users["vera"]])
        assert admin.execute(asked).fetchone() == (1,)
        admin.execute(
            "UPDATE agencies_membership SET starts_on = starts_on - 9, ends_on = starts_on - 1"
            " WHERE user_id = %s",
            [world.users["vera"]],
        )
        assert admin.execute(asked).fetchone() == (0,)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reporting_edition SET version = 'cabinet'",
        "UPDATE reporting_edition SET discarded_at = now(), discarded_by_id = actor()",
        "UPDATE reporting_passage SET words = 'Other words.', written_by_id = actor()",
        "UPDATE reporting_publication SET withdrawn_at = now(), withdrawn_by_id = actor()",
    ],
)
def test_what_is_frozen_takes_no_change(as_, frozen, change):
    with as_("vera"):
        assert rows(change) == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reporting_frozen SET content = '{}'",
        "DELETE FROM reporting_frozen",
        "DELETE FROM reporting_edition",
        "DELETE FROM reporting_passage",
        "DELETE FROM reporting_publication",
        "UPDATE reporting_edition SET title = 'Another'",
        "UPDATE reporting_move SET reason = ''",
    ],
)
def test_there_is_no_right_to_rewrite_or_take_away(as_, frozen, change):
    with as_("mina"), refused("permission denied"):
        rows(change)


def test_nothing_is_published_that_is_not_frozen_nor_in_anothers_name(as_, world, edition):
    publishes = (
        "INSERT INTO reporting_publication (id, edition_id, at, by_id, withdrawn_why)"
        " VALUES (%s, %s, now(), %s, '')"
    )
    with as_("vera"), refused():
        rows(publishes, [new_id(), edition.pk, world.users["vera"]])
    with as_("vera") as by:
        freeze(by, edition)
        with refused():
            rows(publishes, [new_id(), edition.pk, world.users["mina"]])
    with as_("tess"), refused():
        rows(publishes, [new_id(), edition.pk, world.users["tess"]])


def test_the_pages_of_published_figures_are_for_everybody_and_need_no_cookie(as_, frozen):
    assert {entry.callback.guard for entry in urlpatterns} == {"public"}
    pages = [
        reverse("figures:report", args=[frozen.pk]),
        reverse("figures:download", args=[frozen.pk, "csv"]),
        reverse("figures:table", args=[frozen.pk, "area"]),
    ]
    client = Client()
    assert {client.get(page).status_code for page in pages} == {404}
    with as_("vera") as by:
        publishing.publish(by=by, edition_id=frozen.pk)
    assert {client.get(page).status_code for page in [*pages, "/figures/"]} == {200}
    assert client.get(reverse("figures:table", args=[frozen.pk, "no-such"])).status_code == 404
    assert not client.cookies


def test_what_is_withdrawn_says_so_to_everybody_and_where_its_correction_is(as_, frozen):
    pages = [
        reverse("figures:report", args=[frozen.pk]),
        reverse("figures:download", args=[frozen.pk, "csv"]),
        reverse("figures:table", args=[frozen.pk, "area"]),
    ]
    with as_("vera") as by:
        publishing.publish(by=by, edition_id=frozen.pk)
        publishing.withdraw(by=by, edition_id=frozen.pk, why="A wrong total.")
        correction = editions.correct(by=by, edition_id=frozen.pk)
        freeze(by, correction)
    client = Client()
    leads_to = reverse("figures:report", args=[correction.pk])
    for page in pages:
        gone = client.get(page)
        assert gone.status_code == 410
        assert "A wrong total." in gone.content.decode()
        assert leads_to not in gone.content.decode()
    with as_("vera") as by:
        publishing.publish(by=by, edition_id=correction.pk)
    assert leads_to in client.get(pages[0]).content.decode()
    assert client.get(leads_to).status_code == 200
    with as_("vera") as by:
        publishing.publish(by=by, edition_id=frozen.pk)
    assert {client.get(page).status_code for page in pages} == {200}
