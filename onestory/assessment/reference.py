"""The reference pages of the question bank: every question, and every version of every instrument."""

from onestory.access.models import Kind
from onestory.assessment.definitions import Instrument, Question, Scoring, load_bank
from onestory.assessment.rules import conditions

QUESTION = ["code", "question", "answers", "part of the record", "holds", "needs", "source"]


def questions(table) -> str:
    """Every question by topic, in the words that areas start from."""
    bank = load_bank()
    about = (
        "What is asked, in the words that every area starts from. An answer lies in the part of the "
        "record that its question names, holds as long as its question says, and may mean needs of "
        "the area."
    )
    parts = ["# Questions", about]
    for topic, title in bank.topics.items():
        asked = [q for q in bank.questions.values() if q.topic == topic]
        parts += [f"## {title}", table(QUESTION, [_question(question) for question in asked])]
    return "\n\n".join(parts) + "\n"


def instruments(table) -> str:
    """Every version of every instrument: what it asks, and when."""
    parts = ["# Instruments", "Ordered lists of questions. Old versions stay readable."]
    for one in load_bank().instruments.values():
        parts += _instrument(one, table)
    return "\n\n".join(parts) + "\n"


def _question(question: Question) -> list:
    needs = [f"{code}: {', '.join(found)}" for code, found in question.needs.items()]
    return [
        question.code,
        question.text,
        _answers(question),
        Kind(question.envelope).label,
        f"{question.holds_days} days" if question.holds_days else "for good",
        "; ".join(needs),
        question.source,
    ]


def _answers(question: Question) -> str:
    match question.kind:
        case "yes-no-unknown":
            return "yes, no, does not know"
        case "scale":
            return (
                f"{question.low} ({question.low_means}) to {question.high} ({question.high_means})"
            )
        case "number":
            return f"a number from {question.low} to {question.high}"
        case "choice" | "choices":
            several = "any of: " if question.kind == "choices" else ""
            return several + "; ".join(option.name for option in question.options)
    return {"text": "own words", "date": "a day"}[question.kind]


def _instrument(one: Instrument, table) -> list[str]:
    facts = [
        ["code", one.code],
        ["in use from", one.from_],
        ["source", one.source],
        ["licence", one.licence],
        ["made for", ", ".join(one.used_by)],
    ]
    asked = [
        [section.title, ask.question, conditions.in_words(ask.condition) if ask.condition else ""]
        for section in one.sections
        for ask in section.asks
    ]
    parts = [
        f"## {one.title}, version {one.version}",
        one.about,
        table(["", ""], facts),
        table(["section", "question", "asked if"], asked),
    ]
    if one.prompts:
        told = [[conditions.in_words(p.condition), p.words] for p in one.prompts]
        parts.append(table(["if", "the worker is told"], told))
    if one.scoring:
        parts.append(one.scoring.title + ".")
        parts.append(_meaning(one.scoring, table))
    return parts


def _meaning(scoring: Scoring, table) -> str:
    """The bands; or what is counted, where the area says what a count means."""
    if scoring.bands:
        rows = [[band.name, f"{band.from_} to {band.to}", band.means] for band in scoring.bands]
        return table(["band", "points", "means"], rows)
    counted = ", ".join(count.question for count in scoring.counts)
    return f"Each yes counts one, and nothing else does: {counted}."
