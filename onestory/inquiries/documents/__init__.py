"""A chronology as a file: a Word document or a tagged PDF, every line with its source."""

from collections.abc import Iterable
from pathlib import Path

from django.template.loader import render_to_string

from onestory.inquiries.queries import Chronology, Line, Narrowed
from onestory.kernel import typeset, word
from onestory.kernel.calendar import local
from onestory.kernel.components import day_in_words
from onestory.kernel.templatetags.pages import moment

TEMPLATE = Path(__file__).parent / "chronology.typ"
CONFIDENTIAL = (
    "Confidential. For the review alone: it names people, and says who knew what. It must never come "
    "to anybody who used abuse, nor to anybody who works with them without need."
)
READING = (
    "Every line says when something happened, who wrote it down and when, to which teams it was open "
    "at once and to which later, and where it is from. Where it says “you”, it means the person whose "
    "record it is. What was opened, closed and read is from the record of access."
)
LEFT_OUT = (
    "Left out: therapy notes, where somebody is or was staying, how it is safe to reach them, and "
    "accounts under a pseudonym. Records that nobody has named in the review are not in it."
)


def docx(whole: Chronology, lines: list[Line], wanted: Narrowed) -> bytes:
    """The Word document."""
    context = {**_context(whole, lines, wanted), "days": by_day(whole, lines)}
    return word.document(
        render_to_string("inquiries/chronology_body.html", context), title=_title(whole)
    )


def pdf(whole: Chronology, lines: list[Line], wanted: Narrowed) -> bytes:
    """The PDF (PDF/UA-1). Raises `Refused` where it has letters that no PDF of ours can show."""
    made = local(whole.made_at)
    words = {
        **_context(whole, lines, wanted),
        "title": _title(whole),
        "made": moment(whole.made_at),
        "date": {part: getattr(made, part) for part in ("year", "month", "day")},
        "days": by_day(whole, lines),
    }
    words.pop("made_at")
    return typeset.pdf(TEMPLATE, words)


def by_day(whole: Chronology, lines: Iterable[Line]) -> list[dict]:
    """The lines as plain words, under the day on which they happened."""
    days: dict = {}
    for line in lines:
        days.setdefault(line.day, []).append(_line(whole, line))
    return [{"day": day_in_words(day), "lines": said} for day, said in days.items()]


def _line(whole: Chronology, line: Line) -> dict:
    written = ", ".join(filter(None, [line.who, str(line.team or "")]))
    if line.written_at and local(line.written_at).date() != line.day:
        written = f"{written}; written {moment(line.written_at)}"
    return {
        "title": line.title,
        "about": whole.names[line.person_id],
        "at": f"{local(line.moment):%H:%M}" if hasattr(line.when, "hour") else "",
        "by": written,
        "kind": line.kind,
        "facts": [[fact.label, fact.words] for fact in line.facts],
        "at_once": ", ".join(line.at_once),
        "later": "; ".join(f"{team}, {moment(when)}" for team, when in line.later),
        "source": line.source,
    }


def _title(whole: Chronology) -> str:
    return f"Chronology: {whole.inquiry}"


def _context(whole: Chronology, lines: list[Line], wanted: Narrowed) -> dict:
    return {
        "reference": whole.inquiry.their_reference,
        "made_at": whole.made_at,
        "for_whom": str(whole.inquiry.handler),
        "confidential": CONFIDENTIAL,
        "reading": READING,
        "left_out": LEFT_OUT,
        "narrowed": "" if wanted == Narrowed() else _narrowed(whole, wanted, len(lines)),
        "people": [[whole.names[one.person_id], one.get_part_display()] for one in whole.people],
    }


def _narrowed(whole: Chronology, wanted: Narrowed, lines: int) -> str:
    """That it is only a part, and which."""
    agencies = dict(whole.organisations)
    parts = [
        f"about {whole.names.get(wanted.person_id, 'somebody')}" if wanted.person_id else "",
        f"of {agencies.get(wanted.organisation_id, 'an agency')}" if wanted.organisation_id else "",
        f"from {moment(wanted.since)}" if wanted.since else "",
        f"until {moment(wanted.until)}" if wanted.until else "",
        "only what was written" if wanted.written_only else "",
    ]
    said = ", ".join(filter(None, parts))
    return f"This is a part of it: {said}. {lines:,} of {len(whole.entries):,} lines."
