"""`onestory figures check`: what partners printed against what OneStory makes, row by row.

Here without a snapshot, so that what only records can show is not yet there.
"""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings

from onestory.__main__ import onestory
from onestory.agencies.pack import pack
from onestory.analysis.figures import Outcome, read_printed, read_ways, summary, unexplained
from onestory.analysis.figures.modelled import remarks
from onestory.reporting import snapshots
from onestory.reporting.published import FIGURES, NO_SNAPSHOT, WAYS, checked
from tests.housing_safeguarding import CASE_LIST

AREA = settings.AREAS / "thurrock"
pytestmark = pytest.mark.django_db(databases=["default", "figures"])
SLIPS = {
    "HS-share-grays": ("34", "35"),
    "HS-share-tilbury": ("23", "24"),
    "SVA-year-other": ("753", "747"),
    "SVA-year": ("2718", "2712"),
    "JSNA-T3-cost-eating-disorders": ("524655", "525100"),
    "JSNA-T4-cost-eating-disorders": ("3230967", "3230700"),
    "DISC-y-police": ("335", "334"),
    "CYP-known-sericc": ("9.5", "9.6"),
}


@pytest.fixture(autouse=True)
def without_snapshots(world, tmp_path, monkeypatch):
    monkeypatch.setattr(snapshots, "folder", lambda: tmp_path / "none")


@pytest.fixture
def lines(world):
    return checked(pack(), AREA, CASE_LIST)


def test_every_figure_is_equal_differs_or_is_not_yet(lines):
    assert summary(lines) == "148 of 343 figures reproduced, 8 differ, 187 not yet"
    assert all(line.reason for line in lines if line.outcome is not Outcome.EQUAL)


def test_every_figure_of_a_model_is_made(lines):
    not_yet = [line for line in lines if line.outcome is Outcome.NOT_YET]
    assert "model" not in {line.printed.kind for line in not_yet}


def test_where_the_printed_figure_is_wrong_its_slip_makes_it_come_out(lines):
    found = {
        line.printed.id: (line.printed.published, line.made)
        for line in lines
        if line.outcome is Outcome.DIFFERS
    }
    assert found == SLIPS
    assert not unexplained(lines)


def test_a_document_says_where_an_earlier_one_printed_something_else():
    printed = read_printed(AREA / FIGURES)
    said = remarks(printed, read_ways(AREA / WAYS, list(printed)), "sexual_violence")
    assert len(said) == 6
    assert said[0] == (
        "aged 0-15 and 60 and over in the last year: 753 was printed. The text says 128 reports;"
        " the footnote's parts (99 + 22 + 6) add up to 127, which is kept."
    )


def test_what_only_records_can_show_waits_for_a_snapshot(lines):
    contacts = next(line for line in lines if line.printed.id == "MASH-contacts")
    assert (contacts.outcome, contacts.reason) == (Outcome.NOT_YET, NO_SNAPSHOT)


def test_the_command_prints_each_and_ends_with_the_sum():
    done = CliRunner().invoke(onestory, ["figures", "check", "--only", "differs"])
    assert done.exit_code == 0
    *rows, last = done.stdout.splitlines()
    assert [row.split()[0] for row in rows] == list(SLIPS)
    assert "747 made: The text says 128 reports" in done.stdout
    assert last == "148 of 343 figures reproduced, 8 differ, 187 not yet"


def test_a_figure_that_differs_without_a_reason_is_a_fault(tmp_path):
    for part in ("needs", "published"):
        shutil.copytree(AREA / part, tmp_path / part)
    path: Path = tmp_path / FIGURES
    path.write_text(path.read_text().replace(",10116,people", ",10117,people"))
    lines = checked(pack(), tmp_path, CASE_LIST)
    assert [line.printed.id for line in unexplained(lines)] == ["SVA-ever-f"]


def test_an_area_without_printed_figures_is_named():
    done = CliRunner().invoke(onestory, ["figures", "check", "--area", "nowhere"])
    assert done.exit_code == 2
    assert "There are no printed figures of 'nowhere'" in done.output
