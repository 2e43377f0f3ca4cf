"""From the folders of questions and instruments to a bank, or to everything that is wrong with them."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from onestory.agencies.area.faults import Fault, explain, first_causes, near_miss
from onestory.agencies.area.vocabulary import Entry
from onestory.agencies.area.wording import Wording
from onestory.assessment.definitions import checks
from onestory.assessment.definitions.schema import Instrument, Question, Topic

ROOM = Path(__file__).resolve().parents[1]
SHARED = ("envelope", "source", "holds_days")

E = TypeVar("E", bound=Entry)


class BankError(Exception):
    """Definitions that cannot be used, with everything that is wrong with them at once."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class Bank:
    """Every question by its code, and every version of every instrument."""

    topics: dict[str, str]
    questions: dict[str, Question]
    instruments: dict[tuple[str, int], Instrument]

    def newest(self, code: str) -> Instrument | None:
        """The version of an instrument that is used from now on."""
        versions = [version for name, version in self.instruments if name == code]
        return self.instruments[code, max(versions)] if versions else None


def load_bank(room: Path = ROOM) -> Bank:
    """The bank in these folders. Raises `BankError`."""
    reading = _Reading()
    for file in sorted((room / "questions").glob("*.toml")):
        reading.topic(file)
    for file in sorted((room / "instruments").glob("*.toml")):
        reading.instrument(file)
    for message in checks.between(reading.questions, reading.instruments):
        reading.faults.append(Fault("", "", "", message))
    if reading.faults:
        raise BankError(reading.faults)
    return Bank(reading.topics, reading.questions, reading.instruments)


def reworded(bank: Bank, wordings: Iterable[Wording]) -> Bank:
    """The bank in an area's own words. Raises `BankError` where they fit no question."""
    questions, faults = dict(bank.questions), []
    for wording in wordings:
        where = f"questions '{wording.code}'"
        question = questions.get(wording.code)
        if question is None:
            message = f"there is no such question{near_miss(wording.code, questions)}"
            faults.append(Fault("", where, "code", message))
        elif unknown := _unknown_options(question, wording):
            message = f"the question has no answer {', '.join(sorted(unknown))}"
            faults.append(Fault("", where, "options", message))
        else:
            questions[wording.code] = _in_other_words(question, wording)
    if faults:
        raise BankError(faults)
    return replace(bank, questions=questions)


def _unknown_options(question: Question, wording: Wording) -> set[str]:
    own = {option.code for option in question.options}
    every = {option.code for option in question.choices}
    return (set(wording.options) - own) | (set(wording.needs or {}) - every)


def _in_other_words(question: Question, wording: Wording) -> Question:
    options = tuple(
        option.model_copy(update={"name": wording.options.get(option.code, option.name)})
        for option in question.options
    )
    changed = {"options": options, "source": wording.source, "licence": wording.licence}
    for field in ("text", "help", "needs"):
        if getattr(wording, field) is not None:
            changed[field] = getattr(wording, field)
    return question.model_copy(update=changed)


class _Reading:
    """What has been read so far, and the faults met on the way."""

    def __init__(self):
        self.topics: dict[str, str] = {}
        self.questions: dict[str, Question] = {}
        self.instruments: dict[tuple[str, int], Instrument] = {}
        self.faults: list[Fault] = []

    def topic(self, file: Path) -> None:
        topic = self._entry(file.name, "", Topic, self._table(file))
        if topic is None:
            return
        self.topics[file.stem] = topic.title
        shared = {name: value for name in SHARED if (value := getattr(topic, name)) is not None}
        for item in topic.questions:
            label = f"question '{item.get('code', '?')}'"
            question = self._entry(file.name, label, Question, {**shared, **item})
            if question is None:
                continue
            if question.topic != file.stem:
                self._fault(file.name, label, f"its code must begin with '{file.stem}.'")
            elif question.code in self.questions:
                self._fault(file.name, label, "this code is used twice")
            else:
                self.questions[question.code] = question

    def instrument(self, file: Path) -> None:
        found = self._entry(file.name, "", Instrument, self._table(file))
        if found is None:
            return
        if file.stem != f"{found.code}-{found.version}":
            self._fault(file.name, "", f"it must be called {found.code}-{found.version}.toml")
        for message in checks.faults(found, self.questions):
            self._fault(file.name, "", message)
        self.instruments[found.code, found.version] = found

    def _table(self, file: Path) -> Mapping:
        try:
            return tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self._fault(file.name, "", f"this cannot be read as TOML: {error}")
            return {}

    def _entry(self, file: str, label: str, model: type[E], value: Mapping) -> E | None:
        if not value:
            return None
        try:
            return model.model_validate(value)
        except ValidationError as error:
            fields = [field.alias or name for name, field in model.model_fields.items()]
            for item in first_causes(error.errors(), fields):
                self._fault(file, label, explain(item, fields)[1])
            return None

    def _fault(self, file: str, entry: str, message: str) -> None:
        self.faults.append(Fault(file, entry, "", message))
