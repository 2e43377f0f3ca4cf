"""A copy as plain data, for the typesetter."""

from onestory.kernel.templatetags.pages import moment
from onestory.rights.queries import Entry


def as_data(paper, *, title: str, about: str, made: str) -> dict:
    """Everything that stands on the paper, and nothing else."""
    return {
        "title": title,
        "about": about,
        "reference": paper.reference,
        "made": made,
        "date": {part: getattr(paper.made_at, part) for part in ("year", "month", "day")},
        "left_out": [{"part": part, "why": why} for part, why in paper.left_out],
        "parts": [
            {"title": part.title, "entries": [_entry(entry) for entry in part.entries]}
            for part in paper.parts
            if part.entries
        ],
    }


def _entry(entry: Entry) -> dict:
    when = moment(entry.when)
    return {
        "title": entry.title,
        "when": f"{entry.team}, {when}" if entry.team else when,
        "lines": [[line.label, line.words] for line in entry.lines],
    }
