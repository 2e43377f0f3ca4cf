"""What the tables show, in plain English: what was counted, never why."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import floor

from onestory.analysis.cases import ReportSettings
from onestory.analysis.periods import Span, in_words
from onestory.analysis.report import Cell, Table
from onestory.analysis.tally import Tally, comparable, rounded

NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
NAME_ALL_UP_TO = 4
NAME_THE_FIRST = 3
NO_CASES = "No cases were opened in the period."


def listed(words: Iterable[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def cases(number: int) -> str:
    """'no cases', '1 case', '1,204 cases'."""
    return f"{number:,} case{'' if number == 1 else 's'}" if number else "no cases"


def percentage(part: int, whole: int) -> str:
    """'35%'; never '0%' for some or '100%' for not all."""
    share = rounded(Fraction(100 * part, whole))
    if part and not share:
        return "less than 1%"
    return "more than 99%" if part < whole and share == 100 else f"{share}%"


def introduction(tally: Tally) -> list[str]:
    """What the report counts, and what to bear in mind."""
    settings, period = tally.settings, tally.period
    said = [
        *settings.introduction,
        (
            f"This report counts the cases opened by the team from {in_words(period.start)}"
            f" to {in_words(period.end)}."
        ),
        "Counts are of cases, not people: one person may have several.",
    ]
    if period.start > period.today:
        said.append("The period has not begun: there is nothing to count yet.")
    elif not period.ended:
        said.append(
            f"The period has not ended: cases are counted up to {in_words(period.today)}, and the"
            " figures will change."
        )
    if parts := [year.label for year in period.years if not year.complete]:
        said.append(f"Not a whole year, and so not compared with other years: {listed(parts)}.")
    return said


def numbers(tally: Tally, mean: Cell) -> list[str]:
    """How many cases, in each year and on average; the highest months; change between years."""
    years, everything = tally.period.years, tally.all(tally.period.whole)
    if not everything:
        return ["The team opened no cases in the period."]
    opened = f"The team opened {cases(everything)} in {_period(years)}"
    if len(years) > 1:
        in_years = ((year.label, tally.all(year)) for year in years)
        opened += ": " + listed(
            f"{n:,} in {year}" if n else f"none in {year}" for year, n in in_years
        )
    said = [f"{opened}."]
    if len([month for month in tally.period.months if month.complete]) > 1:
        about = mean.text if mean.value else "less than 1"
        said.append(f"The average number of cases in a month was {about}.")
    return [" ".join(said), *peaks(tally), *changes(tally)]


def peaks(tally: Tally) -> list[str]:
    """The month with most cases, over the period and in each year; months that tie are all named."""
    months = tally.period.months
    if len(months) < 2:
        return []
    number, names = peak(tally, months)
    said = f"The most cases in one month {'was' if number == 1 else 'were'} {number:,}, in {names}."
    years = [year for year in tally.period.years if tally.all(year)]
    if len(years) > 1:
        tops = (
            peak(tally, [m for m in months if year.start <= m.start <= year.end]) for year in years
        )
        said += " The most in each year: " + "; ".join(f"{top:,} in {name}" for top, name in tops)
        said += "."
    return [said]


def peak(tally: Tally, months: Sequence[Span]) -> tuple[int, str]:
    """The highest number of cases in a month, and the month or months that had it."""
    top = max(map(tally.in_month, months))
    return top, listed(month.label for month in months if tally.in_month(month) == top)


def changes(tally: Tally) -> list[str]:
    """Each whole year against the one before."""
    said = []
    for before, after in comparable(tally.period):
        old, new = tally.all(before), tally.all(after)
        if old == new:
            said.append(f"{after.label} had as many cases as {before.label}: {new:,}.")
            continue
        way, direction = ("more", "up") if new > old else ("fewer", "down")
        grown = f" ({direction} {rounded(Fraction(100 * abs(new - old), old))}%)" if old else ""
        number = cases(abs(new - old)).replace(" case", f" {way} case")
        said.append(f"{after.label} had {number} than {before.label}{grown}.")
    return [" ".join(said)] if said else []


def breakdown(tally: Tally, table: Table, labels: Mapping[str, str], plural: str) -> list[str]:
    """The largest rows of a table, and those that rose and fell most between whole years."""
    everything = tally.all(tally.period.whole)
    if not everything:
        return [NO_CASES]
    found = {
        label: tally.number(table.name, code, tally.period.whole) for code, label in labels.items()
    }
    ranked = sorted((label for label in found if found[label]), key=lambda label: -found[label])
    if len(ranked) <= NAME_ALL_UP_TO:
        named, opening = ranked, f"By {table.corner.lower()}, the cases were: "
    else:
        least = found[ranked[NAME_THE_FIRST - 1]]
        named = [label for label in ranked if found[label] >= least]
        opening = f"The {plural} with most cases were "
    shares = [
        f"{label}, {found[label]:,} of {everything:,} ({percentage(found[label], everything)})"
        for label in named
    ]
    return [f"{opening}{'; '.join(shares)}.", *moves(tally, table, labels)]


def moves(tally: Tally, table: Table, labels: Mapping[str, str]) -> list[str]:
    """Which rows rose and fell most from the first whole year to the last."""
    whole = [year for year in tally.period.years if year.complete]
    if len(whole) < 2:
        return []
    first, last = whole[0], whole[-1]
    ends = {
        label: (tally.number(table.name, code, first), tally.number(table.name, code, last))
        for code, label in labels.items()
    }
    steps = {label: new - old for label, (old, new) in ends.items()}
    said = []
    for extreme, verb in ((max(steps.values()), "rose"), (min(steps.values()), "fell")):
        if extreme and (extreme > 0) == (verb == "rose"):
            most = [label for label, step in steps.items() if step == extreme]
            ways = listed(f"from {ends[label][0]:,} to {ends[label][1]:,}" for label in most)
            said.append(f"{listed(most)} {verb} most ({ways})")
    return [f"Between {first.label} and {last.label}, {' and '.join(said)}."] if said else []


def risk(tally: Tally, counted: str) -> list[str]:
    """How many cases have the risk assessment that counts for them."""
    everything = tally.all(tally.period.whole)
    if not everything:
        return [NO_CASES]
    done = tally.number("risk", "done", tally.period.whole)
    rule = f"The risk assessments that count: {counted}."
    if done == everything:
        return [f"A risk assessment was completed in 100% of cases ({done:,} of {done:,}).", rule]
    return [
        (
            f"A risk assessment was completed in {done:,} of {cases(everything)}"
            f" ({percentage(done, everything)}); {everything - done:,} had none that counts."
        ),
        rule,
    ]


def sexual(tally: Tally) -> list[str]:
    """How many cases were of sexual abuse, in which years."""
    found = tally.number("sexual", "cases", tally.period.whole)
    if not found:
        return ["No sexual abuse cases were opened in the period."]
    years = [(year, tally.number("sexual", "cases", year)) for year in tally.period.years]
    parts = [
        f"{number:,} in {year.label} ({percentage(number, tally.all(year))} of"
        f" {cases(tally.all(year))})"
        for year, number in years
        if number
    ]
    number = cases(found).replace(" case", " sexual abuse case")
    if len(parts) == 1:
        return [f"The team opened {number}{parts[0].removeprefix(f'{found:,}')}."]
    return [f"The team opened {number}: {listed(parts)}."]


def months_chart(tally: Tally) -> str:
    """The chart of months in words, for who cannot see it."""
    said = ["Bar chart of cases by month, one panel for each financial year."]
    for year in tally.period.years:
        months = [month for month in tally.period.months if year.start <= month.start <= year.end]
        if not tally.all(year):
            said.append(f"{year.label}: no cases.")
            continue
        low = min(map(tally.in_month, months))
        top, names = peak(tally, months)
        said.append(f"{year.label}: from {low:,} to {top:,} a month, highest in {names}.")
    return " ".join(said)


def bars_chart(table: Table) -> str:
    """A chart of bars in words: each row's figures."""
    *lines, _ = table.lines
    said = [f"Bar chart of {_lower(table.title)}, in {listed(table.columns)}."]
    said += [f"{label}: {listed(cell.text for cell in cells)}." for label, cells in lines]
    return " ".join(said)


def differences(table: Table, settings: ReportSettings) -> list[str]:
    """Where an earlier report printed another figure, and whether it was cut instead of rounded."""
    notes = []
    for label, cells in table.lines:
        for column, cell in zip(table.columns, cells, strict=True):
            printed = settings.published.get(cell.key)
            if printed is None or cell.value is None or printed == cell.value:
                continue
            said = f"{label}, {column}: {cell.text} here, {_like(cell, printed)} in"
            said += f" {settings.published_in}"
            if cell.exact is not None and printed == floor(cell.exact):
                said += (
                    f", where {_like(cell, f'{float(cell.exact):.1f}')} was cut instead of rounded"
                )
            notes.append(f"{table.title}: {said}.")
    return notes


def _like(cell: Cell, printed: float | str) -> str:
    return f"{printed if isinstance(printed, str) else f'{printed:g}'}{'%' if cell.unit.endswith('percent') else ''}"


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _period(years: Sequence[Span]) -> str:
    if not all(year.complete for year in years):
        return "the period"
    if len(years) == 1:
        return years[0].label
    number = NUMBERS[len(years)] if len(years) < len(NUMBERS) else f"{len(years)}"
    return f"the {number} years"
