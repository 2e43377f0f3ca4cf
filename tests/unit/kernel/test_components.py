"""The parts of a page."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template

from onestory.kernel.components import Cell, Column, Event, Row, WorkItem, deadline, length

NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)  # one o'clock in London: summer time


def draw(source, **context):
    return Template("{% load pages %}" + source).render(Context({"now": NOW, **context}))


@pytest.mark.parametrize(
    ("when", "state", "words"),
    [
        (NOW - timedelta(hours=2, minutes=10), "overdue", "Overdue by 2 hours"),
        (NOW - timedelta(seconds=20), "overdue", "Overdue by 1 minute"),
        (NOW - timedelta(days=3), "overdue", "Overdue by 3 days"),
        (NOW, "soon", "Due now"),
        (NOW + timedelta(minutes=25), "soon", "Due in 25 minutes"),
        (NOW + timedelta(hours=3, minutes=30), "today", "Due today 16:30"),
        (NOW + timedelta(hours=24), "later", "Due tomorrow 13:00"),
        (NOW + timedelta(days=2), "later", "Due Friday 3 April 13:00"),
        (NOW + timedelta(days=365), "later", "Due Thursday 1 April 2027 13:00"),
        (date(2026, 3, 30), "overdue", "Overdue by 2 days"),
        (date(2026, 4, 1), "today", "Due today"),
        (date(2026, 4, 2), "later", "Due tomorrow"),
    ],
)
def test_a_due_time_says_how_near_it_is(when, state, words):
    assert (deadline(when, NOW).state, deadline(when, NOW).words) == (state, words)


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), "1 July 2026"),  # midnight in London
        (datetime(2026, 12, 2, 0, 0, tzinfo=UTC), "1 December 2026"),
        (datetime(2026, 12, 2, 14, 5, tzinfo=UTC), "2 December 2026, 14:05"),
        (date(2026, 12, 1), "1 December 2026"),
        (None, ""),
    ],
)
def test_what_ends_with_a_day_ends_on_that_day(end, words):
    assert draw("{{ end|until }}", end=end) == words


def test_the_day_of_a_due_time_is_the_day_in_london():
    late_evening = datetime(2026, 4, 1, 23, 30, tzinfo=UTC)  # half past midnight on the 2nd
    assert deadline(late_evening, NOW).words == "Due tomorrow 00:30"


def test_what_was_done_says_whether_it_was_in_time():
    assert deadline(NOW, NOW, done=NOW - timedelta(minutes=1)).words == "Done on time"
    assert deadline(NOW, NOW, done=NOW + timedelta(hours=2)).words == "Done 2 hours late"
    assert deadline(date(2026, 4, 1), NOW, done=NOW).words == "Done on time"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(hours=48), "2 days"),
    ],
)
def test_a_length_of_time_in_words(span, words):
    assert length(span) == words


def test_due_can_be_read_by_a_machine_and_needs_no_colour():
    html = draw("{% due when now=now %}", when=NOW - timedelta(hours=2))
    assert 'datetime="2026-04-01T10:00:00+00:00"' in html
    assert 'title="1 April 2026, 11:00"' in html
    assert ">Overdue by 2 hours</time>" in html
    assert draw("{% due None %}") == '<span class="os-due">No time set</span>'


def test_rag_is_a_word_as_well_as_a_colour():
    assert draw('{% rag "red" %}') == '<strong class="os-rag os-rag--red">Red</strong>'
    assert ">Amber<" in draw('{% rag "AMBER" %}')
    assert ">Not graded<" in draw("{% rag grade %}", grade="<script>")


def test_a_summary_list_leads_to_where_each_answer_can_be_changed():
    rows = [Row("Name", "A & B", change="/name"), ("Born", None), ("Phone", "1", "/phone")]
    html = draw('{% summary_list rows title="Who" %}', rows=rows)
    assert 'href="/name">Change<span class="govuk-visually-hidden"> Name</span>' in html
    assert "A &amp; B" in html
    assert html.count("__row--no-actions") == 1
    assert "None" not in html


def test_a_table_has_a_caption_scopes_and_labels_for_the_narrow_screen():
    html = draw(
        '{% data_table caption columns rows note="Cases, not people." %}',
        caption="Cases & more",
        columns=["Category", Column("2015/16", numeric=True)],
        rows=[["<b>Domestic</b>", Cell(0, "/cells/1", "domestic cases in 2015/16")], ["Other", 3]],
    )
    assert "Cases &amp; more</caption>" in html
    assert html.count('scope="col"') == html.count('scope="row"') == 2
    assert "&lt;b&gt;Domestic&lt;/b&gt;" in html
    assert html.count('data-label="2015/16"') == 2
    assert html.count("govuk-table__cell--numeric") == 2
    assert 'href="/cells/1">0<span class="govuk-visually-hidden"> domestic cases' in html
    assert "os-table--stack" in html


@pytest.mark.parametrize("value", [date(2026, 4, 3), 1234567, Decimal("2.50"), None])
def test_a_value_is_said_as_a_template_would_say_it(value):
    said = Template('{{ value|default_if_none:"" }}').render(Context({"value": value}))
    html = draw("{% data_table caption columns rows %}", caption="", columns=["A"], rows=[[value]])
    assert f'govuk-table__header">{said}</th>' in html


def test_a_row_of_the_wrong_length_is_a_mistake_and_not_a_crooked_table():
    with pytest.raises(ValueError, match="argument 2 is longer"):
        draw("{% data_table 'A' columns rows %}", columns=["One"], rows=[["1", "2"]])


def test_an_empty_table_says_so_and_a_wide_one_can_be_scrolled_by_keyboard():
    assert "Nothing to show." in draw("{% data_table 'A' columns rows %}", columns=["B"], rows=[])
    html = draw("{% data_table 'A b' columns rows stack=False %}", columns=["B"], rows=[])
    assert 'tabindex="0" role="region" aria-labelledby="a-b-caption"' in html
    assert 'id="a-b-caption"' in html


def test_pagination_appears_only_where_there_is_somewhere_to_go():
    assert draw("{% pagination %}").strip() == ""
    html = draw('{% pagination next_url=url next_label="Older" %}', url="?after=1&n=2")
    assert 'href="?after=1&amp;n=2" rel="next"' in html
    assert 'rel="prev"' not in html


def test_tabs_work_as_links_without_javascript():
    html = draw(
        '{% tabs %}{% tab "Time line" count=0 %}one{% endtab %}{% tab "Notes" %}two{% endtab %}'
        '{% endtabs %}{% tabs %}{% tab "Other" %}three{% endtab %}{% endtabs %}'
    )
    for tab in ("time-line", "notes", "other"):
        assert html.count(f'href="#{tab}-tab"') == html.count(f'id="{tab}-tab"') == 1
    assert "Time line (0)" in html
    assert html.count("govuk-tabs__panel--hidden") == 1


def test_a_timeline_keeps_the_order_and_the_line_breaks():
    events = [
        Event(NOW, "Graded Red", by="Tess", tag="New"),
        Event(date(2024, 3, 1), "Moved", text="To <Grays>\nwith children", url="/c/1"),
    ]
    html = draw("{% timeline events %}", events=events)
    assert html.index("Graded Red") < html.index("Moved")
    assert "To &lt;Grays&gt;<br>with children" in html
    assert '<time datetime="2024-03-01">1 March 2024</time>' in html
    assert "Nothing yet." in draw("{% timeline events %}", events=[])


def test_a_worklist_shows_grade_facts_and_time():
    items = [
        WorkItem("C-1", "/c/1", rag="red", due=NOW - timedelta(days=400), facts=["2 children", ""]),
        WorkItem("C-2", "/c/2", tag="Waiting"),
    ]
    html = draw("{% worklist items %}", items=items)
    assert "os-worklist__item--red" in html
    assert "Overdue by" in html
    assert html.count("<li>") == 1
    assert "Nothing is waiting." in draw("{% worklist items %}", items=[])


def test_a_closed_envelope_draws_nothing_of_what_is_in_it():
    closed = draw(
        '{% envelope "Whereabouts" is_open=False ask="/ask" %}12 Drama Street{% endenvelope %}'
    )
    assert "12 Drama Street" not in closed
    assert 'href="/ask"' in closed
    opened = draw('{% envelope "Story" why="Consent" until=now %}12 Drama Street{% endenvelope %}')
    assert "12 Drama Street" in opened
    assert "Consent, until 1 April 2026, 13:00" in opened


def test_small_parts_escape_what_they_are_given():
    for source in (
        "{% tag evil %}",
        "{% warning evil %}",
        "{% button evil %}",
        "{% button evil url=evil %}",
        "{% inset %}{{ evil }}{% endinset %}",
        "{% details evil %}{{ evil }}{% enddetails %}",
        "{% panel evil %}{{ evil }}{% endpanel %}",
        "{% breadcrumbs crumbs %}",
    ):
        html = draw(source, evil='"><script>', crumbs=[('"><script>', '"><script>')])
        assert "<script>" not in html, source


def test_numbers_as_people_write_them():
    assert draw("{{ n|phone }}", n="+447700900123") == "07700 900123"
    assert draw("{{ d|moment }}", d=date(2026, 4, 1)) == "1 April 2026"
    assert draw("{{ d|moment }}", d=None) == ""
