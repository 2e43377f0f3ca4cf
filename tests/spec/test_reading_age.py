"""The public pages, and a survivor's own, can be read by somebody of eleven.

Flesch-Kincaid counts words in a sentence and syllables in a word, and answers with the year of
school (in America) that it takes. A child of eleven is in the sixth.
"""

import re

import pytest
from django.urls import reverse

from onestory.public.forms import FIELDS
from onestory.public.views import words
from tests.askings import A_FRIEND, HERSELF, answer, read
from tests.own_pages import invite, make_codes, quick_numbers, redeem

__all__ = ["quick_numbers"]
pytestmark = pytest.mark.django_db
GRADE = 6.0
TAGS = re.compile(r"<(script|style|nav|header|footer)\b.*?</\1>|<[^>]+>", re.S)
# The ends of these are ends of sentences.
BREAKS = re.compile(r"</(p|li|h\d|dt|dd|label|legend|a|div)>")


def syllables(word: str) -> int:
    word = re.sub(r"(?:[^laeiouy]|ed|[^laeiouy]e)$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]{1,2}", word.lstrip("y"))))


def grade(text: str) -> float:
    sentences = [s for s in re.split(r"[.!?:\n]+", text) if re.search("[a-z]", s, re.I)]
    found = [re.findall(r"[a-z']+", sentence, re.I) for sentence in sentences]
    spoken = [word for sentence in found for word in sentence]
    per_sentence = len(spoken) / max(1, len([s for s in found if s]))
    per_word = sum(map(syllables, spoken)) / len(spoken)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def text_of(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    return TAGS.sub(" ", BREAKS.sub(".\n", main))


def test_the_measure_tells_easy_from_hard():
    easy = "He took my keys. I am scared. Can you help me?"
    hard = "Multi-agency partnerships facilitate proportionate information governance arrangements."
    assert grade(easy) < 2
    assert grade(hard) > 20


@pytest.mark.parametrize("name", ["home", "about", "next", "knows", "ask", "back"])
def test_pages_to_read(client, world, name):
    assert grade(text_of(client.get(reverse(f"public:{name}")).content.decode())) < GRADE


def test_questions_and_their_hints(world):
    said = [*words.HEADINGS.values(), *words.HINTS.values()]
    for answers in (read(HERSELF), read(A_FRIEND)):
        for step in answers:
            for field in FIELDS[step](answers).values():
                said += [field.label, field.help_text]
    assert grade("\n".join(filter(None, said))) < GRADE


def test_what_is_sent_and_who_will_read_it(client, world):
    """Not as the teams describe themselves to each other."""
    answer(client, HERSELF)
    page = client.get(reverse("public:check")).content.decode()
    assert grade(text_of(page)) < GRADE
    assert "tenure" not in page and "MARAC" not in page


def test_her_own_pages(as_, world, client, quick_numbers):
    """All that stand there for everybody; what her teams wrote is in their words."""
    redeem(client, invite(as_, world.id("meera")))
    make_codes(client)
    letters = ["a", "c", "d", "e", "e/3", "f", "h", "k", "k/1", "k/3", "m", "p", "r", "v", "w"]
    pages = ["", *(f"{letter}/" for letter in letters)]
    grades = {page: grade(text_of(client.get(f"/n/{page}").content.decode())) for page in pages}
    assert {page: found for page, found in grades.items() if found >= GRADE} == {}


def test_where_it_stands():
    assert grade("\n".join([*words.STATES.values(), *words.DECIDED.values()])) < GRADE
