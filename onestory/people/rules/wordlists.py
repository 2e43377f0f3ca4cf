"""The words of `words.toml` and `nicknames.toml`, read once."""

import tomllib
from collections import defaultdict
from pathlib import Path


def _read(file: str) -> dict:
    return tomllib.loads(Path(__file__).with_name(file).read_text(encoding="utf-8"))


def _read_forms() -> dict[str, tuple[str, ...]]:
    """For each name the names that it is a form of, each called by the first of its group."""
    forms = defaultdict(list)
    for group in _read("nicknames.toml")["groups"]:
        for word in group:
            forms[word].append(group[0])
    return {word: tuple(names) for word, names in forms.items()}


_WORDS = {name: frozenset(words.split()) for name, words in _read("words.toml").items()}

TITLES = _WORDS["titles"]
PARTICLES = _WORDS["particles"]
STREETS = _WORDS["streets"]
NOISE = _WORDS["noise"]
FORMS = _read_forms()
