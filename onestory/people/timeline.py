"""What later rooms add to the timeline of a person: people know nothing of contacts or cases.

A room appends its source in the `ready` of its AppConfig. PostgreSQL decides what it finds; it must
not give an address.
"""

from collections.abc import Callable, Iterable

from onestory.kernel.components import Event
from onestory.people.about import About

sources: list[Callable[[About], Iterable[Event]]] = []
