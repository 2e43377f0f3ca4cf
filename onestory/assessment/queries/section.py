"""What one page of a sitting puts to somebody: what is new, what may have changed, what is known."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from onestory.access.models import Kind
from onestory.assessment import bank
from onestory.assessment.definitions import Ask, Instrument, Question, Section
from onestory.assessment.models import Answer, Sitting
from onestory.assessment.queries.known import Known
from onestory.assessment.queries.picture import Picture
from onestory.assessment.queries.recorded import MAY_CHANGE
from onestory.assessment.rules import conditions

# How a question stands for the team that asks.
NEW, HERE, AGAIN, KNOWN = "new", "here", "again", "known"


@dataclass(frozen=True)
class Item:
    """A question on the page. `state`: never answered (new), answered in this sitting (here), to
    be asked again since its answer is old (again), or known. `asked`: whether it is asked now.
    `left`: it was put to her in this sitting, and she left it for now.
    """

    question: Question
    condition: conditions.Tree | None
    state: str
    asked: bool
    known: Known | None
    may_write: bool
    left: bool = False

    @property
    def is_field(self) -> bool:
        """Whether it is asked outright; else only whether the answer still holds."""
        return self.may_write and self.state in (NEW, HERE)


@dataclass(frozen=True)
class Part:
    """A section, for one team and one person. `closed`: the parts of the record kept from it."""

    section: Section
    items: list[Item]
    closed: list[str]

    @property
    def asked(self) -> list[Item]:
        return [item for item in self.items if item.asked]

    @property
    def answered(self) -> int:
        return sum(1 for item in self.asked if item.state in (HERE, KNOWN))

    @property
    def left(self) -> int:
        return sum(1 for item in self.asked if item.left)

    @property
    def again(self) -> int:
        return sum(1 for item in self.asked if item.state == AGAIN)


def parts(picture: Picture, sitting: Sitting, left: Collection[str] = ()) -> list[Part]:
    """Every section of the sitting's instrument; `left` are questions that she left in it. Asks
    the database nothing."""
    instrument = bank.instrument(sitting.instrument, sitting.version)
    return _parts(picture, instrument, sitting, left)


def parts_of(picture: Picture, instrument: Instrument) -> list[Part]:
    """The same before anybody has sat down."""
    return _parts(picture, instrument, None)


def answers_read(part: Part, picture: Picture) -> dict:
    """What the conditions of a section read of answers that are not on its page."""
    read = {
        code
        for item in part.items
        if item.condition
        for code in conditions.questions(item.condition)
    }
    return {code: value for code, value in picture.values.items() if code in read}


def _parts(
    picture: Picture,
    instrument: Instrument,
    sitting: Sitting | None,
    left: Collection[str] = (),
) -> list[Part]:
    asked = set(conditions.asked(instrument.items, picture.values))
    return [
        Part(
            section,
            [
                _item(picture, instrument, sitting, ask, ask.question in asked, left)
                for ask in section.asks
                if not picture.is_closed(bank.question(ask.question))
            ],
            _closed(picture, section.asks),
        )
        for section in instrument.sections
    ]


def _closed(picture: Picture, asks: Iterable[Ask]) -> list[str]:
    questions = [bank.question(ask.question) for ask in asks]
    kinds = dict.fromkeys(q.envelope for q in questions if picture.is_closed(q))
    return [Kind(kind).label for kind in kinds]


def _item(
    picture: Picture,
    instrument: Instrument,
    sitting: Sitting | None,
    ask: Ask,
    asked: bool,
    left: Collection[str],
) -> Item:
    question = bank.question(ask.question)
    known = picture.known.get(question.code)
    return Item(
        question=question,
        condition=ask.condition,
        state=_state(instrument, sitting, known),
        asked=asked,
        known=known,
        may_write=picture.may_write(question) and _may_change(known),
        left=known is None and question.code in left,
    )


def _may_change(known: Known | None) -> bool:
    """What lies with who somebody is, is changed there."""
    return known is None or known.answer_id is not None or known.question in MAY_CHANGE


def _state(instrument: Instrument, sitting: Sitting | None, known: Known | None) -> str:
    if known is None:
        return NEW
    if sitting and known.sitting_id == sitting.pk and known.how_now == Answer.How.ASKED:
        return HERE
    if instrument.afresh:
        return NEW
    return KNOWN if known.holds else AGAIN
