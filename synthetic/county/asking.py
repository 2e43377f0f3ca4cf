"""Writes down a sitting in which everything was answered at once, as assessment/actions leaves it."""

import json
from collections.abc import Mapping

from onestory.assessment import bank
from onestory.assessment.definitions import Instrument
from synthetic.county.ledger import Ledger
from synthetic.county.stories import Deed


def write(
    ledger: Ledger,
    deed: Deed,
    person: str,
    team: str,
    envelopes: Mapping[str, str],
    form: Instrument,
    answers: Mapping[str, str],
) -> str:
    """Each answer in the envelope of its question; the id of the sitting comes back."""

    def signed(envelope: str) -> tuple:
        return ledger.new_id(deed.at), envelope, deed.at, deed.by, person

    support, written = envelopes["support"], set()
    sitting, *common = signed(support)
    of_form = (team, form.code, form.version, "", deed.at, deed.at, "{}")
    ledger.add("assessment_sitting", sitting, *common, *of_form)
    for question, value in answers.items():
        envelope = envelopes[bank.question(question).envelope]
        written.add(envelope)
        said = (question, json.dumps(value), "", team, sitting, "asked", None, "")
        ledger.add("assessment_answer", *signed(envelope), None, None, *said)
        how = (sitting, team, question, "answered", False, False)
        ledger.add("assessment_asking", *signed(envelope), *how)
    subject = f"sitting:{sitting}"
    detail = {"instrument": form.code, "version": form.version}
    ledger.entry(deed, "sitting.begin", person, [support], subject, detail)
    detail = {"questions": sorted(answers)}
    ledger.entry(deed, "answer.save", person, written, subject, detail)
    ledger.entry(deed, "sitting.end", person, [support], subject)
    return sitting
