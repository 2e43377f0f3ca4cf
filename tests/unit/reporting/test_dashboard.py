"""A manager's figures: right, quick, and said from which snapshot they are."""

from datetime import date
from time import perf_counter

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onestory import database
from onestory.agencies.pack import pack
from onestory.analysis.measures import MEASURES
from onestory.reporting.dashboard import days
from tests.snapshot_made import written

TEAM = "housing-safeguarding"
PAGE = "/dashboard/"


def cases(year: int, count: int, **facts) -> list[dict]:
    return [
        {"case": f"c{year}-{n}", "person": f"p{year}-{n}", "team": TEAM}
        | {"opened_on": date(year, 5, 6), **facts}
        for n in range(count)
    ]


def asked(in_time: int, late: int) -> list[dict]:
    return [
        {"referral": f"r{n}", "person": f"p{n}", "to_team": TEAM, "sent_on": date(2026, 5, 6)}
        | {"answered_in_time": n < in_time, "state": "accepted"}
        for n in range(in_time + late)
    ]


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def mina(world):
    client = Client()
    client.force_login(world.user("mina"))
    return client


@pytest.fixture
def snapshot(home):
    rows = [*cases(2026, 12), *cases(2025, 9, closed_on=date(2025, 12, 1))]
    return written(home, {"cases": rows, "referrals": asked(50, 50)})


def shown(client: Client) -> dict[str, str]:
    """What stands in each figure's place."""
    page = lxml.html.fromstring(client.get(PAGE).content)
    return {
        one.findtext(".//h2"): " ".join(one.text_content().split())
        for one in page.find_class("os-figure")
    }


def test_each_figure_stands_beside_last_year_and_its_target(mina, snapshot):
    found = shown(mina)
    assert "12 cases" in found["Cases opened"]
    assert "Last year 9" in found["Cases opened"]
    answered = found["Referrals answered in time"]
    assert "50.0%" in answered
    assert "50 of 100 referrals; 95% interval 40.4% to 59.6%" in answered
    assert "target 94.0% Off target" in answered


def test_it_leads_to_the_records_and_to_how_it_is_counted(mina, snapshot):
    page = lxml.html.fromstring(mina.get(PAGE).content)
    links = page.xpath("//*[contains(@class, 'os-figure__links')]//a/@href")
    assert "/cases/?state=open" in links
    assert "/cases/?year=2026%2F27" in links
    for address in links:
        assert mina.get(address).status_code == 200


def test_it_says_from_when_it_is_or_what_to_do(mina, home):
    assert "There is no snapshot yet" in mina.get(PAGE).content.decode()
    written(home, {})
    assert "From the snapshot of 22 November 2026" in mina.get(PAGE).content.decode()


def test_a_damaged_snapshot_is_said_to_be(mina, snapshot):
    snapshot.file("cases").write_bytes(b"half")
    page = mina.get(PAGE).content.decode()
    assert "It is damaged" in page
    assert "os-figure__value" not in page


def test_it_is_quick_and_asks_the_database_little(mina, snapshot):
    mina.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as asked_of_it:
        begun = perf_counter()
        mina.get(PAGE)
        took = perf_counter() - begun
    assert len(asked_of_it) <= 20
    assert took < 0.3


def test_the_same_days_of_last_year_are_counted(db):
    leap = days(date(2028, 2, 29))
    assert (leap.now.start, leap.before.start) == (date(2027, 4, 1), date(2026, 4, 1))
    assert leap.before.end == date(2027, 2, 28)
    assert leap.months.start == date(2027, 3, 1)
    assert days(date(2026, 12, 31)).months.start == date(2026, 1, 1)


def test_the_pack_names_measures_and_targets_that_there_are(world):
    named = {code for one in pack().dashboards for code in one.measures}
    assert named
    assert named <= MEASURES.keys()
    aims = {one.target for one in MEASURES.values()}
    assert {one.code for one in pack().targets} <= aims
    teams = {team for one in pack().dashboards for team in one.teams}
    assert teams <= pack().teams.keys()
