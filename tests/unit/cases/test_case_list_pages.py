"""The pages where a manager brings in the team's case list."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from onestory.cases.models import Case, CaseListImport
from onestory.cases.views import case_list
from tests.team_lists import REAL_LIST, content, row


@pytest.fixture
def mina(client, world):
    """A browser in which the team's manager is signed in."""
    client.force_login(world.user("mina"))
    return client


def choose(browser, source, name="our list.csv"):
    """The page that follows when this file was chosen."""
    address = reverse("cases:case-list")
    answer = browser.post(address, {"file": SimpleUploadedFile(name, source)}, follow=True)
    assert answer.status_code == 200
    return answer


def press(browser, page, name):
    run = page.context["run"]
    return browser.post(reverse(f"cases:case-list-{name}", args=[run.pk]), follow=True)


def text(page):
    return " ".join(page.content.decode().split())


def in_database(as_):
    with as_("mina"):
        return Case.objects.count()


def test_from_the_file_to_the_cases(mina, as_):
    checked = choose(mina, REAL_LIST.read_bytes())
    assert "685 new, 0 changed, 0 unchanged" in text(checked)
    assert "Sanctuary Scheme" in text(checked)
    assert checked.context["years"].rows[0] == ["2015/16", "60", "70", "25", "60", "215"]
    assert checked.context["years"].rows[-1][0::5] == ["All years", "685"]
    assert ["category", "‘Mash ’", "MASH", "107"] in checked.context["reworded"]
    assert "Import 685 cases" in text(checked)
    assert in_database(as_) == 0
    done = press(mina, checked, "start")
    assert "685 cases from our list.csv" in text(done)
    assert in_database(as_) == 685


def test_a_long_list_is_counted_no_further_than_it_is_told(mina):
    press(mina, choose(mina, REAL_LIST.read_bytes()), "start")
    assert "More than 500 cases" in text(mina.get(reverse("cases:list")))
    assert "215 cases" in text(mina.get(reverse("cases:list"), {"year": "2015/16"}))


@pytest.mark.parametrize(("who", "times"), [("mina", 1), ("petra", 0)])
def test_the_way_there_is_on_the_page_of_cases_for_whoever_may(client, world, who, times):
    client.force_login(world.user(who))
    page = text(client.get(reverse("cases:list")))
    assert page.count(f'href="{reverse("cases:case-list")}"') == times


def test_the_same_file_again_has_nothing_to_do(mina):
    press(mina, choose(mina, REAL_LIST.read_bytes()), "start")
    again = choose(mina, REAL_LIST.read_bytes())
    assert "All of this list is here already" in text(again)
    assert "This very file was imported on" in text(again)
    assert "0 new, 0 changed, 685 unchanged" in text(again)
    assert reverse("cases:case-list-start", args=[again.context["run"].pk]) not in text(again)


def test_a_newer_list_says_how_much_it_changes(mina):
    press(mina, choose(mina, content(row("1"), row("2"))), "start")
    newer = choose(mina, content(row("1", category="MASH"), row("2"), row("3")))
    assert "Import 1 case and change 1" in text(newer)


def test_every_fault_is_shown_with_its_place(mina, as_):
    refused = choose(mina, content(row("1", opened="31/02/2016"), row("2", area="Nowhere")))
    assert "This list has 2 faults" in text(refused)
    assert [fault[:3] for fault in refused.context["page"]] == [
        ["Row 2, opened", "31/02/2016", "Impossible date"],
        ["Row 3, area", "Nowhere", "Word not known"],
    ]
    assert in_database(as_) == 0


def rows(first, past):
    return [f"Row {number}, area" for number in range(first, past)]


def test_many_faults_are_shown_a_page_at_a_time(mina):
    refused = choose(mina, content(*(row(str(n), area="Nowhere") for n in range(60))))
    address = reverse("cases:case-list-import", args=[refused.context["run"].pk])
    assert [fault[0] for fault in refused.context["page"]] == rows(2, 52)
    assert 'href="?page=2"' in text(refused)
    second = mina.get(address, {"page": "2"})
    assert [fault[0] for fault in second.context["page"]] == rows(52, 62)


def test_faults_can_be_downloaded_and_are_no_formulas(mina):
    refused = choose(mina, content(row("=1+1"), row("2", area="Nowhere")))
    answer = mina.get(reverse("cases:case-list-faults", args=[refused.context["run"].pk]))
    head, first, second = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head == ["Row", "Column", "Found", "What is wrong", "Expected"]
    assert first[:4] == ["2", "ref", "'=1+1", "Begins like a formula"]
    assert second[:4] == ["3", "area", "Nowhere", "Word not known"]


def test_do_not_import(mina, as_):
    cancelled = press(mina, choose(mina, content(row("1"))), "cancel")
    assert "Nothing of this list was stored" in text(cancelled)
    assert in_database(as_) == 0


def test_a_second_yes_does_nothing(mina, as_):
    checked = choose(mina, content(row("1")))
    press(mina, checked, "start")
    assert "no longer waiting" in text(press(mina, checked, "start"))
    assert in_database(as_) == 1


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("list.pdf", b"%PDF", "must be one of these: XLSX, CSV"),
        ("list.csv", b"", "file is empty"),
    ],
)
def test_what_is_no_list_is_refused_beside_the_field(mina, name, source, said):
    assert said in text(choose(mina, source, name))


def test_nothing_chosen(mina):
    assert "Select a file for your case list" in text(mina.post(reverse("cases:case-list")))


@pytest.fixture
def queued(mina, monkeypatch):
    monkeypatch.setattr(case_list, "AT_ONCE", 1)
    return press(mina, choose(mina, content(row("1"), row("2"))), "start")


def test_a_long_list_waits_for_a_worker(queued, as_):
    assert "Waiting for its turn" in text(queued)
    run = queued.context["run"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args->>'import_id' FROM procrastinate_jobs")
        assert cursor.fetchall() == [("cases.import_case_list", str(run.pk))]
    assert in_database(as_) == 0


def test_how_far_it_is_and_a_way_to_stop_it(mina, queued, as_):
    run = queued.context["run"]
    with as_("mina"):
        CaseListImport.objects.filter(pk=run.pk).update(state="running", done=1)
    under_way = mina.get(reverse("cases:case-list-import", args=[run.pk]))
    assert "50% done." in text(under_way)
    assert "Cancel the import" in text(under_way)


def test_lists_brought_in_before_are_listed(mina):
    press(mina, choose(mina, content(row("1"))), "start")
    choose(mina, content(row("2", area="Nowhere")))
    page = mina.get(reverse("cases:case-list"))
    assert [line[-1] for line in page.context["history"]] == [
        "1 fault",
        "1 new, 0 changed, 0 unchanged",
    ]


def test_pages_ask_the_database_a_bounded_number_of_times(mina, django_assert_max_num_queries):
    refused = choose(mina, content(*(row(str(n), area="Nowhere") for n in range(200))))
    with django_assert_max_num_queries(20):
        mina.get(reverse("cases:case-list"))
    with django_assert_max_num_queries(20):
        mina.get(reverse("cases:case-list-import", args=[refused.context["run"].pk]))
