"""What later rooms add to the envelopes on a person's page, by kind of envelope.

As with `timeline`: `cards.sources["needs"].append(rows_of)` in the `ready` of an AppConfig. A source
is called only while an envelope of its kind is open to the actor.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from onestory.kernel.components import Row
from onestory.people.about import About

Source = Callable[[About], Iterable[Row]]
sources: defaultdict[str, list[Source]] = defaultdict(list)
