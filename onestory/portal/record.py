"""Her record in plain words: what she has told, and everything that is open to her, to take away."""

from dataclasses import dataclass
from uuid import UUID

from onestory.access import queries as access
from onestory.agencies.actor import Actor
from onestory.assessment import bank
from onestory.assessment import queries as assessment
from onestory.portal import words
from onestory.rights import queries as rights


@dataclass(frozen=True)
class Part:
    """A heading, and lines of (what, words)."""

    title: str
    lines: list[tuple[str, str]]


def told(by: Actor, person_id: UUID) -> list[tuple[str, list[assessment.Known]]]:
    """What she has told, by what it is about, in the order in which it is asked."""
    known = assessment.known(by, person_id)
    topics: dict[str, list[assessment.Known]] = {}
    for code in bank.questions():
        # What is known otherwise (her name, her sex) stands where it was recorded.
        if code in known and known[code].answer_id:
            topics.setdefault(code.partition(".")[0], []).append(known[code])
    titles = bank.topics()
    return [(titles.get(topic, topic), answers) for topic, answers in topics.items()]


def parts(by: Actor, person_id: UUID) -> list[Part]:
    """Everything that is open to her, and who knows. A part of which there is nothing is left out."""
    copied = rights.copy_of(by, person_id).parts
    made = [*(Part(part.title, _lines(part)) for part in copied), _who_knows(by, person_id)]
    return [part for part in made if part.lines]


def _lines(part: rights.Part) -> list[tuple[str, str]]:
    """All but the code word: whoever finds a copy must not learn what she says when she cannot talk."""
    return [
        (f"{entry.title}: {line.label}", line.words)
        for entry in part.entries
        for line in entry.lines
        if not line.place.endswith("/code_word")
    ]


def _who_knows(by: Actor, person_id: UUID) -> Part:
    shown = access.shown_to_her(by, person_id)
    lines = [
        (
            str(entry.team),
            "\n".join(f"{', '.join(share.kinds)}. {share.why}" for share in entry.now),
        )
        for entry in words.teams_that_know(shown.knowers)
        if entry.now
    ]
    return Part("Who knows", lines)
