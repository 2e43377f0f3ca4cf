"""Pages that save themselves: what was typed on each, and by which window it may be saved again."""

from onestory.kernel.errors import Stale

# Field by field as a browser sends it: a list of values for each name.
Typed = dict[str, list[str]]


def keep(answers: dict, page: str, typed: Typed, version: int, tab: str) -> bool:
    """Put what is typed into `answers`, and say whether that changed anything.

    `version` is the page's when it was opened, `tab` names that opening: it may save again and
    again. Had another opening of the same page been saved meanwhile, `Stale` says so, with what was
    typed there.
    """
    kept = answers["pages"].get(page, {"typed": {}, "version": 0, "tab": ""})
    if kept["tab"] != tab and kept["version"] != version:
        raise Stale("This page was changed in another window.", kept["typed"])
    if kept["typed"] == typed:
        return False
    answers["pages"][page] = {
        "typed": typed,
        "version": kept["version"] + (kept["tab"] != tab),
        "tab": tab,
    }
    return True
