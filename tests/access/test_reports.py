"""Who may read a yearly report, and that nothing of it leads anybody else to a case."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, connections
from django.test import Client
from django.urls import reverse

from onestory.access.acting import acting
from onestory.access.actions import bar
from onestory.access.models import Entry
from onestory.agencies.actions import add_membership
from onestory.agencies.models import Team
from onestory.analysis.tables import TABLES
from onestory.cases.actions import open_case
from onestory.cases.export import FIGURES, case_rows
from onestory.cases.models import Case
from tests.disclosures import case_facts
from tests.yearly_report import PAGE, TEAM, YEARS, bring_in_for_good

THE_YEAR = "?from=2025-04-01&to=2026-03-31"
CASES_OF_THE_YEAR = f"{PAGE}cases/total._all.2025-04-01.2026-03-31/"
ABSENT = "/reports/no-such-report/"
VIEWS = {"figures_case", "figures_unmet"} | {f"snapshot_{code}" for code in TABLES}
# All but Mina, the manager of the team whose report it is.
OTHERS = ["olu", "tess", "petra", "bart", "cass", "nell", "ida", "gwen", "adam"]


def addresses(page: str) -> list[str]:
    public = f"{page}for-publication/"
    kinds = ("html", "pdf", "docx", "ods", "csv")
    files = [f"{edition}as/{kind}/{YEARS}" for edition in (page, public) for kind in kinds]
    return [page, page + YEARS, public, f"{page}cases/area.grays.2015-04-01.2016-03-31/", *files]


def browser(world, name: str) -> Client:
    client = Client()
    client.force_login(world.user(name))
    return client


@pytest.mark.parametrize("name", OTHERS)
def test_for_everybody_else_a_report_is_not_there(world, name):
    """No figure is read either: this test may not connect as the figures' role at all."""
    client = browser(world, name)
    said = {client.get(at).status_code for at in (*addresses(PAGE), *addresses(ABSENT))}
    assert said == {404}
    assert client.get("/reports/").status_code == 404


def test_a_manager_of_another_team_finds_neither_this_report_nor_its_name(world, as_):
    with as_("adam") as by:
        other = Team.objects.get(code="mash")
        add_membership(by=by, user=world.user("ida"), team=other, role="manager")
    client = browser(world, "ida")
    assert {client.get(at).status_code for at in addresses(PAGE)} == {404}
    page = client.get("/reports/")
    assert page.status_code == 200
    assert "Housing Safeguarding" not in page.content.decode()


def test_whoever_has_not_signed_in_is_asked_to(db):
    for at in (*addresses(PAGE), *addresses(ABSENT), "/reports/"):
        answer = Client().get(at)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}cases/area.nowhere.2015-04-01.2016-03-31/",
        f"{PAGE}cases/people.grays.2015-04-01.2016-03-31/",
        f"{PAGE}cases/area.grays/",
        f"{PAGE}cases/area.grays.2016-04-01.2015-03-31/",
    ],
)
def test_a_cell_that_no_report_has_is_not_there(world, address):
    assert browser(world, "mina").get(address).status_code == 404


def test_a_file_of_an_unknown_kind_or_period_is_not_there(own_database):
    client = browser(own_database, "mina")
    for at in ("as/exe/", "as/csv/?from=soon&to=later", "as/csv/?from=2018-04-01&to=2015-03-31"):
        assert client.get(PAGE + at).status_code == 404


def test_the_list_behind_a_figure_is_on_the_record(world, as_):
    with as_("petra") as by:
        envelope_id = open_for(by, world.id("sara-stranger")).envelope_id
    assert browser(world, "mina").get(CASES_OF_THE_YEAR).status_code == 200
    with as_("gwen"):
        read = Entry.objects.filter(verb="read", subject="reporting:cell").latest("id")
    assert read.actor_id == world.actor("mina").user_id
    assert read.envelopes == [envelope_id]


def open_for(by, person_id) -> Case:
    facts = case_facts(opened_on=date(2026, 1, 5))
    return open_case(by=by, team_id=by.home_team_id, person_id=person_id, facts=facts)


# Somebody of the team who is barred from a survivor's record


@pytest.fixture
def reference(own_database):
    """A case of a survivor from whose record Mina is barred; Olu manages the team as well."""
    world, person_id = own_database, own_database.id("sara-stranger")
    with acting(world.actor("adam"), purpose="test") as scope:
        team = Team.objects.get(code=TEAM)
        add_membership(by=scope.actor, user=world.user("olu"), team=team, role="manager")
    with acting(world.actor("gwen"), purpose="test") as scope:
        bar(by=scope.actor, person_id=person_id, user=world.user("mina"), reason="A neighbour.")
    with acting(world.actor("petra"), purpose="test") as scope:
        return open_for(scope.actor, person_id).reference


def test_a_barred_manager_has_the_same_figures_and_a_list_that_gives_nothing_away(
    own_database, reference
):
    browsers = {name: browser(own_database, name) for name in ("olu", "mina")}
    files = {n: b.get(f"{PAGE}as/csv/{THE_YEAR}").getvalue() for n, b in browsers.items()}
    assert files["olu"] == files["mina"]
    assert b"total,Total,2025/26,1" in files["mina"]
    lists = {n: b.get(CASES_OF_THE_YEAR).content.decode() for n, b in browsers.items()}
    assert reference in lists["olu"]
    assert reference not in lists["mina"]
    said_to_everybody = "A list may be shorter than its figure"
    assert said_to_everybody in lists["olu"]
    assert said_to_everybody in lists["mina"]


# The third role


@pytest.fixture
def figures(own_database):
    bring_in_for_good(own_database)
    return connections[FIGURES]


def test_figures_are_read_by_the_third_role_and_count_what_is_there(figures):
    rows = case_rows(TEAM, date(2015, 4, 1), date(2018, 3, 31))
    assert sum(row.cases for row in rows if "total" in row.tables) == 685
    with figures.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("onestory_figures",)


def test_the_third_role_can_read_the_views_and_nothing_else(figures):
    with figures.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"
            " AND c.relkind IN ('r', 'v', 'm', 'p', 'f', 'S')"
            " AND (has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')"
            "   OR has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE'))"
        )
        assert {name for (name,) in cursor.fetchall()} == VIEWS


def test_the_view_has_nothing_that_says_whose_a_case_is(figures):
    with figures.cursor() as cursor:
        cursor.execute("SELECT * FROM figures_case LIMIT 0")
        columns = {column.name for column in cursor.description}
    assert not columns & {"id", "reference", "person_id", "envelope_id", "recorded_by_id"}


@pytest.mark.parametrize(
    "table", ["people_person", "people_identity", "cases_case", "cases_contact", "access_grant"]
)
def test_the_third_role_is_refused_everything_about_people(figures, table):
    with pytest.raises(DatabaseError, match="permission denied"), figures.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")


def test_the_third_role_cannot_act_as_somebody_to_see_more(figures, own_database):
    """It may name an actor, but no function that looks further will answer it."""
    with figures.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('onestory.actor', %s, false)", [own_database.users["gwen"]]
        )
        cursor.execute(
            "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace"
            " AND p.prosecdef AND has_function_privilege(p.oid, 'EXECUTE')"
        )
        assert cursor.fetchall() == []


def test_the_application_does_not_read_cases_past_their_envelopes(figures):
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM figures_case")
