"""Long lists a page at a time, from where one was: as fast on the last page as on the first.

A page is named by the last (or first) row of its neighbour, so that rows which come and go
meanwhile neither repeat nor hide others.
"""

import base64
import json
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

SIZE = 25


@dataclass(frozen=True)
class Window:
    """The rows of one page. `previous` and `next` name the neighbours; empty where there is none."""

    rows: list
    previous: str = ""
    next: str = ""


def window(
    rows: QuerySet, order: tuple[str, ...], *, after: str = "", before: str = "", size: int = SIZE
) -> Window:
    """A page of `rows` in this order, after or before the row that a neighbour names.

    The order must tell any two rows apart, and is of columns or annotations, descending with a
    minus. One query. A name that cannot be read is the first page.
    """
    further = _further(rows, order, after) if after else None
    backwards = further is None and bool(before)
    if backwards:
        further = _further(rows, tuple(map(_turned, order)), before)
        backwards = further is not None
    directed = tuple(map(_turned, order)) if backwards else order
    page = list((rows if further is None else further).order_by(*directed)[: size + 1])
    more, page = len(page) > size, page[:size]
    if backwards:
        page.reverse()
    earlier, later = (more, True) if backwards else (further is not None, more)
    return Window(
        rows=page,
        previous=_name(page[0], order) if page and earlier else "",
        next=_name(page[-1], order) if page and later else "",
    )


def _turned(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def _further(rows: QuerySet, order: tuple[str, ...], name: str) -> QuerySet | None:
    """The rows beyond the one that is named, in this order; None if the name cannot be read."""
    values = _read(name)
    if len(values) != len(order):
        return None
    beyond, same = Q(), {}
    for column, value in zip(order, values, strict=True):
        plain, comes = column.lstrip("-"), "lt" if column.startswith("-") else "gt"
        beyond |= Q(**same, **{f"{plain}__{comes}": value})
        same[plain] = value
    try:
        return rows.filter(beyond)
    except (ValidationError, ValueError, TypeError):
        return None


def _name(row: Model, order: tuple[str, ...]) -> str:
    values = [getattr(row, column.lstrip("-")) for column in order]
    plain = json.dumps(values, default=str, separators=(",", ":"))
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _read(name: str) -> list:
    try:
        values = json.loads(base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)))
    except ValueError:
        return []
    return values if isinstance(values, list) else []
