"""What the question bank is made of: topics with their questions, and instruments that ask them."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, StringConstraints, field_validator, model_validator

from onestory.agencies.area.vocabulary import Code, Codes, Entry, Text
from onestory.assessment.rules import conditions

QuestionCode = Annotated[str, StringConstraints(pattern=rf"^{conditions.QUESTION}$")]
Kind = Literal["yes-no-unknown", "choice", "choices", "text", "number", "date", "scale"]
# What is kept about a survivor by its questions; whereabouts and therapy are never asked here.
Envelope = Literal["identity", "safe-contact", "story", "needs", "risk", "support"]

NOT_SAID = "not-said"
UNKNOWN = "unknown"
CODED = ("yes-no-unknown", "choice", "choices", "scale")
MOST_TEXT = 20_000


class Option(Entry):
    """One answer to choose. `alone`: it goes with no other, such as 'None of these'."""

    code: Code
    name: Text
    help: str = ""
    alone: bool = False
    # No longer offered; old answers stay readable.
    ended: date | None = None


YES_NO_UNKNOWN = (
    Option(code="yes", name="Yes"),
    Option(code="no", name="No"),
    Option(code=UNKNOWN, name="Does not know"),
)
# Whoever would rather not say has answered, and is not asked again.
RATHER_NOT = Option(code=NOT_SAID, name="Would rather not say", alone=True)


class Question(Entry):
    """One question, asked in the same words by everybody.

    `envelope`: where the answer lies. `holds_days`: how long it holds; without it, for good.
    `needs`: which needs of the area an answer means. `note`: what may be added in own words.
    """

    code: QuestionCode
    text: Text
    help: str = ""
    kind: Kind
    options: tuple[Option, ...] = Field(default=(), strict=False)
    low: int = 0
    high: int = Field(default=10, le=2**31 - 1)
    low_means: str = ""
    high_means: str = ""
    past: bool = False
    envelope: Envelope
    holds_days: int | None = Field(default=None, gt=0)
    needs: dict[Code, Codes] = {}
    # Other questions whose answers tell something of this one: shown beside it, never taken for it.
    like: tuple[QuestionCode, ...] = Field(default=(), strict=False)
    note: str = ""
    source: Text
    licence: str = ""
    verified: bool = True

    @property
    def topic(self) -> str:
        return self.code.partition(".")[0]

    @property
    def choices(self) -> tuple[Option, ...]:
        """Every answer that may be chosen, the built-in ones too."""
        if self.kind == "yes-no-unknown":
            return (*YES_NO_UNKNOWN, RATHER_NOT)
        if self.kind in ("choice", "choices"):
            return (*self.options, RATHER_NOT)
        return (RATHER_NOT,) if self.kind == "scale" else ()

    def option(self, code: str) -> Option | None:
        return next((option for option in self.choices if option.code == code), None)

    @model_validator(mode="after")
    def _fits_its_kind(self):
        if (self.kind in ("choice", "choices")) != bool(self.options):
            raise ValueError("'options' belong to the kinds 'choice' and 'choices', and only there")
        codes = [option.code for option in self.choices]
        if twice := {code for code in codes if codes.count(code) > 1}:
            raise ValueError(f"an option is there twice, or built in: {', '.join(sorted(twice))}")
        if unknown := set(self.needs) - set(codes):
            raise ValueError(f"'needs' names no option: {', '.join(sorted(unknown))}")
        if self.high <= self.low:
            raise ValueError("'high' must be more than 'low'")
        if self.kind == "scale" and not (self.low_means and self.high_means):
            raise ValueError("a scale says what its two ends mean: 'low_means' and 'high_means'")
        return self


class Topic(Entry):
    """A file of questions, and what they share unless one says otherwise."""

    title: Text
    envelope: Envelope
    source: Text
    holds_days: int | None = Field(default=None, gt=0)
    questions: tuple[dict[str, Any], ...] = Field(min_length=1, strict=False)


class Ask(Entry):
    """A question in an instrument, and when it is asked."""

    question: QuestionCode
    when: str = Field(default="", alias="if")
    _condition: dict | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _readable(self):
        if self.when:
            self._condition = conditions.read(self.when)
        return self

    @property
    def condition(self) -> conditions.Tree | None:
        return self._condition


class Section(Entry):
    """What is asked on one page."""

    code: Code
    title: Text
    intro: str = ""
    asks: tuple[Ask, ...] = Field(min_length=1, strict=False)

    @field_validator("asks", mode="before")
    @classmethod
    def _bare_codes(cls, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return tuple({"question": item} if isinstance(item, str) else item for item in value)


class Count(Entry):
    """How one question counts: by its value, by the value turned round, by points per option, or as
    one if it was answered with yes."""

    question: QuestionCode
    way: Literal["value", "reversed", "points", "yes"]
    points: dict[Code, int] = {}


class Band(Entry):
    code: Code
    name: Text
    from_: int = Field(alias="from")
    to: int
    means: str = ""


class Scoring(Entry):
    """Points, and the bands they fall in. It belongs to one version of one instrument.

    `missing`: what stands for a question that was not answered: its share of the others' points, or
    nothing. A count to which nothing is added may do without bands: what it means is the area's rule.
    """

    title: Text
    # With fewer answers than this there is no score.
    fewest: int = Field(default=1, gt=0)
    missing: Literal["share", "nothing"] = "share"
    counts: tuple[Count, ...] = Field(min_length=1, strict=False)
    bands: tuple[Band, ...] = Field(default=(), strict=False)

    @field_validator("counts", mode="before")
    @classmethod
    def _bare_codes(cls, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return tuple({"question": i, "way": "yes"} if isinstance(i, str) else i for i in value)

    @model_validator(mode="after")
    def _means_something(self):
        if not self.bands and self.missing == "share":
            raise ValueError("say what the points mean: 'bands'")
        return self


class Prompt(Entry):
    """What the worker is told once an answer leads to it, and an instrument that is offered then."""

    when: str = Field(alias="if")
    words: Text
    instrument: Code | None = None
    _condition: dict = PrivateAttr(default={})

    @model_validator(mode="after")
    def _readable(self):
        self._condition = conditions.read(self.when)
        return self

    @property
    def condition(self) -> conditions.Tree:
        return self._condition


class Instrument(Entry):
    """An ordered list of questions. `afresh`: a measure, asked anew each time it is used.

    `checklist`: it is asked on one page, where danger is judged (see the room `risk`).
    """

    code: Code
    version: int = Field(gt=0)
    title: Text
    about: Text
    from_: date = Field(alias="from")
    source: Text
    licence: Text
    # The kinds of team that it is made for; others may use it too.
    used_by: Codes = ()
    afresh: bool = False
    checklist: bool = False
    prompts: tuple[Prompt, ...] = Field(default=(), strict=False)
    # When it is used, where that matters: at the start, at a review, at the end.
    occasions: tuple[Option, ...] = Field(default=(), strict=False)
    sections: tuple[Section, ...] = Field(min_length=1, strict=False)
    scoring: Scoring | None = None

    @property
    def asks(self) -> tuple[Ask, ...]:
        return tuple(ask for section in self.sections for ask in section.asks)

    @property
    def items(self) -> list[tuple[str, conditions.Tree | None]]:
        """Every question in its order, with its condition."""
        return [(ask.question, ask.condition) for ask in self.asks]

    def section(self, code: str) -> Section | None:
        return next((section for section in self.sections if section.code == code), None)
