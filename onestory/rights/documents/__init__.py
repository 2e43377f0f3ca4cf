"""A copy of a record as a file: one HTML page that needs nothing else, a Word document, or a tagged PDF."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.template.loader import render_to_string

from onestory.kernel import typeset, word
from onestory.kernel.templatetags.pages import moment
from onestory.rights.documents.words import as_data
from onestory.rights.queries import Part

TEMPLATE = Path(__file__).parent / "copy.typ"
STYLE = Path(__file__).parent / "copy.css"
TITLE = "Copy of your record"
ABOUT = (
    "This is what is written about you in OneStory, part by part, in the words in which it was "
    "written. Other people are not named. Where words were left out, it says why. You may ask for "
    "what is wrong to be put right, and you may complain to us, and to the Information Commissioner."
)


@dataclass(frozen=True)
class Paper:
    """What the file is made of."""

    reference: str
    made_at: datetime
    parts: list[Part]
    # Parts that are not given as a whole, and why.
    left_out: list[tuple[str, str]]


def html(paper: Paper) -> bytes:
    """The whole page, its style inside."""
    context = {
        "paper": paper,
        "title": TITLE,
        "about": ABOUT,
        "style": STYLE.read_text(encoding="utf-8"),
        "parts": [part for part in paper.parts if part.entries],
    }
    return render_to_string("rights/copy.html", context).encode()


def docx(paper: Paper) -> bytes:
    """The same as a Word document, for whoever reads it to have its words read aloud, or enlarged."""
    context = {"paper": paper, "about": ABOUT}
    context["parts"] = [part for part in paper.parts if part.entries]
    return word.document(render_to_string("rights/copy_body.html", context), title=TITLE)


def pdf(paper: Paper) -> bytes:
    """The whole document (PDF/UA-1). Raises `Refused` where it has letters that no PDF of ours can show."""
    words = as_data(paper, title=TITLE, about=ABOUT, made=moment(paper.made_at))
    return typeset.pdf(TEMPLATE, words)
