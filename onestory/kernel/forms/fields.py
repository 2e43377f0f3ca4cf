"""Form fields that speak plain English and draw themselves the GOV.UK way."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator

from onestory.kernel.forms.widgets import Checkboxes, Radios, Select


class Question:
    """What every field of ours takes besides Django's own arguments.

    `label` is the question; `called` is how error messages name the answer ("date of birth"),
    by default the label itself. `heading` makes the label or legend the page's heading (h1),
    for pages that ask one question. `width` is a number of characters ("2", "3", "4", "5",
    "10", "20") or a share of the column ("one-half", "two-thirds").
    """

    words: Mapping[str, str] = {"required": "Enter {the_called}"}

    def __init__(
        self,
        *args: Any,
        label: str,
        called: str = "",
        heading: bool = False,
        width: str = "",
        prefix: str = "",
        suffix: str = "",
        attrs: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.heading, self.width, self.prefix_text, self.suffix_text = (
            heading,
            width,
            prefix,
            suffix,
        )
        self.question = label
        self.called = called or _as_a_noun(label)
        self.the_called = self.called if called or "?" in label else f"the {self.called}"
        self.page_attrs = dict(attrs or {})
        kwargs["error_messages"] = self.say(kwargs) | kwargs.get("error_messages", {})
        super().__init__(*args, label=label, **kwargs)

    def say(self, options: Mapping[str, Any]) -> dict[str, str]:
        """The messages, with this field's name in them, nearest class first."""
        words: dict[str, str] = {}
        for kind in reversed(type(self).__mro__):
            words |= vars(kind).get("words", {})
        names = {
            "called": self.called,
            "the_called": self.the_called,
            "label": self.question,
            "Called": self.called[:1].upper() + self.called[1:],
            **{
                name: f"{value:,}" if isinstance(value, int) else value
                for name, value in options.items()
                if name.startswith(("max_", "min_", "endings"))
            },
        }
        return {code: text.format_map(_Names(names)) for code, text in words.items()}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | self.page_attrs


class _Names(dict):
    """What is not known yet stays a gap in the message, for the field to fill."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def _as_a_noun(label: str) -> str:
    """'Full name' is called 'full name', but 'NHS number' keeps its capitals.

    A question has no noun: then the messages quote it.
    """
    label = str(label).replace("(optional)", "").strip(" :")
    if "?" in label:
        return f"an answer to ‘{label}’"
    first, _, rest = label.partition(" ")
    if len(first) > 1 and first[1:] == first[1:].lower():
        first = first.lower()
    return f"{first} {rest}".strip()


class TextField(Question, forms.CharField):
    """One line of text, 200 characters unless said otherwise."""

    words = {
        "max_length": "{Called} must be {max_length} characters or fewer",
        "min_length": "{Called} must be {min_length} characters or more",
        "null_characters_not_allowed": "{Called} has a character in it that cannot be kept; "
        "type it again instead of pasting it",
    }
    default_max_length = 200

    def __init__(
        self, *, autocomplete: str = "", inputmode: str = "", spellcheck: bool = True, **kwargs: Any
    ) -> None:
        kwargs.setdefault("max_length", self.default_max_length)
        attrs = {"autocomplete": autocomplete, "inputmode": inputmode}
        attrs["spellcheck"] = "" if spellcheck else "false"
        given = {name: value for name, value in attrs.items() if value}
        super().__init__(attrs=given | dict(kwargs.pop("attrs", {})), **kwargs)


class TextAreaField(TextField):
    """Several lines of text with a count of what is left, 4,000 characters unless said otherwise."""

    widget = forms.Textarea
    default_max_length = 4000

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(attrs={"rows": rows, "cols": False} | kwargs.pop("attrs", {}), **kwargs)

    def to_python(self, value: Any) -> str:
        # A browser sends two characters for the end of a line, and counts one.
        return super().to_python(value.replace("\r\n", "\n") if value else value)


class EmailField(TextField):
    """An e-mail address."""

    widget = forms.EmailInput
    default_validators = forms.EmailField.default_validators
    words = {
        "invalid": "Enter {the_called} in the correct format, like name@example.org",
    }

    def __init__(self, **kwargs: Any) -> None:
        defaults = {"max_length": 320, "autocomplete": "email", "spellcheck": False}
        super().__init__(**(defaults | {"width": "two-thirds"} | kwargs))


class WholeNumberField(Question, forms.IntegerField):
    """A whole number; thousands may be typed with commas."""

    widget = forms.TextInput
    words = {
        "invalid": "{Called} must be a whole number",
        "max_value": "{Called} must be {max_value} or fewer",
        "min_value": "{Called} must be {min_value} or more",
    }

    def __init__(self, *, min_value: int | None = 0, max_value: int = 2**31 - 1, **kwargs: Any):
        attrs = {"inputmode": "numeric"} | kwargs.pop("attrs", {})
        options = {"width": "5"} | kwargs
        super().__init__(min_value=min_value, max_value=max_value, attrs=attrs, **options)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(value.replace(",", "") if isinstance(value, str) else value)


class RadiosField(Question, forms.ChoiceField):
    """One of a few answers.

    `hints` gives an option its hint; `divider_before` puts an "or" before an option;
    `reveals` names the field that an option brings out underneath it.
    """

    widget = Radios
    words = {
        "required": "Select {the_called}",
        "invalid_choice": "Select {the_called} from the list",
    }

    def __init__(
        self,
        *,
        choices: Iterable = (),
        hints: Mapping[Any, str] | None = None,
        reveals: Mapping[Any, str] | None = None,
        divider_before: Any = None,
        inline: bool = False,
        small: bool = False,
        **kwargs: Any,
    ) -> None:
        self.reveals = dict(reveals or {})
        super().__init__(choices=choices, **kwargs)
        self.widget.hints = {str(value): hint for value, hint in (hints or {}).items()}
        self.widget.divider_before = None if divider_before is None else str(divider_before)
        self.widget.inline, self.widget.small = inline, small


class YesNoField(RadiosField):
    """Yes or no, as True or False; None when nothing was chosen and nothing had to be."""

    def __init__(self, *, choices: Iterable = (("yes", "Yes"), ("no", "No")), **kwargs: Any):
        super().__init__(choices=choices, **({"inline": not kwargs.get("reveals")} | kwargs))

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if value in (True, False) else value

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(value))

    def to_python(self, value: Any) -> Any:
        return super().to_python(value) or None


class SelectField(Question, forms.ChoiceField):
    """One of many answers, chosen from a list that opens."""

    widget = Select
    words = RadiosField.words

    def __init__(self, *, choices: Iterable = (), empty_label: str = "Choose", **kwargs: Any):
        super().__init__(choices=choices, **kwargs)
        self.widget.empty_label = empty_label


class CheckboxesField(Question, forms.MultipleChoiceField):
    """Any number of answers.

    `none` is the option that goes with no other ("None of these"): it stands after an "or".
    """

    widget = Checkboxes
    words = {
        "required": "Select {the_called}",
        "invalid_choice": "Select {the_called} from the list",
    }

    def __init__(
        self,
        *,
        choices: Iterable = (),
        hints: Mapping[Any, str] | None = None,
        reveals: Mapping[Any, str] | None = None,
        none: Any = None,
        small: bool = False,
        **kwargs: Any,
    ) -> None:
        self.reveals = dict(reveals or {})
        self.none = None if none is None else str(none)
        super().__init__(choices=choices, **kwargs)
        self.widget.hints = {str(value): hint for value, hint in (hints or {}).items()}
        self.widget.divider_before = self.widget.exclusive = self.none
        self.widget.small = small

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if self.none in value and len(value) > 1:
            label = dict(self.choices).get(self.none, self.none)
            message = f"Select {self.the_called}, or select ‘{label}’, but not both"
            raise ValidationError(message, code="not_alone")


class CheckboxField(Question, forms.BooleanField):
    """One box to tick: a confirmation."""

    words = {"required": "Tick the box to confirm: ‘{label}’"}


class FileField(Question, forms.FileField):
    """An upload: `accept` names the endings allowed, `max_megabytes` the size."""

    widget = forms.FileInput
    words = {
        "required": "Select a file for {the_called}",
        "invalid": "The file was not sent; select it again",
        "missing": "The file was not sent; select it again",
        "empty": "The selected file is empty",
        "max_length": "The name of the selected file is too long",
        "invalid_extension": "The selected file must be one of these: {endings}",
        "too_large": "The selected file must be smaller than {max_megabytes}MB",
    }

    def __init__(
        self, *, accept: Iterable[str] = (), max_megabytes: int = 20, **kwargs: Any
    ) -> None:
        self.accept = [ending.lower().lstrip(".") for ending in accept]
        self.max_megabytes = max_megabytes
        super().__init__(**kwargs)
        if self.accept:
            self.validators.append(FileExtensionValidator(self.accept))
            self.widget.attrs["accept"] = ",".join(f".{ending}" for ending in self.accept)

    def say(self, options: Mapping[str, Any]) -> dict[str, str]:
        return super().say(
            {
                **options,
                "max_megabytes": self.max_megabytes,
                "endings": ", ".join(self.accept).upper(),
            }
        )

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value.size > self.max_megabytes * 1024 * 1024:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
