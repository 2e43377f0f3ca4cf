"""What the pages of asking say: short names of the questions, answers in words, where it stands."""

from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.kernel.forms import phone
from onestory.public.actions import Opened
from onestory.public.rules import steps, telling
from onestory.public.rules.steps import Answers

# Pages with two boxes have a heading of their own.
HEADINGS = {"name": "Is there a name that we can use?", "you": "How can we reach you?"}
HINTS = {
    "name": "You do not have to say. It can be a name that you make up.",
    "you": "You do not have to say. If you leave your number, we can ask you more.",
}
ASKED = {
    "who": "Who needs support",
    "now": "In danger now",
    "age": "Age",
    "what": "What is happening",
    "most": "What would help most",
    "words": "Your words",
    "name": "Name",
    "told": "They know you ask us",
    "you": "How to reach you",
    "reach": "How to reach you",
    "number": "Number",
    "when": "When it is safe",
    "voice": "Voice message",
    "keep": "Who must not know",
    "door": "Who reads this",
}
REACH = {"call": "Call me", "text": "Send me a text", "none": "Do not call or write"}
STATES = {
    "received": "We have what you sent. Nobody has read it yet.",
    "looked-at": "Somebody is reading what you sent, and thinks about how to help.",
    "gone": "This is no longer kept here. You can ask again at any time.",
}
DECIDED = {
    "call": "We know how we can help. Somebody will call you, at a time that you said is safe.",
    "text": "We know how we can help. Somebody will send you a text, at a time that is safe.",
    "asker": "Thank you. We know what we can do. We may call you if we need to ask you more. We "
    "cannot tell you more about somebody else.",
    "none": "We know how we can help. You asked us not to call or write, so please call us or come "
    "in, and say your reference.",
}


def state(opened: Opened) -> str:
    """Where a request that was sent stands. Nothing of what was written, and no name."""
    if opened.state == "decided":
        return DECIDED.get(opened.reach, DECIDED["none"])
    return STATES.get(opened.state, STATES["gone"])


def answer(step: str, answers: Answers) -> str:
    """One page's answer, as it was given."""
    given = answers[step]
    asking = pack().asking
    match step:
        case "who":
            return "Somebody else" if steps.for_other(answers) else "Me"
        case "age":
            return telling.AGES[given["age"]]
        case "what":
            return "\n".join(harm.words for harm in asking.harms if harm.code in given["harms"])
        case "most":
            return next((one.words for one in asking.helps if one.need == given["need"]), "")
        case "reach":
            return REACH[given["reach"]]
        case "number":
            return phone(given["phone"])
        case "door":
            return str(Team.objects.get(code=given["team"]))
        case "you":
            return "\n".join(filter(None, [given["name"], phone(given["phone"])])) or "Not said"
    return "\n".join(map(_plain, given.values())).strip() or "Not said"


def _plain(value) -> str:
    return {True: "Yes", False: "No"}.get(value, value) if isinstance(value, bool) else str(value)
