"""Tagged PDF: whatever people write, there is a document, or it is said why there is none."""

import pytest

from onestory.kernel.errors import Refused
from onestory.kernel.typeset import pdf, printable


@pytest.fixture
def template(tmp_path):
    found = tmp_path / "words.typ"
    found.write_text(
        '#let said = json("words.json")\n#set document(title: "Words")\n#title()\n#said.words.at(0)'
    )
    return found


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Yes 🙂", "Yes [slightly smiling face]"),
        ("👍🏽 ❤️", "[thumbs up sign] [heavy black heart]"),
        ("👩‍👧", "[woman][girl]"),
        ("é مرحبا שלום नमस्ते\nQ", "é مرحبا שלום नमस्ते\nQ"),
        ("a\x00\x07b\ue000\ufffe", "ab"),
    ],
)
def test_pictures_are_named_and_what_nobody_sees_is_left_out(template, written, shown):
    assert printable(written) == shown
    assert pdf(template, {"words": [written]}).startswith(b"%PDF")


def test_letters_that_no_font_has_are_refused_with_what_to_do(template):
    with pytest.raises(Refused, match="another kind of file"):
        pdf(template, {"words": ["雨の日曜日"]})
