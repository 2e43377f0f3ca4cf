"""Pages that save themselves: what was typed on each, and by which window it may be saved again."""

from onestory.kernel.errors import Stale
from onestory.kernel.opening import Opening

# Field by field as a browser sends it: a list of values for each name.
Typed = dict[str, list[str]]


def keep(answers: dict, page: str, typed: Typed, opening: Opening) -> bool:
    """Put what is typed into `answers`, and say whether that changed what is typed.

    Had another opening of the same page been saved meanwhile, `Stale` says so, with what was typed
    there. A saving that was overtaken by a later one of its own page changes nothing.
    """
    kept = answers["pages"].get(page, {"typed": {}, "version": 0, "tab": ""})
    if kept["tab"] != opening.tab and kept["version"] != opening.version:
        raise Stale("This page was changed in another window.", kept["typed"])
    if opening.is_late(answers.setdefault("heard", {})) or kept["typed"] == typed:
        return False
    answers["pages"][page] = {
        "typed": typed,
        "version": kept["version"] + (kept["tab"] != opening.tab),
        "tab": opening.tab,
    }
    return True
