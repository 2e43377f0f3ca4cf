"""What somebody was told, read and ready to be kept as a contact."""

from dataclasses import dataclass, field
from uuid import UUID

from onestory.agencies.area import Pack
from onestory.agencies.area.vocabulary import Vocabulary
from onestory.cases.rules.decisions import Sharing
from onestory.kernel.errors import Refused
from onestory.people.actions import Facts
from onestory.people.models import SafeContact


@dataclass(frozen=True)
class SafeWays:
    """Whether, when and how it is safe to reach the survivor, and who must not know.

    `seen_id` is what was on record when it was written down.
    """

    safe_to_call: str
    when_safe: str = ""
    voicemail: str = SafeContact.Safe.UNKNOWN
    text_messages: str = SafeContact.Safe.UNKNOWN
    code_word: str = ""
    must_not_know: str = ""
    seen_id: UUID | None = None


@dataclass(frozen=True)
class Home:
    """Where the survivor lives."""

    lines: str = ""
    postcode: str = ""
    locality: str = ""
    housing: str = ""
    confidential: bool = False


@dataclass(frozen=True)
class Member:
    """Somebody in the survivor's life: a child, the person using abuse, whoever else lives there."""

    facts: Facts
    relationship: str
    lives_with: bool = True
    uses_abuse: bool = False


@dataclass(frozen=True)
class Told:
    """One disclosure. Only safe contact, abuse, the presenting need, who acts and why are needed.

    `to_team` is the code of the front door that is to act.
    """

    safe: SafeWays
    abuse: tuple[str, ...]
    presenting_need: str
    to_team: str
    sharing: Sharing
    source: str
    channel: str
    who: Facts = field(default_factory=Facts)
    phone: str = ""
    home: Home | None = None
    household: tuple[Member, ...] = ()
    contributory_needs: tuple[str, ...] = ()
    children_in_home: bool | None = None
    danger_now: bool = False
    words: str = ""
    wishes_asked: str = ""
    wishes: str = ""
    share_whereabouts: bool = False


def check(pack: Pack, told: Told) -> None:
    """Raise `Refused` unless what must be there is there, in the words of the area pack."""
    if told.safe.safe_to_call not in SafeContact.Safe.values:
        raise Refused("Say whether it is safe to call.")
    if not told.abuse or any(code not in pack.abuse for code in told.abuse):
        raise Refused("Choose at least one kind of abuse.")
    _one_of(pack.needs, told.presenting_need, "Choose the one need that came first.")
    if any(code not in pack.needs for code in told.contributory_needs):
        raise Refused("Choose the other needs from the list.")
    _one_of(pack.sources, told.source, "Choose who told you.")
    _one_of(pack.channels, told.channel, "Choose how you were told.")
    team = pack.teams.get(told.to_team)
    if team is None or not team.front_door:
        raise Refused("Choose who should act.")


def _one_of(vocabulary: Vocabulary, code: str, reason: str) -> None:
    if code not in vocabulary:
        raise Refused(reason)
