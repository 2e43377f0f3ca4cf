"""May a notice without content go out to somebody, and may they be rung?

Promise 5: no message goes out that breaks a safe-contact rule, and an unknown rule means no message.
So every rule has to be known, and every one has to say yes. What is not said in so many words is
not known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from onestory.conversations.rules.when import read_when

YES, NO = "yes", "no"

REASONS = {
    "nothing-known": "Nobody has recorded how it is safe to reach them.",
    "call-unknown": "It is not known whether it is safe to call them.",
    "call-unsafe": "It is not safe to call them.",
    "text-unknown": "It is not known whether it is safe to send a text.",
    "text-unsafe": "It is not safe to send a text.",
    "voicemail-unknown": "It is not known whether it is safe to leave a message.",
    "who-unknown": "It is not known who must not find out.",
    "when-unknown": "It is not known when it is safe, or it is said in words that no clock can keep.",
    "not-now": "It is not a safe time now.",
    "no-number": "There is no number of their own that is safe.",
    "no-own-pages": "They have no pages of their own to read it on.",
    "failed": "The notice could not be handed over.",
}


@dataclass(frozen=True)
class KnownRules:
    """What one record says of safe contact, as `people.SafeContact` has it."""

    safe_to_call: str
    voicemail: str
    text_messages: str
    when_safe: str
    must_not_know: str


@dataclass(frozen=True)
class KnownNumber:
    """A number of theirs, whether it is safe, and whose it is if not theirs alone."""

    number: str
    safe: str
    whose: str


@dataclass(frozen=True)
class Decision:
    """To which number, or why not; and when to ask again if only the time is wrong."""

    number: str = ""
    why: str = ""
    again_at: datetime | None = None

    @property
    def send(self) -> bool:
        return bool(self.number)


def may_notify(
    rules: Sequence[KnownRules], numbers: Sequence[KnownNumber], now: datetime
) -> Decision:
    """Whether "There is a message for you" may go out as a text now.

    `rules` has one for each record joined as theirs: all of them must agree.
    """
    if not rules:
        return Decision(why="nothing-known")
    for rule in rules:
        if why := _why_not_text(rule):
            return Decision(why=why)
    return _at_the_time(rules, _mobiles(numbers), now)


def may_ring(
    rules: Sequence[KnownRules], numbers: Sequence[KnownNumber], now: datetime
) -> Decision:
    """Whether somebody may ring them now, to tell them something that nobody else may hear."""
    if not rules:
        return Decision(why="nothing-known")
    for rule in rules:
        if why := _why_not_call(rule):
            return Decision(why=why)
    return _at_the_time(rules, [n.number for n in numbers if _is_safe(n)], now)


def _at_the_time(rules: Sequence[KnownRules], safe: list[str], now: datetime) -> Decision:
    whens = [read_when(rule.when_safe) for rule in rules]
    if None in whens:
        return Decision(why="when-unknown")
    if not safe:
        return Decision(why="no-number")
    if all(when.is_safe(now) for when in whens):
        return Decision(number=safe[0])
    return Decision(why="not-now", again_at=max(when.next_safe(now) for when in whens))


def _why_not_call(rule: KnownRules) -> str:
    if rule.safe_to_call == NO:
        return "call-unsafe"
    if rule.safe_to_call != YES:
        return "call-unknown"
    return "" if rule.must_not_know.strip() else "who-unknown"


def _why_not_text(rule: KnownRules) -> str:
    """A text lies on the telephone for whoever picks it up, so it takes more than a call."""
    if rule.text_messages == NO:
        return "text-unsafe"
    if rule.text_messages != YES:
        return "text-unknown"
    if rule.voicemail not in (YES, NO):
        return "voicemail-unknown"
    return _why_not_call(rule)


def _is_safe(number: KnownNumber) -> bool:
    """A number that is shared, or that others answer, is not theirs alone."""
    return number.safe == YES and bool(number.number.strip()) and not number.whose.strip()


def _mobiles(numbers: Sequence[KnownNumber]) -> list[str]:
    return [n.number for n in numbers if _is_safe(n) and _is_mobile(n.number)]


def _is_mobile(number: str) -> bool:
    digits = "".join(filter(str.isdigit, number))
    return digits.startswith(("447", "07"))
