"""Her record in plain words: what she has told, and everything that is open to her, to take away."""

from dataclasses import dataclass
from uuid import UUID

from onestory.access import queries as access
from onestory.agencies.actor import Actor
from onestory.assessment import bank
from onestory.assessment import queries as assessment
from onestory.conversations import queries as conversations
from onestory.kernel.forms import phone
from onestory.kernel.templatetags.pages import moment
from onestory.people.models import Identity, Phone, SafeContact
from onestory.people.queries import fact_now
from onestory.portal import words
from onestory.support import queries as support

# More than anybody writes; a page has fewer.
EVERY_MESSAGE = 1000


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
        if code in known:
            topics.setdefault(code.partition(".")[0], []).append(known[code])
    titles = bank.topics()
    return [(titles.get(topic, topic), answers) for topic, answers in topics.items()]


def parts(by: Actor, person_id: UUID) -> list[Part]:
    """Everything that is open to her. A part of which there is nothing is left out."""
    made = [
        Part("Who you are", _identity(by, person_id)),
        Part("How to reach you", _reaching(by, person_id)),
        *(Part(title, _answers(answers)) for title, answers in told(by, person_id)),
        Part("Your plan", _plan(by, person_id)),
        Part("Your appointments", _appointments(by, person_id)),
        Part("Messages", _messages(by, person_id)),
        Part("Who knows", _who_knows(by, person_id)),
    ]
    return [part for part in made if part.lines]


def _identity(by: Actor, person_id: UUID) -> list[tuple[str, str]]:
    row = fact_now(by, Identity, person_id)
    if row is None:
        return []
    born = moment(row.born_on) if row.born_on else str(row.birth_year or "Not known")
    lines = [("Name", str(row)), ("Other names", row.other_names), ("Date of birth", born)]
    return [line for line in lines if line[1]]


def _reaching(by: Actor, person_id: UUID) -> list[tuple[str, str]]:
    row = fact_now(by, SafeContact, person_id)
    lines = []
    if row:
        lines = [
            ("Can we ring you?", row.get_safe_to_call_display()),
            ("When is it safe?", row.when_safe or "Not known"),
            ("Can we leave a voice message?", row.get_voicemail_display()),
            ("Can we send a text?", row.get_text_messages_display()),
            ("Who must not find out", row.must_not_know or "Not known"),
        ]
    phones = Phone.objects.filter(person_id=person_id, superseded_at=None).order_by("recorded_at")
    return lines + [
        (phone(one.number), ". ".join(filter(None, [f"Safe: {one.get_safe_display()}", one.whose])))
        for one in phones
    ]


def _answers(answers: list[assessment.Known]) -> list[tuple[str, str]]:
    return [
        (one.text, "\n".join(filter(None, [one.in_words, one.note, _asked(one)])))
        for one in answers
    ]


def _asked(one: assessment.Known) -> str:
    return f"({one.asked_by}, {moment(one.at)})"


def _plan(by: Actor, person_id: UUID) -> list[tuple[str, str]]:
    plan = support.plan(by, person_id)
    goals = [("What you want", one.goal.words) for one in plan.goals]
    return goals + [(step.who or "What was agreed", step.words) for step in plan.steps]


def _appointments(by: Actor, person_id: UUID) -> list[tuple[str, str]]:
    return [
        (moment(one.starts_at), f"{one.team}, with {one.worker}" if one.worker else str(one.team))
        for one in support.appointments(by, person_id)
    ]


def _messages(by: Actor, person_id: UUID) -> list[tuple[str, str]]:
    lines = []
    for one in conversations.correspondents(by, person_id):
        for row in conversations.thread(by, person_id, one.team_id, size=EVERY_MESSAGE).rows:
            who = f"You to {one.team}" if row.from_person else f"{one.team} to you"
            lines.append((f"{who}, {moment(row.recorded_at)}", row.words))
    return lines


def _who_knows(by: Actor, person_id: UUID) -> list[tuple[str, str]]:
    shown = access.shown_to_her(by, person_id)
    return [
        (
            str(entry.team),
            "\n".join(f"{', '.join(share.kinds)}. {share.why}" for share in entry.now),
        )
        for entry in words.teams_that_know(shown.knowers)
        if entry.now
    ]
