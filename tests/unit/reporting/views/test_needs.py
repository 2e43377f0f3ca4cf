"""Needs assessments on their pages: an assumption is changed, and what is wrong stands beside its box."""

from time import perf_counter

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onestory.reporting.documents import FORMATS

PAGE = "/needs/lung_checks/"
BOX = "stages.checks"


@pytest.fixture
def mina(world):
    client = Client()
    client.force_login(world.user("mina"))
    return client


def page(client: Client, address: str) -> lxml.html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.content)


def words(element) -> str:
    return " ".join(element.text_content().split())


def test_every_topic_has_its_tables_and_what_moves_it(mina):
    for address in page(mina, "/needs/").xpath("//main//h2/a/@href"):
        shown = page(mina, address)
        assert shown.xpath("//table")
        assert "an estimate" in words(shown).lower() or "estimates" in words(shown).lower()


def test_a_changed_assumption_moves_the_estimates_and_goes_into_the_files(mina):
    shown = page(mina, f"{PAGE}?{BOX}=0.25")
    assert "What your changes do" in words(shown)
    effect = shown.xpath("//table[caption[contains(., 'main estimates')]]//tbody/tr[1]")[0]
    _, before, after = (words(cell) for cell in effect)
    assert before != after
    files = {words(link): link.get("href") for link in shown.xpath("//main//a[@role='button']")}
    told = mina.get(files["Figures (CSV)"]).getvalue().decode()
    assert f",{after.replace(',', '')}" in told


def test_a_tornado_has_its_table_and_its_words(mina):
    shown = page(mina, f"{PAGE}?output=cancers-all")
    [section] = shown.xpath("//section[@id='moves']")
    assert "What moves: Cancers found in all" in words(section)
    assert "Tornado chart" in words(section.xpath(".//*[local-name()='desc']")[0])
    assert len(section.xpath(".//table")) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("many", "many is not a number"),
        ("1.5", "is more than 1"),
        ("-0.1", "is less than nought"),
        ("NaN", "is not a number"),
    ],
)
def test_what_is_wrong_is_said_beside_its_box_and_what_was_typed_is_kept(mina, typed, said):
    shown = page(mina, f"{PAGE}?{BOX}={typed}")
    box = shown.xpath(f"//input[@name='{BOX}']")[0]
    assert box.get("value") == typed
    beside = shown.get_element_by_id(box.get("aria-describedby").split()[-1])
    assert said in words(beside)
    assert shown.xpath("//details[@open]//input[@name=$name]", name=BOX)
    assert not shown.xpath("//table")
    assert mina.get(f"{PAGE}as/csv/?{BOX}={typed}").status_code == 404


@pytest.mark.parametrize("kind", FORMATS)
def test_it_is_taken_away_as_a_document(mina, kind):
    answer = mina.get(f"{PAGE}as/{kind}/")
    assert answer.headers["Content-Type"] == FORMATS[kind].media_type
    assert len(answer.getvalue()) > 500


def test_it_is_quick_and_asks_the_database_little(mina):
    mina.get(PAGE)
    with CaptureQueriesContext(connection) as asked_of_it:
        begun = perf_counter()
        mina.get(PAGE)
        took = perf_counter() - begun
    assert len(asked_of_it) <= 20
    assert took < 0.3
