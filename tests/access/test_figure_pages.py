"""Who sees which figures: all of a team for its manager, none that could point to somebody else."""

import csv
from datetime import date
from io import StringIO

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from onestory import database
from onestory.agencies.actions import add_membership
from onestory.agencies.models import Team
from onestory.reporting import measuring
from tests.snapshot_made import written

OWN, OTHER = "housing-safeguarding", "compass"
YEAR = (
    "?start-day=1&start-month=4&start-year=2024&end-day=31&end-month=3&end-year=2025&by={by}"
    "&area={area}&team={team}"
)
PAGE = "/measures/cases-opened/"
FILE = f"{PAGE}figures.csv"
DASHBOARDS = ["/dashboard/", f"/dashboard/{OWN}/"]
PAGES = [
    "/measures/",
    PAGE,
    FILE,
    "/needs/",
    "/needs/lung_checks/",
    "/needs/lung_checks/as/csv/",
    "/needs/lung_checks/as/pdf/",
]
OTHERS = ["olu", "tess", "petra", "bart", "cass", "nell", "ida", "gwen", "adam"]


def opened(team: str, area: str, count: int) -> list[dict]:
    day = date(2024, 5, 6)
    return [
        {"case": f"{team}{area}{n}", "person": f"p{team}{area}{n}", "team": team, "area": area}
        | {"locality": area, "opened_on": day}
        for n in range(count)
    ]


@pytest.fixture
def snapshot(tmp_path, monkeypatch):
    """Grays has 3 cases of the one team and 4 of the other; Tilbury has plenty."""
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    rows = [*opened(OWN, "grays", 3), *opened(OWN, "tilbury", 22)]
    rows += [*opened(OTHER, "grays", 2), *opened(OTHER, "tilbury", 31)]
    return written(tmp_path, {"cases": rows})


@pytest.fixture
def analyst(world, as_):
    with as_("adam") as by:
        team = Team.objects.get(code="mash")
        add_membership(by=by, user=world.user("bart"), team=team, role="analyst")
    return browser(world, "bart")


def browser(world, name: str) -> Client:
    client = Client()
    client.force_login(world.user(name))
    return client


def asked(by: str, area: str = "", team: str = "") -> str:
    return YEAR.format(by=by, area=area, team=team)


def figures(client: Client, query: str) -> dict[str, list[str]]:
    """The table of a page, row by row; the file says the same."""
    shown = lxml.html.fromstring(client.get(PAGE + query).content)
    rows = {
        row.xpath("./th")[0].text_content(): [cell.text_content() for cell in row.xpath("./td")]
        for row in shown.xpath("//table//tbody/tr")
    }
    told = list(csv.reader(StringIO(client.get(FILE + query).content.decode())))[1:]
    values = [cell.split()[0].replace(",", "") for cells in rows.values() for cell in cells]
    assert [line[2] for line in told] == values
    return rows


@pytest.mark.parametrize("name", OTHERS)
def test_for_everybody_else_there_are_no_such_pages(world, snapshot, name):
    client = browser(world, name)
    assert {client.get(at).status_code for at in (*PAGES, *DASHBOARDS)} == {404}


def test_whoever_has_not_signed_in_is_asked_to(db):
    for at in (*PAGES, *DASHBOARDS):
        assert Client().get(at).url.startswith(reverse("account_login"))


def test_a_manager_and_an_analyst_have_the_pages(world, snapshot, analyst):
    mina = browser(world, "mina")
    assert {mina.get(at).status_code for at in (*PAGES, *DASHBOARDS)} == {200}
    assert {analyst.get(at).status_code for at in PAGES} == {200}


def test_the_dashboard_is_of_teams_that_one_manages(world, snapshot, analyst):
    assert browser(world, "mina").get(f"/dashboard/{OTHER}/").status_code == 404
    assert {analyst.get(at).status_code for at in DASHBOARDS} == {404}


def test_a_manager_sees_small_counts_of_the_own_team_only(world, snapshot):
    mina = browser(world, "mina")
    own = figures(mina, asked("area", team=OWN))
    assert own["Grays"][0].split()[0] == "3"
    assert own["Tilbury"][0].split()[0] == "22"
    for query in (asked("area"), asked("year", team=OTHER), asked("year", area="grays")):
        shown = figures(mina, query)
        assert not {"2", "3", "5"} & {cell.split()[0] for cells in shown.values() for cell in cells}


def test_an_analyst_sees_no_small_count_however_they_ask(world, snapshot, analyst):
    by_area = figures(analyst, asked("area"))
    assert by_area["Grays"] == ["*"]
    assert by_area["Total"][0].split()[0] in ("*", "60")
    assert figures(analyst, asked("year", area="grays"))["Total"] == ["*"]
    told = [figures(analyst, asked(by)) for by in ("area", "team", "locality", "year", "area")]
    measuring._released.cache_clear()
    assert told[0] == told[-1] == figures(analyst, asked("area")) == by_area
    everything = {cell.split()[0] for shown in told for cells in shown.values() for cell in cells}
    assert everything <= {"*", "0", "n/a"} | {f"{n}" for n in range(10, 100, 5)}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (asked("area", team=OWN), "one area, one team or one group"),
        (asked("month", area="grays"), "one area, one team or one group"),
        (asked("area").replace("start-day=1", "start-day=2"), "whole financial years"),
        (asked("area").replace("-year=2024", "-year=2026").replace("2025", "2027"), "are over"),
    ],
)
def test_without_the_records_nothing_is_told_piece_by_piece(snapshot, analyst, query, said):
    page = analyst.get(PAGE + query).content.decode()
    assert said in page
    assert "<title>Error: " in page
    assert "<td" not in page
    assert analyst.get(FILE + query).status_code == 404
