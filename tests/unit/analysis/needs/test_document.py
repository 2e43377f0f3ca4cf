"""A needs assessment as a document."""

from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from onestory.analysis import charts, needs
from onestory.analysis.needs.document import assessment

LOCAL = Path(__file__).parents[4] / "areas" / "thurrock" / "needs"
MADE_AT = datetime(2026, 6, 1, 9, 30)


def made(topic: str, **how):
    return assessment(needs.topic(topic, LOCAL), made_at=MADE_AT, **how)


@pytest.fixture(scope="module", params=needs.TOPICS)
def document(request):
    return made(request.param, area="Thurrock")


def test_every_table_of_a_topic_is_in_a_chapter(document):
    topic = next(
        code for code, title in needs.TOPICS.items() if document.title.endswith(f": {title}")
    )
    names = [table.name for table in document.tables]
    assert len(names) == len(set(names))
    assert {table.name for table in needs.run(needs.topic(topic, LOCAL)).tables()} <= set(names)


def test_every_chart_can_be_drawn_and_is_told_in_words(document):
    for chart in document.charts:
        assert charts.specification(chart)["$schema"]
        assert chart.alt
        assert document.table(chart.table.name)


def test_it_names_its_sources_and_is_no_report_on_cases(document):
    assert document.sections[-1].paragraphs
    assert document.subtitle[0] == "Thurrock"
    assert "Cases" not in " ".join(document.subtitle)
    assert not document.contains_small_numbers


def test_the_summary_says_what_comes_out_and_how_far_it_may_be_out():
    summary = made("sexual_violence").sections[0]
    assert (
        "Expected survivors in the last year, aged 16 to 59: 1,965 (from 1,926 to 2,004)."
        in summary.paragraphs
    )


def test_a_changed_assumption_is_said_to_be_one():
    changed = made("sexual_violence", changes={"disclosure.police": Fraction("0.2")})
    assert "Changed here: Told the police is 20% instead of 17%." in changed.sections[0].paragraphs
    assert changed.table("all-ages").cell("Children up to 15", "In the last year").value == 605


def test_the_strongest_input_is_drawn_on_top():
    chart = next(c for c in made("sexual_violence").charts if c.name == "moves-cost.year")
    assert chart.table.columns == ("With the low end", "With the high end")
    assert chart.reference_label == "£8,866,658 as assumed"
    assert chart.alt.split(". ")[2].startswith("Borderline personality disorder: £4,811,410")


def test_what_was_printed_otherwise_stands_under_the_summary():
    assert made("lung_checks", remarks=("It was 167.",)).sections[0].notes == ("It was 167.",)


def test_the_authors_words_stand_in_their_section():
    commented = made("lung_checks", comments={"funnel": "It was a mild winter."})
    assert [s.comment for s in commented.sections if s.comment] == ["It was a mild winter."]
    with pytest.raises(ValueError, match="no section weather"):
        made("lung_checks", comments={"weather": "Mild."})
