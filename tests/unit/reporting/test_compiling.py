"""The periods of compiled reports."""

from datetime import date

import pytest

from onestory.agencies.area.compiled import Compiled
from onestory.reporting.compiling import span_of, spans_over


def report(period: str) -> Compiled:
    section = {"key": "one", "heading": "One", "words": ["Nothing."]}
    words = {"code": "it", "title": "It", "team": "hub", "source": "Nobody"}
    return Compiled.model_validate({**words, "period": period, "sections": [section]})


@pytest.mark.parametrize(
    ("day", "label", "first", "last"),
    [
        (date(2024, 4, 1), "2024/25 Q1", date(2024, 4, 1), date(2024, 6, 30)),
        (date(2024, 9, 30), "2024/25 Q2", date(2024, 7, 1), date(2024, 9, 30)),
        (date(2024, 12, 31), "2024/25 Q3", date(2024, 10, 1), date(2024, 12, 31)),
        (date(2025, 1, 1), "2024/25 Q4", date(2025, 1, 1), date(2025, 3, 31)),
    ],
)
def test_quarters_are_those_of_the_financial_year(day, label, first, last):
    span = span_of(report("quarter"), day)
    assert (span.label, span.start, span.end) == (label, first, last)


def test_only_what_is_over_can_be_chosen_the_latest_first():
    quarters = spans_over(report("quarter"), date(2025, 4, 1), 3)
    assert [span.label for span in quarters] == ["2024/25 Q4", "2024/25 Q3", "2024/25 Q2"]
    years = spans_over(report("year"), date(2025, 3, 31), 2)
    assert [span.label for span in years] == ["2023/24", "2022/23"]
