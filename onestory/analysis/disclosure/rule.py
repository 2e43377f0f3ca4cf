"""What a partnership has agreed about printing numbers of people. Its figures come from the area pack."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Which counts are too small to print, and to what the others are rounded.

    `leaves` is what the rule promises: whatever somebody works out from all that was published, at
    least so many numbers remain possible for each count that was too small. Where a real nought
    tells something of people, `zeros_shown` is False and it is hidden like the small counts.
    """

    smallest: int = 1
    largest: int = 7
    round_to: int = 5
    leaves: int = 5
    zeros_shown: bool = True
    from_: date | None = None
    source: str = ""
    small: range = field(init=False, repr=False)

    def __post_init__(self):
        if not 0 < self.smallest <= self.largest:
            raise ValueError(
                f"Small counts go from at least 1 upwards, not from {self.smallest} to {self.largest}."
            )
        if not 0 < self.round_to <= 2 * self.largest + 2:
            raise ValueError(
                f"With counts above {self.largest} printed, rounding to {self.round_to} would make"
                " nought of somebody."
            )
        first = self.smallest if self.zeros_shown else 0
        object.__setattr__(self, "small", range(first, self.largest + 1))
        if not 1 < self.leaves <= len(self.small):
            raise ValueError(
                f"Of {len(self.small)} small counts between 2 and {len(self.small)} can remain"
                f" possible, not {self.leaves}."
            )

    def rounded(self, number: int) -> int:
        """As a count that is not small is printed."""
        return (number + self.round_to // 2) // self.round_to * self.round_to

    def behind(self, number: int) -> tuple[int, int]:
        """From what to what a count can be that is printed as this one is."""
        if number == 0 and 0 not in self.small:
            return 0, 0
        printed = self.rounded(number)
        low = printed - self.round_to // 2
        return max(low, self.largest + 1), low + self.round_to - 1

    @property
    def words(self) -> str:
        """The rule, for the reader."""
        rounding = (
            f"All other counts are rounded to the nearest {self.round_to}, and percentages and"
            " averages are worked out from the rounded counts, so that sums may differ."
            if self.round_to > 1
            else "All other counts are exact."
        )
        nought = "" if self.zeros_shown else " Noughts are hidden like them."
        return (
            f"For publication: counts from {self.smallest} to {self.largest} are replaced by *, and"
            f" so are figures from which these could be worked out.{nought} {rounding}"
        )
