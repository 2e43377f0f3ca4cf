"""Dates and times as people type them."""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date

from onestory.kernel.forms.fields import Question

MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
EARLIEST = date(1900, 1, 1)

# 14:30, 14.30, 2.30pm, 2:30 p.m., 2pm, 1430
CLOCK = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?\s*(?:m\.?)?", re.IGNORECASE)


class Parts(NamedTuple):
    """The three boxes of a date, as they were typed."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: Any) -> "Parts":
        """From a date, an ISO string, three boxes, or nothing."""
        if isinstance(value, Parts):
            return value
        if isinstance(value, str):
            value = parse_date(value)
        return cls(str(value.day), str(value.month), f"{value.year:04}") if value else cls()


class DateWidget(forms.Widget):
    """Three boxes: `<name>-day`, `<name>-month`, `<name>-year`."""

    template_name = "kernel/forms/widgets/date.html"
    use_fieldset = True
    parts = Parts._fields
    wrong_parts: tuple[str, ...] = ()

    def __init__(self, attrs: dict | None = None, *, birthday: bool = False) -> None:
        super().__init__(attrs)
        self.birthday = birthday

    def value_from_datadict(self, data: Mapping, files: Mapping, name: str) -> Parts | None:
        if self.value_omitted_from_data(data, files, name):
            return None
        return Parts(*(str(data.get(f"{name}-{part}", "")).strip() for part in self.parts))

    def value_omitted_from_data(self, data: Mapping, files: Mapping, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in self.parts)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-day" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        box_id = context["widget"]["attrs"].get("id") or name
        context["widget"]["boxes"] = [
            {
                "name": f"{name}-{part}",
                "id": f"{box_id}-{part}",
                "label": part.capitalize(),
                "value": typed,
                "width": 4 if part == "year" else 2,
                "inputmode": "numeric",
                "autocomplete": f"bday-{part}" if self.birthday else "",
                "wrong": part in self.wrong_parts,
            }
            for part, typed in zip(self.parts, Parts.of(value), strict=True)
        ]
        return context


class DateField(Question, forms.Field):
    """A day, month and year; months may be words.

    `past`, `not_future`, `future` and `not_past` say what is possible; `earliest` and `latest`
    are dates, or functions that give one. `birthday` lets a browser fill in its owner's.
    """

    widget = DateWidget
    empty_values = [*forms.Field.empty_values, Parts()]
    words = {
        "incomplete": "{Called} must include a {missing}",
        "year": "{Called} must have a year of 4 numbers, like 1986",
        "unreal": "{Called} must be a real date",
        "past": "{Called} must be in the past",
        "not_future": "{Called} must be today or in the past",
        "future": "{Called} must be in the future",
        "not_past": "{Called} must be today or in the future",
        "earliest": "{Called} must be on or after {limit}",
        "latest": "{Called} must be on or before {limit}",
    }

    def __init__(
        self,
        *,
        past: bool = False,
        not_future: bool = False,
        future: bool = False,
        not_past: bool = False,
        earliest: date | Callable[[], date] = EARLIEST,
        latest: date | Callable[[], date] | None = None,
        birthday: bool = False,
        **kwargs: Any,
    ) -> None:
        wanted = {"past": past, "not_future": not_future, "future": future, "not_past": not_past}
        self.bounds = [bound for bound, is_wanted in wanted.items() if is_wanted]
        self.earliest, self.latest = earliest, latest
        kwargs.setdefault("widget", DateWidget(birthday=birthday))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        typed = Parts.of(value)
        if typed == Parts():
            return None
        missing = [part for part, text in zip(Parts._fields, typed, strict=True) if not text]
        if missing:
            raise self._error("incomplete", missing, missing=" and ".join(missing))
        if not re.fullmatch(r"[0-9]{4}", typed.year):
            raise self._error("year", ["year"])
        try:
            return date(int(typed.year), _month(typed.month), _number(typed.day))
        except ValueError:
            raise self._error("unreal", self._unreal_parts(typed)) from None

    def _unreal_parts(self, typed: Parts) -> list[str]:
        wrong = []
        if not typed.day.isdecimal() or not 1 <= int(typed.day) <= 31:
            wrong.append("day")
        if not 1 <= _month(typed.month, default=0) <= 12:
            wrong.append("month")
        return wrong or list(Parts._fields)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        today = timezone.localdate()
        possible = {
            "past": value < today,
            "not_future": value <= today,
            "future": value > today,
            "not_past": value >= today,
        }
        for bound in self.bounds:
            if not possible[bound]:
                raise self._error(bound, Parts._fields)
        earliest, latest = (
            bound() if callable(bound) else bound for bound in (self.earliest, self.latest)
        )
        if earliest and value < earliest:
            raise self._error("earliest", Parts._fields, limit=in_words(earliest))
        if latest and value > latest:
            raise self._error("latest", Parts._fields, limit=in_words(latest))

    def _error(self, code: str, parts: Any, **names: str) -> ValidationError:
        message = self.error_messages[code]
        for name, value in names.items():
            message = message.replace(f"{{{name}}}", value)
        return ValidationError(message, code=code, params={"parts": tuple(parts)})


class TimeField(Question, forms.Field):
    """A time of day: 14:30, 2.30pm, 2pm, midday."""

    widget = forms.TextInput
    words = {
        "invalid": "{Called} must be a time, like 9:30am or 14:30",
        "ambiguous": "{Called} must say am or pm, or use the 24-hour clock, like 09:30 or 14:30",
    }
    spoken = {"midday": time(12), "noon": time(12), "midnight": time(0)}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"width": "5"} | kwargs))

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return value or None
        typed = str(value).strip().lower()
        if not typed:
            return None
        if typed in self.spoken:
            return self.spoken[typed]
        match = CLOCK.fullmatch(typed)
        if not match:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return self._read(match)

    def _read(self, match: re.Match) -> time:
        hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        elif half and not (half == "p" and hour > 12):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        elif not half and (len(match[1]) == 1 or not match[2]):
            # Half past two in the night is written 02:30.
            raise ValidationError(self.error_messages["ambiguous"], code="ambiguous")
        try:
            return time(hour, minute)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


def in_words(day: date) -> str:
    """27 March 2026."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", text):
        raise ValueError(text)
    return int(text)


def _month(text: str, default: int | None = None) -> int:
    try:
        return MONTHS.get(text.lower().rstrip(".")) or _number(text)
    except ValueError:
        if default is None:
            raise
        return default
