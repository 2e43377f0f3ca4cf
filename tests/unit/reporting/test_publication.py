"""The report for readers who may not see the records: its page, its files, and what is kept of them."""

import csv
import io

import lxml.html
import pytest
from django.test import Client

from onestory import database
from onestory.analysis import disclosure
from onestory.reporting.documents import FORMATS
from onestory.reporting.releasing import folder
from tests.yearly_report import PAGE, REPORT, YEARS, bring_in_for_good

PUBLIC = f"{PAGE}for-publication/"
CSV = f"{PUBLIC}as/csv/"


@pytest.fixture
def mina(own_database, tmp_path, monkeypatch):
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    bring_in_for_good(own_database)
    client = Client()
    client.force_login(own_database.user("mina"))
    return client


def words(answer) -> str:
    return " ".join(lxml.html.fromstring(answer.content).text_content().split())


def figures(answer) -> dict[tuple[str, str, str], str]:
    lines = csv.DictReader(io.StringIO(answer.getvalue().decode()))
    return {(line["table"], line["row"], line["column"]): line["value"] for line in lines}


def test_the_page_shows_what_would_be_published_and_leads_to_no_case(mina):
    answer = mina.get(PUBLIC)
    page = lxml.html.fromstring(answer.content)
    assert "counts from 1 to 7 are replaced by *" in words(answer)
    assert "245" in words(answer) and "244" not in words(answer)
    assert not page.xpath("//td//a")
    files = [link.get("href") for link in page.xpath("//main//a[@role='button']")]
    assert sorted(files) == sorted(f"{PUBLIC}as/{kind}/{YEARS}" for kind in FORMATS)
    assert not folder(REPORT).exists()


def test_one_page_leads_to_the_other(mina):
    links = lxml.html.fromstring(mina.get(PAGE).content).xpath("//main//a/@href")
    assert PUBLIC + YEARS in links
    links = lxml.html.fromstring(mina.get(PUBLIC).content).xpath("//main//a/@href")
    assert PAGE + YEARS in links


def test_a_file_is_named_for_publication_and_what_it_tells_is_kept_once(mina):
    for _ in range(2):
        answer = mina.get(CSV + YEARS)
        assert figures(answer)["month", "January", "2015/16"] == "*"
        assert f"{REPORT}-for-publication-2015-04-01" in answer.headers["Content-Disposition"]
    assert len(disclosure.kept(folder(REPORT))) == 1


def test_a_later_file_does_not_tell_what_an_earlier_one_hid(mina):
    first = figures(mina.get(f"{CSV}?from=2015-04-01&to=2016-03-31"))
    then = figures(mina.get(CSV + YEARS))
    hidden = {place for place, figure in first.items() if figure == "*"}
    assert hidden
    assert all(then[place] == "*" for place in hidden if place in then)


def test_what_was_told_and_cannot_be_read_any_more_stops_the_next(mina):
    mina.get(CSV + YEARS)
    (file,) = disclosure.kept(folder(REPORT))
    file.write_text("{")
    page = mina.get(PUBLIC)
    assert page.status_code == 200
    assert f"{file.name}: what was published earlier cannot be read" in words(page)
    assert not lxml.html.fromstring(page.content).xpath("//table")
    answer = mina.get(CSV + YEARS)
    assert answer.status_code == 302
