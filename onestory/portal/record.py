"""Her record in plain words: what she has told, and everything that is open to her, to take away."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from onestory.access import queries as access
from onestory.agencies.actor import Actor
from onestory.assessment import bank
from onestory.assessment import queries as assessment
from onestory.kernel.templatetags.pages import moment, phone
from onestory.portal import words
from onestory.rights import queries as rights


@dataclass(frozen=True)
class Entry:
    """Something that was written down: what it is, when and by whom, and lines of (what, words).

    `wrong_url` is where she says that it is wrong, if that can be said of it.
    """

    title: str
    said: str
    lines: list[tuple[str, str]]
    wrong_url: str = ""


@dataclass(frozen=True)
class Part:
    """A heading, and what stands under it."""

    title: str
    entries: list[Entry]


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
    made = [Part(part.title, list(map(_entry, part.entries))) for part in copied]
    made.append(_who_knows(by, person_id))
    return [part for part in made if any(entry.lines for entry in part.entries)]


def entry(by: Actor, person_id: UUID, row_id: UUID) -> Entry:
    """One thing that is written about her. `Http404` if there is none such."""
    return _entry(rights.fact_as_copied(by, person_id, row_id))


def _entry(copied: rights.Entry) -> Entry:
    """All but the code word: whoever finds a copy must not learn what she says when she cannot talk."""
    lines = [
        (line.label, _words(line)) for line in copied.lines if not line.place.endswith("/code_word")
    ]
    said = ", ".join(filter(None, (copied.team, moment(copied.when))))
    return Entry(copied.title, said, lines, _wrong_url(copied))


def _words(line: rights.Line) -> str:
    """A number as people write it."""
    is_number = line.place.startswith("people.Phone/") and line.place.endswith("/number")
    return phone(line.words) if is_number else line.words


# What she changes herself, at once, and where.
HERS_TO_CHANGE = {
    "people.Identity": "portal:identity",
    "people.SafeContact": "portal:reach",
    "people.Phone": "portal:reach",
}


def _wrong_url(copied: rights.Entry) -> str:
    label, _, key = copied.place.partition("/")
    if copied.superseded or label in rights.NO_FACTS:
        return ""
    if label in HERS_TO_CHANGE:
        return reverse(HERS_TO_CHANGE[label])
    view = "portal:correct" if label == "assessment.Answer" else "portal:wrong"
    return reverse(view, args=[key])


def _who_knows(by: Actor, person_id: UUID) -> Part:
    shown = access.shown_to_her(by, person_id)
    knowing = words.teams_that_know(shown.knowers)
    entries = [Entry(str(one.team), "", list(_shares(one))) for one in knowing if one.now]
    return Part("Who knows", entries)


def _shares(team: words.TeamThatKnows) -> Iterator[tuple[str, str]]:
    for share in team.now:
        yield ", ".join(share.kinds).capitalize(), share.why
