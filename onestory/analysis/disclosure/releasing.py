"""Tables that go out together, and what they tell together with those that went before."""

from collections.abc import Sequence
from dataclasses import dataclass

from onestory.analysis.disclosure.counts import Counts
from onestory.analysis.disclosure.hiding import Hiding, Told
from onestory.analysis.disclosure.making import printed
from onestory.analysis.disclosure.rule import Rule
from onestory.analysis.report import Table


@dataclass(frozen=True)
class Release:
    """Tables as they were published together, and what they told.

    `told_before` names the small counts which earlier releases had already given away.
    """

    tables: tuple[Table, ...]
    told: Told
    told_before: tuple[str, ...] = ()


def release(tables: Sequence[Table], rule: Rule, earlier: Sequence[Release] = ()) -> Release:
    """The tables for publication, so that no small count can be worked out from all of them.

    Figures are the same where their `who` is the same; rows and columns called a total are sums of
    the others where they add up. Raises ValueError, naming table, row and column, where a figure
    does not say what it is made from.
    """
    hiding = Hiding(Counts.of(tables), rule, [one.told for one in earlier])
    seen = hiding.done()
    return Release(
        tuple(printed(table, seen, rule) for table in tables),
        hiding.told(),
        tuple(dict.fromkeys(who for who, _ in hiding.told_before)),
    )
