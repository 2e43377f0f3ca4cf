"""A manager looks at her team's figures, asks a measure, and changes an assumption."""

import subprocess
import sys

import pytest

from tests.functional.conftest import environment_of_server


@pytest.fixture(scope="module")
def snapshot(server):
    """The served area has a snapshot."""
    subprocess.run(
        [sys.executable, "-m", "onestory", "snapshot"],
        env=environment_of_server(),
        check=True,
        capture_output=True,
    )


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
