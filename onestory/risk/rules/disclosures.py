"""Clare's Law: which step comes next, by when, and who may be told."""

from collections.abc import Iterable
from datetime import date, timedelta

from onestory.agencies.area.conduct import DisclosureStage
from onestory.kernel.errors import Refused

CONTACT, MEETING, CHECKS, DECIDE, AGREE, TELL, DONE = (
    "contact",
    "meeting",
    "checks",
    "decide",
    "agree",
    "tell",
    "done",
)
STANDS = {
    CONTACT: "To be spoken to",
    MEETING: "To be met",
    CHECKS: "To be looked up",
    DECIDE: "To be decided",
    AGREE: "A second person has to agree",
    TELL: "To be told",
    DONE: "Finished",
}
# Which clock of the area runs while something is at a step.
CLOCKS = {
    CONTACT: "contact",
    MEETING: "meeting",
    CHECKS: "decision",
    DECIDE: "decision",
    AGREE: "decision",
    TELL: "told",
}
OTHER, AGENCY, APPLICANT, SELF = "other", "agency", "applicant", "self"


def next_step(row, *, checked: bool) -> str:
    """What is to be done next. An agency that raises it is neither called nor met."""
    if row.finished_at:
        return DONE
    asked = row.applicant != AGENCY
    if asked and row.contacted_on is None:
        return CONTACT
    if asked and row.met_on is None:
        return MEETING
    if not checked:
        return CHECKS
    if row.decided_at is None:
        return DECIDE
    return TELL if row.agreed_at else AGREE


def due_on(stages: Iterable[DisclosureStage], received_on: date, step: str) -> date | None:
    """By when a step is due, by the rule that held when it was asked for."""
    clock = CLOCKS.get(step)
    held = [
        stage
        for stage in stages
        if stage.step == clock
        and stage.from_ <= received_on
        and (stage.ended is None or received_on < stage.ended)
    ]
    latest = max(held, key=lambda stage: stage.from_, default=None)
    return received_on + timedelta(days=latest.days) if latest else None


def check_applicant(route: str, applicant: str, applicant_words: str) -> None:
    """Refuse what does not go together: who asks, and by which right."""
    if (route == "know") != (applicant == AGENCY):
        raise Refused(
            "The right to know is for agencies, the right to ask for everybody else. Choose the one "
            "that goes with who asks."
        )
    if applicant == OTHER and not applicant_words.strip():
        raise Refused("Say who asks, what they are to them, and how to reach them safely.")


def check_told(applicant: str, to_whom: str, to_whom_words: str, tells: bool) -> None:
    """Refuse to tell somebody who must not be told, or without saying why it is they."""
    if to_whom == APPLICANT and applicant == AGENCY:
        raise Refused("An agency raised it: choose who is told.")
    if tells and to_whom == APPLICANT and applicant == OTHER and not to_whom_words.strip():
        raise Refused(
            "Somebody else asked. Say why they are told, and not the person who may be in danger."
        )
    if tells and to_whom == "guardian" and not to_whom_words.strip():
        raise Refused("Say who they are, and why it is they who can keep them safe.")
