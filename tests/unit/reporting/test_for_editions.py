"""Reports as editions take them: released, with the author's words in their sections."""

from datetime import date

import pytest

from onestory import database
from onestory.analysis import disclosure
from onestory.kernel.errors import Refused
from onestory.reporting import making
from onestory.reporting.releasing import folder
from tests.yearly_report import REPORT, bring_in_for_good

YEARS = (date(2015, 4, 1), date(2018, 3, 31))


@pytest.fixture
def cases(own_database, tmp_path, monkeypatch):
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    bring_in_for_good(own_database)


def test_a_yearly_report_is_released_and_keeps_its_authors_words(cases):
    report, release = making.made_for_edition(
        REPORT, *YEARS, comments={"area": "Grays, as ever."}, entered={}
    )
    assert report.published_by.startswith("For publication")
    assert report.tables == release.tables
    assert {one.key: one.comment for one in report.sections if one.comment} == {
        "area": "Grays, as ever."
    }
    assert tuple((one.key, one.heading) for one in report.sections) == making.sections_of(REPORT)
    assert making.entries_of(REPORT) == ()
    assert not folder(REPORT).exists()


def test_it_is_held_against_what_was_told_before(cases):
    _, release = making.made_for_edition(REPORT, *YEARS, comments={}, entered={})
    kept = disclosure.keep(folder(REPORT), release)
    again, _ = making.made_for_edition(REPORT, *YEARS, comments={}, entered={})
    assert again.tables == release.tables
    kept.with_name("another.json").write_text("{", encoding="utf-8")
    with pytest.raises(Refused, match="published earlier cannot be read"):
        making.made_for_edition(REPORT, *YEARS, comments={}, entered={})


def test_words_for_a_section_that_is_not_there_are_refused(cases):
    with pytest.raises(Refused, match="no section nowhere"):
        making.made_for_edition(REPORT, *YEARS, comments={"nowhere": "…"}, entered={})
