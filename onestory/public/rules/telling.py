"""From answers on the public pages to what a front door is told."""

from onestory.agencies.area import Pack
from onestory.cases.rules.decisions import Sharing
from onestory.cases.rules.told import SafeWays, Told
from onestory.kernel.errors import Refused
from onestory.people.actions import Facts
from onestory.public.rules import steps
from onestory.public.rules.steps import Answers

CHILD = ("under-13", "13-15", "16-17")
AGES = {
    "under-13": "Under 13",
    "13-15": "13 to 15",
    "16-17": "16 or 17",
    "adult": "18 or over",
    "not-said": "I would rather not say",
}


def propose_door(pack: Pack, answers: Answers) -> str:
    """The front door to propose: the children's for a child, else the one for what happened."""
    if answers.get("age", {}).get("age") in CHILD:
        return pack.children_front_door
    happened = set(abuse(pack, answers))
    doors = (door.team for door in pack.asking.doors if happened & set(door.abuse))
    return next(doors, pack.default_front_door)


def abuse(pack: Pack, answers: Answers) -> tuple[str, ...]:
    """The kinds of abuse that the ticked answers are, each once."""
    ticked = answers.get("what", {}).get("harms", [])
    kinds = (kind for harm in pack.asking.harms if harm.code in ticked for kind in harm.abuse)
    return tuple(dict.fromkeys(kinds))


def reach(answers: Answers) -> str:
    """How an answer reaches whoever asked: call, text, none, or asker (somebody else's friend)."""
    if steps.for_other(answers):
        return "asker" if answers.get("you", {}).get("phone") else "none"
    return steps.reach(answers)


def told(pack: Pack, answers: Answers, reference: str) -> Told:
    """What is recorded as a contact. `Refused` if a page was not answered."""
    if steps.first_open(answers) != steps.CHECK:
        raise Refused("One of the questions has no answer yet.")
    other = steps.for_other(answers)
    asking = pack.asking
    return Told(
        who=Facts(given_name=answers["name"]["first"], family_name=answers["name"]["last"]),
        phone="" if other else answers.get("number", {}).get("phone", ""),
        safe=_safe(answers),
        abuse=abuse(pack, answers),
        presenting_need=answers["most"]["need"],
        danger_now=steps.in_danger(answers),
        words=_words(pack, answers, reference),
        wishes=_in_plain_words(pack, answers["most"]["need"]),
        to_team=answers["door"]["team"],
        source=asking.source_other if other else asking.source_self,
        channel=asking.channel,
        sharing=_sharing(pack, answers),
    )


def _safe(answers: Answers) -> SafeWays:
    if steps.for_other(answers):
        return SafeWays("unknown")
    wanted = steps.reach(answers)
    voice = {True: "yes", False: "no"}.get(answers.get("voice", {}).get("voice"), "unknown")
    return SafeWays(
        safe_to_call="yes" if wanted == "call" else "no",
        when_safe=answers.get("when", {}).get("when", ""),
        voicemail=voice if wanted == "call" else "no",
        text_messages="yes" if wanted == "text" else "no",
        must_not_know=answers.get("keep", {}).get("must_not_know", ""),
    )


def _sharing(pack: Pack, answers: Answers) -> Sharing:
    """For somebody else who has not agreed, on the basis that the pack names, and that is said."""
    if not steps.for_other(answers):
        return Sharing(pack.asking.basis_self)
    if answers["told"]["knows"]:
        return Sharing(pack.asking.basis_other, "They know of it, as told by the one who asks.")
    return Sharing(pack.asking.basis_other, "Asked for by somebody else; they do not know of it.")


def _words(pack: Pack, answers: Answers, reference: str) -> str:
    """What staff read first: where it comes from, what was ticked, then their own words."""
    harms = [h.words for h in pack.asking.harms if h.code in answers["what"]["harms"]]
    lines = [
        f"Asked on the public pages. Their reference: {reference}.",
        f"Age: {AGES[answers['age']['age']]}.",
        f"What is happening: {'; '.join(harms)}.",
    ]
    if steps.for_other(answers):
        you = answers["you"]
        lines.append(f"Asked by: {you['name'] or 'no name given'}, {you['phone'] or 'no number'}.")
        lines.append("They know of it." if answers["told"]["knows"] else "They do not know of it.")
    return "\n".join([*lines, "", answers["words"]["words"]]).strip()


def _in_plain_words(pack: Pack, need: str) -> str:
    return next((one.words for one in pack.asking.helps if one.need == need), "")
