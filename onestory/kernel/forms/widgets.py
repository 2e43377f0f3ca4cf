"""Widgets that Django's own cannot stand in for."""

from typing import Any

from django.forms import CheckboxSelectMultiple, RadioSelect
from django.forms import Select as DjangoSelect


class _Options:
    """Options with hints, dividers and what they reveal."""

    hints: dict[str, str] = {}
    revealed: dict[str, str] = {}
    divider_before: str | None = None
    exclusive: str | None = None
    inline = False
    small = False

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        key, attrs = str(value), option["attrs"]
        option["hint"] = self.hints.get(key, "")
        option["divider"] = "or" if key == self.divider_before else ""
        option["revealed"] = self.revealed.get(key, "")
        # The group carries the error and its description; an option only its own hint.
        attrs.pop("aria-describedby", None)
        attrs.pop("aria-invalid", None)
        if option["hint"]:
            attrs["aria-describedby"] = f"{attrs['id']}_hint"
        if key == self.exclusive:
            attrs["data-behaviour"] = "exclusive"
        return option

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"inline": self.inline, "small": self.small}
        return context


class Radios(_Options, RadioSelect):
    """One of several."""


class Checkboxes(_Options, CheckboxSelectMultiple):
    """Any of several."""


class Select(DjangoSelect):
    """A list that opens, with an empty first line unless the choices bring their own."""

    empty_label = "Choose"

    def optgroups(self, name: str, value: Any, attrs: dict | None = None) -> list:
        groups = super().optgroups(name, value, attrs)
        options = [option for _, members, _ in groups for option in members]
        if self.empty_label and all(option["value"] != "" for option in options):
            selected = not any(option["selected"] for option in options)
            empty = self.create_option(name, "", self.empty_label, selected, "empty", attrs=attrs)
            groups.insert(0, (None, [empty], 0))
        return groups
