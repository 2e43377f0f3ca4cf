"""The words of the pages of danger."""

from dataclasses import dataclass

from onestory.agencies.pack import pack
from onestory.assessment import bank
from onestory.assessment.definitions import Prompt
from onestory.assessment.rules.scores import Counted
from onestory.kernel.components import Row
from onestory.kernel.templatetags.pages import moment
from onestory.risk.models import RiskAssessment, RiskChange

COLOURS = {"standard": "blue", "medium": "yellow", "high": "red"}


def level(code: str) -> str:
    """The name of a level."""
    return pack().risk_levels.name(code)


def colour(code: str) -> str:
    return COLOURS.get(code, "grey")


def form(row: RiskAssessment) -> str:
    """Which form it was."""
    return pack().risk_forms.name(row.instrument)


def counted(count: Counted) -> str:
    """'5 yes, 10 no, 2 not known, 7 not asked'."""
    return f"{count.yes} yes, {count.no} no, {count.unknown} not known, {count.not_asked} not asked"


def count_of(row: RiskAssessment) -> str:
    """What a result counts, in words."""
    if row.sitting_id:
        return counted(Counted(row.yes, row.no, row.unknown, row.not_asked))
    return "Not said" if row.score is None else str(row.score)


def by_count(row: RiskAssessment) -> str:
    """The level by count, and by which rule; or why there is none."""
    if row.computed:
        return f"{level(row.computed)}. {pack().risk_thresholds.name(row.threshold)}"
    return "None: this form has no rule of its own here, or too little was known"


def facts(row: RiskAssessment) -> list[Row]:
    """A result as it was that day."""
    asked = "Asked by" if row.sitting_id else "Sent by"
    who = f"{row.recorded_by}, {row.team}" if row.sitting_id else row.sent_by
    version = f", version {row.version}" if row.version else ""
    return [
        Row("Form", f"{form(row)}{version}"),
        Row(asked, who),
        Row("When", moment(row.assessed_at)),
        Row("Count", count_of(row)),
        Row("Level by count", by_count(row)),
        Row("Level as judged", level(row.level)),
        Row("Why", row.reason or "Nothing was written"),
    ]


def change(row: RiskChange) -> str:
    return pack().risk_changes.name(row.kind)


@dataclass(frozen=True)
class Told:
    """What the worker is told once answers lead to it, and the checklist offered then."""

    words: str
    condition: str
    shown: bool
    instrument: str = ""
    title: str = ""


def told(prompt: Prompt, condition: str, shown: bool) -> Told:
    title = bank.instrument(prompt.instrument).title if prompt.instrument else ""
    return Told(prompt.words, condition, shown, prompt.instrument or "", title)
