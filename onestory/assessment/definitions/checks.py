"""What must hold between questions and instruments, once each reads well by itself."""

from collections.abc import Iterator, Mapping
from itertools import product

from onestory.agencies.area.faults import near_miss
from onestory.assessment.definitions.schema import NOT_SAID, UNKNOWN, Ask, Instrument, Question
from onestory.assessment.rules import conditions, scores

MOST_TRIED = 50_000


def faults(instrument: Instrument, questions: Mapping[str, Question]) -> Iterator[str]:
    """Everything wrong with one instrument."""
    codes = [ask.question for ask in instrument.asks]
    unknown = sorted({code for code in codes if code not in questions})
    for code in unknown:
        yield f"there is no question '{code}'{near_miss(code, questions)}"
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"'{code}' is asked twice"
    sections = [section.code for section in instrument.sections]
    for code in sorted({code for code in sections if sections.count(code) > 1}):
        yield f"two sections are called '{code}'"
    if not unknown:
        earlier: dict[str, Ask] = {}
        for ask in instrument.asks:
            yield from _condition(ask, earlier, questions)
            earlier[ask.question] = ask
        yield from _scoring(instrument, questions)
        for prompt in instrument.prompts:
            for code in sorted(conditions.questions(prompt.condition) - earlier.keys()):
                yield f"it says something if {prompt.when}, but '{code}' is not asked"


def between(
    questions: Mapping[str, Question], instruments: Mapping[tuple[str, int], Instrument]
) -> Iterator[str]:
    """What questions and instruments say of each other, once all are read."""
    for question in questions.values():
        for code in question.like:
            if code not in questions:
                yield f"'{question.code}' is like '{code}', which is not there"
    known = {code for code, _ in instruments}
    for instrument in instruments.values():
        for prompt in instrument.prompts:
            if prompt.instrument and prompt.instrument not in known:
                yield f"'{instrument.code}' offers '{prompt.instrument}', which is not there"


def _condition(ask: Ask, earlier: dict[str, Ask], questions: Mapping[str, Question]):
    """It reads questions asked before it, compares them with what they can be, and can be met."""
    if ask.condition is None:
        return
    wrong = list(_tests(ask, earlier, questions))
    yield from wrong
    if not wrong and not _reachable(ask, earlier, questions):
        yield f"'{ask.question}' is never asked: nothing can be answered so that {ask.when}"


def _tests(ask: Ask, earlier: dict[str, Ask], questions: Mapping[str, Question]) -> Iterator[str]:
    for test in conditions.tests(ask.condition):
        code, op = test["question"], test["op"]
        where = f"'{ask.question}' is asked if {ask.when}, but"
        if code not in earlier:
            yield f"{where} '{code}' is not asked before it"
            continue
        read = questions[code]
        if read.envelope != questions[ask.question].envelope:
            # To be asked the one would tell what was answered to the other.
            yield f"{where} '{code}' lies in another envelope ({read.envelope})"
        if op == "has" and read.kind != "choices":
            yield f"{where} 'has' is for questions with several answers"
        if op in ("<", "<=", ">", ">=") and read.kind not in ("number", "scale"):
            yield f"{where} '{code}' is neither a number nor a scale"
        values = test.get("value", [])
        for value in values if isinstance(values, list) else [values]:
            if op not in ("<", "<=", ">", ">=") and not _possible(read, value):
                yield f"{where} '{code}' cannot be answered {value!r}"


def _possible(question: Question, value: str | int) -> bool:
    if question.kind in ("number", "scale") and isinstance(value, int):
        return question.low <= value <= question.high
    if question.kind in ("text", "date"):
        return False
    return question.option(str(value)) is not None


def _reachable(ask: Ask, earlier: dict[str, Ask], questions: Mapping[str, Question]) -> bool:
    """Whether some answers to what comes before it, each asked itself, have it asked."""
    needed = _needed(ask, earlier)
    items = [(code, one.condition) for code, one in earlier.items() if code in needed]
    items.append((ask.question, ask.condition))
    ways = [_answers(questions[code], items) for code, _ in items[:-1]]
    for tried, answers in enumerate(product(*ways)):
        given = dict(zip((code for code, _ in items), answers, strict=False))
        if ask.question in conditions.asked(items, given):
            return True
        if tried > MOST_TRIED:
            break
    return False


def _needed(ask: Ask, earlier: dict[str, Ask]) -> set[str]:
    """The questions that decide whether this one is asked, near and far."""
    needed: set[str] = set()
    wanted = conditions.questions(ask.condition)
    while wanted:
        code = wanted.pop()
        needed.add(code)
        if earlier[code].condition:
            wanted |= conditions.questions(earlier[code].condition) - needed
    return needed


def _answers(question: Question, items) -> list:
    """Answers that tell apart whatever the conditions ask of this question; None is no answer."""
    tests = [t for _, tree in items if tree for t in conditions.tests(tree)]
    named = [t.get("value") for t in tests if t["question"] == question.code]
    named = [v for value in named for v in (value if isinstance(value, list) else [value])]
    if question.kind in ("number", "scale"):
        around = {n + step for n in named if isinstance(n, int) for step in (-1, 0, 1)}
        return [None, *sorted(n for n in around if question.low <= n <= question.high)]
    if question.kind == "choices":
        codes = [v for v in dict.fromkeys(named) if v]
        return [None, *([code] for code in codes), codes]
    others = [option.code for option in question.choices if option.code not in named]
    return [None, *dict.fromkeys(v for v in named if v), *others[:1]]


def _scoring(instrument: Instrument, questions: Mapping[str, Question]) -> Iterator[str]:
    """Every answer counts, and every sum falls in one band."""
    scoring = instrument.scoring
    if scoring is None:
        return
    asked = {ask.question for ask in instrument.asks}
    counted = [count.question for count in scoring.counts]
    for code in sorted({code for code in counted if counted.count(code) > 1}):
        yield f"the score counts '{code}' twice"
    for count in scoring.counts:
        if count.question not in asked:
            yield f"the score counts '{count.question}', which is not asked"
            continue
        question = questions[count.question]
        if count.way == "yes":
            if question.kind != "yes-no-unknown":
                yield f"'{count.question}' cannot be answered with yes"
        elif count.way != "points" and question.kind != "scale":
            yield f"'{count.question}' is no scale: give its options points"
        if count.way == "points":
            scored = {o.code for o in question.choices} - {NOT_SAID, UNKNOWN}
            if scored != set(count.points) - {UNKNOWN}:
                yield f"'{count.question}': the points must name each of {', '.join(sorted(scored))}"
    if scoring.fewest > len(scoring.counts):
        yield f"'fewest' is {scoring.fewest}, but only {len(scoring.counts)} questions count"
    if set(counted) <= asked and scoring.bands:
        yield from _bands(instrument, questions)


def _bands(instrument: Instrument, questions: Mapping[str, Question]) -> Iterator[str]:
    low, high = scores.bounds(instrument.scoring, questions)
    bands = sorted(instrument.scoring.bands, key=lambda band: band.from_)
    expected = low
    for band in bands:
        if band.from_ != expected or band.to < band.from_:
            yield f"the band '{band.code}' is from {band.from_} to {band.to}; expected from {expected}"
        expected = band.to + 1
    if expected != high + 1:
        yield f"the bands end at {expected - 1}, but the score goes up to {high}"
