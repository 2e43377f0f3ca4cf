"""How to reach somebody: telephone numbers and postcodes, in one form however they were typed."""

import re
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError

from onestory.kernel.forms.fields import TextField

POSTCODE = re.compile(r"(GIR|[A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][ABD-HJLNP-UW-Z]{2})")


class PhoneField(TextField):
    """A telephone number, from anywhere; without a country's code it is British.

    What comes out is the international form (+447700900123), with any extension behind it
    (+441632960001 ext. 12); what was typed stays in the box.
    """

    widget = forms.TelInput
    default_max_length = 40
    words = {"invalid": "Enter {the_called}, like 01632 960 001, 07700 900 982 or +44 808 157 0192"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"autocomplete": "off", "width": "20"} | kwargs))

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if typed in self.empty_values:
            return typed
        try:
            number = phonenumbers.parse(typed, "GB")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return _normal(number)

    def prepare_value(self, value: Any) -> Any:
        return phone(value) if value else value


def _normal(number: phonenumbers.PhoneNumber) -> str:
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{plain} ext. {number.extension}" if number.extension else plain


def phone(value: str) -> str:
    """A kept number as people here write it: 07700 900123, or +353 1 234 5678 from abroad."""
    if not value.startswith("+"):
        return value
    try:
        number = phonenumbers.parse(value, "GB")
    except phonenumbers.NumberParseException:
        return value
    style = phonenumbers.PhoneNumberFormat
    british = number.country_code == 44
    return phonenumbers.format_number(number, style.NATIONAL if british else style.INTERNATIONAL)


class PostcodeField(TextField):
    """A UK postcode, kept as RM17 6SL however it was typed."""

    default_max_length = 20
    words = {"invalid": "Enter a full UK postcode, like RM17 6SL"}

    def __init__(self, **kwargs: Any) -> None:
        defaults = {"autocomplete": "off", "width": "10", "spellcheck": False}
        super().__init__(**(defaults | kwargs))

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if typed in self.empty_values or "\x00" in typed:
            return typed
        match = POSTCODE.fullmatch(re.sub(r"[\s.\-]", "", typed).upper())
        if not match:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return " ".join(match.groups())
