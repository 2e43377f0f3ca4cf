"""Pages that save themselves: what was typed on each, by which opening of the page, and in which
order.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from onestory.kernel.errors import Stale

# Field by field as a browser sends it: a list of values for each name.
Typed = dict[str, list[str]]


@dataclass(frozen=True)
class Opening:
    """One opening of a page, and one of its savings.

    `tab` names the opening, which may save again and again; `version` is the page's when it was
    opened; `saving` rises with each saving, and is 0 from a browser that saves only when told to.
    """

    tab: str = ""
    version: int = 0
    saving: int = 0

    # What the page sends of itself, beside what was typed on it.
    FIELDS = ("tab", "version", "saving")

    @classmethod
    def of(cls, posted: Mapping[str, str]) -> "Opening":
        """As the page sent it. A version that is no number fits none."""
        version, saving = posted.get("version", ""), posted.get("saving", "")
        return cls(
            tab=posted.get("tab", ""),
            version=int(version) if _is_number(version) else -1,
            saving=int(saving) if _is_number(saving) else 0,
        )

    def is_late(self, heard: dict[str, int]) -> bool:
        """Whether a later saving of this opening has been heard already: then this one's words
        are older than what is kept. If not, it is remembered in `heard` as the last.

        What a browser sends while somebody types may arrive after the form that was sent behind it.
        """
        if not (self.tab and self.saving):
            return False
        if self.saving < heard.get(self.tab, 0):
            return True
        heard[self.tab] = self.saving
        return False


# What no page saves while it is typed.
ONCE = Opening()


def keep(answers: dict, page: str, typed: Typed, opening: Opening) -> bool:
    """Put what is typed into `answers`, and say whether that changed what is typed.

    `answers` holds the pages of a draft by name, and what was heard last from each opening. Had
    another opening of the same page been saved meanwhile, `Stale` says so, with what was typed
    there. A saving that was overtaken by a later one of its own page changes nothing.
    """
    pages = answers.setdefault("pages", {})
    kept = pages.get(page, {"typed": {}, "version": 0, "tab": ""})
    if kept["tab"] != opening.tab and kept["version"] != opening.version:
        raise Stale("This page was changed in another window.", kept["typed"])
    if opening.is_late(answers.setdefault("heard", {})) or kept["typed"] == typed:
        return False
    pages[page] = {
        "typed": typed,
        "version": kept["version"] + (kept["tab"] != opening.tab),
        "tab": opening.tab,
    }
    return True


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 17
