"""`onestory measure`, over a small snapshot drawn by chance."""

import csv

import pytest
from click.testing import CliRunner

from onestory.analysis.measures import MEASURES
from onestory.commands.measure_ import command
from tests.drawn_snapshot import drawn


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return drawn(tmp_path_factory.mktemp("snapshots"), share=0.001)


def asked(*words: str):
    return CliRunner().invoke(command, [str(word) for word in words])


def test_all_measures_are_listed():
    lines = asked("list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(MEASURES)


def test_a_measure_explains_itself():
    shown = asked("show", "contacts-in-time").stdout
    assert "Numerator:   count of rows where in_time is yes" in shown
    assert "Wilson's" in shown


def test_a_measure_is_run_over_the_last_whole_year(snapshot):
    ran = asked("run", "contacts-in-time", "--by", "timescale", "--snapshot", snapshot.path)
    assert ran.exit_code == 0
    assert "1 April 2025 to 31 March 2026" in ran.stdout.replace("\n", " ")
    assert "code-11" in ran.stdout
    assert "not for publication" in ran.stderr


def test_as_csv_over_days(snapshot):
    days = ("--from", "2026-04-01", "--to", "2027-03-31")
    ran = asked("run", "contacts-received", *days, "--csv", "--snapshot", snapshot.path)
    (line,) = csv.DictReader(ran.stdout.splitlines())
    assert line["group"] == "All"
    assert float(line["low"]) < float(line["value"]) < float(line["high"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "contact-in-time"), "Did you mean 'contacts-in-time'?"),
        (("run", "contacts-in-time", "--by", "colour"), "has no group 'colour'"),
        (("run", "people-recorded", "--team", "mash"), "cannot be run for one team"),
        (("run", "people-recorded", "--from", "2026-04-01"), "both --from and --to"),
    ],
)
def test_what_cannot_be_asked_is_said(snapshot, words, said):
    where = ("--snapshot", snapshot.path) if words[0] == "run" else ()
    ran = asked(*words, *where)
    assert ran.exit_code > 0
    assert said in ran.output


def test_a_folder_that_is_no_snapshot(tmp_path):
    ran = asked("run", "contacts-received", "--snapshot", tmp_path)
    assert "is no snapshot" in ran.output
