"""The lines of lists and tables as HTML. A page has hundreds of them, and of their cells: a template
for each took most of its drawing. What stands round them is in `templates/kernel/components`.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import template_localtime

from onestory.kernel.components import Cell, Column, Event, Row, WorkItem
from onestory.kernel.inline import due, moment, rag, tag

NOTHING = mark_safe("")


def cell(one: Cell) -> SafeString:
    """A value, and where it leads."""
    value = _said(one.value)
    spoken = (
        format_html('<span class="govuk-visually-hidden"> {}</span>', one.spoken)
        if one.spoken
        else NOTHING
    )
    if not one.url:
        return format_html("{}{}", value, spoken)
    return format_html('<a class="govuk-link" href="{}">{}{}</a>', one.url, value, spoken)


def _said(value: Any) -> Any:
    """As a template would say it."""
    if value is None:
        return ""
    return value if isinstance(value, str) else localize(template_localtime(value))


def table(
    columns: Sequence[Column], rows: Iterable[Iterable], *, row_headers: bool = True
) -> list[SafeString]:
    """Its rows. Cells are plain values or `Cell`s; ValueError if a row has more or fewer than columns."""
    begin = [
        format_html(
            '<td role="cell" data-label="{}" class="govuk-table__cell{}">',
            column.label,
            " govuk-table__cell--numeric" if column.numeric else "",
        )
        for column in columns
    ]
    end = ["</td>"] * len(begin)
    if row_headers and begin:
        begin[0] = mark_safe('<th scope="row" role="rowheader" class="govuk-table__header">')
        end[0] = "</th>"
    return [
        mark_safe(
            '<tr class="govuk-table__row" role="row">'
            + "".join(
                before + cell(one if isinstance(one, Cell) else Cell(one)) + after
                for before, one, after in zip(begin, row, end, strict=True)
            )
            + "</tr>"
        )
        for row in rows
    ]


def summary(rows: Sequence[Row]) -> list[SafeString]:
    """The lines of a summary list. Where any can be changed, the others say that they cannot."""
    any_change = any(row.change for row in rows)
    return [
        format_html(
            '<div class="govuk-summary-list__row{}"><dt class="govuk-summary-list__key">{}</dt>'
            '<dd class="govuk-summary-list__value">{}</dd>{}</div>',
            " govuk-summary-list__row--no-actions" if any_change and not row.change else "",
            row.key,
            _said(row.value),
            _change(row),
        )
        for row in rows
    ]


def _change(row: Row) -> SafeString:
    if not row.change:
        return NOTHING
    return format_html(
        '<dd class="govuk-summary-list__actions"><a class="govuk-link" href="{}">{}'
        '<span class="govuk-visually-hidden"> {}</span></a></dd>',
        row.change,
        row.action,
        row.key,
    )


def timeline(events: Iterable[Event], level: int) -> list[SafeString]:
    return [
        format_html(
            '<li class="os-timeline__item"><h{0} class="os-timeline__title">{1}{2}</h{0}>'
            '<p class="os-timeline__when"><time datetime="{3}">{4}</time>{5}</p>{6}</li>',
            level,
            cell(Cell(one.title, one.url)),
            format_html(" {}", tag(one.tag)) if one.tag else "",
            one.when.isoformat(),
            moment(one.when),
            f", {one.by}" if one.by else "",
            _text(one),
        )
        for one in events
    ]


def _text(one: Event) -> SafeString:
    if not one.text:
        return NOTHING
    return format_html('<div class="os-timeline__text">{}</div>', linebreaksbr(one.text))


def worklist(items: Iterable[WorkItem], level: int) -> list[SafeString]:
    return [
        format_html(
            '<li class="os-worklist__item{0}"><div class="os-worklist__grade">{1}</div>'
            '<div class="os-worklist__what"><h{2} class="os-worklist__title">'
            '<a class="govuk-link" href="{3}">{4}</a></h{2}>{5}</div>'
            '<div class="os-worklist__when">{6} {7}</div></li>',
            f" os-worklist__item--{one.rag}" if one.rag else "",
            NOTHING if one.rag is None else rag(one.rag),
            level,
            one.url,
            one.title,
            _facts(one),
            due(one.due) if one.due else NOTHING,
            tag(one.tag, one.tag_colour) if one.tag else NOTHING,
        )
        for one in items
    ]


def _facts(one: WorkItem) -> SafeString:
    if not one.facts:
        return NOTHING
    found = format_html_join("", "<li>{}</li>", ((fact,) for fact in one.facts if fact))
    return format_html('<ul class="os-worklist__facts">{}</ul>', found)
