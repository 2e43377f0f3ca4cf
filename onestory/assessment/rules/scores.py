"""What a measure comes to: points, and the band they fall in; and what a checklist counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onestory.assessment.definitions.schema import Band, Count, Instrument, Question, Scoring


@dataclass(frozen=True)
class Score:
    """`points` of `most`, from `answered` of `of` questions; without points, too few answered.

    Points and bands hold for this version of the instrument alone.
    """

    instrument: str
    version: int
    points: int | None
    least: int
    most: int
    answered: int
    of: int
    band: Band | None = None


@dataclass(frozen=True)
class Counted:
    """How the questions that count were answered. Who would rather not say is not known to say yes."""

    yes: int
    no: int
    unknown: int
    not_asked: int


def counted(instrument: Instrument, answers: Mapping[str, Any]) -> Counted:
    """The answers of a checklist, kept apart. Only what counts is counted, and each as much."""
    given = [answers.get(count.question) for count in instrument.scoring.counts]
    yes, no, not_asked = given.count("yes"), given.count("no"), given.count(None)
    return Counted(yes, no, len(given) - yes - no - not_asked, not_asked)


def score(
    instrument: Instrument, questions: Mapping[str, Question], answers: Mapping[str, Any]
) -> Score:
    """The score of these answers. Where some are missing, the rest stands for them, or nothing."""
    scoring = instrument.scoring
    points = {
        count.question: found
        for count in scoring.counts
        if (found := _points(count, questions[count.question], answers.get(count.question)))
        is not None
    }
    least, most = bounds(scoring, questions)
    total = _whole(scoring, questions, points) if len(points) >= scoring.fewest else None
    band = next((b for b in scoring.bands if total is not None and b.from_ <= total <= b.to), None)
    return Score(
        instrument=instrument.code,
        version=instrument.version,
        points=total,
        least=least,
        most=most,
        answered=len(points),
        of=len(scoring.counts),
        band=band,
    )


def bounds(scoring: Scoring, questions: Mapping[str, Question]) -> tuple[int, int]:
    """The least and the most that a score can be."""
    each = [_bounds(count, questions[count.question]) for count in scoring.counts]
    return sum(low for low, _ in each), sum(high for _, high in each)


def _bounds(count: Count, question: Question) -> tuple[int, int]:
    if count.way == "points":
        return min(count.points.values()), max(count.points.values())
    if count.way == "yes":
        return 0, 1
    return question.low, question.high


def _points(count: Count, question: Question, answer: Any) -> int | None:
    """What one answer counts; None where nothing was said that could count."""
    if count.way == "points":
        return count.points.get(answer) if isinstance(answer, str) else None
    if count.way == "yes":
        return None if answer is None else int(answer == "yes")
    if not isinstance(answer, int):
        return None
    return answer if count.way == "value" else question.low + question.high - answer


def _whole(scoring: Scoring, questions: Mapping[str, Question], points: dict[str, int]) -> int:
    """The sum; those not answered at the same share of their range as the others, or at nothing."""
    if scoring.missing == "nothing":
        return sum(points.values())
    given = [(c, _bounds(c, questions[c.question])) for c in scoring.counts]
    reached = sum(points[c.question] - low for c, (low, _) in given if c.question in points)
    range_ = sum(high - low for c, (low, high) in given if c.question in points)
    least, most = bounds(scoring, questions)
    return least + round(reached / range_ * (most - least))
