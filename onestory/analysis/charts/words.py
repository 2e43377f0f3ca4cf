"""A chart in words, from the same figures: for who cannot see it."""

from collections.abc import Iterable, Sequence

from onestory.analysis.charts.limits import places
from onestory.analysis.charts.look import body, by_reach
from onestory.analysis.report import Cell, Chart

HIDDEN = "Some figures are hidden because they are small."


def alt(chart: Chart) -> str:
    """What the chart shows: its kind, its title, and its figures or their ends."""
    said = KINDS[chart.kind](chart)
    if any(cell.suppressed for _, cells in body(chart) for cell in cells):
        said.append(HIDDEN)
    return " ".join(said)


def listed(words: Iterable[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _bars(chart: Chart) -> list[str]:
    said = [f"Bar chart of {_lower(chart.title)}, {_in(chart.table.columns)}."]
    for label, cells in body(chart):
        said.append(f"{label}: {listed(cell.text for cell in cells)}.")
    return said


def _in(columns: Sequence[str]) -> str:
    """'in 2020/21 and 2021/22', but 'since the age of 16'."""
    words = listed(map(_lower, columns))
    return f"in {words}" if words[0].isdigit() else words


def _months(chart: Chart) -> list[str]:
    said = [f"Bar chart of {_lower(chart.title)}, one panel for each year."]
    for place, column in enumerate(chart.table.columns):
        known = _known((label, cells[place]) for label, cells in body(chart))
        said.append(f"{column}: {_ends(known)}." if known else f"{column}: no figures.")
    return said


def _lines(chart: Chart) -> list[str]:
    said = [f"Line chart of {_lower(chart.title)}, from {_from_to(chart)}."]
    said += [f"{chart.reference_label}."] * bool(chart.reference_label)
    for place, column in enumerate(chart.table.columns):
        known = _known((label, cells[place]) for label, cells in body(chart))
        if not known:
            said.append(f"{column}: no figures.")
            continue
        (first, start), (last, end) = known[0], known[-1]
        said.append(f"{column}: {start.text} in {first}, {end.text} in {last}; {_ends(known)}.")
        if None not in (end.low, end.high):
            said.append(f"The interval in {last} goes from {end.low:,.1f} to {end.high:,.1f}.")
    return said


def _trajectory(chart: Chart) -> list[str]:
    planned, actual = chart.table.columns
    said = [f"Line chart of {_lower(chart.title)}, {_lower(planned)} and {_lower(actual)}."]
    lines = body(chart)
    if known := _known((label, cells[0]) for label, cells in lines):
        said.append(
            f"{planned}: {known[0][1].text} in {known[0][0]}, {known[-1][1].text} in {known[-1][0]}."
        )
    both = [(label, *cells) for label, cells in lines if all(c.value is not None for c in cells)]
    if both:
        label, plan, came = both[-1]
        step = came.value - plan.value
        way = (
            "as planned"
            if not step
            else f"{_like(abs(step), came)} {'above' if step > 0 else 'below'} plan"
        )
        said.append(f"{actual}: {came.text} in {label}, {way}.")
    return said


def _tornado(chart: Chart) -> list[str]:
    low, high = chart.table.columns
    said = [f"Tornado chart of {_lower(chart.title)}, what moves the result most on top."]
    if chart.reference_label:
        said.append(f"{chart.reference_label}.")
    said += [
        f"{label}: {cells[0].text} ({_lower(low)}) to {cells[1].text} ({_lower(high)})."
        for label, cells in by_reach(chart)
    ]
    return said


def _funnel(chart: Chart) -> list[str]:
    said, before = [f"Funnel of {_lower(chart.title)}."], None
    for label, (cell, *_) in body(chart):
        of_before = (
            f", {100 * cell.value / before:.0f}% of those before"
            if cell.value is not None and before
            else ""
        )
        said.append(f"{label}: {cell.text}{of_before}.")
        before = cell.value
    return said


def _limits(chart: Chart) -> list[str]:
    expected, found = places(chart)
    said = [
        f"Funnel plot of {_lower(chart.title)}: {len(found)} places, around {100 * expected:.1f}%."
    ]
    for way in ("above", "below"):
        named = [f"{p.label} ({100 * p.share:.0f}%)" for p in found if p.outside == way]
        if named:
            said.append(f"{way.capitalize()} the limits of chance: {listed(named)}.")
    if not any(place.outside for place in found):
        said.append("All lie within the limits of chance.")
    return said


KINDS = {
    "bars": _bars,
    "months": _months,
    "lines": _lines,
    "trajectory": _trajectory,
    "tornado": _tornado,
    "funnel": _funnel,
    "limits": _limits,
}


def _known(cells: Iterable[tuple[str, Cell]]) -> list[tuple[str, Cell]]:
    return [(label, cell) for label, cell in cells if cell.value is not None]


def _ends(known: Sequence[tuple[str, Cell]]) -> str:
    """'from 3 to 29, highest in June'; all months that tie are named."""
    least = min(cell.value for _, cell in known)
    most = max(cell.value for _, cell in known)
    if least == most:
        return f"{known[0][1].text} throughout"
    lowest = next(cell for _, cell in known if cell.value == least)
    highest = [(label, cell) for label, cell in known if cell.value == most]
    where = listed(label for label, _ in highest)
    return f"from {lowest.text} to {highest[0][1].text}, highest in {where}"


def _from_to(chart: Chart) -> str:
    labels = [label for label, _ in body(chart)]
    return f"{labels[0]} to {labels[-1]}" if labels else "nothing"


def _like(number, cell: Cell) -> str:
    """A difference, in the unit of the figures that differ."""
    return Cell(number, cell.unit).text


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]
