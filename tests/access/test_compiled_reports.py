"""Who reads a compiled report, and that nobody learns a small count from it, however they ask."""

import csv
import io
from datetime import date

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from onestory import database
from onestory.agencies.actions import add_membership
from onestory.agencies.models import Team
from onestory.analysis import disclosure
from onestory.reporting import compiling, measuring
from onestory.reporting.documents import FORMATS
from onestory.reporting.releasing import folder, of_measures
from tests.snapshot_made import written

PAGE = "/reports/mash/"
YEAR = "?span=2024%2F25"
FILES = [f"{PAGE}as/{kind}/{YEAR}" for kind in FORMATS]
MARAC, MEETING, HOSPITAL = "/reports/marac/", "da-interventions", "mid-and-south-essex-hospitals"
OTHERS = ["olu", "tess", "petra", "bart", "cass", "nell", "ida", "gwen", "adam", "mina"]
SOURCES = {"police": 41, "school": 28, "gp": 3, "self": 12}


def contacts() -> list[dict]:
    return [
        {"contact": f"c{source}{n}", "person": f"p{source}{n}", "to_team": "mash"}
        | {"received_on": date(year, 5, 6), "source": source, "grade": "red"}
        for year in (2023, 2024)
        for source, number in SOURCES.items()
        for n in range(number)
    ]


def marac_cases() -> list[dict]:
    """Of one quarter: 23 cases of which the council sent 20, and 3 the hospital."""
    return [
        {"marac_case": f"m{n}", "person": f"p{n}", "team": MEETING, "heard_on": date(2026, 5, 8)}
        | {"from_organisation": "thurrock-council" if n < 20 else HOSPITAL}
        for n in range(23)
    ]


@pytest.fixture
def snapshot(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    return written(tmp_path, {"contacts": contacts(), "marac_cases": marac_cases()})


def browser(world, name: str) -> Client:
    client = Client()
    client.force_login(world.user(name))
    return client


@pytest.fixture
def manager(world, as_) -> Client:
    """Bart, once he manages the hub."""
    with as_("adam") as by:
        team = Team.objects.get(code="mash")
        add_membership(by=by, user=world.user("bart"), team=team, role="manager")
    return browser(world, "bart")


@pytest.mark.parametrize("name", OTHERS)
def test_for_everybody_else_there_is_no_such_report(world, snapshot, name):
    client = browser(world, name)
    assert {client.get(at).status_code for at in (PAGE, PAGE + YEAR, *FILES)} == {404}
    assert "Multi Agency Safeguarding Hub: " not in client.get("/reports/").content.decode()
    assert not folder("mash").exists()


def test_whoever_has_not_signed_in_is_asked_to(db):
    for at in (PAGE, *FILES):
        assert Client().get(at).url.startswith(reverse("account_login"))


def test_it_has_no_figures_that_lead_to_cases_and_no_other_edition(snapshot, manager):
    assert manager.get(f"{PAGE}for-publication/").status_code == 404
    assert manager.get(f"{PAGE}cases/area.grays.2015-04-01.2016-03-31/").status_code == 404
    assert not lxml.html.fromstring(manager.get(PAGE + YEAR).content).xpath("//td//a")


@pytest.mark.parametrize("role", ["secretary", "analyst"])
def test_whoever_writes_the_teams_reports_reads_it_too_and_no_record(world, as_, snapshot, role):
    with as_("adam") as by:
        team = Team.objects.get(code="mash")
        add_membership(by=by, user=world.user("bart"), team=team, role=role)
    writer = browser(world, "bart")
    assert PAGE in writer.get("/reports/").content.decode()
    assert rows(writer.get(PAGE + YEAR))["GP"] == ["*", "*", "*"]
    assert writer.get(FILES[0]).status_code == 200
    assert writer.get("/dashboard/").status_code == 404


@pytest.mark.parametrize("role", ["marac-coordinator", "marac-chair"])
def test_who_holds_the_meeting_reads_its_report_released_and_no_other(world, as_, snapshot, role):
    with as_("adam") as by:
        team = Team.objects.get(code=MEETING)
        add_membership(by=by, user=world.user("bart"), team=team, role=role)
    holder = browser(world, "bart")
    listed = holder.get("/reports/").content.decode()
    assert MARAC in listed and PAGE not in listed
    page = holder.get(MARAC)
    assert "2026/27 Q1: 1 April 2026" in page.content.decode()  # the last with a case in it
    shown = rows(page, "Cases at MARAC by sending organisation")
    assert sorted(line[-1] for line in shown.values()) == ["*", "20", "25"]
    assert not lxml.html.fromstring(page.content).xpath("//td//a")
    assert "/editions/" not in page.content.decode()
    assert holder.get(f"{MARAC}as/csv/").status_code == 200
    for closed in (PAGE, "/dashboard/", "/measures/", "/measures/marac-cases/", "/editions/"):
        assert holder.get(closed).status_code == 404


def test_who_sits_at_the_table_for_another_agency_does_not_read_it(world, as_, snapshot):
    with as_("adam") as by:
        team = Team.objects.get(code="hospital-safeguarding")
        add_membership(by=by, user=world.user("bart"), team=team, role="marac-lead")
    assert browser(world, "bart").get(MARAC).status_code == 404


def rows(page, title: str = "Contacts received by source") -> dict[str, list[str]]:
    [table] = [
        table
        for table in lxml.html.fromstring(page.content).xpath("//table")
        if title in table.text_content()
    ]
    return {
        row.xpath("./th")[0].text_content(): [cell.text_content() for cell in row.xpath("./td")]
        for row in table.xpath(".//tbody/tr")
    }


def test_the_manager_of_the_team_that_owns_it_reads_it_released(snapshot, manager):
    listed = manager.get("/reports/").content.decode()
    assert PAGE in listed and "shown as it may be published" in listed
    page = manager.get(PAGE + YEAR)
    shown = rows(page)
    assert shown["Police"] == ["40", "40", "0%"]
    assert shown["GP"] == ["*", "*", "*"]
    assert "counts from 1 to 7 are replaced by *" in page.content.decode()
    answer = manager.get(f"{PAGE}as/csv/{YEAR}")
    told = csv.DictReader(io.StringIO(answer.getvalue().decode()))
    values = {
        (line["row"], line["column"]): line["value"]
        for line in told
        if line["table"] == "contacts-received-by-source"
    }
    assert values["GP", "2024/25"] == "*" and values["Police", "2024/25"] == "40"
    assert "mash-2024-04-01-to-2025-03-31.csv" in answer.headers["Content-Disposition"]


def test_every_file_can_be_had(snapshot, manager):
    for at in FILES:
        answer = manager.get(at)
        assert answer.status_code == 200 and answer.getvalue()
    assert manager.get(f"{PAGE}as/exe/{YEAR}").status_code == 404
    assert manager.get(f"{PAGE}as/csv/?span=1066%2F67").status_code == 404


def test_what_a_page_tells_is_kept_once_and_held_against_pages_of_measures(snapshot, manager):
    for _ in range(2):
        manager.get(PAGE + YEAR)
    [kept] = disclosure.kept(folder("mash"))
    assert kept.name in {file.name for file in disclosure.kept(of_measures("contacts"))}
    before = rows(manager.get(PAGE + YEAR))
    compiling._counted.cache_clear()
    measuring._released.cache_clear()
    year = "&start-day=1&start-month=4&start-year=2024&end-day=31&end-month=3&end-year=2025"
    page = manager.get(f"/measures/contacts-received/?by=source&area=&team={year}")
    seen = {cell for line in rows_of_measure(page).values() for cell in line}
    assert not seen & {f"{number}" for number in (*SOURCES.values(), sum(SOURCES.values()))}
    assert rows(manager.get(PAGE + YEAR)) == before


def rows_of_measure(page) -> dict[str, list[str]]:
    return {
        row.xpath("./th")[0].text_content(): [
            c.text_content().split()[0] for c in row.xpath("./td")
        ]
        for row in lxml.html.fromstring(page.content).xpath("//table//tbody/tr")
    }


def test_a_year_that_is_not_over_is_not_offered_and_without_a_snapshot_it_says_so(
    world, tmp_path, monkeypatch, manager
):
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    page = manager.get(PAGE).content.decode()
    assert "there is none yet" in page
    assert "2026/27" not in page
    assert manager.get(f"{PAGE}as/csv/?span=2024%2F25").status_code == 302
