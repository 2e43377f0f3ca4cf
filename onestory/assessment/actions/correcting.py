"""What somebody says of herself, without being asked."""

from typing import Any
from uuid import UUID

from django.db import transaction

from onestory.agencies.actor import Actor
from onestory.assessment import bank
from onestory.assessment.models import Answer
from onestory.assessment.rules import values
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.people.actions.envelopes import hold, supersede, written


@transaction.atomic
def correct(*, by: Actor, person_id: UUID, question: str, value: Any, words: str = "") -> Answer:
    """Put right what is written of oneself, or add it. What stood there stays in the history."""
    if question not in bank.questions():
        raise Refused("There is no such question.")
    asked = bank.question(question)
    try:
        value, words = values.clean(asked, value), values.note(words)
    except values.NoAnswer as no:
        raise Refused(str(no)) from None
    envelope_id = hold(person_id, by=by).to_write(asked.envelope)
    before = Answer.objects.filter(
        person_id=person_id, question=question, superseded_at=None
    ).first()
    if before and (before.value, before.note) == (value, words):
        return before
    if before:
        supersede(by=by, row=before)
    row = Answer.objects.create(
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
        question=question,
        value=value,
        note=words,
        team_id=by.home_team_id,
        how=Answer.How.CORRECTED if before else Answer.How.TOLD,
    )
    record.write(
        "answer.correct",
        by=by,
        person_id=person_id,
        envelopes=[envelope_id],
        subject=f"answer:{row.pk}",
        detail={"question": question},
    )
    return row
