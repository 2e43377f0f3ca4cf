"""What later rooms add to the timeline of a person: people know nothing of contacts or cases.

A room appends its source in the `ready` of its AppConfig. It is called with the actor and the ids of
all records of the one human being. PostgreSQL decides what it finds; it must not give an address.
"""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from onestory.agencies.actor import Actor
from onestory.kernel.components import Event

sources: list[Callable[[Actor, Sequence[UUID]], Iterable[Event]]] = []
