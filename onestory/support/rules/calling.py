"""What may be done on the telephone, and what is to be written down of it. No database."""

from datetime import datetime

from onestory.kernel.errors import Refused
from onestory.support.models import Call

Outcome, Left = Call.Outcome, Call.Left
# Who picks up may be whoever she is afraid of: what was said to them is written down.
TELL_WHAT_WAS_SAID = frozenset({Outcome.SOMEBODY_ELSE, Outcome.NOT_SAFE})
# A message can only be left where nobody spoke.
NOBODY_SPOKE = frozenset({Outcome.NOT_ANSWERED})


def may_leave(safe_contact) -> frozenset[str]:
    """Which kinds of message the rules of safe contact allow. What is not known is not allowed."""
    allowed = {Left.NOTHING}
    if safe_contact is not None:
        if safe_contact.voicemail == "yes":
            allowed.add(Left.VOICEMAIL)
        if safe_contact.text_messages == "yes":
            allowed.add(Left.TEXT)
    return frozenset(allowed)


def check(
    safe_contact,
    *,
    outcome: str,
    left: str,
    said: str,
    next_at: datetime | None,
    now: datetime,
) -> None:
    """Raise `Refused` unless the call was allowed to be so, and says all that it has to."""
    if outcome not in Outcome.values:
        raise Refused("Say what came of the call.")
    if left not in may_leave(safe_contact):
        raise Refused("It is not known to be safe to leave that. Leave nothing.")
    if left and outcome not in NOBODY_SPOKE:
        raise Refused("A message is left only where nobody answered.")
    if outcome in TELL_WHAT_WAS_SAID and not said.strip():
        raise Refused("Write down what was said, so that the next who calls says the same.")
    if next_at is not None and next_at <= now:
        raise Refused("The next call must be still to come.")
