"""The words of the pages of an assessment."""

import json
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from onestory.assessment.definitions import Instrument
from onestory.assessment.forms import SectionForm, name
from onestory.assessment.models import Answer, Sitting
from onestory.assessment.queries import Item, Known, Part
from onestory.kernel.components import Event, Row
from onestory.kernel.templatetags.pages import moment


@dataclass(frozen=True)
class Task:
    """A section on the page of a sitting."""

    title: str
    url: str
    status: str
    colour: str
    closed: str


@dataclass(frozen=True)
class Block:
    """A question on the page: its fields, and what is known."""

    item: Item
    field: Any
    note: Any
    holds: Any
    leave: Any
    place: int
    condition: str
    # What is known, as the page's script reads it.
    value: str
    said: str

    @property
    def is_wrong(self) -> bool:
        return any(field.errors for field in (self.field, self.note, self.holds) if field)


def task(sitting: Sitting, part: Part) -> Task:
    """How much is known of a section: never a demand, only what there is."""
    of, known, again = len(part.asked), part.answered, part.again
    left = f", {part.left} left for now" if part.left else ""
    status, colour = f"{known} of {of} known{left}", "grey"
    if not part.items:
        status = "Closed to your team"
    elif known == of:
        status, colour = "All known", "green"
    elif again:
        status, colour = f"{known} of {of} known, {again} to ask again{left}", "blue"
    return Task(
        title=part.section.title,
        url=reverse("assessment:section", args=[sitting.pk, part.section.code])
        if part.items
        else "",
        status=status,
        colour=colour,
        closed=closed(part) if part.items else "",
    )


def closed(part: Part) -> str:
    """What of a section is kept from the team."""
    if not part.closed:
        return ""
    return f"Part of it is closed to your team: {', '.join(part.closed).lower()}"


def block(item: Item, place: int, form: SectionForm) -> Block:
    key = name(item.question.code)
    return Block(
        item=item,
        field=form[key] if key in form.fields else None,
        note=form[f"{key}-note"] if f"{key}-note" in form.fields else None,
        holds=form[f"{key}-holds"] if f"{key}-holds" in form.fields else None,
        leave=form[f"{key}-left"] if f"{key}-left" in form.fields else None,
        place=place,
        condition=json.dumps(item.condition) if item.condition else "",
        value=json.dumps(item.known.value) if item.known else "",
        said=said(item.known) if item.known else "",
    )


def said(known: Known) -> str:
    """Who asked and when, and who asked last whether it holds."""
    if known.answer_id is None:
        words = f"Recorded by {known.who} on {moment(known.at)}"
    elif known.how_now == Answer.How.CORRECTED:
        words = f"Put right by {known.who} on {moment(known.at)}"
    elif known.how_now == Answer.How.TOLD:
        words = f"Told by {known.who} on {moment(known.at)}"
    else:
        words = f"Told to {known.who}, {known.asked_by}, on {moment(known.at)}"
    if known.confirmed_at:
        words += f"; still so on {moment(known.confirmed_at)} ({known.confirmed_by})"
    return words


def occasion(instrument: Instrument, sitting: Sitting) -> str:
    names = {option.code: option.name for option in instrument.occasions}
    return names.get(sitting.occasion, sitting.occasion)


def known_row(known: Known) -> Row:
    """A line of what is known, leading to its history."""
    facts = [said(known), holds(known)]
    value = format_html(
        '<span class="assessment-said" dir="auto">{}</span>{}',
        "\n".join(filter(None, [known.in_words, known.note])),
        format_html_join("", '<span class="assessment-fact">{}</span>', [(f,) for f in facts if f]),
    )
    url = reverse("assessment:history", args=[known.answer_id]) if known.answer_id else ""
    return Row(known.text, value, url, "History")


def given(known: Known) -> Event:
    """A line of the history of a question."""
    if known.confirmed_at:
        return Event(known.confirmed_at, known.in_words, "Still so", known.confirmed_by)
    how = Answer.How(known.how_now)
    told = "" if how == Answer.How.ASKED else how.label
    text = "\n".join(filter(None, [known.note, told]))
    return Event(known.at, known.in_words, text, f"{known.who}, {known.asked_by}")


def holds(known: Known) -> str:
    """Until when an answer holds, in words."""
    if known.ask_again_on is None:
        return ""
    if not known.holds:
        return "To be asked again"
    return f"Holds until {known.ask_again_on.day} {known.ask_again_on:%B %Y}"
