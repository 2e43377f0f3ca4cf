"""Which services fit somebody: for each, what speaks for it, what against, and what to ask first.

Pure: it is given the services of the directory and a description of the person, no more than it
needs, and answers in the words that a navigator and a survivor can look at together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from onestory.agencies.area import Pack
from onestory.agencies.models import Service

# After this long, a wait that somebody said is no longer told as the present one.
WAIT_HOLDS = timedelta(days=60)


@dataclass(frozen=True)
class WhoFor:
    """What is known of whom a service is sought for. Empty or None: not known.

    `from_team` is the code of the team that would refer; empty, and they come by themselves.
    `sex`, `locality` and `language` are codes of the area pack. `nrpf`: no recourse to public funds.
    """

    age: int | None = None
    sex: str = ""
    locality: str = ""
    language: str = ""
    nrpf: bool | None = None
    from_team: str = ""


@dataclass(frozen=True)
class Suggestion:
    """One service. `why_not` shuts them out; `ask` must be cleared up first."""

    service: Service
    why: list[str]
    why_not: list[str]
    ask: list[str]
    wait: int | None
    met: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        return not self.why_not


def suggestions(
    pack: Pack,
    services: Iterable[Service],
    needs: Sequence[str],
    about: WhoFor,
    *,
    today: date,
) -> list[Suggestion]:
    """The services that meet any of the needs: those that fit first, then by needs met, then wait.

    The first of `needs` is the presenting one: what meets it goes before what does not.
    """
    found = [
        judge(pack, service, needs, about, today=today)
        for service in services
        if set(needs) & set(service.needs)
    ]
    return sorted(found, key=lambda one: _rank(one, needs))


def judge(
    pack: Pack, service: Service, needs: Sequence[str], about: WhoFor, *, today: date
) -> Suggestion:
    """What speaks for and against this service for this person."""
    scales = _Scales()
    met = tuple(code for code in needs if code in service.needs)
    scales.why += [f"Helps with: {pack.needs.name(code)}" for code in met]
    _age(scales, service, about)
    _sex(scales, service, about, pack)
    _place(scales, service, about, pack)
    _language(scales, service, about, pack)
    _recourse(scales, service, about)
    _way_in(scales, service, about, pack)
    _room(scales, service, today)
    wait = present_wait(service, today)
    return Suggestion(service, scales.why, scales.why_not, scales.ask, wait, met)


def present_wait(service: Service, today: date) -> int | None:
    """The wait in days, if it was said lately enough to be told."""
    if service.wait_at is None or today - service.wait_at.date() > WAIT_HOLDS:
        return None
    return service.wait_days


def ages(service: Service) -> str:
    """'13 to 25', '18 and over', 'under 13'; empty if it is for every age."""
    low, high = service.age_from, service.age_to
    if low and high is not None:
        return f"{low} to {high}"
    if low:
        return f"{low} and over"
    return f"{high} and under" if high is not None else ""


class _Scales:
    def __init__(self):
        self.why: list[str] = []
        self.why_not: list[str] = []
        self.ask: list[str] = []


def _rank(one: Suggestion, needs: Sequence[str]) -> tuple:
    first = bool(needs) and needs[0] in one.met
    waits = one.wait is None, one.wait or 0
    return not one.fits, not first, -len(one.met), len(one.ask), *waits, one.service.name


def _age(scales: _Scales, service: Service, about: WhoFor) -> None:
    span = ages(service)
    if not span:
        return
    if about.age is None:
        scales.ask.append(f"For people aged {span}: ask their age")
    elif (service.age_from or 0) <= about.age <= (service.age_to or 200):
        scales.why.append(f"For people aged {span}")
    else:
        scales.why_not.append(f"For people aged {span}; they are {about.age}")


def _sex(scales: _Scales, service: Service, about: WhoFor, pack: Pack) -> None:
    if not service.sexes:
        return
    only = "Only for people who are " + " or ".join(
        pack.sexes.name(code).lower() for code in service.sexes
    )
    theirs = pack.sexes.get(about.sex)
    if about.sex in service.sexes:
        scales.why.append(only)
    elif theirs is None or not theirs.said:
        scales.ask.append(f"{only}: ask")
    else:
        scales.why_not.append(only)


def _place(scales: _Scales, service: Service, about: WhoFor, pack: Pack) -> None:
    where = pack.localities.get(about.locality)
    if service.localities:
        named = ", ".join(pack.localities.name(code) for code in service.localities)
        if where is None:
            scales.ask.append(f"Only for people who live in {named}: ask where they live")
        elif where.code in service.localities:
            scales.why.append(f"For people who live in {named}")
        else:
            scales.why_not.append(f"Only for people who live in {named}")
    elif service.residents_only:
        if where is None:
            scales.ask.append(f"Only for people who live in {pack.name}: ask where they live")
        elif not where.inside:
            scales.why_not.append(f"Only for people who live in {pack.name}")


def _language(scales: _Scales, service: Service, about: WhoFor, pack: Pack) -> None:
    if not about.language:
        return
    named = pack.languages.name(about.language)
    if about.language in service.languages:
        scales.why.append(f"Somebody there speaks {named}")
    elif service.interpreters:
        scales.why.append(f"Interpreters for {named} can be booked")
    elif service.languages:
        scales.ask.append(f"Nobody there is known to speak {named}: ask for an interpreter")


def _recourse(scales: _Scales, service: Service, about: WhoFor) -> None:
    if not about.nrpf:
        return
    if service.no_recourse:
        scales.why.append("Can help somebody with no recourse to public funds")
    elif service.no_recourse is False:
        scales.why_not.append("Cannot help somebody with no recourse to public funds")
    else:
        scales.ask.append("Ask whether they can help somebody with no recourse to public funds")


def _way_in(scales: _Scales, service: Service, about: WhoFor, pack: Pack) -> None:
    routes = set(service.routes)
    if not about.from_team:
        if routes & {"self", "telephone"}:
            scales.why.append("They can go there by themselves")
        elif routes:
            scales.why_not.append("Somebody has to refer them")
    elif "professional" in routes or about.from_team in {*service.referred_by, service.team.code}:
        return
    elif "named-teams" in routes:
        named = [pack.teams[code].name for code in service.referred_by if code in pack.teams]
        scales.why_not.append(f"Takes referrals only from {_either(named)}")
    elif routes:
        scales.ask.append("Takes no referrals: they go there by themselves")


def _room(scales: _Scales, service: Service, today: date) -> None:
    if not service.accepting:
        scales.why_not.append("Takes nobody new at present")
    if service.funded_until and service.funded_until < today:
        ended = f"{service.funded_until.day} {service.funded_until:%B %Y}"
        scales.ask.append(f"Its funding was to end on {ended}: ask whether it goes on")


def _either(names: list[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
