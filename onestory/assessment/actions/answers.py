"""Answers, as they are given in a sitting: one history for a question, and nobody's is lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.assessment import bank
from onestory.assessment.actions.sittings import locked
from onestory.assessment.definitions import Question
from onestory.assessment.models import Answer, Asking, Sitting
from onestory.assessment.rules import again, values
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.opening import ONCE, Opening
from onestory.people.actions.envelopes import Held, written

STALE = "Somebody else answered this while you were asking."
ENDED = "This sitting has ended. Begin another to go on."


@dataclass(frozen=True)
class Given:
    """What was said to one question. `seen` is the answer that stood on the page (None: none).

    `outcome` is 'answered', 'confirmed' (what is known still holds) or 'left' (asked, not answered).
    """

    question: str
    value: Any = None
    note: str = ""
    seen: UUID | None = None
    outcome: str = Asking.Outcome.ANSWERED


@dataclass
class Saved:
    """What became of it. `stale`: the answers that somebody else gave meanwhile, by question."""

    answers: dict[str, Answer] = field(default_factory=dict)
    stale: dict[str, Answer] = field(default_factory=dict)


@transaction.atomic
def answer(
    *,
    by: Actor,
    sitting_id: UUID,
    question: str,
    value: Any,
    note: str = "",
    seen: UUID | None = None,
) -> Answer:
    """Write down an answer. Raises `Stale`, with the other, if somebody else was faster."""
    return _one(by, sitting_id, Given(question, value, note, seen))


@transaction.atomic
def confirm(*, by: Actor, sitting_id: UUID, question: str, seen: UUID | None = None) -> Answer:
    """Write down that the known answer still holds."""
    return _one(by, sitting_id, Given(question, seen=seen, outcome=Asking.Outcome.CONFIRMED))


@transaction.atomic
def leave(*, by: Actor, sitting_id: UUID, question: str) -> None:
    """Write down that a question was asked and left. It may be asked another time."""
    _save(by, sitting_id, [Given(question, outcome=Asking.Outcome.LEFT)])


@transaction.atomic
def save(*, by: Actor, sitting_id: UUID, given: Sequence[Given], opening: Opening = ONCE) -> Saved:
    """Write down several at once, as a page sends them.

    `opening` is that of the page, which may send the same question again and again while somebody
    types. An answer that somebody else gave meanwhile stands, and is handed back.
    """
    return _save(by, sitting_id, given, opening)


def _one(by: Actor, sitting_id: UUID, given: Given) -> Answer:
    saved = _save(by, sitting_id, [given])
    if saved.stale:
        raise Stale(STALE, saved.stale[given.question])
    return saved.answers[given.question]


def _save(by: Actor, sitting_id: UUID, given: Sequence[Given], opening: Opening = ONCE) -> Saved:
    sitting, held = locked(by, sitting_id)
    if sitting.ended_at:
        raise Refused(ENDED)
    if opening.is_late(sitting.heard):
        return Saved()
    if opening.saving:
        sitting.save(update_fields=["heard"])
    writing = _Writing(held, sitting, given, opening.tab)
    for one in given:
        writing.take(one)
    writing.write()
    return writing.saved


class _Writing:
    """The answers of one saving: what stands, what takes its place, what was asked."""

    def __init__(self, held: Held, sitting: Sitting, given: Iterable[Given], tab: str):
        self.held, self.by, self.sitting, self.tab = held, held.by, sitting, tab
        self.now = timezone.now()
        self.saved = Saved()
        codes = {one.question for one in given}
        self.standing = {
            row.question: row
            for row in Answer.objects.filter(
                person_id=sitting.person_id, question__in=codes, superseded_at=None
            ).select_related("team", "recorded_by")
        }
        self.askings = {
            row.question: row for row in Asking.objects.filter(sitting=sitting, question__in=codes)
        }
        self.ended: list[Answer] = []
        self.typed: list[Answer] = []
        self.added: list[Answer] = []
        self.asked: list[Asking] = []
        self.changed: list[Asking] = []

    def take(self, given: Given) -> None:
        """One answer. Nothing is written yet."""
        question = _question(given.question)
        standing = self.standing.get(question.code)
        envelope_id = self.held.to_write(question.envelope)
        if given.outcome == Asking.Outcome.LEFT:
            self._ask(question, envelope_id, standing, given.outcome)
            return
        if given.outcome == Asking.Outcome.CONFIRMED:
            row = self._still_so(question, given, standing)
        else:
            row = self._answered(question, given, standing, envelope_id)
        if row is not None:
            self.saved.answers[question.code] = row
            self._ask(question, envelope_id, standing, given.outcome)

    def write(self) -> None:
        """All of it, in few statements, and one entry in the record."""
        if self.ended:
            ids = [row.pk for row in self.ended]
            Answer.objects.filter(pk__in=ids).update(
                superseded_at=self.now, superseded_by=self.by.user_id
            )
        Answer.objects.bulk_create(self.added)
        Answer.objects.bulk_update(self.typed, ["value", "note"])
        Asking.objects.bulk_create(self.asked)
        Asking.objects.bulk_update(self.changed, ["outcome"])
        written_in = [*self.added, *self.typed, *self.asked, *self.changed]
        if not written_in:
            return
        self.sitting.last_at = self.now
        self.sitting.save(update_fields=["last_at"])
        record.write(
            "answer.save",
            by=self.by,
            person_id=self.sitting.person_id,
            envelopes={row.envelope_id for row in written_in},
            subject=f"sitting:{self.sitting.pk}",
            detail={"questions": sorted({row.question for row in written_in})},
        )

    def _answered(
        self, question: Question, given: Given, standing: Answer | None, envelope_id: UUID
    ) -> Answer | None:
        value, note = _clean(question, given)
        if standing and (standing.value, standing.note) == (value, note):
            # The same again is no news; but to have asked it anew confirms it.
            here = standing.sitting_id == self.sitting.pk
            return standing if here else self._confirmed(standing)
        if self._is_stale(given, standing):
            return None
        if self._from_this_page(standing) and standing.how == Answer.How.ASKED:
            standing.value, standing.note = value, note
            self.typed.append(standing)
            return standing
        return self._add(question.code, envelope_id, standing, value, note, Answer.How.ASKED)

    def _still_so(self, question: Question, given: Given, standing: Answer | None) -> Answer | None:
        """What stood on the page still holds, whatever this page had in its place meanwhile."""
        if standing is None:
            raise Refused("There is no answer yet that could still hold.")
        if given.seen is None or given.seen == standing.pk:
            return self._confirmed(standing)
        if self._is_stale(given, standing):
            return None
        if standing.how == Answer.How.CONFIRMED:
            return standing
        before = Answer.objects.filter(
            pk=given.seen, person_id=self.sitting.person_id, question=question.code
        ).first()
        if before is None:
            raise Http404
        return self._confirmed(before, instead_of=standing)

    def _is_stale(self, given: Given, standing: Answer | None) -> bool:
        """Whether somebody else answered since the page was opened; it is handed back then."""
        seen = standing.pk if standing else None
        if given.seen == seen or self._from_this_page(standing):
            return False
        self.saved.stale[given.question] = standing
        return True

    def _from_this_page(self, standing: Answer | None) -> bool:
        """Whether the answer comes from this very opening of the page, which is not done with it."""
        return bool(
            self.tab
            and standing
            and standing.tab == self.tab
            and standing.sitting_id == self.sitting.pk
            and standing.recorded_by_id == self.by.user_id
        )

    def _confirmed(self, before: Answer, *, instead_of: Answer | None = None) -> Answer:
        """`before` once more, in the place of what stands now."""
        if before.sitting_id == self.sitting.pk and instead_of is None:
            return before
        return self._add(
            before.question,
            before.envelope_id,
            instead_of or before,
            before.value,
            before.note,
            Answer.How.CONFIRMED,
            confirms=before.confirms_id or before.pk,
        )

    def _add(self, question, envelope_id, standing, value, note, how, *, confirms=None) -> Answer:
        if standing:
            self.ended.append(standing)
        row = Answer(
            **written(by=self.by, person_id=self.sitting.person_id, envelope_id=envelope_id),
            question=question,
            value=value,
            note=note,
            team_id=self.sitting.team_id,
            sitting=self.sitting,
            how=how,
            confirms_id=confirms,
            tab=self.tab,
        )
        self.added.append(row)
        return row

    def _ask(self, question: Question, envelope_id: UUID, standing, outcome: str) -> None:
        """That it was asked, once for each sitting. A measure is meant to be asked each time."""
        if bank.instrument(self.sitting.instrument, self.sitting.version).afresh:
            return
        before = self.askings.get(question.code)
        if before is None:
            row = Asking(
                **written(by=self.by, person_id=self.sitting.person_id, envelope_id=envelope_id),
                sitting=self.sitting,
                team_id=self.sitting.team_id,
                question=question.code,
                outcome=outcome,
                known=standing is not None,
                held=standing is not None and again.holds(question, standing.recorded_at, self.now),
            )
            self.askings[question.code] = row
            self.asked.append(row)
        elif before.outcome != outcome and outcome != Asking.Outcome.LEFT:
            before.outcome = outcome
            self.changed.append(before)


def _question(code: str) -> Question:
    try:
        return bank.question(code)
    except KeyError:
        raise Refused("There is no such question.") from None


def _clean(question: Question, given: Given) -> tuple[Any, str]:
    try:
        return values.clean(question, given.value), values.note(given.note)
    except values.NoAnswer as no:
        raise Refused(str(no)) from None
