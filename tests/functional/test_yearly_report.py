"""A team manager opens the yearly report, compares years, opens a number and takes the report away."""

import subprocess
import sys

import pytest

from tests.functional.conftest import environment_of_server
from tests.housing_safeguarding import CASE_LIST
from tests.yearly_report import TEAM

TITLE = "Housing Safeguarding Performance Comparison Report"


@pytest.fixture(scope="module")
def case_list(server):
    """The served team has brought in its case list."""
    words = ["import", "case-list", str(CASE_LIST), "--team", TEAM]
    subprocess.run(
        [sys.executable, "-m", "onestory", *words],
        env=environment_of_server(),
        check=True,
        capture_output=True,
    )


def test_from_the_report_to_a_number_its_cases_and_a_file(case_list, visitor):
    mina = visitor().sign_in("mina")
    mina.behind_more("Reports").look("reports")
    mina.follow(TITLE).look("report")
    assert "The team opened 685 cases in the three years" in mina.text

    mina.follow("73 Cases by area: Grays, 2015/16").look("cases")
    assert mina.heading == "Grays, 2015/16"
    assert mina.page.get_by_role("row").count() == 51
    mina.follow("Next")
    assert mina.page.get_by_role("row").count() == 24

    mina.follow(TITLE)
    mina.page.get_by_label("From").select_option("2016/17")
    mina.page.get_by_label("To").select_option("2017/18")
    mina.press("Show these years").look("two-years")
    assert "2017/18 had 18 fewer cases than 2016/17" in mina.text

    mina.page.get_by_label("To").select_option("2015/16")
    mina.press("Show these years").look("no-period")
    assert "The period must not end before it begins." in mina.text

    mina.page.go_back()
    with mina.page.expect_download() as download:
        mina.page.get_by_role("button", name="Word").click()
    assert download.value.suggested_filename == f"{TEAM}-2016-04-01-to-2018-03-31.docx"


def test_for_an_officer_of_the_same_team_there_is_no_report(case_list, visitor):
    bart = visitor().sign_in("bart")
    assert bart.open("/reports/") == 404
    assert bart.open(f"/reports/{TEAM}/") == 404
    assert "Grays" not in bart.text
