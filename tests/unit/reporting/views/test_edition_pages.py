"""The pages of an edition, from beginning it to where everybody reads it."""

import csv
import io
from datetime import date

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from odf.opendocument import load
from odf.table import Table as Sheet
from odf.table import TableCell, TableRow
from odf.teletype import extractText

from onestory.analysis.compiled import EntryTable
from onestory.analysis.frozen import from_plain
from onestory.cases.actions.cases import open_case
from onestory.reporting.actions import editions as actions
from onestory.reporting.actions import publishing
from onestory.reporting.documents import FORMATS
from onestory.reporting.models import Edition, Entry, Frozen, Passage
from onestory.reporting.queries import editions as edition_queries
from onestory.reporting.views import edition_pages
from onestory.reporting.views import editions as edition_views
from tests.disclosures import case_facts
from tests.editions import WORDS, YEARS, as_in, begin, freeze, published, reported, write
from tests.tagged_pdf import TaggedPdf
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
    mistaken = vera.post(OWN, PERIOD).url
    assert "nothing written in it" in words(page(vera, f"{mistaken}discard/"))
    assert vera.post(f"{mistaken}discard/").url == OWN
    page(vera, mistaken, 404)
    begun = vera.post(OWN, PERIOD)
    address = begun.url
    again = vera.post(OWN, PERIOD)
    assert "already" in words(lxml.html.fromstring(again.content))
    first = page(vera, address)
    assert "Live" in words(first) and "counts up to 7 are hidden" in words(first)
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
    for closed in ("write/area/", "version/", "freeze/", "discard/"):
        page(vera, address + closed, 404)
    assert vera.post(f"{address}publish/").url == address

    everybody = Client()
    listed = page(everybody, "/figures/")
    (link,) = listed.xpath("//main//h2/a/@href")
    assert WORDS in words(page(everybody, link))
    page(vera, f"{address}withdraw/")
    assert vera.post(f"{address}withdraw/", {"why": "A wrong total."}).url == address
    page(everybody, link, 410)
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


def test_words_typed_while_a_colleague_froze_it_are_not_lost(reported, edition, vera):
    with as_in(reported, "mina") as by:
        freeze(by, edition)
    typed = {"words": "Still typing.", "tab": "one", "version": 0, "saving": 3}
    assert vera.post(at(edition, "edition_save", "area"), typed).status_code == 409
    shown = lxml.html.fromstring(vera.post(at(edition, "edition_write", "area"), typed).content)
    assert "This edition is frozen" in words(shown)
    assert shown.xpath("//textarea")[0].text.strip() == "Still typing."


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


def printed(report) -> list[list[list[str]]]:
    """Its tables as they should be read back out of a file."""
    return [
        [
            [table.corner, *table.columns],
            *([row, *(c.text for c in cells)] for row, cells in table.lines),
        ]
        for table in report.tables
    ]


def of_html(content: bytes) -> list:
    tables = lxml.html.fromstring(content).iter("table")
    return [
        [[cell.text_content() for cell in row.iter("th", "td")] for row in t.iter("tr")]
        for t in tables
    ]


def of_word(content: bytes) -> list:
    tables = Document(io.BytesIO(content)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def of_spreadsheet(content: bytes) -> list:
    sheets = load(io.BytesIO(content)).getElementsByType(Sheet)[1:]
    rows = [row for sheet in sheets for row in sheet.getElementsByType(TableRow)]
    return [[extractText(cell) for cell in row.getElementsByType(TableCell)] for row in rows]


def test_every_file_of_a_published_edition_holds_what_was_frozen(out):
    report = from_plain(Frozen.objects.get(pk=out.pk).content)
    given = {
        kind: Client().get(reverse("figures:download", args=[out.pk, kind])).getvalue()
        for kind in FORMATS
    }
    assert of_html(given["html"]) == of_word(given["docx"]) == printed(report)
    assert TaggedPdf(given["pdf"]).tables() == printed(report)
    lines = of_spreadsheet(given["ods"])
    assert all(line in lines for table in printed(report) for line in table)
    assert figures(given["csv"]) == {
        (table.name, row, column): cell.text if cell.suppressed else f"{cell.value}"
        for table in report.tables
        for row, cells in table.lines
        for column, cell in zip(table.columns, cells, strict=True)
        if cell.suppressed or cell.value is not None
    }
    assert WORDS in " ".join(lxml.html.fromstring(given["html"]).text_content().split())


def test_the_public_page_shows_the_figures_that_were_frozen_and_each_as_a_file(out):
    report = from_plain(Frozen.objects.get(pk=out.pk).content)
    shown = page(Client(), reverse("figures:report", args=[out.pk]))
    tables = shown.xpath("//main//table")
    assert [
        [[words(cell) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr")]
        for table in tables
    ] == printed(report)
    assert "Counted" in words(shown) and "Modelled" not in words(shown)
    links = shown.xpath("//main//a[contains(@href, '/table/')]/@href")
    assert len(links) == len(report.tables)
    alone = figures(Client().get(links[0]).getvalue())
    assert {table for table, _, _ in alone} == {report.tables[0].name}
    assert not shown.xpath("//main//td//a")


def test_an_edition_that_is_not_frozen_says_so_in_its_files(vera, edition):
    content = vera.get(at(edition, "edition_download", "html")).getvalue()
    title = lxml.html.fromstring(content).findtext(".//h1")
    assert title.endswith("(First draft, figures not yet fixed)")


def test_what_replaces_what_is_said_to_every_reader(reported, out, vera):
    answer = vera.post(at(out, "edition_correct"))
    with as_in(reported, "vera") as by:
        correction = Edition.objects.get(replaces=out)
        assert answer.url == at(correction)
        assert "corrected" not in words(page(Client(), "/figures/"))
        freeze(by, correction)
        publishing.publish(by=by, edition_id=correction.pk)
    old = page(Client(), reverse("figures:report", args=[out.pk]))
    assert reverse("figures:report", args=[correction.pk]) in old.xpath("//main//a/@href")
    new = page(Client(), reverse("figures:report", args=[correction.pk]))
    assert "This is a correction." in words(new)
    assert "Replaced" in words(page(vera, OWN))


CRIME = EntryTable(
    key="crime",
    section="area",
    title="Police-recorded crime",
    rows={"all": "All crime", "sexual": "Sexual offences"},
    columns={"total": "Total"},
    source="Essex Police",
)


@pytest.fixture
def entered_by_hand(monkeypatch):
    for module in (edition_views, actions):
        monkeypatch.setattr(module, "entries_of", lambda code: (CRIME,))


def test_numbers_are_entered_with_their_source_and_a_wrong_one_is_shown_beside_its_box(
    entered_by_hand, reported, vera, edition
):
    address = at(edition, "edition_numbers", "crime")
    shown = page(vera, address)
    assert shown.xpath("//input[@name='source']/@value") == ["Essex Police"]
    typed = {"all.total": "16,014", "sexual.total": "many", "source": "Essex Police, June 2024"}
    wrong = lxml.html.fromstring(vera.post(address, typed).content)
    (beside,) = wrong.xpath("//*[contains(@class, 'govuk-error-message')]")
    assert "Sexual offences, Total must be a number" in words(beside)
    assert wrong.xpath("//input[@name='all.total']/@value") == ["16,014"]
    without = vera.post(address, {"all.total": "16,014", "source": " "})
    assert "Say where these numbers are from." in without.content.decode()
    assert vera.post(address, typed | {"sexual.total": ""}).url == at(edition)
    with as_in(reported, "vera"):
        (entry,) = Entry.objects.filter(edition=edition)
        assert (entry.place, entry.value, entry.source) == (
            "all.total",
            "16,014",
            "Essex Police, June 2024",
        )
    assert "1 of 2" in words(page(vera, at(edition)))
    page(vera, at(edition, "edition_numbers", "weather"), 404)


def test_a_correction_begins_with_the_numbers_of_what_it_replaces(
    entered_by_hand, reported, out, monkeypatch
):
    with as_in(reported, "vera") as by:
        other = begin(by, (YEARS[0], YEARS[0].replace(year=2016, month=3, day=31)))
        given = {"all.total": "16014"}
        actions.enter(by=by, edition_id=other.pk, table="crime", numbers=given, source="Police")
        monkeypatch.setattr(edition_queries, "_as_typed", lambda entries: {})
        freeze(by, other)
        made = actions.correct(by=by, edition_id=other.pk)
        assert edition_queries.entries_in(made)["crime"]["all.total"].value == "16014"


@pytest.mark.parametrize(
    ("words_", "small"),
    [
        ("Grays had 3 cases and Tilbury seven.", ["3", "seven"]),
        ("On 14 May 2024, 120 cases; 45% of them, 5% more, 2.5 a week.", []),
        ("A third of the three years.", ["three"]),
    ],
)
def test_small_numbers_in_somebodys_words_are_found(words_, small):
    assert edition_pages.small_numbers(words_, range(1, 8)) == small


def test_pages_ask_the_database_a_bounded_number_of_times(vera, out):
    public = reverse("figures:report", args=[out.pk])
    for client, address, most in (
        (vera, OWN, 14),
        (vera, at(out), 16),
        (Client(), "/figures/", 4),
        (Client(), public, 4),
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= most, (address, [one["sql"][:90] for one in asked])


def test_what_an_author_is_shown_of_one_period_is_held_against_another(reported):
    with as_in(reported, "vera") as by:
        (year, _), (years, _) = (
            edition_queries.made(begin(by, period))
            for period in ((YEARS[0], date(2016, 3, 31)), YEARS)
        )
    hidden = {cell_of for cell_of, cell in cells(year).items() if cell.suppressed}
    again = cells(years)
    assert hidden
    assert all(again[place].suppressed for place in hidden if place in again)


def cells(report) -> dict:
    return {
        (table.name, row, column): cell
        for table in report.tables
        for row, line in table.lines
        for column, cell in zip(table.columns, line, strict=True)
    }
