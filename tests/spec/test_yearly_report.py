"""A team's case list goes in by one command, and its yearly report comes out by another.

The commands run as people run them, each a process of its own, on a database of their own; what
more is asked of them is asked in this process. Every figure that the council printed in 2018 must
come out, but for two shares that it had cut off.
"""

import csv
import io
import os
import subprocess
import sys
from datetime import date

import pytest
from click.testing import CliRunner

from onestory import database
from onestory.__main__ import onestory as command_line
from onestory.access.acting import acting
from onestory.agencies.pack import pack
from onestory.cases.actions import accept_referral, decide_contact, grade_contact, record_contact
from onestory.cases.models import Referral
from onestory.reporting.making import make
from tests import databases
from tests.disclosures import case_facts, referring, told
from tests.environment import WORKER
from tests.housing_safeguarding import CASE_LIST, figures
from tests.spec.test_performance_report import CUT_INSTEAD_OF_ROUNDED, place
from tests.yearly_report import REPORT, TEAM

YEARS = ("--from", "2015-04-01", "--to", "2018-03-31")
FINISHED, WRONG_USE = 0, 2

# One worker brings the list in, not each of them.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("yearly report")]


@pytest.fixture(scope="module")
def copied(django_db_setup):
    """The name of a copy of the template database."""
    name = f"onestory_test_{WORKER}_commands"
    databases.copy(name)
    yield name
    databases.drop(name)


@pytest.fixture(scope="module")
def onestory(copied):
    """``onestory("report", …)`` runs the command there, as people run it."""
    environment = {**os.environ, "ONESTORY_DATABASE": copied}
    if database.is_embedded():
        environment[database.STARTED] = database.started()

    def run(*words: object, **changes: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "onestory", *map(str, words)],
            env={**environment, **changes},
            capture_output=True,
        )

    return run


@pytest.fixture
def here(copied, django_db_blocker):
    """``here("report", …)`` runs it in this process, which needs not begin anew each time."""
    with django_db_blocker.unblock(), databases.connected_to(copied):
        yield lambda *words: CliRunner().invoke(command_line, words, prog_name="onestory")


@pytest.fixture(scope="module")
def imported(onestory):
    done = onestory("import", "case-list", CASE_LIST, "--team", TEAM)
    assert done.returncode == FINISHED, done.stderr
    return onestory


@pytest.fixture(scope="module")
def printed(imported) -> dict[tuple[str, str, str], int]:
    """Table, row and column to value, as the command writes them."""
    done = imported("report", REPORT, *YEARS, "--format", "csv", "--output", "-")
    assert done.returncode == FINISHED, done.stderr
    lines = csv.DictReader(io.StringIO(done.stdout.decode()))
    return {(r["table"], r["row"], r["column"]): int(r["value"]) for r in lines}


def test_every_printed_figure_comes_out_of_the_two_commands(printed):
    expected = {place(figure): value for figure, value in figures().items()}
    expected |= {place(figure): value for figure, value in CUT_INSTEAD_OF_ROUNDED.items()}
    assert len(figures()) == 85
    assert {where: printed[where] for where in expected} == expected


def test_a_note_says_where_the_printed_shares_were_cut(imported, tmp_path):
    file = tmp_path / "report.html"
    assert imported("report", REPORT, *YEARS, "--output", file).returncode == FINISHED
    text = file.read_text()
    for row, ours, theirs, exact in (("Grays", 35, 34, "34.9"), ("Tilbury", 24, 23, "23.5")):
        assert (
            f"{row}, Whole period: {ours}% here, {theirs}% in the report of 2018,"
            f" where {exact}% was cut instead of rounded."
        ) in text


@pytest.mark.parametrize(
    ("kind", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("ods", b"PK"), ("html", b"<!doctype")]
)
def test_each_kind_of_file_is_written_whole(imported, here, tmp_path, kind, begins):
    file = tmp_path / f"report.{kind}"
    file.write_text("last year's")
    done = here("report", REPORT, *YEARS, "--format", kind, "--output", str(file))
    assert done.exit_code == FINISHED, done.stderr
    assert file.read_bytes().startswith(begins)
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    assert not done.stdout
    assert "Contains small numbers" in done.stderr


def test_without_days_it_covers_the_last_three_whole_years_with_cases(imported, here, tmp_path):
    file = tmp_path / "report.csv"
    assert here("report", REPORT, "--output", str(file)).exit_code == FINISHED
    lines = csv.DictReader(io.StringIO(file.read_text()))
    assert {r["column"] for r in lines if r["table"] == "month"} == {
        "2015/16",
        "2016/17",
        "2017/18",
    }


def test_for_publication_small_counts_are_hidden_and_it_is_kept_what_was_told(
    imported, here, tmp_path, monkeypatch
):
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    file = tmp_path / "report.csv"
    done = here("report", REPORT, *YEARS, "--for-publication", "--output", str(file))
    assert done.exit_code == FINISHED, done.stderr
    assert "Contains small numbers" not in done.stderr
    lines = csv.DictReader(io.StringIO(file.read_text()))
    found = {(r["table"], r["row"], r["column"]): r["value"] for r in lines}
    assert found["month", "January", "2015/16"] == "*"
    assert found["total", "Total", "2015/16"] == "215"
    assert len(list((tmp_path / "released" / REPORT).glob("*.json"))) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["housing-safegarding"], "Did you mean 'housing-safeguarding'?"),
        ([REPORT, "--from", "2018-04-01", "--to", "2018-03-31"], "must not end before it begins"),
        ([REPORT, "--from", "2015-04-31"], "'2015-04-31' is not a date. Write it as 2015-04-01."),
        ([REPORT, "--from", "1066-10-14"], "must not begin before 1990"),
        ([REPORT, "--output", "no-such-folder/report.csv"], "No such file or directory"),
        ([REPORT, "--output", "."], "it is no file"),
        ([REPORT, "--format", "doc"], "'doc' is not one of"),
        ([REPORT, "--format", "pdf"], "name a file with --output"),
    ],
)
def test_what_is_wrong_is_said_in_plain_english(here, words, said):
    kind = [] if "--format" in words else ["--format", "csv"]
    done = here("report", *words, *kind)
    assert isinstance(done.exception, SystemExit)
    assert done.exit_code == WRONG_USE
    assert said in done.stderr
    assert not done.stdout


def test_what_is_wrong_ends_the_process_without_a_traceback(onestory):
    done = onestory("report", "x", "--format", "csv")
    assert done.returncode == WRONG_USE
    assert b"The reports are: housing-safeguarding." in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_system_that_is_not_set_up_says_what_to_do(onestory):
    done = onestory("report", REPORT, "--format", "csv", ONESTORY_DATABASE="onestory_test_absent")
    assert done.returncode == WRONG_USE
    assert b"run `onestory setup --area NAME` first" in done.stderr


def test_a_case_opened_from_a_referral_moves_the_report(own_database):
    def act(name: str):
        return acting(own_database.actor(name), purpose="test")

    def count() -> tuple[int, ...]:
        made = make(pack().reports[REPORT], date(2025, 4, 1), date(2026, 3, 31))
        return tuple(
            made.table(table).cell(row, "2025/26").value
            for table, row in (("month", "January"), ("area", "Tilbury"), ("total", "Total"))
        )

    before = count()
    with act("olu") as scope:
        contact = record_contact(
            by=scope.actor, team_id=scope.actor.home_team_id, told=told(to_team="mash")
        )
    with act("cass") as scope:
        grade_contact(by=scope.actor, contact_id=contact.pk, version=0, rag="amber", reason="Near.")
        decide_contact(by=scope.actor, contact_id=contact.pk, version=1, decision=referring(TEAM))
        referral = Referral.objects.get(contact_id=contact.pk)
    assert count() == before
    with act("petra") as scope:
        facts = case_facts(opened_on=date(2026, 1, 5), area="tilbury")
        accept_referral(by=scope.actor, referral_id=referral.pk, version=0, case=facts)
    assert count() == tuple(number + 1 for number in before)
