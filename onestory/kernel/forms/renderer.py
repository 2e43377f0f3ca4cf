"""How Django's forms come to look and behave like the GOV.UK Design System's."""

from typing import Any

from django.forms import BoundField, widgets
from django.forms.renderers import TemplatesSetting
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from onestory.kernel.forms.drawing import WIDGETS, field

# Django's own widgets are kept; only what they are drawn with changes.
TEMPLATES = {
    "django/forms/widgets/password.html": "kernel/forms/widgets/password.html",
    "django/forms/widgets/file.html": "kernel/forms/widgets/file.html",
    "django/forms/widgets/clearable_file_input.html": "kernel/forms/widgets/file.html",
}

# The first that fits: a file input is also an input.
CLASSES = (
    (widgets.Textarea, "govuk-textarea"),
    (widgets.CheckboxSelectMultiple, ""),
    (widgets.RadioSelect, ""),
    (widgets.CheckboxInput, ""),
    (widgets.Select, "govuk-select"),
    (widgets.FileInput, "govuk-file-upload"),
    (widgets.Input, "govuk-input"),
)


class GovukBoundField(BoundField):
    """A field on a page: knows its heading, its errors' targets and the fields it reveals."""

    @property
    def heading(self) -> bool:
        """Whether the label or legend is the page's own heading."""
        return getattr(self.field, "heading", False)

    @property
    def label_text(self) -> str:
        """The label, marked where an answer is not needed."""
        mark = getattr(self.form, "mark_optional", False) and not self.field.required
        return f"{self.label} (optional)" if mark and "(optional)" not in self.label else self.label

    @property
    def revealed_by(self) -> tuple[str, Any] | None:
        """The field and the answer that this field waits for."""
        return getattr(self.form, "revealed", {}).get(self.name)

    @property
    def is_single_checkbox(self) -> bool:
        """A box to tick on its own, whose label follows it."""
        return isinstance(self.field.widget, widgets.CheckboxInput)

    @property
    def count_limit(self) -> int | None:
        """How many characters to count down from, for long texts."""
        is_long = isinstance(self.field.widget, widgets.Textarea)
        return getattr(self.field, "max_length", None) if is_long else None

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """Which of several boxes are at fault; every box, where the error does not say."""
        for error in self.errors.as_data():
            if error.params and "parts" in error.params:
                return error.params["parts"]
        return getattr(self.field.widget, "parts", ()) if self.errors else ()

    @property
    def error_target(self) -> str:
        """The id that a link in the error summary leads to."""
        widget = self.field.widget
        if parts := self.wrong_parts:
            return f"{self.auto_id}-{parts[0]}"
        if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
            return widget.id_for_label(self.auto_id, "0")
        return self.auto_id

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is not None and self.count_limit:
            return f"{described} {self.auto_id}-info".strip()
        return described

    @cached_property
    def css_class(self) -> str:
        """The classes of the box itself."""
        widget = self.field.widget
        base = next((name for kind, name in CLASSES if isinstance(widget, kind)), "")
        if not base:
            return widget.attrs.get("class", "")
        width = getattr(self.field, "width", "")
        return " ".join(
            filter(
                None,
                [
                    base,
                    f"{base}--error" if self.errors else "",
                    _width_class(width),
                    "govuk-js-character-count" if self.count_limit else "",
                    "govuk-js-password-input-input govuk-password-input__input"
                    if isinstance(widget, widgets.PasswordInput)
                    else "",
                    widget.attrs.get("class", ""),
                ],
            )
        )

    def build_widget_attrs(self, attrs: dict, widget: widgets.Widget | None = None) -> dict:
        attrs = super().build_widget_attrs(attrs, widget)
        if (widget or self.field.widget).is_hidden:
            return attrs
        # A limit enforced by the browser cuts what is pasted, unseen; ours is an error message.
        attrs["maxlength"] = attrs["minlength"] = False
        if self.css_class:
            attrs["class"] = self.css_class
        return attrs

    def as_widget(self, widget=None, attrs=None, only_initial=False) -> SafeString:
        own = self.field.widget
        if hasattr(own, "parts"):
            own.wrong_parts = self.wrong_parts
        if reveals := getattr(self.field, "reveals", None):
            own.revealed = {
                str(value): self.form[name].as_field_group() for value, name in reveals.items()
            }
        return super().as_widget(widget, attrs, only_initial)


def _width_class(width: str) -> str:
    """A number is a width in characters, anything else a share of the column."""
    if not width:
        return ""
    return f"govuk-input--width-{width}" if width.isdigit() else f"govuk-!-width-{width}"


class GovukRenderer(TemplatesSetting):
    """Named in the settings as FORM_RENDERER."""

    form_template_name = "kernel/forms/form.html"
    formset_template_name = "kernel/forms/formset.html"
    bound_field_class = GovukBoundField

    def render(self, template_name: str, context: dict, request=None) -> str:
        if template_name in WIDGETS:
            return WIDGETS[template_name](context["widget"])
        if template_name == self.field_template_name:
            return field(context["field"])
        return super().render(template_name, context, request)

    def get_template(self, template_name: str):
        return super().get_template(TEMPLATES.get(template_name, template_name))
