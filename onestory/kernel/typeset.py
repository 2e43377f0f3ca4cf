"""Tagged PDF (PDF/UA-1), which screen readers can follow, from a template and plain words.

A letter that no font of ours has cannot stand in such a document, and people write with all sorts:
emoji are named in words, what nobody sees is left out, and of anything else the caller is told.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from onestory.kernel.errors import Refused

STANDARD = "ua-1"
NO_LETTERS = (
    "A PDF cannot show some of the letters that were used in it. Take another kind of file: it has "
    "the same words, and shows all of them."
)
# Pictures among letters; what joins them and colours them is not named.
PICTURE = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]")
UNSEEN = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
# What is no letter: codes for machines, and what means nothing in any script.
NOTHING = {"Cc", "Co", "Cn", "Cs"}


def pdf(template: Path, words: dict, files: Mapping[str, str] | None = None) -> bytes:
    """The document. The template reads its words as JSON under its own name.

    Raises `Refused` where they have letters that it cannot show.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in (files or {}).items():
            (root / name).write_text(content, encoding="utf-8")
        shown = json.dumps(_shown(words))
        (root / f"{template.stem}.json").write_text(shown, encoding="utf-8")
        here = root / template.name
        here.write_bytes(template.read_bytes())
        try:
            return typst.compile(
                here, root=root, format="pdf", pdf_standards=STANDARD, ignore_system_fonts=True
            )
        except typst.TypstError as error:
            if "could not be displayed" in str(error):
                raise Refused(NO_LETTERS) from error
            raise


def printable(text: str) -> str:
    """The text with its pictures named, and without what nobody sees: 🙂 is [slightly smiling face]."""
    named = PICTURE.sub(_named, UNSEEN.sub("", text))
    return "".join(c for c in named if c in "\n\t" or unicodedata.category(c) not in NOTHING)


def _named(found: re.Match) -> str:
    return f"[{unicodedata.name(found.group(), 'picture').lower()}]"


def _shown(words):
    """All words in plain data, made printable."""
    if isinstance(words, str):
        return printable(words)
    if isinstance(words, dict):
        return {key: _shown(value) for key, value in words.items()}
    return [_shown(value) for value in words] if isinstance(words, list | tuple) else words
