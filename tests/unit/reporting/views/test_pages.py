"""The report on its page: what it shows, where its figures lead, and how little it asks."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import lxml.html
import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onestory.analysis.report import Cell, Chart, Table
from onestory.reporting.documents import FORMATS
from onestory.reporting.drawings import drawing
from tests.yearly_report import PAGE, REPORT, YEARS, bring_in_for_good

GRAYS = f"{PAGE}cases/area.grays.2015-04-01.2016-03-31/{YEARS}"


@pytest.fixture
def mina(own_database):
    bring_in_for_good(own_database)
    client = Client()
    client.force_login(own_database.user("mina"))
    return client


def page(client: Client, address: str) -> lxml.html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.content)


def words(element) -> str:
    return " ".join(element.text_content().split())


@contextmanager
def counted() -> Iterator[dict[str, CaptureQueriesContext]]:
    """The statements of each role."""
    with ExitStack() as stack:
        yield {
            alias: stack.enter_context(CaptureQueriesContext(connections[alias]))
            for alias in ("default", "figures")
        }


def test_the_report_of_the_usual_years_leads_to_the_cases_of_each_figure(mina):
    shown = page(mina, PAGE)
    assert "Cases opened 1 April 2015 to 31 March 2018" in words(shown)
    assert "34% in the report of 2018, where 34.9% was cut" in words(shown)
    assert len(shown.xpath("//*[@role='img']")) == 4
    links = {words(link): link.get("href") for link in shown.xpath("//td//a")}
    assert links["73 Cases by area: Grays, 2015/16"] == GRAYS
    assert not [text for text in links if text.startswith("0 ")]
    files = [link.get("href") for link in shown.xpath("//main//a[@role='button']")]
    assert sorted(files) == sorted(f"{PAGE}as/{kind}/{YEARS}" for kind in FORMATS)


def test_the_years_are_chosen_in_the_address(mina):
    shown = page(mina, f"{PAGE}?from=2016-04-01&to=2017-03-31")
    chosen = [option.text for option in shown.xpath("//option[@selected]")]
    assert chosen == ["2016/17", "2016/17"]
    assert "The team opened 244 cases in 2016/17." in words(shown)


def test_years_that_make_no_period_are_said_to_and_no_figure_is_shown(mina):
    shown = page(mina, f"{PAGE}?from=2017-04-01&to=2016-03-31")
    assert "The period must not end before it begins." in words(shown)
    assert shown.findtext(".//title").startswith("Error: ")
    assert not shown.xpath("//table")


def test_the_cases_of_a_figure_a_page_at_a_time(mina):
    first = page(mina, GRAYS)
    assert words(first.find(".//h1")) == "Grays, 2015/16"
    following = first.xpath("//a[@rel='next']")[0].get("href")
    second = page(mina, GRAYS.split("?")[0] + following)
    references = [[a.text for a in part.xpath("//th//a")] for part in (first, second)]
    assert [len(part) for part in references] == [50, 23]
    assert not set(references[0]) & set(references[1])
    assert second.xpath("//a[@rel='prev']")
    back = second.xpath("//nav[@aria-label='Breadcrumb']//a")[-1].get("href")
    assert back == PAGE + YEARS


@pytest.mark.parametrize("kind", FORMATS)
def test_each_file_has_its_kind_and_a_name_that_says_what_it_is(mina, kind):
    answer = mina.get(f"{PAGE}as/{kind}/{YEARS}")
    assert answer.headers["Content-Type"] == FORMATS[kind].media_type
    name = f"{REPORT}-2015-04-01-to-2018-03-31.{kind}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.getvalue()


def test_the_number_of_statements_does_not_grow_with_the_cases(mina):
    for address, of_figures in ((PAGE, 2), (GRAYS, 0)):
        mina.get(address)
        with counted() as asked:
            mina.get(address)
        assert len(asked["figures"]) == of_figures
        assert len(asked["default"]) <= 20


def chart(value: int) -> Chart:
    table = Table(
        "area", "Cases by area", "Area", ("2015/16",), ("Grays",), ((Cell(value),),), "", "", ""
    )
    return Chart("area", "Cases by area", "bars", "Bars.", table)


def test_the_same_numbers_are_drawn_once():
    assert drawing(chart(3)) is drawing(chart(3))
    assert drawing(chart(3)) != drawing(chart(4))
