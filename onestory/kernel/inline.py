"""Words that stand in a line: in a colour, or as people say a time. `{% load pages %}` has all of them."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from onestory.kernel import forms
from onestory.kernel.components import RAG, deadline


def tag(text: str, colour: str = "grey") -> SafeString:
    """A short status. Colours: grey, green, teal, blue, purple, magenta, red, orange, yellow."""
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, text)


def rag(grade: str) -> SafeString:
    """Red, Amber, Green or Blue: a word and a shape as well as a colour."""
    grade = (grade or "").lower()
    if grade not in RAG:
        return mark_safe('<strong class="os-rag os-rag--none">Not graded</strong>')
    return format_html('<strong class="os-rag os-rag--{}">{}</strong>', grade, RAG[grade])


def due(
    when: date | datetime | None,
    done: date | datetime | None = None,
    now: datetime | None = None,
) -> SafeString:
    """When something is due, in words that say how near it is."""
    if when is None:
        return mark_safe('<span class="os-due">No time set</span>')
    told = deadline(when, now, done)
    return format_html(
        '<time class="os-due os-due--{}" datetime="{}" title="{}">{}</time>',
        told.state,
        when.isoformat(),
        moment(when),
        told.words,
    )


def moment(when: date | datetime | None) -> str:
    """'3 April 2026' or '3 April 2026, 14:05'."""
    if when is None:
        return ""
    if isinstance(when, datetime):
        when = timezone.localtime(when)
        return f"{when.day} {when:%B %Y, %H:%M}"
    return f"{when.day} {when:%B %Y}"


def diary(when: date | datetime | None) -> str:
    """As `moment`, with the day of the week: for what people put in a diary."""
    if when is None:
        return ""
    day = timezone.localtime(when) if isinstance(when, datetime) else when
    return f"{day:%A} {moment(when)}"


def until(end: date | datetime | None) -> str:
    """When something ends: the last day of it, where it ends with the day."""
    if isinstance(end, datetime) and (there := timezone.localtime(end)).time() == time.min:
        return moment(there.date() - timedelta(days=1))
    return moment(end)


def phone(number: str) -> str:
    """A kept telephone number as people write it."""
    return forms.phone(number or "")
