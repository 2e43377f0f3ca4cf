"""Fields and their boxes as HTML. A page of questions has hundreds of them: as templates, one
included for each option, they took most of its time.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.forms import BoundField
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]
NOTHING, NEXT_LINE = mark_safe(""), mark_safe("<br>")


def field(bound: BoundField) -> SafeString:
    """A question: what it asks, its hint, what is wrong with the answer, and the box for it."""
    limit = bound.count_limit
    css = [
        "govuk-form-group",
        *["govuk-form-group--error"] * bool(bound.errors),
        *["govuk-character-count"] * bool(limit),
    ]
    counts = {"data-module": "govuk-character-count", "data-maxlength": limit} if limit else {}
    asked = _asked(bound) + (_still_to_type(bound) if limit else NOTHING)
    if bound.use_fieldset:
        described = attributes({"aria-describedby": bound.aria_describedby or None})
        asked = format_html('<fieldset class="govuk-fieldset"{}>{}</fieldset>', described, asked)
    return format_html("<div{}>{}</div>", attributes({"class": " ".join(css), **counts}), asked)


def _asked(bound: BoundField) -> SafeString:
    if bound.is_single_checkbox:
        return _errors(bound) + _ticked(bound)
    hint = (
        format_html(
            '<div class="govuk-hint" id="{}_helptext">{}</div>', bound.auto_id, bound.help_text
        )
        if bound.help_text
        else NOTHING
    )
    return _label(bound) + hint + _errors(bound) + _box(bound)


def _label(bound: BoundField) -> SafeString:
    size, text = "l" if bound.heading else "s", bound.label_text
    if bound.use_fieldset:
        if bound.heading:
            text = format_html('<h1 class="govuk-fieldset__heading">{}</h1>', text)
        return format_html(
            '<legend class="govuk-fieldset__legend govuk-fieldset__legend--{}">{}</legend>',
            size,
            text,
        )
    label = format_html(
        '<label class="govuk-label govuk-label--{}" for="{}">{}</label>',
        size,
        bound.id_for_label,
        text,
    )
    return format_html('<h1 class="govuk-label-wrapper">{}</h1>', label) if bound.heading else label


def _errors(bound: BoundField) -> SafeString:
    if not bound.errors:
        return NOTHING
    said = format_html_join(
        NEXT_LINE,
        '<span class="govuk-visually-hidden">Error:</span> {}',
        ((error,) for error in bound.errors),
    )
    return format_html('<p class="govuk-error-message" id="{}_error">{}</p>', bound.auto_id, said)


def _ticked(bound: BoundField) -> SafeString:
    """A box to tick, whose label and hint follow it."""
    hint = (
        format_html(
            '<div class="govuk-hint govuk-checkboxes__hint" id="{}_helptext">{}</div>',
            bound.auto_id,
            bound.help_text,
        )
        if bound.help_text
        else NOTHING
    )
    return format_html(
        '<div class="govuk-checkboxes" data-module="govuk-checkboxes">'
        '<div class="govuk-checkboxes__item">{}<label class="govuk-label govuk-checkboxes__label" '
        'for="{}">{}</label>{}</div></div>',
        bound.as_widget(),
        bound.id_for_label,
        bound.label,
        hint,
    )


def _box(bound: BoundField) -> SafeString:
    """What is typed into, with what stands before or behind it, as the £ of a sum."""
    box = bound.as_widget()
    before, behind = (getattr(bound.field, f"{side}_text", "") for side in ("prefix", "suffix"))
    if not before and not behind:
        return box
    return format_html(
        '<div class="govuk-input__wrapper">{}{}{}</div>',
        _beside("prefix", before),
        box,
        _beside("suffix", behind),
    )


def _beside(side: str, text: str) -> SafeString:
    if not text:
        return NOTHING
    return format_html('<div class="govuk-input__{}" aria-hidden="true">{}</div>', side, text)


def _still_to_type(bound: BoundField) -> SafeString:
    return format_html(
        '<div class="govuk-hint govuk-character-count__message" id="{}-info">'
        "You can enter up to {} characters</div>",
        bound.auto_id,
        bound.count_limit,
    )


def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """As they stand in a tag: True by its name alone, False not at all."""
    return mark_safe(
        "".join(
            f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
            for name, value in attrs.items()
            if value is not False and value is not None
        )
    )


def radios(widget: Widget) -> SafeString:
    return _choices("radios", widget)


def checkboxes(widget: Widget) -> SafeString:
    return _choices("checkboxes", widget)


def checkbox(widget: Widget) -> SafeString:
    """A box to tick on its own."""
    value = {} if widget["value"] is None else {"value": widget["value"]}
    attrs = {"type": "checkbox", "name": widget["name"], **value, **widget["attrs"]}
    return format_html('<input class="govuk-checkboxes__input"{}>', attributes(attrs))


def textarea(widget: Widget) -> SafeString:
    attrs = attributes({"name": widget["name"], **widget["attrs"]})
    # The first line's end is the tag's own, and not of what was typed.
    return format_html("<textarea{}>\n{}</textarea>", attrs, widget["value"] or "")


def _choices(kind: str, widget: Widget) -> SafeString:
    styles = [f"govuk-{kind}--{style}" for style in ("inline", "small") if widget.get(style)]
    return format_html(
        '<div class="{}" data-module="govuk-{}">{}</div>',
        " ".join((f"govuk-{kind}", *styles)),
        kind,
        mark_safe("".join(_options(kind, widget))),
    )


def _options(kind: str, widget: Widget) -> Iterator[SafeString]:
    for group, options, index in widget["optgroups"]:
        if group:
            yield format_html(
                '<p class="govuk-body os-option-group" id="{}_group_{}">{}</p>',
                widget["attrs"].get("id", ""),
                index,
                group,
            )
        for option in options:
            yield from _option(kind, option)


def _option(kind: str, option: Widget) -> Iterator[SafeString]:
    """Plain widgets of Django's have no hints, dividers, nor anything that they reveal."""
    attrs = {"type": option["type"], "name": option["name"], "value": option["value"]}
    key = option["attrs"].get("id", "")
    if divider := option.get("divider"):
        yield format_html('<div class="govuk-{}__divider">{}</div>', kind, divider)
    yield format_html(
        '<div class="govuk-{0}__item"><input class="govuk-{0}__input"{1}>'
        '<label class="govuk-label govuk-{0}__label" for="{2}">{3}</label>{4}</div>',
        kind,
        attributes({**attrs, **option["attrs"]}),
        key,
        option["label"],
        _hint(kind, key, option.get("hint", "")),
    )
    if revealed := option.get("revealed"):
        yield format_html(
            '<div class="govuk-{}__conditional" id="{}_revealed">{}</div>', kind, key, revealed
        )


def _hint(kind: str, key: str, hint: str) -> SafeString | str:
    if not hint:
        return ""
    return format_html(
        '<div class="govuk-hint govuk-{}__hint" id="{}_hint">{}</div>', kind, key, hint
    )


# By the names of the templates that Django would draw them with.
WIDGETS: dict[str, Callable[[Widget], SafeString]] = {
    "django/forms/widgets/radio.html": radios,
    "django/forms/widgets/checkbox_select.html": checkboxes,
    "django/forms/widgets/checkbox.html": checkbox,
    "django/forms/widgets/textarea.html": textarea,
}
