"""What is known of somebody from answers, and from where one goes on asking."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onestory.agencies.actor import Actor
from onestory.agencies.guard import needs
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.assessment import bank, queries
from onestory.assessment.definitions import Instrument
from onestory.assessment.models import Answer
from onestory.assessment.queries import Picture
from onestory.assessment.views import words
from onestory.kernel.components import Cell, Column, Event
from onestory.kernel.templatetags.pages import moment
from onestory.people.queries import known_person, names

asks = needs(Permission.ASSESS)
MEASURED = [Column("When"), Column("Occasion"), Column("Points", numeric=True), Column("Band")]
LATEST = 10


@dataclass(frozen=True)
class Offer:
    """An instrument, and how far one would start from."""

    instrument: Instrument
    known: int
    of: int
    again: int
    closed: int
    suits: bool
    # Whether she has answered any of it; and whether the actor is still at it.
    told: bool
    goes_on: bool

    @property
    def action(self) -> str:
        if self.goes_on:
            return "Go on"
        return "Ask the rest" if self.told else "Begin"

    @property
    def button(self) -> str:
        """What is made for this kind of team comes first."""
        return "" if self.suits or self.goes_on else "secondary"


@asks
def overview(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Every instrument with how much of it is known, the needs found, and the measures so far."""
    by = request.actor
    picture = queries.picture(by, person_id)
    sittings = list(queries.sittings(by, [person_id])[:LATEST])
    mine = {s.instrument for s in sittings if s.recorded_by_id == by.user_id and not s.ended_at}
    kinds = set(Team.objects.filter(pk__in=by.team_ids).values_list("kind", flat=True))
    asked_here = [one for one in bank.instruments() if not one.checklist]
    offers = [_offer(picture, one, kinds, mine) for one in asked_here]
    context = {
        "who": _name(by, picture),
        "picture": picture,
        "offers": sorted(offers, key=lambda o: (not o.suits, -o.of)),
        "needs": [pack().needs.name(code) for code in queries.needs_of(picture.known)],
        "measured": MEASURED,
        "measures": _measures(by, person_id, sittings),
        "events": [_event(row) for row in sittings],
        "back": {"url": reverse("people:person", args=[person_id]), "text": "The person’s page"},
    }
    return render(request, "assessment/overview.html", context)


@asks
def known(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everything answered, by topic, with who asked and when."""
    picture = queries.picture(request.actor, person_id)
    topics: dict[str, list] = {}
    for code, question in bank.questions().items():
        if code in picture.known:
            row = words.known_row(picture.known[code])
            topics.setdefault(bank.topics()[question.topic], []).append(row)
    context = {
        "who": _name(request.actor, picture),
        "topics": topics.items(),
        "back": {"url": reverse("assessment:overview", args=[person_id]), "text": "Assessment"},
    }
    return render(request, "assessment/known.html", context)


@asks
def history(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """Every answer to one question, whoever asked it in whichever instrument."""
    row = Answer.objects.filter(pk=answer_id).first()
    if row is None:
        raise Http404
    person = known_person(request.actor, row.person_id)
    given = queries.history(request.actor, person.pk, row.question)
    context = {
        "text": given[0].text,
        "events": [words.given(one) for one in given],
        "back": {"url": reverse("assessment:known", args=[person.pk]), "text": "What is known"},
    }
    return render(request, "assessment/history.html", context)


def _name(by: Actor, picture: Picture) -> str:
    who = names(by, [picture.person.pk]).get(picture.person.pk)
    return str(who) if who else picture.person.reference


def _offer(picture: Picture, instrument: Instrument, kinds: set[str], mine: set[str]) -> Offer:
    parts = queries.parts_of(picture, instrument)
    asked = sum(len(part.asked) for part in parts)
    every = sum(len(part.section.asks) for part in parts)
    return Offer(
        instrument=instrument,
        known=sum(part.answered for part in parts),
        of=asked,
        again=sum(part.again for part in parts),
        closed=every - sum(len(part.items) for part in parts),
        told=any(item.known and item.known.answer_id for part in parts for item in part.items),
        suits=bool(kinds & set(instrument.used_by)),
        goes_on=instrument.code in mine,
    )


def _measures(by: Actor, person_id: UUID, sittings) -> list[list]:
    """The scores of every measure, the first first."""
    scored = {one.code for one in bank.instruments() if one.scoring and not one.checklist}
    codes = {s.instrument for s in sittings} & scored
    found = [m for code in sorted(codes) for m in queries.measures(by, person_id, code)]
    return [
        [
            Cell(moment(one.sitting.begun_at)),
            one.occasion,
            "Too few answers"
            if one.score.points is None
            else f"{one.score.points} of {one.score.most}",
            one.score.band.name if one.score.band else "",
        ]
        for one in found
    ]


def _event(row) -> Event:
    title = bank.instrument(row.instrument, row.version).title
    return Event(
        row.begun_at, title, "" if row.ended_at else "Not ended", f"{row.recorded_by}, {row.team}"
    )
