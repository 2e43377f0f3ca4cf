"""A manager looks at her team's figures, asks a measure, and changes an assumption."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.functional.conftest import environment_of_server

BOARD = "Community Safety Partnership annual report: violence against women and girls"


@pytest.fixture(scope="module")
def snapshot(server):
    """The served area has a snapshot. Another worker may just be making one in the same home."""
    line = [sys.executable, "-m", "onestory", "snapshot"]
    for _ in range(5):
        done = subprocess.run(line, env=environment_of_server(), capture_output=True, text=True)
        if done.returncode == 0:
            break
        time.sleep(1)
    assert done.returncode == 0, done.stderr


def test_from_the_dashboard_to_a_measure_and_a_needs_assessment(snapshot, visitor):
    mina = visitor().sign_in("mina")
    mina.behind_more("Dashboard").look("dashboard")
    assert mina.heading == "Housing Safeguarding Team"
    assert "From the snapshot of" in mina.text

    mina.follow("How it is counted Cases opened")
    mina.page.wait_for_url("**/measures/cases-opened/?*by=month*")
    mina.look("measure")
    assert mina.heading == "Cases opened"
    mina.page.get_by_label("Cut by").select_option("Locality")
    mina.press("Show these figures")
    mina.page.wait_for_url("**by=locality*")
    assert "With small numbers" in mina.text
    with mina.page.expect_download() as download:
        mina.page.get_by_role("button", name="Figures (CSV)").click()
    assert download.value.suggested_filename.startswith("cases-opened-")

    mina.behind_more("Needs assessments").follow("Targeted lung health checks")
    mina.page.get_by_text("Change an assumption").click()
    share = mina.page.locator("[name='stages.checks']")
    share.fill("1.5")
    mina.press("Work it out again")
    mina.page.locator(".govuk-error-message").wait_for()
    assert "is more than 1" in mina.text
    share.fill("0.25")
    mina.press("Work it out again")
    mina.page.get_by_role("heading", name="What your changes do").wait_for()
    mina.look("needs")


def test_a_secretary_writes_and_publishes_an_edition_and_a_councillor_reads_it(snapshot, visitor):
    rhys = visitor().sign_in("rhys")
    rhys.follow("Editions").page.wait_for_url("**/editions/")
    rhys.look("editions").follow("Reports").page.wait_for_url("**/reports/")
    rhys.follow(BOARD).page.wait_for_url("**/reports/community-safety/")
    rhys.look("compiled")
    assert "Download" in rhys.text
    rhys.follow("Editions of this report").page.wait_for_url("**/editions/of/**")
    rhys.follow("Editions").page.wait_for_url("**/editions/")
    rhys.follow(BOARD).page.wait_for_url("**/editions/of/**")
    rhys.page.get_by_label("Period").select_option("2023/24")
    rhys.look("begin").press("Begin").page.wait_for_url("**/editions/*-*-*/")
    rhys.look("edition")
    edition = rhys.page.url

    rhys.follow("Crime performance").page.wait_for_url("**/write/crime/")
    rhys.page.get_by_label("Your words for this section").fill("Robbery rose.\n\nAll else fell.")
    rhys.saved().look("write")
    # As he left it on another machine, without pressing anything.
    assert rhys.open(edition) == 200
    assert "All else fell." in rhys.text

    rhys.follow("Crime recorded by the police").page.wait_for_url("**/numbers/**")
    rhys.page.get_by_label("All crime, Total").fill("many")
    rhys.press("Save").page.locator(".govuk-error-message").wait_for()
    rhys.look("wrong-number")
    rhys.page.get_by_label("All crime, Total").fill("16,014")
    rhys.press("Save").page.wait_for_url(edition)

    rhys.press("Move to another version").page.wait_for_url("**/version/")
    rhys.page.get_by_label("Committee").check()
    rhys.look("version").press("Move").page.wait_for_url(edition)
    assert "Committee, for the public committee" in rhys.text

    freeze_and_publish(rhys, edition)
    read_by_a_councillor(visitor())
    rhys.press("Withdraw").page.wait_for_url("**/withdraw/")
    rhys.look("withdraw")


def freeze_and_publish(rhys, edition):
    rhys.press("Check and freeze").page.wait_for_url("**/freeze/")
    rhys.look("freeze").press("Freeze it for ever").page.wait_for_url(edition)
    rhys.look("frozen").press("Publish").page.wait_for_url("**/publish/")
    rhys.look("publish").press("Publish").page.wait_for_url(edition)


def read_by_a_councillor(councillor):
    """Nobody signs in to read what is published, to see what each number is, and to take it away."""
    assert councillor.open("/figures/") == 200
    councillor.look("figures").follow(BOARD).page.wait_for_url("**/figures/*-*-*/")
    councillor.look("figures-report")
    assert "Robbery rose." in councillor.text
    assert "Counted" in councillor.text and "Entered by hand" in councillor.text
    with councillor.page.expect_download() as download:
        councillor.page.locator("a[href$='/table/police-recorded-crime.csv']").click()
    assert "16014" in Path(download.value.path()).read_text()
