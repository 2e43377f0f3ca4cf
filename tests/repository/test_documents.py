"""What is written down is true: reference pages, links, settings, promises."""

import re
from pathlib import Path

import pytest

from onestory.commands.reference_ import pages

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *ROOT.glob("areas/*.md")]


@pytest.mark.parametrize("name", pages())
def test_reference_pages_are_written_from_the_definitions(name):
    """If this fails, run `onestory reference`."""
    assert (ROOT / "docs" / "reference" / name).read_text() == pages()[name]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_a_document_points_to_is_there(document):
    text = document.read_text()
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text)
    gone = [link for link in links if not (document.parent / link).exists()]
    # Names of our own files in back quotes, as `docs/…` or `onestory/…`.
    named = re.findall(r"`((?:onestory|docs|tests|areas|synthetic)/[\w./-]+)`", text)
    gone += [path for path in named if not (ROOT / path).exists()]
    assert not gone


def test_every_setting_is_explained():
    settings = {
        name
        for path in (ROOT / "onestory").rglob("*.py")
        for name in re.findall(r'"(ONESTORY_[A-Z_]+|DATABASE_URL)"', path.read_text())
    }
    explained = (ROOT / "docs" / "settings.md").read_text()
    inner = {"ONESTORY_EMBEDDED_SERVER"}
    assert not {name for name in settings - inner if f"`{name}`" not in explained}


def test_every_decision_is_numbered_once():
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))
