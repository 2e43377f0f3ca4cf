"""A measure on its page: it explains itself, answers what is asked, and says what cannot be asked."""

from datetime import date
from time import perf_counter

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onestory import database
from onestory.analysis.measures import MEASURES
from tests.snapshot_made import written

TEAM = "housing-safeguarding"
PAGE = "/measures/cases-opened/"
DAYS = "?start-day={}&start-month={}&start-year={}&end-day={}&end-month={}&end-year={}"
SPRING = DAYS.format(20, 4, 2025, 9, 6, 2025) + f"&by=month&team={TEAM}"


@pytest.fixture
def mina(world):
    client = Client()
    client.force_login(world.user("mina"))
    return client


@pytest.fixture
def snapshot(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    days = [date(2025, 4, 19), date(2025, 4, 20), date(2025, 5, 5), date(2025, 6, 9)]
    rows = [
        {"case": f"c{n}", "person": f"p{n}", "team": TEAM, "opened_on": day}
        for n, day in enumerate([*days, days[-1], date(2025, 6, 10)])
    ]
    return written(tmp_path, {"cases": rows})


def page(client: Client, address: str) -> lxml.html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.content)


def words(element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_all_are_listed_and_lead_to_their_pages(mina):
    links = page(mina, "/measures/").xpath("//main//th/a/@href")
    assert sorted(links) == sorted(f"/measures/{code}/" for code in MEASURES)
    assert mina.get("/measures/no-such/").status_code == 404


def test_it_explains_itself_also_where_there_is_no_snapshot(mina, tmp_path, monkeypatch):
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    shown = words(page(mina, PAGE))
    assert "There is no snapshot yet" in shown
    assert "Numerator count of rows" in shown
    assert "The same person may have several cases" in shown


def test_any_days_can_be_asked_of_the_own_team(mina, snapshot):
    shown = page(mina, PAGE + SPRING)
    rows = [words(row) for row in shown.xpath("//table//tbody/tr")]
    assert [row.split(" (")[0] for row in rows] == [
        "April 2025 1",
        "May 2025 1",
        "June 2025 2",
        "Total 4",
    ]
    assert "Line chart of cases opened" in words(shown.xpath("//*[local-name()='desc']")[0])
    assert "With small numbers" in words(shown)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (DAYS.format(1, 4, 2025, 31, 3, 2025), "The last day must not be before the first"),
        (DAYS.format(31, 2, 2025, 31, 3, 2025), "must be a real date"),
        (DAYS.format(1, 4, 2001, 31, 3, 2025), "at most 10 financial years"),
        (DAYS.format(1, 4, 2027, 31, 3, 2028), "must not be after the snapshot"),
    ],
)
def test_days_that_cannot_be_asked_are_said_to(mina, snapshot, days, said):
    shown = page(mina, f"{PAGE}{days}&by=month&team={TEAM}")
    assert said in words(shown.find_class("govuk-error-message")[0])
    assert not shown.xpath("//table")


def test_it_is_quick_and_asks_the_database_little(mina, snapshot):
    mina.get(PAGE + SPRING)
    with CaptureQueriesContext(connection) as asked_of_it:
        begun = perf_counter()
        mina.get(PAGE + SPRING)
        took = perf_counter() - begun
    assert len(asked_of_it) <= 20
    assert took < 0.3
