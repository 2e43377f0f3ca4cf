"""What later rooms put at the head of the worklist: what must not wait for its turn in a list.

As with `people.cards`: `alerts.sources.append(alerts_of)` in the `ready` of an AppConfig. A source
asks one query, of what is open to the actor, and says whom each alert is about; the worklist finds
the names of all of them together.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onestory.agencies.actor import Actor
from onestory.kernel.components import WorkItem


@dataclass(frozen=True)
class Alert:
    """A line at the head of the worklist, about one person. It stays until its page settles it."""

    person_id: UUID
    url: str
    tag: str
    facts: tuple[str, ...] = ()
    due: date | datetime | None = None
    tag_colour: str = "red"

    def as_item(self, title: str) -> WorkItem:
        """With the name of whom it is about."""
        return WorkItem(
            title=title,
            url=self.url,
            rag=None,
            due=self.due,
            facts=self.facts,
            tag=self.tag,
            tag_colour=self.tag_colour,
        )


Source = Callable[[Actor], Iterable[Alert]]
sources: list[Source] = []


def alerts(by: Actor) -> list[Alert]:
    """Everything that stands at the head, in the order of the rooms."""
    return [alert for source in sources for alert in source(by)]
