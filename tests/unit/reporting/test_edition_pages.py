"""The pages of an edition, from beginning it to where everybody reads it."""

import csv
import io

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from onestory.cases.actions.cases import open_case
from onestory.reporting.actions import editions as actions
from onestory.reporting.models import Edition, Passage
from tests.disclosures import case_facts
from tests.editions import WORDS, YEARS, as_in, begin, published, reported, write
from tests.yearly_report import REPORT

__all__ = ["reported"]
OWN = f"/editions/of/{REPORT}/"
PERIOD = {"from": f"{YEARS[0]}", "to": f"{YEARS[1]}"}


def browser(world, name: str) -> Client:
    client = Client()
    client.force_login(world.user(name))
    return client


@pytest.fixture
def vera(reported):
    return browser(reported, "vera")


@pytest.fixture
def edition(reported) -> Edition:
    with as_in(reported, "vera") as by:
        return begin(by)


@pytest.fixture
def out(reported) -> Edition:
    """An edition that is published."""
    with as_in(reported, "vera") as by:
        return published(by)


def page(client: Client, address: str, status: int = 200) -> lxml.html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, address
    return lxml.html.fromstring(answer.content)


def words(element) -> str:
    return " ".join(element.text_content().split())


def at(edition: Edition, view: str = "edition", *more) -> str:
    return reverse(f"reporting:{view}", args=[edition.pk, *more])


def figures(content: bytes) -> dict[tuple[str, str, str], str]:
    lines = csv.DictReader(io.StringIO(content.decode()))
    return {(line["table"], line["row"], line["column"]): line["value"] for line in lines}


def test_the_way_of_an_edition_through_its_pages(vera):
    assert REPORT in vera.get("/editions/").content.decode()
    begun = vera.post(OWN, PERIOD)
    address = begun.url
    again = vera.post(OWN, PERIOD)
    assert "already" in words(lxml.html.fromstring(again.content))
    first = page(vera, address)
    assert "Live" in words(first) and "small counts are hidden" in words(first)
    assert "First draft, for the departmental" in words(first)

    typed = {"words": WORDS, "tab": "one", "version": 0, "saving": 5}
    assert vera.post(f"{address}write/area/save/", typed).status_code == 204
    assert vera.post(f"{address}write/area/", typed | {"saving": 6}).url == address
    assert WORDS in words(page(vera, address))

    assert vera.post(f"{address}version/", {"version": "committee"}).url == address
    back = vera.post(f"{address}version/", {"version": "first-draft"})
    assert "Say why it goes back." in words(lxml.html.fromstring(back.content))

    check = page(vera, f"{address}freeze/")
    assert "Case numbers: nothing is written." in words(check)
    seen = check.xpath("//input[@name='seen']/@value")[0]
    assert vera.post(f"{address}freeze/", {"seen": seen}).url == address
    for closed in ("write/area/", "version/", "freeze/"):
        page(vera, address + closed, 404)
    assert vera.post(f"{address}publish/").url == address

    everybody = Client()
    listed = page(everybody, "/figures/")
    (link,) = listed.xpath("//main//h2/a/@href")
    assert WORDS in words(page(everybody, link))
    page(vera, f"{address}withdraw/")
    assert vera.post(f"{address}withdraw/", {"why": "A wrong total."}).url == address
    page(everybody, link, 404)
    assert "A wrong total." in words(page(vera, address))


def test_what_changed_since_the_check_is_shown_again(vera, edition):
    answer = vera.post(at(edition, "edition_freeze"), {"seen": "something else"})
    shown = lxml.html.fromstring(answer.content)
    assert "changed since you looked" in words(shown)
    assert len(shown.xpath("//input[@name='seen']/@value")[0]) == 64


def test_of_two_who_write_one_section_both_versions_are_shown(reported, edition, vera):
    with as_in(reported, "mina") as by:
        write(by, edition, "Mina wrote this.")
    typed = {"words": "Vera wrote that.", "tab": "two", "version": 0}
    assert vera.post(at(edition, "edition_save", "area"), typed).status_code == 409
    shown = lxml.html.fromstring(vera.post(at(edition, "edition_write", "area"), typed).content)
    assert "What Mina Kaur wrote" in words(shown) and "Mina wrote this." in words(shown)
    assert shown.xpath("//textarea")[0].text.strip() == "Vera wrote that."
    assert not shown.xpath("//form/@data-draft-url")
    sent = {
        name: shown.xpath(f"//main//input[@name='{name}']/@value")[0] for name in ("tab", "version")
    }
    assert sent["tab"] != "two"
    vera.post(at(edition, "edition_write", "area"), sent | {"words": "Both of us."})
    with as_in(reported, "vera"):
        assert Passage.objects.get(edition=edition).words == "Both of us."


def test_a_case_that_is_opened_in_the_period_moves_what_is_live_and_not_what_is_frozen(
    reported, out, vera
):
    with as_in(reported, "vera") as by:
        correction = actions.correct(by=by, edition_id=out.pk)
    public = reverse("figures:download", args=[out.pk, "csv"])
    before = figures(Client().get(public).getvalue())
    live = figures(vera.get(at(correction, "edition_download", "csv")).getvalue())
    with as_in(reported, "mina") as by:
        for _ in range(12):
            facts = case_facts(opened_on=YEARS[1], category="mash", area="grays")
            open_case(by=by, team_id=by.home_team_id, person_id=reported.id("sara"), facts=facts)
    after = figures(vera.get(at(correction, "edition_download", "csv")).getvalue())
    assert after != live
    assert figures(Client().get(public).getvalue()) == before
    assert figures(vera.get(at(out, "edition_download", "csv")).getvalue()) == before
