"""From what was typed to what was told: the pages of a draft, read by their forms."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.cases.forms import basis
from onestory.cases.forms.record import FORMS, PAGES, MemberForm, Page
from onestory.cases.rules.told import Home, Member, SafeWays, Told
from onestory.kernel.errors import Refused
from onestory.kernel.opening import Typed
from onestory.people.actions import Facts
from onestory.people.rules import search

MOST_MEMBERS = 20


def typed_on(answers: Mapping, page: str) -> MultiValueDict:
    """What was typed on a page of a draft."""
    return MultiValueDict(answers["pages"].get(page, {}).get("typed", {}))


def from_search(text: str) -> Typed:
    """The first page as far as a search filled it, so that nobody types a name twice."""
    query = search.parse(text)
    born = query.dob
    address = next(iter(query.addresses), None)
    age = timezone.localdate().year - query.birth_year if query.birth_year else ""
    typed = {
        "given_name": " ".join([query.given, *sorted(query.other_names)]).strip().title(),
        "family_name": query.family.title(),
        "born_on-day": f"{born.day}" if born else "",
        "born_on-month": f"{born.month}" if born else "",
        "born_on-year": f"{born.year}" if born else "",
        "age": f"{age}",
        "phone": "".join(f"0{digits}" for digits in list(query.phones)[:1]),
        "lines": address.line.title() if address else "",
        "postcode": (address.postcode or "") if address else "",
    }
    return {name: [value] for name, value in typed.items() if value}


def members_typed(typed: MultiValueDict) -> int:
    """How many people the household page had room for."""
    count = typed.get("count", "1")
    return min(max(int(count), 1), MOST_MEMBERS) if count.isdecimal() else 1


def page_options(answers: Mapping, page: str) -> dict:
    """What the form of a page must know of the rest of the draft."""
    if page == "who":
        return {"known": bool(answers["person"])}
    if page == "sharing":
        return {"confidential": "confidential" in typed_on(answers, "who")}
    return {}


def page_forms(answers: Mapping, page: str, *, judged: bool, room: int = 0) -> list[Page]:
    """The forms of a page as they were filled in; `judged` ones say what is wrong.

    `room` is for how many people there is room on the household page, if not only for the typed.
    """
    typed = typed_on(answers, page)
    how = {"data": typed} if judged else {"draft": typed}
    if page == "household":
        count = members_typed(typed)
        filled = [MemberForm(prefix=f"p{number}", **how) for number in range(count)]
        return filled + [MemberForm(prefix=f"p{number}") for number in range(count, room)]
    return [FORMS[page](**how, **page_options(answers, page))]


def faults(answers: Mapping) -> dict[str, list[str]]:
    """What is missing or wrong, by page; empty when the draft can be sent."""
    found = {}
    for page in PAGES:
        wrong = [
            message
            for form in page_forms(answers, page, judged=True)
            for messages in form.errors.values()
            for message in messages
        ]
        if wrong:
            found[page] = wrong
    return found


def told(answers: Mapping, team: Team) -> Told:
    """What was told, from the pages of a draft. Raises `Refused` while it is not complete."""
    read = {page: page_forms(answers, page, judged=True) for page in PAGES}
    if not all(form.is_valid() for forms in read.values() for form in forms):
        raise Refused("Something that must be there is missing. Look at the pages marked below.")
    who, safe, happened, needs, sharing = (
        read[page][0].cleaned_data for page in PAGES if page != "household"
    )
    household = tuple(
        member for form in read["household"] if (member := _member(form.cleaned_data))
    )
    seen = answers["seen"]
    return Told(
        who=_facts(who),
        phone=who["phone"],
        home=_home(who),
        household=household,
        safe=SafeWays(
            safe_to_call=safe["safe_to_call"],
            when_safe=safe["when_safe"],
            voicemail=safe["voicemail"] or "unknown",
            text_messages=safe["text_messages"] or "unknown",
            code_word=safe["code_word"],
            must_not_know=safe["must_not_know"],
            seen_id=UUID(seen) if seen else None,
        ),
        abuse=tuple(happened["abuse"]),
        children_in_home=_children(happened["children_in_home"], household),
        danger_now=happened["danger_now"] == "yes",
        words=happened["words"],
        presenting_need=needs["presenting_need"],
        contributory_needs=tuple(needs["contributory_needs"]),
        wishes_asked=needs["wishes_asked"],
        wishes=needs["wishes"],
        to_team=sharing["to_team"],
        sharing=basis.sharing(sharing),
        share_whereabouts=sharing.get("share_whereabouts", False),
        source=sharing["source"],
        channel=sharing["channel"],
    )


def _facts(answers: Mapping) -> Facts:
    return Facts(
        given_name=answers.get("given_name", ""),
        family_name=answers.get("family_name", ""),
        other_names=answers.get("other_names", ""),
        born_on=answers.get("born_on"),
        birth_year=_birth_year(answers.get("age"), timezone.localdate()),
        sex=answers.get("sex", ""),
    )


def _birth_year(age: int | None, today: date) -> int | None:
    """About when somebody of this age was born."""
    return None if age is None else today.year - age


def _home(answers: Mapping) -> Home | None:
    if not (answers["lines"] or answers["postcode"] or answers["locality"]):
        return None
    names = ("lines", "postcode", "locality", "housing", "confidential")
    return Home(**{name: answers[name] for name in names})


def _member(answers: Mapping) -> Member | None:
    """Somebody, as soon as it is said who they are to the survivor."""
    if not answers["relationship"]:
        return None
    return Member(
        facts=_facts(answers),
        relationship=answers["relationship"],
        lives_with=MemberForm.LIVES in answers["which"],
        uses_abuse=MemberForm.USES_ABUSE in answers["which"],
    )


def _children(answer: str, household: tuple[Member, ...]) -> bool | None:
    """Whether there are children in the home, as was said or as the household shows."""
    relationships = pack().relationships
    if any(m.lives_with and relationships[m.relationship].child for m in household):
        return True
    return {"yes": True, "no": False}.get(answer)
