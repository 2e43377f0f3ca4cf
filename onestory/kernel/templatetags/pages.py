"""The parts of a page. `{% load pages %}`; `docs/guides/pages.md` shows each of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from onestory.kernel import lines
from onestory.kernel.components import Cell, Column, Event, Row, WorkItem
from onestory.kernel.inline import diary, due, moment, phone, rag, tag, until
from onestory.kernel.svg import safe_svg

register = template.Library()


# Errors


def _forms_on(context: Mapping, given: Iterable) -> list[BaseForm]:
    """The forms that were named, or else those under the usual names in the context."""
    found: list[BaseForm] = []
    for item in given or [context.get(name) for name in ("form", "forms", "formset")]:
        if isinstance(item, BaseForm):
            found.append(item)
        elif isinstance(item, BaseFormSet | list | tuple):
            found += [form for form in item if isinstance(form, BaseForm)]
    return found


def _problems(form: BaseForm) -> Iterable[dict[str, str]]:
    visible = form.visible_fields()
    first = visible[0].auto_id if visible else "main-content"
    for message in form.non_field_errors():
        yield {"target": first, "message": message}
    for name in form.fields:
        field = form[name]
        for message in field.errors:
            yield {"target": getattr(field, "error_target", field.auto_id), "message": message}


@register.inclusion_tag("kernel/components/error_summary.html", takes_context=True)
def error_summary(context: Mapping, *given: Any) -> dict:
    """What is wrong, at the top of the page, each line leading to its field."""
    return {
        "problems": [
            problem
            for form in _forms_on(context, given)
            if form.is_bound
            for problem in _problems(form)
        ]
    }


@register.simple_tag(takes_context=True)
def error_prefix(context: Mapping) -> str:
    """'Error: ' in the title of a page whose form was sent back."""
    wrong = any(form.is_bound and form.errors for form in _forms_on(context, ()))
    return "Error: " if wrong else ""


# Words in a line

for _word in (tag, rag, due):
    register.simple_tag(_word)
for _word in (moment, diary, until, phone):
    register.filter(_word)


# Pieces


@register.inclusion_tag("kernel/components/summary_list.html")
def summary_list(rows: Sequence, title: str = "", level: int = 2) -> dict:
    """Questions and answers. Rows are `Row`s or (key, value[, change url]); a title makes a card."""
    made = [row if isinstance(row, Row) else Row(*row) for row in rows]
    return {"lines": lines.summary(made), "title": title, "level": level}


@register.inclusion_tag("kernel/components/pagination.html")
def pagination(
    previous_url: str = "", next_url: str = "", previous_label: str = "", next_label: str = ""
) -> dict:
    """Back and forward through a long list, by the addresses of the neighbouring pages."""
    return {
        "previous": previous_url,
        "next": next_url,
        "previous_label": previous_label,
        "next_label": next_label,
    }


@register.inclusion_tag("kernel/components/breadcrumbs.html")
def breadcrumbs(items: Iterable[tuple[str, str]]) -> dict:
    """Where this page lies: (label, url) from the outside in; without a url for this page."""
    return {"items": items}


@register.simple_tag
def button(text: str, url: str = "", kind: str = "", name: str = "", value: str = "") -> SafeString:
    """A button that sends the form, or with `url` a link like one. `kind`: secondary, warning."""
    css = f"govuk-button govuk-button--{kind}" if kind else "govuk-button"
    if url:
        return format_html(
            '<a href="{}" role="button" draggable="false" class="{}" data-module="govuk-button">{}</a>',
            url,
            css,
            text,
        )
    sends = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button type="submit" class="{}" data-module="govuk-button" '
        'data-prevent-double-click="true"{}>{}</button>',
        css,
        sends,
        text,
    )


@register.inclusion_tag("kernel/components/warning.html")
def warning(text: str) -> dict:
    """Something that must not be overlooked."""
    return {"text": text}


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Words set apart from the rest."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def details(content: str, summary: str, opened: bool = False) -> SafeString:
    """Something that only some people need, behind a line that opens it."""
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        " open" if opened else "",
        summary,
        content,
    )


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """It is done: the top of a confirmation page."""
    return format_html(
        '<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">{}</h1>'
        '<div class="govuk-panel__body">{}</div></div>',
        title,
        content,
    )


TABS = "kernel.pages.tabs"


@register.simple_block_tag(takes_context=True)
def tab(context: template.Context, content: str, label: str, count: Any = None) -> SafeString:
    """One of the `{% tabs %}`."""
    panels = context.render_context.setdefault(TABS, [])
    tab_id = f"{slugify(label) or 'tab'}-tab"
    panels.append({"id": tab_id, "label": label, "count": count})
    return format_html(
        '<div class="govuk-tabs__panel{}" id="{}"><h2 class="govuk-heading-m">{}</h2>{}</div>',
        " govuk-tabs__panel--hidden" if len(panels) > 1 else "",
        tab_id,
        label,
        content,
    )


@register.simple_block_tag(takes_context=True)
def tabs(context: template.Context, content: str, title: str = "Contents") -> SafeString:
    """Views of one thing beside one another; without JavaScript one under the other."""
    items = context.render_context.get(TABS, [])
    context.render_context[TABS] = []
    parts = template.loader.get_template("kernel/components/tabs.html")
    return parts.render({"items": items, "content": content, "title": title})


# Tables, charts, lists


@register.simple_tag
def cell(one: Cell) -> SafeString:
    """A value and where it leads, outside a table."""
    return lines.cell(one)


@register.inclusion_tag("kernel/components/data_table.html")
def data_table(
    caption: str,
    columns: Iterable[Column | str],
    rows: Iterable[Iterable],
    caption_size: str = "m",
    row_headers: bool = True,
    stack: bool = True,
    note: str = "",
    empty: str = "Nothing to show.",
) -> dict:
    """A table. Cells are plain values or `Cell`s; columns are `Column`s or their labels.

    On a narrow screen each row becomes a card, or with `stack=False` the table scrolls.
    """
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    return {
        "caption": caption,
        "caption_size": caption_size,
        "columns": heads,
        "lines": lines.table(heads, rows, row_headers=row_headers),
        "stack": stack,
        "note": note,
        "empty": empty,
        "id": slugify(caption),
    }


@register.simple_block_tag
def chart(
    content: str, svg: str, title: str, description: str = "", toggle: bool = False
) -> SafeString:
    """A drawing beside its table (the content), or with `toggle` above it, folded away."""
    prefix = f"chart-{slugify(title)}"
    parts = template.loader.get_template("kernel/components/chart.html")
    return parts.render(
        {
            "drawing": safe_svg(svg, title=title, description=description, prefix=prefix),
            "title": title,
            "description": description,
            "table": content,
            "toggle": toggle,
        }
    )


@register.inclusion_tag("kernel/components/timeline.html")
def timeline(events: Iterable[Event], level: int = 3, empty: str = "Nothing yet.") -> dict:
    """What happened, newest first: the order is the view's."""
    return {"lines": lines.timeline(events, level), "empty": empty}


@register.inclusion_tag("kernel/components/worklist.html")
def worklist(items: Iterable[WorkItem], empty: str = "Nothing is waiting.", level: int = 2) -> dict:
    """What waits to be done, most urgent first: the order is the view's."""
    return {"lines": lines.worklist(items, level), "empty": empty}


@register.simple_block_tag
def envelope(
    content: str,
    title: str,
    is_open: bool = True,
    why: str = "",
    until: date | datetime | None = None,
    ask: str = "",
    level: int = 3,
) -> SafeString:
    """One kind of knowledge about a person: open with its content, or closed with a way to ask.

    `why` is the basis on which this team may look. Nothing inside a closed envelope is drawn.
    """
    parts = template.loader.get_template("kernel/components/envelope.html")
    return parts.render(
        {
            "content": content if is_open else "",
            "title": title,
            "open": is_open,
            "why": why,
            "until": until,
            "ask": ask,
            "level": level,
        }
    )
