"""A measure in words: how it explains itself on pages, in the terminal and in the reference."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from onestory.analysis.measures import language as say
from onestory.analysis.measures.measure import PEOPLE, TIMES, Measure

GROUPS = {
    "age_band": "age",
    "computed": "level by count",
    "from_organisation": "sending organisation",
    "from_outside": "sent from outside",
    "from_team": "sending team",
    "referred_by": "who first told",
    "to_organisation": "receiving organisation",
    "to_team": "receiving team",
    **{code: name.lower() for code, name in TIMES.items()},
}
INTERVALS = {
    None: "None.",
    "wilson": "Wilson's, 95%.",
    "byar": "Byar's, 95%; exact Poisson below ten.",
}


def explained(measure: Measure) -> list[tuple[str, str]]:
    """What a reader has to know of it, as headings with words."""
    said = [
        ("What", measure.definition),
        ("Counts", _counts(measure)),
        ("Numerator", formula(measure.numerator)),
    ]
    if measure.denominator is not None:
        among = " (the numerator counts only among these)" if measure.is_share else ""
        said.append(("Denominator", formula(measure.denominator) + among))
    said += [
        ("Table", measure.table),
        ("Period", _period(measure)),
        ("Unit", measure.unit),
        ("Groups", ", ".join(measure.cuts)),
        ("Interval", INTERVALS[measure.interval]),
        ("Source", measure.source),
    ]
    if measure.caveat:
        said.append(("Mind", measure.caveat))
    return said


def group_title(code: str) -> str:
    """'Age', 'Declined reason'."""
    return GROUPS.get(code, code.replace("_", " ")).capitalize()


def number(measure: Measure, value: Fraction | float | None) -> str:
    """A value as people read it: '1,204', '45.5%', '1.7'; 'n/a' where there is none."""
    if value is None:
        return "n/a"
    return f"{rounded(value, places(measure)):,}{'%' if measure.unit == 'percent' else ''}"


def places(measure: Measure) -> int:
    """How many decimals are printed: none of counts, two of so many for each."""
    if measure.per > 1 or isinstance(measure.numerator, say.Mean | say.Median):
        return 1
    return 0 if measure.denominator is None else 2


def rounded(value: Fraction | float, decimals: int) -> Decimal:
    """To so many decimals; halves away from nought."""
    exact = Fraction(value)
    finer = Decimal(exact.numerator) / Decimal(exact.denominator)
    return finer.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _counts(measure: Measure) -> str:
    said = "Different people." if measure.counts == PEOPLE else f"{measure.counts.capitalize()}."
    if measure.of in ("", measure.counts):
        return said
    of = "different people" if measure.of == PEOPLE else measure.of
    return f"{measure.counts.capitalize()}, for each of {of}."


def _period(measure: Measure) -> str:
    if measure.any_time:
        return f"What stood at some time in it: by {measure.on}, until {measure.until}."
    if measure.standing:
        return f"What stands at its end: by {measure.on}, until {measure.until}."
    return f"By {measure.on}."


def formula(part: object) -> str:
    """An expression as its author would write it."""
    match part:
        case say.Aggregate():
            return _aggregate(part)
        case say.Column(name):
            return name
        case say.LastDay():
            return "end"
        case say.Days(start, end):
            return f"days({formula(start)}, {formula(end)})"
        case say.Hours(start, end):
            return f"hours({formula(start)}, {formula(end)})"
        case say.Both(one, other):
            return f"{_inner(one)} and {_inner(other)}"
        case say.Either(one, other):
            return f"{_inner(one)} or {_inner(other)}"
        case say.Not(say.Missing(value)):
            return f"{formula(value)} is known"
        case say.Missing(value):
            return f"{formula(value)} is missing"
        case say.Not(one):
            return f"not {_inner(one)}"
        case say.Compare(symbol, left, right):
            return f"{formula(left)} {symbol} {formula(right)}"
        case say.Among(value, options):
            return f"{formula(value)} is one of {', '.join(map(formula, options))}"
        case say.Has(value, option):
            return f"{formula(value)} has {option}"
        case say.Is(value, answer):
            return f"{formula(value)} is {'yes' if answer else 'no'}"
        case say.Always():
            return "every row"
    return str(part)


def _aggregate(made: say.Aggregate) -> str:
    where = "" if isinstance(made.where, say.Always) else f" where {formula(made.where)}"
    match made:
        case say.Count():
            return f"count of rows{where}"
        case say.People():
            return f"different people{where}"
        case say.Different(_, columns):
            return f"different {' and '.join(columns)}{where}"
    return f"{type(made).__name__.lower()} of {formula(made.value)}{where}"


def _inner(part: say.Condition) -> str:
    """In brackets, where it could be read otherwise."""
    both = isinstance(part, say.Both | say.Either)
    return f"({formula(part)})" if both else formula(part)
