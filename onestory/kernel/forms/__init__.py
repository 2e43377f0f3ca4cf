"""Forms for pages. `docs/guides/pages.md` shows how to use them."""

from onestory.kernel.forms.dates import DateField, DateWidget, TimeField
from onestory.kernel.forms.fields import (
    CheckboxesField,
    CheckboxField,
    EmailField,
    FileField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
    WholeNumberField,
    YesNoField,
)
from onestory.kernel.forms.form import Form
from onestory.kernel.forms.reach import PhoneField, PostcodeField, phone
from onestory.kernel.forms.renderer import GovukBoundField, GovukRenderer

__all__ = [
    "CheckboxField",
    "CheckboxesField",
    "DateField",
    "DateWidget",
    "EmailField",
    "FileField",
    "Form",
    "GovukBoundField",
    "GovukRenderer",
    "PhoneField",
    "PostcodeField",
    "RadiosField",
    "SelectField",
    "TextAreaField",
    "TextField",
    "TimeField",
    "WholeNumberField",
    "YesNoField",
    "phone",
]
